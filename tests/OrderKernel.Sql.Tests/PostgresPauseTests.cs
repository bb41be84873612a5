using System;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using Npgsql;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>Wherever a host's wire is cut, the others go on within the limit, and what it was at is done once or was never there.</summary>
public class PostgresPauseTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Twice the limit, and what a machine that does other things besides may take.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(8);

    private static int names;

    [PostgresTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Writer_CutOffAtEachAnswer_HoldsNobodyUp_AndRepeatsWhatWasNotCommitted(int answer)
    {
        using var database = new PostgresDatabase();
        using var wire = new CutWire(database.ConnectionString);
        using PostgresStore paused = Open(wire);
        using PostgresStore other = database.Open(Limited);
        await paused.CommitAsync([SampleUnits.Receipt("before", 10)], default);
        wire.CutAtAnswer(answer);
        Task<ImmutableArray<UnitResult>> late = Task.Run(() => paused.CommitAsync([Hold("late", "O1")], default).AsTask());
        Assert.True(await wire.IsCutBefore(late));

        // The last answer is that of the commit.
        if (answer < 6)
        {
            Assert.Equal(1L, Sessions(database, "state = 'idle in transaction'"));
        }

        await Within(() => Works(other, wire));
        wire.Mend();
        Assert.Equal(UnitStatus.Committed, Assert.Single(await late).Status);
        await Works(paused, wire);
        Assert.Equal(1, (await other.ReadLedgerAsync(Tenant, default)).Holds.Sum(hold => hold.Quantity.Units));
        await KernelLaws.LedgerConserves(other, Tenant);
    }

    [PostgresTheory]
    [InlineData(100_000, "idle in transaction")]
    [InlineData(300_000, "active")]
    public async Task Writer_CutOffInTheMiddleOfABatch_HoldsNobodyUp_AndRepeatsIt(int bytes, string state)
    {
        // Behind the first statement of a batch the server waits for its host and counts that as work: its own limit does not see it.
        using var database = new PostgresDatabase();
        using var wire = new CutWire(database.ConnectionString);
        using PostgresStore paused = Open(wire);
        using PostgresStore other = database.Open(Limited);
        await paused.CommitAsync([SampleUnits.Receipt("before", 10)], default);
        string note = new('n', 200_000);
        UnitOfWork large = SampleUnits.Events("late", "O1", 0, note: note) with { Holds = Hold("late", "O1").Holds };
        large = large with { Postings = Hold("late", "O1").Postings };
        wire.CutAfterSent(bytes);
        Task<ImmutableArray<UnitResult>> late = Task.Run(() => paused.CommitAsync([large], default).AsTask());
        Assert.True(await wire.IsCutBefore(late));
        await Until(() => Sessions(database, $"state = '{state}' AND wait_event = 'ClientRead'") == 1);
        await Within(() => Works(other, wire));
        wire.Mend();
        Assert.Equal(UnitStatus.Committed, Assert.Single(await late).Status);
        await Works(paused, wire);
        Assert.Equal(1, (await other.ReadLedgerAsync(Tenant, default)).Holds.Sum(hold => hold.Quantity.Units));
        await KernelLaws.LedgerConserves(other, Tenant);
    }

    [PostgresTheory]
    [InlineData("feed")]
    [InlineData("seals")]
    [InlineData("claim messages")]
    [InlineData("confirm message")]
    [InlineData("claim timers")]
    [InlineData("postpone timer")]
    [InlineData("save board")]
    [InlineData("clear board")]
    [InlineData("snapshot")]
    [InlineData("inbox")]
    [InlineData("audit")]
    public async Task AnythingElse_CutOffAtEachAnswer_HoldsNobodyUp(string work)
    {
        using var database = new PostgresDatabase();
        using var wire = new CutWire(database.ConnectionString);
        using PostgresStore paused = Open(wire);
        using PostgresStore other = database.Open(Limited);
        await Works(paused, wire);
        int cuts = 0;
        for (int answer = 1; ; answer++)
        {
            await other.CommitAsync([Rich("more" + answer)], default);
            wire.CutAtAnswer(answer);
            Task late = Task.Run(() => Play(paused, work));
            if (!await wire.IsCutBefore(late))
            {
                wire.Mend();
                await late;
                break;
            }

            // What is one statement is one trip, in which nothing is left open.
            cuts++;
            bool isOneTrip = work is not ("save board" or "clear board" or "audit");
            Assert.True(!isOneTrip || Sessions(database, "state LIKE 'idle in transaction%'") == 0, $"{work} is open at answer {answer}.");
            await Within(() => Works(other, wire));
            wire.Mend();
            await DoneOrTransient(late);
        }

        Assert.True(cuts > 0);
        await Works(paused, wire);
    }

    [PostgresFact]
    public async Task Relay_CutOffWhileItReadsWhatItClaimed_LetsGoOfIt()
    {
        // More than the wire takes up: the server cannot send on, and has not committed the claims.
        using var database = new PostgresDatabase();
        using var wire = new CutWire(database.ConnectionString);
        using PostgresStore paused = Open(wire);
        using PostgresStore other = database.Open(Limited);
        for (int i = 0; i < 40; i++)
        {
            UnitOfWork unit = Rich("large" + i);
            OutgoingMessage m = unit.Messages[0];
            m = new OutgoingMessage(m.Id, m.Destination, m.Stream, m.Version, new string('m', 500_000));
            await other.CommitAsync([unit with { Messages = [m] }], default);
        }

        wire.CutAfterReceived(1_000_000);
        Task late = Task.Run(() => Play(paused, "claim messages"));
        Assert.True(await wire.IsCutBefore(late));
        Assert.Empty(await other.ClaimMessagesAsync(Tenant, Lease(), 100, default));
        await Within(async () =>
        {
            while ((await other.ClaimMessagesAsync(Tenant, Lease(), 100, default)).Length != 40)
            {
                await Task.Delay(50);
            }
        });
        wire.Mend();
        await DoneOrTransient(late);
    }

    [PostgresFact]
    public async Task Opening_CutOffWhileItMakesTheTables_HoldsNobodyUp()
    {
        int answers;
        using (var counted = new PostgresDatabase())
        using (var whole = new CutWire(counted.ConnectionString))
        {
            Open(whole).Dispose();
            answers = whole.Answers;
        }

        Assert.True(answers > 10);
        for (int answer = answers - 10; answer <= answers; answer++)
        {
            using var database = new PostgresDatabase();
            using var wire = new CutWire(database.ConnectionString);
            wire.CutAtAnswer(answer);
            Task late = Task.Run(() => Open(wire).Dispose());
            Assert.True(await wire.IsCutBefore(late));
            await Within(() => Task.Run(() => database.Open(Limited).Dispose()));
            wire.Mend();
            await DoneOrTransient(late);
        }
    }

    private static void Limited(PostgresStoreOptions options) => options.PauseLimit = Limit;

    private static PostgresStore Open(CutWire wire) => PostgresStore.Open(
        new PostgresStoreOptions(() => new NpgsqlConnection(wire.ConnectionString)) { Schema = SchemaMode.Create, PauseLimit = Limit });

    private static UnitOfWork Hold(string command, string order) =>
        SampleUnits.Events(command, order, 0) with
        {
            Postings = SampleUnits.Hold(command, order, 1).Postings, Holds = SampleUnits.Hold(command, order, 1).Holds,
        };

    // Stock, an event with a message, and a timer that is due, of an order of its own.
    private static UnitOfWork Rich(string name)
    {
        UnitOfWork unit = SampleUnits.Events(name, name, 0);
        return unit with
        {
            Postings = SampleUnits.Receipt(name, 1).Postings,
            Messages = [OutgoingMessage.Announce(unit.Appends[0].Events[0], "erp")],
            Timers = [new TimerChange(SampleUnits.OrderStream(name), "expiry", 1, SampleUnits.Now)],
        };
    }

    // Everything that a host does, in which it meets whoever holds the stock, the feed, the seals, the queues or the board.
    private static async Task Works(PostgresStore store, CutWire wire)
    {
        string name = $"works-{wire.Answers}-{Interlocked.Increment(ref names)}";
        UnitOfWork unit = Rich(name);
        Assert.Equal(UnitStatus.Committed, Assert.Single(await store.CommitAsync([unit], default)).Status);
        ImmutableArray<FeedEntry> feed = await store.ReadFeedAsync(Tenant, 0, 1_000, default);
        Assert.Contains(feed, entry => entry.Event.Stream.Key == name);
        Assert.Equal(Enumerable.Range(1, feed.Length).Select(p => (long)p), feed.Select(entry => entry.Position));
        ImmutableArray<HistorySeal> seals = await store.ReadSealsAsync(Tenant, 0, 1_000, default);
        Assert.Single(seals.SelectMany(seal => seal.Commands), command => command.Id == unit.Command.Id);
        Assert.Contains(
            await store.ClaimMessagesAsync(Tenant, Lease(), 100, default), claimed => claimed.Message.Stream.Key == name);
        Assert.Contains(await store.ClaimTimersAsync(Tenant, Lease(), 100, default), claimed => claimed.Timer.Stream.Key == name);
        while (!await Advance(store))
        {
        }
    }

    private static async Task<bool> Advance(PostgresStore store)
    {
        long from = await store.ReadBoardPositionAsync(Tenant, default);
        return await store.SaveBoardAsync(Tenant, from, from + 1, [], default);
    }

    private static async Task Play(PostgresStore store, string work)
    {
        switch (work)
        {
            case "feed":
                await store.ReadFeedAsync(Tenant, 0, 1_000, default);
                break;
            case "seals":
                await store.ReadSealsAsync(Tenant, 0, 1_000, default);
                break;
            case "claim messages":
                await store.ClaimMessagesAsync(Tenant, Lease(), 100, default);
                break;
            case "confirm message":
                foreach (ClaimedMessage message in await store.ClaimMessagesAsync(Tenant, Lease(), 1, default))
                {
                    await store.ConfirmMessageAsync(Tenant, message, default);
                }

                break;
            case "claim timers":
                await store.ClaimTimersAsync(Tenant, Lease(), 100, default);
                break;
            case "postpone timer":
                foreach (ClaimedTimer timer in await store.ClaimTimersAsync(Tenant, Lease(), 1, default))
                {
                    await store.PostponeTimerAsync(Tenant, timer, SampleUnits.Now, default);
                }

                break;
            case "save board":
                await Advance(store);
                break;
            case "clear board":
                await store.ClearBoardAsync(Tenant, default);
                break;
            case "snapshot":
                await store.SaveSnapshotAsync(Tenant, new OrderSnapshot(new OrderId("O"), 1, "s", "h", "{}", "c"), default);
                break;
            case "inbox":
                await store.AddReceivedAsync(Tenant, new ReceivedMessage("erp", "orders", "1"), "n", SampleUnits.Now, default);
                break;
            case "audit":
                await store.ReadContentsAsync(Tenant, default);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(work), work, "No such work.");
        }
    }

    // Leases of this test end at once, so that whoever comes later claims again what was claimed by whom the wire was cut.
    private static Lease Lease()
    {
        int minute = Interlocked.Increment(ref names);
        return new Lease("relay", SampleUnits.Now + Duration.FromMinutes(minute), Duration.FromSeconds(1));
    }

    private static long Sessions(PostgresDatabase database, string which) => (long)database.Ask(
        $"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND {which}")!;

    private static async Task Until(Func<bool> isSo)
    {
        var clock = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(clock.Elapsed < Bound);
            await Task.Delay(20);
        }
    }

    private static Task Within(Func<Task> work) => Task.Run(work).WaitAsync(Bound);

    private static async Task DoneOrTransient(Task late)
    {
        try
        {
            await late.WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (OrderKernelException fault)
        {
            Assert.True(fault.IsTransient, fault.ToString());
        }
    }
}
