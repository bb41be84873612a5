using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>What the memory store keeps for one tenant. The store's lock guards it.</summary>
internal sealed class MemoryTenant
{
    private readonly Dictionary<CommandId, int> places = new();
    private readonly Dictionary<string, string> facts = new(StringComparer.Ordinal);
    private readonly Dictionary<Sku, SortedDictionary<StockCell, CellBalance>> balances = new();
    private readonly Dictionary<HoldKey, long> holds = new();
    private readonly List<StoredPosting> journal = new();

    public Dictionary<StreamId, ImmutableArray<EventEnvelope>> Streams { get; } = new();

    public List<DecidedCommand> Commands { get; } = new();

    public List<EventEnvelope> Feed { get; } = new();

    public SortedDictionary<string, TimerChange> Timers { get; } = new(StringComparer.Ordinal);

    public List<OutgoingMessage> Outbox { get; } = new();

    public MemoryQueues Queues { get; } = new();

    public MemorySeals Seals { get; } = new();

    public MemoryOpenLines OpenLines { get; } = new();

    public ImmutableArray<EventEnvelope> Stream(StreamId stream) =>
        Streams.TryGetValue(stream, out ImmutableArray<EventEnvelope> events) ? events : ImmutableArray<EventEnvelope>.Empty;

    public DecidedCommand? Command(CommandId id) => places.TryGetValue(id, out int place) ? Commands[place] : null;

    /// <summary>How many commands stand up to one, it included; all of them when it is not there.</summary>
    public long PlaceAfter(CommandId? command) => command is not { } id ? 0
        : places.TryGetValue(id, out int place) ? place + 1 : Commands.Count;

    /// <summary>When the event of a message was recorded; null when there is no such event.</summary>
    public Instant? RecordedAt(OutgoingMessage message)
    {
        ImmutableArray<EventEnvelope> events = Stream(message.Stream);
        return message.Version >= 1 && message.Version <= events.Length ? events[(int)message.Version - 1].RecordedAt : null;
    }

    public StockPicture Stock(ImmutableArray<Sku> skus)
    {
        var cells = ImmutableArray.CreateBuilder<FreeStock>();
        foreach (Sku sku in skus)
        {
            if (balances.TryGetValue(sku, out SortedDictionary<StockCell, CellBalance>? ofSku))
            {
                foreach (CellBalance balance in ofSku.Values)
                {
                    cells.Add(new FreeStock(balance.Cell, balance[StockAccount.Available], balance.Overdraft,
                        new Quantity(balance[StockAccount.Quarantine]), new Quantity(balance[StockAccount.Reserved])));
                }
            }
        }

        return new StockPicture(cells.ToImmutable());
    }

    public LedgerContents Ledger()
    {
        var all = new SortedDictionary<StockCell, CellBalance>();
        foreach (SortedDictionary<StockCell, CellBalance> ofSku in balances.Values)
        {
            foreach (CellBalance balance in ofSku.Values)
            {
                all.Add(balance.Cell, balance);
            }
        }

        var held = ImmutableArray.CreateBuilder<HeldStock>(holds.Count);
        foreach (KeyValuePair<HoldKey, long> hold in new SortedDictionary<HoldKey, long>(holds))
        {
            held.Add(new HeldStock(hold.Key.Order, hold.Key.Line, hold.Key.Cell, new Quantity(hold.Value)));
        }

        return new LedgerContents(
            ImmutableArray.CreateRange(journal.Select(static one => one.Posting)), ImmutableArray.CreateRange(all.Values),
            held.MoveToImmutable());
    }

    public StoredContents Contents() => new(
        ImmutableArray.CreateRange(
            Streams.OrderBy(static one => one.Key).Select(static one => new StoredStream(one.Key, one.Value.Length))),
        ImmutableArray.CreateRange(journal), OpenLines.All(), ImmutableArray.CreateRange(Timers.Values), ImmutableArray.CreateRange(Outbox),
        KeepsSent: false);

