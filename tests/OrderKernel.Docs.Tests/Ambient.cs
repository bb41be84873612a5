namespace OrderKernel.Docs.Tests;

/// <summary>What a reader has at hand when a page shows three lines: a desk, somebody at it, an order. Compiled with every
/// example.</summary>
internal static class Ambient
{
    public const string Source = """
        global using System;
        global using System.Collections.Generic;
        global using System.Collections.Immutable;
        global using System.IO;
        global using System.Linq;
        global using System.Text.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using FsCheck;
        global using FsCheck.Fluent;
        global using NodaTime;
        global using Xunit;
        global using OrderKernel.Adapters.Csv.Documents;
        global using OrderKernel.Adapters.Csv.Profiles;
        global using OrderKernel.Adapters.Csv.Reading;
        global using OrderKernel.Adapters.Dmn;
        global using OrderKernel.Adapters.Dmn.Strict;
        global using OrderKernel.Adapters.Dmn.Tables;
        global using OrderKernel.Adapters.Dmn.Values;
        global using OrderKernel.Adapters.Sql;
        global using OrderKernel.Desk;
        global using OrderKernel.Findings;
        global using OrderKernel.Journal;
        global using OrderKernel.Measures;
        global using OrderKernel.Orders;
        global using OrderKernel.Promising;
        global using OrderKernel.Sourcing;
        global using OrderKernel.Stock;
        global using OrderKernel.Testing;
        global using static AtHand;
        global using MyStore = OrderKernel.Desk.MemoryStore;

        public static class AtHand
        {
            public static IOrderStore store = new MemoryStore();
            public static IClock clock = SystemClock.Instance;
            public static OrderDesk desk = new OrderDesk(store, clock);
            public static Actor actor = new Actor("clerk-7", "web");
            public static OrderId order = new OrderId("SO-1");
            public static Instant placedAt = Instant.FromUtc(2026, 11, 2, 1, 0);
            public static Instant now = placedAt;
            public static DmnReading reading = null!;
            public static string path = "orders.csv", xml = "", json = "";
        }
        """;
}
