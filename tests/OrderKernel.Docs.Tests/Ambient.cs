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
        global using Microsoft.EntityFrameworkCore;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using NodaTime;
        global using Npgsql;
        global using Xunit;
        global using OrderKernel;
        global using OrderKernel.Access;
        global using OrderKernel.Adapters.Csv.Documents;
        global using OrderKernel.Adapters.Csv.Profiles;
        global using OrderKernel.Adapters.Csv.Reading;
        global using OrderKernel.Adapters.Dmn;
        global using OrderKernel.Adapters.Dmn.Strict;
        global using OrderKernel.Adapters.Dmn.Tables;
        global using OrderKernel.Adapters.Dmn.Values;
        global using OrderKernel.Adapters.EntityFrameworkCore;
        global using OrderKernel.Adapters.Hosting;
        global using OrderKernel.Adapters.RabbitMq;
        global using OrderKernel.Adapters.Sql;
        global using OrderKernel.Board;
        global using OrderKernel.Calendars;
        global using OrderKernel.China;
        global using OrderKernel.Desk;
        global using OrderKernel.Fields;
        global using OrderKernel.Findings;
        global using OrderKernel.Journal;
        global using OrderKernel.Lifecycles;
        global using OrderKernel.Measures;
        global using OrderKernel.Orders;
        global using OrderKernel.Packs;
        global using OrderKernel.Promising;
        global using OrderKernel.Scarcity;
        global using OrderKernel.Sourcing;
        global using OrderKernel.Stock;
        global using OrderKernel.Storage;
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
            public static string path = "orders.csv", xml = "", json = "", text = "Host=db", uri = "amqp://broker";
            public static CommandId id = CommandId.FromName("C-1"), id1 = id, id2 = id;
            public static KernelCommand command = new ArchiveOrder(order, "settled");
            public static Submission submission = new Submission(id, actor, command), receipt = submission;
            public static PartnerId customer = new PartnerId("P-1");
            public static Sku sku = new Sku("M12");
            public static NodeId node = new NodeId("main");
            public static StockCell cell = new StockCell(sku, node);
            public static ImmutableArray<Sku> skus = ImmutableArray.Create(sku);
            public static ImmutableArray<NewLine> lines = ImmutableArray<NewLine>.Empty;
            public static ImmutableArray<PriorityFacts> waiting = ImmutableArray<PriorityFacts>.Empty;
            public static ImmutableArray<string> columns = ImmutableArray.Create("order", "customer");
            public static Instant start = placedAt, end = placedAt;
            public static WorkingCalendar calendar = ChineseCalendar.Working;
            public static Dictionary<string, string> files = new Dictionary<string, string>();
            public static IActorDirectory directory = null!;
            public static Pack pack = null!;
            public static IChangedRows rows = null!;
            public static IPullMarks marks = null!;
            public static HostApplicationBuilder builder = Host.CreateApplicationBuilder();
            public static OrderKernelBuilder kernel = null!;
            public static ShopContext context = new ShopContext();
            public static Basket basket = new Basket();

            public sealed class Basket
            {
                public int Id { get; set; }
            }

            public sealed class ShopContext : DbContext
            {
                public DbSet<Basket> Baskets => Set<Basket>();
            }

            public abstract class ErpReceiver : IEventReceiver
            {
                public abstract ValueTask<Reception> ReceiveAsync(CloudEvent happened, CancellationToken cancellation);
            }
        }
        """;
}
