using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

/// <summary>Promises about single units and batches.</summary>
public static partial class StoreContract
{
    private static async Task CommittedUnitIsReadBack(IOrderStore store)
    {
        UnitOfWork unit = SampleUnits.Events("c1", "O1", 0, 2) with
        {
            Postings = SampleUnits.Receipt("c1", 7).Postings,
        };
        Expect((await One(store, unit)).Status == UnitStatus.Committed, "A good unit is committed.");
        ImmutableArray<EventEnvelope> stream =
            await store.ReadStreamAsync(Tenant, SampleUnits.OrderStream("O1"), 0, CancellationToken.None);
        Expect(stream.SequenceEqual(unit.Appends[0].Events), "The events come back as they were written.");
        ImmutableArray<EventEnvelope> newer =
            await store.ReadStreamAsync(Tenant, SampleUnits.OrderStream("O1"), 1, CancellationToken.None);
        Expect(newer.Length == 1 && newer[0].Version == 2, "Only what is newer is read.");
        DecidedCommand? command = await store.ReadCommandAsync(Tenant, unit.Command.Id, CancellationToken.None);
        Expect(unit.Command.Equals(command), "The command comes back as it was written, facts included.");
        StockPicture stock = await store.ReadStockAsync(Tenant, ImmutableArray.Create(SampleUnits.Sku), CancellationToken.None);
        Expect(stock.FreeIn(SampleUnits.Cell) == 7, "The received pieces are free.");
        LedgerContents ledger = await store.ReadLedgerAsync(Tenant, CancellationToken.None);
        Expect(ledger.Journal.SequenceEqual(unit.Postings), "The movements come back as they were written.");
        Expect(ledger.Balances[0][StockAccount.Supply] == -7, "Supply is minus what was received.");
        ImmutableArray<EventEnvelope> none =
            await store.ReadStreamAsync(Tenant, SampleUnits.OrderStream("nobody"), 0, CancellationToken.None);
        Expect(none.IsEmpty, "A stream that does not exist is empty.");
        Expect(await store.ReadCommandAsync(Tenant, CommandId.FromName("never"), CancellationToken.None) is null, "No such command.");
    }

    private static async Task RepeatAnswersStoredOutcome(IOrderStore store)
    {
        UnitOfWork unit = SampleUnits.Events("c1", "O1", 0);
        await One(store, unit);
        string other = CommandOutcome.Accepted(99, ImmutableArray<System.Guid>.Empty).ToJson();
        UnitResult again = await One(store, unit with { Command = unit.Command with { Outcome = other } });
        Expect(again.Status == UnitStatus.Repeated, "The same command is repeated, even when it was decided differently.");
        Expect(again.StoredOutcome == unit.Command.Outcome, "The stored outcome is answered.");
        ImmutableArray<FeedEntry> feed = await store.ReadFeedAsync(Tenant, 0, 10, CancellationToken.None);
        Expect(feed.Length == 1, "A repeat adds no event.");
    }

    private static async Task RefusalIsSticky(IOrderStore store)
    {
        UnitOfWork refused = SampleUnits.Empty("c1", "O1");
        string why = CommandOutcome.Refused(0, ImmutableArray.Create(OrderRefusals.NothingOpen.About(string.Empty, string.Empty))).ToJson();
        await One(store, refused with { Command = refused.Command with { Outcome = why } });
        UnitOfWork accepted = SampleUnits.Events("c1", "O1", 0);
        DecidedCommand same = accepted.Command with { Body = refused.Command.Body, BodyHash = refused.Command.BodyHash };
        UnitResult again = await One(store, accepted with { Command = same });
        Expect(again.Status == UnitStatus.Repeated && again.StoredOutcome == why, "A refusal stays a refusal.");
        ImmutableArray<EventEnvelope> stream =
            await store.ReadStreamAsync(Tenant, SampleUnits.OrderStream("O1"), 0, CancellationToken.None);
        Expect(stream.IsEmpty, "Nothing was appended.");
    }

    private static async Task ReusedKeyIsAConflict(IOrderStore store)
    {
        await One(store, SampleUnits.Events("c1", "O1", 0));
        UnitResult result = await One(store, SampleUnits.Events("c1", "O2", 0));
        Expect(result.Status == UnitStatus.KeyReused, "One id does not mean two things.");
        ImmutableArray<FeedEntry> feed = await store.ReadFeedAsync(Tenant, 0, 10, CancellationToken.None);
        Expect(feed.Length == 1, "The second meaning changes nothing.");
    }