    /// <summary>Commits a unit: every check first, then every change.</summary>
    public UnitResult Commit(UnitOfWork unit)
    {
        DecidedCommand command = unit.Command;
        if (Command(command.Id) is { } stored)
        {
            return stored.BodyHash == command.BodyHash
                ? new UnitResult(UnitStatus.Repeated, stored.Outcome)
                : new UnitResult(UnitStatus.KeyReused);
        }

        foreach (StreamAppend append in unit.Appends)
        {
            if (Stream(append.Stream).Length != append.ExpectedVersion)
            {
                return new UnitResult(UnitStatus.StreamMoved);
            }
        }

        var next = new List<CellBalance>();
        foreach (CellDelta delta in CellDelta.Merge(unit.Postings, unit.Holds))
        {
            CellBalance? after = Balance(delta.Cell).After(delta);
            if (after is null)
            {
                return new UnitResult(UnitStatus.StockMoved);
            }

            next.Add(after);
        }

        CheckHolds(unit.Holds);
        Apply(unit, next);
        return new UnitResult(UnitStatus.Committed);
    }

    private void CheckHolds(ImmutableArray<HoldChange> changes)
    {
        var after = new Dictionary<HoldKey, long>();
        foreach (HoldChange change in changes)
        {
            var key = new HoldKey(change.Order, change.Line, change.Cell);
            if (!after.TryGetValue(key, out long before))
            {
                holds.TryGetValue(key, out before);
            }

            after[key] = checked(before + change.Change);
            if (after[key] < 0)
            {
                throw new KernelInvariantException($"{change.Order} line {change.Line} would hold less than nothing in {change.Cell}.");
            }
        }
    }

    private void Apply(UnitOfWork unit, List<CellBalance> next)
    {
        foreach (CellBalance balance in next)
        {
            Cells(balance.Cell.Sku)[balance.Cell] = balance;
        }

        foreach (OverdraftChange change in unit.Overdrafts)
        {
            Cells(change.Cell.Sku)[change.Cell] = Balance(change.Cell).With(change.Overdraft);
        }

        journal.AddRange(unit.Postings.Select(posting => new StoredPosting(unit.Command.Id, posting)));
        foreach (HoldChange change in unit.Holds)
        {
            Apply(change);
        }

        foreach (StreamAppend append in unit.Appends)
        {
            Streams[append.Stream] = Stream(append.Stream).AddRange(append.Events);
            Feed.AddRange(append.Events);
        }

        foreach (TimerChange timer in unit.Timers)
        {
            Apply(timer);
        }

        Outbox.AddRange(unit.Messages);
        OpenLines.Apply(unit.OpenLines);
        if (unit.Received is { } received)
        {
            Queues.TryReceive(received, unit.Command.Id.ToString(), unit.Command.DecidedAt);
        }

        if (!facts.TryGetValue(unit.Command.FactsHash, out string? shared))
        {
            facts.Add(unit.Command.FactsHash, shared = unit.Command.Facts);
        }

        DecidedCommand command = unit.Command with { Facts = shared };
        places.Add(command.Id, Commands.Count);
        Commands.Add(command);
        Seals.Add(command, unit.Messages);
    }

    private void Apply(HoldChange change)
    {
        var key = new HoldKey(change.Order, change.Line, change.Cell);
        holds.TryGetValue(key, out long before);
        long after = before + change.Change;
        if (after == 0)
        {
            holds.Remove(key);
        }
        else
        {
            holds[key] = after;
        }
    }

    // A change of an older setting comes too late and is passed over.
    private void Apply(TimerChange timer)
    {
        string key = timer.Stream + " " + timer.Purpose;
        if (Timers.TryGetValue(key, out TimerChange? before) && before.Generation > timer.Generation)
        {
            return;
        }

        Timers.Remove(key);
        if (timer.Due is not null)
        {
            Timers.Add(key, timer);
        }
    }

    private CellBalance Balance(StockCell cell) =>
        Cells(cell.Sku).TryGetValue(cell, out CellBalance? balance) ? balance : CellBalance.Empty(cell);

    private SortedDictionary<StockCell, CellBalance> Cells(Sku sku)
    {
        if (!balances.TryGetValue(sku, out SortedDictionary<StockCell, CellBalance>? cells))
        {
            cells = new SortedDictionary<StockCell, CellBalance>();
            balances.Add(sku, cells);
        }

        return cells;
    }

    private readonly record struct HoldKey(OrderId Order, int Line, StockCell Cell) : IComparable<HoldKey>
    {
        public int CompareTo(HoldKey other)
        {
            int order = Order.CompareTo(other.Order);
            order = order != 0 ? order : Line.CompareTo(other.Line);
            return order != 0 ? order : Cell.CompareTo(other.Cell);
        }
    }
}
