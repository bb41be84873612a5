using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;
using Xunit.Abstractions;

namespace OrderKernel.Sql.Tests;

/// <summary>One fault at every call of the store, of every kind, over many scenarios: a client that repeats its command under its id
/// ends with the same history, byte by byte, as if nothing had happened.</summary>
public class FaultSweepTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;

    private readonly ITestOutputHelper output;

    public FaultSweepTests(ITestOutputHelper output) => this.output = output;

    private static bool IsLong => Environment.GetEnvironmentVariable("ORDERKERNEL_FAULT_PAIRS") is not null;

    [Fact]
    public async Task EveryPoint_EveryFault_ThirtyScenarios_ChangeNothing()
    {
        int points = 0, runs = 0;
        for (int scenario = 0; scenario < 30; scenario++)
        {
            Scenario played = await Scenario.Play(Scripts.Walk(16, seed: scenario * 17));
            (FaultingStore calm, string expected) = await played.Run(new MemoryStore(), new Dictionary<int, StoreFault>());
            points += calm.Calls;
            for (int call = 0; call < calm.Calls; call++)
            {
                foreach (StoreFault fault in Enum.GetValues<StoreFault>())
                {
                    await Check(played, new MemoryStore(), expected, new Dictionary<int, StoreFault> { [call] = fault });
                    runs++;
                }
            }
        }

        output.WriteLine($"{runs} runs over {points} points of 30 scenarios");
        Assert.Equal(points * 4, runs);
        Assert.True(points > 900);
    }

    [Fact]
    public async Task Sqlite_EveryFourthPoint_EveryFault_ChangesNothing() => await Sweep(() =>
    {
        var database = new TemporaryDatabase();
        SqliteStore store = database.Open(SqliteDurability.UnsafeNormal);
        return (store, () => { store.Dispose(); database.Dispose(); });
    });

    [PostgresFact]
    public async Task Postgres_EveryFourthPoint_EveryFault_ChangesNothing() => await Sweep(() =>
    {
        var database = new PostgresDatabase();
        PostgresStore store = database.Open();
        return (store, () => { store.Dispose(); database.Dispose(); });
    });

    [Fact]
    public async Task PairsOfFaults_ChangeNothing()
    {
        int runs = 0;
        for (int scenario = 0; scenario < (IsLong ? 30 : 1); scenario++)
        {
            Scenario played = await Scenario.Play(Scripts.Walk(IsLong ? 16 : 6, seed: scenario * 17));
            (FaultingStore calm, string expected) = await played.Run(new MemoryStore(), new Dictionary<int, StoreFault>());
            for (int first = 0; first < calm.Calls; first++)
            {
                for (int second = first + 1; second < calm.Calls + 2; second++)
                {
                    foreach (StoreFault a in Enum.GetValues<StoreFault>())
                    {
                        foreach (StoreFault b in Enum.GetValues<StoreFault>())
                        {
                            await Check(played, new MemoryStore(), expected, new Dictionary<int, StoreFault> { [first] = a, [second] = b });
                            runs++;
                        }
                    }
                }
            }
        }

        output.WriteLine($"{runs} pairs");
        Assert.True(runs > 500);
    }

    [Fact]
    public async Task NewIdOnEveryAttempt_IsSeenByTheCheck()
    {
        // The control: a client that forgets its id doubles what it does, and the sweep must see that.
        Scenario played = await Scenario.Play(Scripts.Walk(16));
        (FaultingStore calm, string expected) = await played.Run(new MemoryStore(), new Dictionary<int, StoreFault>());
        int seen = 0;
        for (int call = 0; call < calm.Calls; call++)
        {
            (_, string found) = await played.Run(
                new MemoryStore(), new Dictionary<int, StoreFault> { [call] = StoreFault.AnswerLost }, keepsIds: false);
            seen += found == expected ? 0 : 1;
        }

        Assert.True(seen > 5);
    }

    private static async Task Sweep(Func<(IOrderStore Store, Action Close)> open)
    {
        Scenario played = await Scenario.Play(Scripts.Walk(14));
        (FaultingStore calm, string expected) = await played.Run(new MemoryStore(), new Dictionary<int, StoreFault>());
        for (int call = 0; call < calm.Calls; call += 4)
        {
            StoreFault fault = (StoreFault)(call / 4 % 3);
            (IOrderStore store, Action close) = open();
            try
            {
                await Check(played, store, expected, new Dictionary<int, StoreFault> { [call] = fault });
            }
            finally
            {
                close();
            }
        }
    }

    private static async Task Check(
        Scenario played, IOrderStore store, string expected, Dictionary<int, StoreFault> plan)
    {
        (_, string found) = await played.Run(store, plan);
        await KernelLaws.LedgerConserves(store, Tenant);

        // On an old picture a command may rightly be refused; then only the laws hold, not the sameness.
        Assert.True(plan.ContainsValue(StoreFault.StaleRead) || found == expected, string.Join(", ", plan));
    }

    /// <summary>Submissions with their moments, played again and again.</summary>
    private sealed class Scenario
    {
        private readonly IReadOnlyList<Submission> submissions;

        private Scenario(IReadOnlyList<Submission> submissions) => this.submissions = submissions;

        public static async Task<Scenario> Play(Script script)
        {
            var play = new ScriptPlay(new MemoryStore(), "fault");
            await play.PlayAsync(script);
            return new Scenario(play.Submissions);
        }

        /// <summary>Submits each until it is answered, and returns everything that happened.</summary>
        public async Task<(FaultingStore Store, string History)> Run(
            IOrderStore store, IReadOnlyDictionary<int, StoreFault> plan, bool keepsIds = true)
        {
            var faulting = new FaultingStore(store, plan);
            var clock = new FakeClock(Instant.FromUtc(2026, 9, 1, 0, 0));
            var desk = new OrderDesk(faulting, clock);
            foreach (Submission submission in submissions)
            {
                clock.Advance(Duration.FromHours(1));
                await Submit(desk, submission, keepsIds);
            }

            ImmutableArray<FeedEntry> feed = await store.ReadFeedAsync(Tenant, 0, int.MaxValue, default);
            ImmutableArray<DecidedCommand> commands = await store.ReadCommandsAsync(Tenant, null, int.MaxValue, default);
            return (faulting, string.Join('\n', feed.Select(entry => entry.Event.Hash)) + "\n"
                + string.Join('\n', commands.Select(command => command.Id + command.FactsHash + command.Outcome)));
        }

        private static async Task Submit(OrderDesk desk, Submission submission, bool keepsIds)
        {
            for (int attempt = 0; ; attempt++)
            {
                string name = attempt.ToString(CultureInfo.InvariantCulture) + submission.Id;
                Submission sent = keepsIds || attempt == 0
                    ? submission
                    : new Submission(CommandId.FromName(name), submission.Actor, submission.Command);
                try
                {
                    await desk.SubmitAsync(sent);
                    return;
                }
                catch (OrderKernelException fault) when (fault.IsTransient && attempt < 4)
                {
                }
            }
        }
    }
}