    private static async Task MovedStreamChangesNothing(IOrderStore store)
    {
        await One(store, SampleUnits.Events("c1", "O1", 0, 2));
        foreach (long stale in new long[] { 0, 1, 3 })
        {
            UnitOfWork unit = SampleUnits.Events("late" + stale, "O1", stale) with
            {
                Postings = SampleUnits.Receipt("x", 5).Postings,
            };
            Expect((await One(store, unit)).Status == UnitStatus.StreamMoved, $"Version {stale} is not the stream's.");
            DecidedCommand? command = await store.ReadCommandAsync(Tenant, unit.Command.Id, CancellationToken.None);
            Expect(command is null, "A command that lost a race is not stored, so that it can be decided again.");
        }

        LedgerContents ledger = await store.ReadLedgerAsync(Tenant, CancellationToken.None);
        Expect(ledger.Journal.IsEmpty && ledger.Balances.All(static b => b[StockAccount.Available] == 0), "No stock moved.");
        Expect((await One(store, SampleUnits.Events("next", "O1", 2))).Status == UnitStatus.Committed, "The right version is taken.");
    }

    private static async Task ShortStockChangesNothing(IOrderStore store)
    {
        await One(store, SampleUnits.Receipt("r1", 5));
        UnitOfWork unit = SampleUnits.Hold("h1", "O1", 6) with { Appends = SampleUnits.Events("h1", "O1", 0).Appends };
        Expect((await One(store, unit)).Status == UnitStatus.StockMoved, "More than there is cannot be held.");
        LedgerContents ledger = await store.ReadLedgerAsync(Tenant, CancellationToken.None);
        Expect(ledger.Holds.IsEmpty && ledger.Balances[0][StockAccount.Available] == 5, "Nothing was held.");
        ImmutableArray<EventEnvelope> stream =
            await store.ReadStreamAsync(Tenant, SampleUnits.OrderStream("O1"), 0, CancellationToken.None);
        Expect(stream.IsEmpty, "No event was appended.");
        Expect((await One(store, SampleUnits.Hold("h1", "O1", 5))).Status == UnitStatus.Committed, "Exactly what there is can be held.");
    }

    private static async Task BadUnitLeavesOthers(IOrderStore store)
    {
        await One(store, SampleUnits.Receipt("r1", 5));
        ImmutableArray<UnitResult> results = await store.CommitAsync(
            ImmutableArray.Create(
                SampleUnits.Hold("h1", "O1", 3), SampleUnits.Hold("h2", "O2", 3), SampleUnits.Hold("h3", "O3", 2),
                SampleUnits.Events("e1", "O4", 4), SampleUnits.Events("e2", "O5", 0)),
            CancellationToken.None);
        var expected = new[]
        {
            UnitStatus.Committed, UnitStatus.StockMoved, UnitStatus.Committed, UnitStatus.StreamMoved, UnitStatus.Committed,
        };
        Expect(
            results.Select(static r => r.Status).SequenceEqual(expected),
            "Each unit has its own outcome: " + string.Join(", ", results));
        LedgerContents ledger = await store.ReadLedgerAsync(Tenant, CancellationToken.None);
        Expect(ledger.Holds.Sum(static h => h.Quantity.Units) == 5, "The good units of the batch are stored.");
        await KernelLaws.LedgerConserves(store, Tenant);
    }

    private static async Task LaterUnitSeesEarlier(IOrderStore store)
    {
        ImmutableArray<UnitResult> results = await store.CommitAsync(
            ImmutableArray.Create(
                SampleUnits.Events("a", "O1", 0), SampleUnits.Events("b", "O1", 1), SampleUnits.Events("c", "O1", 1)),
            CancellationToken.None);
        Expect(
            results.Select(static r => r.Status).SequenceEqual(
                new[] { UnitStatus.Committed, UnitStatus.Committed, UnitStatus.StreamMoved }),
            "A later unit is checked against what an earlier one left.");
    }

    private static async Task RepeatInsideBatch(IOrderStore store)
    {
        UnitOfWork unit = SampleUnits.Events("a", "O1", 0);
        ImmutableArray<UnitResult> results =
            await store.CommitAsync(ImmutableArray.Create(unit, unit), CancellationToken.None);
        Expect(results[0].Status == UnitStatus.Committed && results[1].Status == UnitStatus.Repeated, "The twin is a repeat.");
        Expect(results[1].StoredOutcome == unit.Command.Outcome, "The twin gets the stored outcome.");
    }
}
