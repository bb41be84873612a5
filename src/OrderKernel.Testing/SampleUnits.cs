using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

/// <summary>Small units of work for the store contract, made the way a desk makes them.</summary>
internal static class SampleUnits
{
    public static readonly Instant Now = Instant.FromUtc(2026, 9, 1, 0, 0);
    public static readonly Actor Actor = new("tester", "contract");
    public static readonly Sku Sku = new("SKU-1");
    public static readonly StockCell Cell = new(Sku, new NodeId("N1"));

    public static StreamId OrderStream(string key) => new(StreamId.OrderCategory, key);

    /// <summary>A unit that appends so many note-like events to an order's stream.</summary>
    public static UnitOfWork Events(string command, string order, long expected, int count = 1, string note = "", TenantId? tenant = null)
    {
        var events = ImmutableArray.CreateBuilder<EventEnvelope>();
        string previous = expected == 0 ? ContentHash.None : ContentHash.Of("before");
        for (int i = 0; i < count; i++)
        {
            var happened = new OrderPromised(Now, Now, PromiseCause.First, note + i.ToString(CultureInfo.InvariantCulture));
            EventEnvelope envelope = EventEnvelope.Seal(
                OrderStream(order), expected + i + 1, happened, CommandId.FromName(command), i, Actor, previous);
            previous = envelope.Hash;
            events.Add(envelope);
        }

        var append = new StreamAppend(OrderStream(order), expected, events.ToImmutable());
        return Empty(command, order, note, tenant) with { Appends = ImmutableArray.Create(append) };
    }

    /// <summary>A unit that changes nothing but remembers its command.</summary>
    public static UnitOfWork Empty(string command, string order, string note = "", TenantId? tenant = null)
    {
        string body = new PromiseOrder(new OrderId(order), Now, PromiseCause.First, note).ToJson();
        string facts = StoredForms.WriteFacts(StockPicture.Empty, OrderLimits.Default);
        var decided = new DecidedCommand(
            tenant ?? new DeskOptions().Tenant, CommandId.FromName(command), OrderStream(order), 0, body, ContentHash.Of(body), Actor,
            Now, facts, ContentHash.Of(facts), CommandOutcome.Accepted(0, ImmutableArray<System.Guid>.Empty).ToJson());
        return new UnitOfWork(
            decided, ImmutableArray<StreamAppend>.Empty, ImmutableArray<Posting>.Empty, ImmutableArray<HoldChange>.Empty,
            ImmutableArray<OverdraftChange>.Empty, ImmutableArray<TimerChange>.Empty, ImmutableArray<OutgoingMessage>.Empty);
    }

    /// <summary>A unit that receives pieces.</summary>
    public static UnitOfWork Receipt(string command, long units, TenantId? tenant = null) => Empty(command, command, "", tenant) with
    {
        Postings = ImmutableArray.Create(new Posting(Cell, StockAccount.Supply, StockAccount.Available, new Quantity(units))),
    };

    /// <summary>A unit that holds pieces for line 1 of an order, some of them borrowed.</summary>
    public static UnitOfWork Hold(string command, string order, long units, long borrowed = 0) => Empty(command, order) with
    {
        Postings = ImmutableArray.Create(new Posting(Cell, StockAccount.Available, StockAccount.Reserved, new Quantity(units))),
        Holds = ImmutableArray.Create(new HoldChange(new OrderId(order), 1, Cell, units, borrowed)),
    };

    /// <summary>A unit that ships pieces of line 1 of an order.</summary>
    public static UnitOfWork Ship(string command, string order, long units) => Empty(command, order) with
    {
        Postings = ImmutableArray.Create(new Posting(Cell, StockAccount.Reserved, StockAccount.Shipped, new Quantity(units))),
        Holds = ImmutableArray.Create(new HoldChange(new OrderId(order), 1, Cell, -units)),
    };

    /// <summary>A unit in which pieces that nobody holds leave: to another node, to a customer's, or away.</summary>
    public static UnitOfWork Leave(string command, StockAccount to, long units) => Empty(command, command) with
    {
        Postings = ImmutableArray.Create(new Posting(
            Cell, StockAccount.Available, to is StockAccount.InTransit or StockAccount.Committed ? Cell.At(new NodeId("N2")) : Cell, to,
            new Quantity(units))),
    };
}
