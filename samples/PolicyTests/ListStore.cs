using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace PolicyTests;

/// <summary>A store of our own, as plain as one can be: the list of committed units, and every answer computed from it.</summary>
public sealed class ListStore : IOrderStore
{
    private readonly object gate = new();
    private readonly List<UnitOfWork> units = [];
    private readonly HashSet<(TenantId, Guid)> sent = [];

    public ValueTask<ImmutableArray<EventEnvelope>> ReadStreamAsync(
        TenantId tenant, StreamId stream, long after, CancellationToken cancellation) =>
        Answer(() => Stream(tenant, stream).Where(happened => happened.Version > after).ToImmutableArray());

    public ValueTask<StockPicture> ReadStockAsync(TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) =>
        Answer(() => new StockPicture(Balances(tenant).Values.Where(balance => skus.Contains(balance.Cell.Sku)).Select(balance =>
            new FreeStock(
                balance.Cell, balance[StockAccount.Available], balance.Overdraft, new Quantity(balance[StockAccount.Quarantine]),
                new Quantity(balance[StockAccount.Reserved])))
            .ToImmutableArray()));

    // The last word on a line stands; one that wants and holds nothing is gone.
    public ValueTask<ImmutableArray<OpenLine>> ReadOpenLinesAsync(
        TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) =>
        Answer(() => Of(tenant).SelectMany(unit => unit.OpenLines).GroupBy(line => (line.Sku, line.Order, line.Line))
            .OrderBy(line => line.Key).Select(line => line.Last())
            .Where(line => skus.Contains(line.Sku) && line.IsOpen).ToImmutableArray());

    public ValueTask<ImmutableArray<UnitResult>> CommitAsync(ImmutableArray<UnitOfWork> batch, CancellationToken cancellation) =>
        Answer(() => batch.Select(Commit).ToImmutableArray());

    public ValueTask<DecidedCommand?> ReadCommandAsync(TenantId tenant, CommandId command, CancellationToken cancellation) =>
        Answer(() => Find(tenant, command));

    public ValueTask<ImmutableArray<DecidedCommand>> ReadCommandsAsync(
        TenantId tenant, CommandId? after, int most, CancellationToken cancellation) =>
        Answer(() => Of(tenant).Select(unit => unit.Command).SkipWhile(command => after is not null && command.Id != after)
            .Skip(after is null ? 0 : 1).Take(most).ToImmutableArray());

    public ValueTask<ImmutableArray<StreamId>> ReadStreamNamesAsync(
        TenantId tenant, string category, string after, int most, CancellationToken cancellation) =>
        Answer(() => Of(tenant).SelectMany(unit => unit.Appends).Select(append => append.Stream).Distinct()
            .Where(name => name.Category == category && string.CompareOrdinal(name.Key, after) > 0)
            .Order().Take(most).ToImmutableArray());

    public ValueTask<ImmutableArray<FeedEntry>> ReadFeedAsync(TenantId tenant, long after, int most, CancellationToken cancellation) =>
        Answer(() => Of(tenant).SelectMany(unit => unit.Appends).SelectMany(append => append.Events)
            .Select((happened, i) => new FeedEntry(i + 1, happened)).Skip((int)after).Take(most).ToImmutableArray());

    public ValueTask<LedgerContents> ReadLedgerAsync(TenantId tenant, CancellationToken cancellation) =>
        Answer(() => new LedgerContents(
            Of(tenant).SelectMany(unit => unit.Postings).ToImmutableArray(), Balances(tenant).Values.ToImmutableArray(),
            Of(tenant).SelectMany(unit => unit.Holds).GroupBy(hold => (hold.Order, hold.Line, hold.Cell))
                .Select(hold => (hold.Key, Units: hold.Sum(change => change.Change))).Where(hold => hold.Units > 0)
                .OrderBy(hold => hold.Key.Order).ThenBy(hold => hold.Key.Line).ThenBy(hold => hold.Key.Cell)
                .Select(hold => new HeldStock(hold.Key.Order, hold.Key.Line, hold.Key.Cell, new Quantity(hold.Units)))
                .ToImmutableArray()));

    public ValueTask<ImmutableArray<TimerChange>> ReadDueTimersAsync(
        TenantId tenant, Instant now, int most, CancellationToken cancellation) =>
        Answer(() => Of(tenant).SelectMany(unit => unit.Timers).GroupBy(timer => (timer.Stream, timer.Purpose))
            .Select(timer => timer.Aggregate((before, next) => before.Generation > next.Generation ? before : next))
            .Where(timer => timer.Due <= now).OrderBy(timer => timer.Due).ThenBy(timer => timer.Stream).Take(most).ToImmutableArray());

    public ValueTask<ImmutableArray<OutgoingMessage>> ReadOutboxAsync(TenantId tenant, int most, CancellationToken cancellation) =>
        Answer(() => Of(tenant).SelectMany(unit => unit.Messages).Where(message => !sent.Contains((tenant, message.Id)))
            .Take(most).ToImmutableArray());

    public async ValueTask MarkSentAsync(TenantId tenant, ImmutableArray<Guid> messages, CancellationToken cancellation) =>
        await Answer(() => messages.Count(message => sent.Add((tenant, message))));

    // All or nothing: every check comes before the one change.
    private UnitResult Commit(UnitOfWork unit)
    {
        TenantId tenant = unit.Command.Tenant;
        if (Find(tenant, unit.Command.Id) is { } stored)
        {
            return stored.BodyHash == unit.Command.BodyHash
                ? new UnitResult(UnitStatus.Repeated, stored.Outcome)
                : new UnitResult(UnitStatus.KeyReused);
        }

        if (unit.Appends.Any(append => Stream(tenant, append.Stream).Count() != append.ExpectedVersion))
        {
            return new UnitResult(UnitStatus.StreamMoved);
        }

        SortedDictionary<StockCell, CellBalance> balances = Balances(tenant);
        if (CellDelta.Merge(unit.Postings, unit.Holds).Any(delta =>
            balances.GetValueOrDefault(delta.Cell, CellBalance.Empty(delta.Cell)).After(delta) is null))
        {
            return new UnitResult(UnitStatus.StockMoved);
        }

        units.Add(unit);
        return new UnitResult(UnitStatus.Committed);
    }

    private SortedDictionary<StockCell, CellBalance> Balances(TenantId tenant)
    {
        var balances = new SortedDictionary<StockCell, CellBalance>();
        foreach (UnitOfWork unit in Of(tenant))
        {
            foreach (CellDelta delta in CellDelta.Merge(unit.Postings, unit.Holds))
            {
                balances[delta.Cell] = balances.GetValueOrDefault(delta.Cell, CellBalance.Empty(delta.Cell)).After(delta)!;
            }

            foreach (OverdraftChange change in unit.Overdrafts)
            {
                balances[change.Cell] = balances.GetValueOrDefault(change.Cell, CellBalance.Empty(change.Cell)).With(change.Overdraft);
            }
        }

        return balances;
    }

    private IEnumerable<UnitOfWork> Of(TenantId tenant) => units.Where(unit => unit.Command.Tenant == tenant);

    private IEnumerable<EventEnvelope> Stream(TenantId tenant, StreamId stream) => Of(tenant).SelectMany(unit => unit.Appends)
        .Where(append => append.Stream == stream).SelectMany(append => append.Events);

    private DecidedCommand? Find(TenantId tenant, CommandId id) =>
        Of(tenant).Select(unit => unit.Command).FirstOrDefault(command => command.Id == id);

    private ValueTask<T> Answer<T>(Func<T> compute)
    {
        lock (gate)
        {
            return new ValueTask<T>(compute());
        }
    }
}
