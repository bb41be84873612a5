using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Benchmarks;

/// <summary>Orders that are captured, held, shipped and delivered: the commands every benchmark runs.</summary>
internal static class Workload
{
    public static readonly Instant Start = Instant.FromUtc(2026, 9, 1, 0, 0);
    public static readonly Actor Actor = new("bench", "bench");
    private const int Skus = 200;

    public sealed class FixedClock : IClock
    {
        public Instant GetCurrentInstant() => Start + Duration.FromDays(1);
    }

    /// <summary>One receipt that covers whatever the orders take.</summary>
    public static Submission Receipt(string run) => new(
        CommandId.FromName(run + "/receipt"), Actor,
        new ReceiveStock(
            new DocumentId("R-" + run),
            Enumerable.Range(0, Skus).Select(i => new StockLine(Cell(i), new Quantity(1_000_000_000))).ToImmutableArray()));

    /// <summary>The four commands in the life of an order.</summary>
    public static Submission[] Life(string run, int number, int lines)
    {
        var order = new OrderId($"{run}-{number}");
        var shipment = new ShipmentId("S1");
        OrderCommand[] commands =
        {
            Capture(order, number, lines),
            new HoldStock(order),
            new ShipOrder(
                order, shipment, Start + Duration.FromHours(20),
                Enumerable.Range(1, lines).Select(line => new ShipLine(line, Amount(line))).ToImmutableArray(), "SF", "SF1234567890"),
            new ConfirmDelivery(order, shipment, Start + Duration.FromHours(23)),
        };
        return commands.Select((command, i) => new Submission(CommandId.FromName($"{run}/{number}/{i}"), Actor, command)).ToArray();
    }

    public static CaptureOrder Capture(OrderId order, int number, int lines) => new(
        order, new PartnerId("HOSPITAL-0" + (number % 10)), Start,
        Enumerable.Range(1, lines)
            .Select(line => new NewLine(line, Sku(number + (line * 7)), Amount(line), new UnitPrice(12.5m * line, Currency.Cny)))
            .ToImmutableArray(),
        Start + Duration.FromDays(7), Start + Duration.FromDays(5), ExternalKey: "SO-2026-" + number);

    /// <summary>A unit as a desk makes it: an order takes one piece of a cell.</summary>
    public static UnitOfWork Reservation(int number, StockCell cell)
    {
        var order = new OrderId("HOT-" + number);
        var stream = new StreamId(StreamId.OrderCategory, order.Text);
        CommandId id = CommandId.FromName("hot/" + number);
        ImmutableArray<Take> takes = [new Take(1, cell, new Quantity(1))];
        var held = new OrderStockHeld(Start, takes, 1, null);
        string body = new HoldStock(order).ToJson();
        string facts = StoredForms.WriteFacts(StockPicture.Empty, OrderLimits.Default);
        EventEnvelope happened = EventEnvelope.Seal(stream, 1, held, id, 0, Actor, ContentHash.None);
        var command = new DecidedCommand(
            new TenantId("main"), id, stream, 0, body, ContentHash.Of(body), Actor, Start, facts, ContentHash.Of(facts),
            CommandOutcome.Accepted(1, [happened.EventId]).ToJson());
        return new UnitOfWork(
            command, [new StreamAppend(stream, 0, [happened])], OrderEffects.Postings(held), OrderEffects.Holds(order, held), [], [], []);
    }

    public static StockPicture Picture(int lines, int number) => new(
        Enumerable.Range(1, lines).Select(line => new FreeStock(Cell(number + (line * 7)), 1_000_000, Quantity.Zero))
            .DistinctBy(free => free.Cell).ToImmutableArray());

    public static StockCell Cell(int i) => new(Sku(i), new NodeId("NINGBO-1"));

    private static Sku Sku(int i) => new("SKU-" + (i % Skus).ToString("D5", System.Globalization.CultureInfo.InvariantCulture));

    private static Quantity Amount(int line) => new(line);
}
