using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;
using Xunit.Abstractions;

namespace OrderKernel.Sql.Tests.Faults;

/// <summary>One fault at every call of every port, over every flow: clients that repeat their commands under their ids end with the same
/// history, byte by byte, as if nothing had happened. In memory every point sees every kind of fault; on a database the kinds take
/// turns over the points, and the long run takes them all there too.</summary>
public class FaultSweepTests
{
    private static readonly StoreFault[] Kinds = Enum.GetValues<StoreFault>();
    private static readonly Dictionary<int, StoreFault> Calm = new();

    // In the tests; the long run takes every flow.
    private static readonly string[] Sample = ["ship in parts", "hold expires by its timer", "a paid order takes from an unpaid one"];

    private readonly ITestOutputHelper output;

    public FaultSweepTests(ITestOutputHelper output) => this.output = output;

    private static bool IsLong => Environment.GetEnvironmentVariable("ORDERKERNEL_FAULT_PAIRS") is not null;

    [Fact]
    public async Task EveryFlow_WithoutFaults_DoesWhatItSays()
    {
        var histories = new HashSet<string>();
        foreach (BusinessFlow flow in BusinessFlows.All)
        {
            var play = new FlowPlay(flow, new MemoryStore(), new TenantId("main"), Calm);
            Assert.True(histories.Add(await play.Run()), $"{flow} is another flow over again.");
            bool[] said = [.. flow.Steps.OfType<FlowStep.Send>().Select(send => send.IsAccepted)];
            int[] commands = [.. Enumerable.Range(0, play.Answers.Count).Where(i => StepOf(flow, i) is FlowStep.Send)];
            Assert.True(
                said.SequenceEqual(commands.Select(i => play.Answers[i].IsAccepted)),
                $"{flow}: {string.Join("; ", play.Answers.Select(answer => $"{answer.Status} {string.Join(",", answer.Findings)}"))}");
            await play.CheckLaws();
        }

        Assert.Equal(BusinessFlows.All.Length, BusinessFlows.All.Select(flow => flow.Name).Distinct().Count());
        Assert.True(BusinessFlows.All.Length >= 40);
    }

    [Fact]
    public Task Memory_EveryPoint_EveryFault_EveryFlow_ChangesNothing() =>
        Sweep(BusinessFlows.All, takesTurns: false, static () => (new MemoryStore(), static () => { }));

    [Fact]
    public Task Sqlite_EveryPoint_EveryFlow_ChangesNothing() => Sweep(BusinessFlows.All, takesTurns: !IsLong, static () =>
    {
        var database = new TemporaryDatabase();
        SqliteStore store = database.Open(SqliteDurability.UnsafeNormal);
        return (store, () => { store.Dispose(); database.Dispose(); });
    });

    [PostgresFact]
    public Task Postgres_EveryPoint_ChangesNothing() => Sweep(
        BusinessFlows.All.Where(flow => IsLong || Sample.Contains(flow.Name)), takesTurns: !IsLong,
        static () =>
        {
            var database = new PostgresDatabase();
            PostgresStore store = database.Open();
            return (store, () => { store.Dispose(); database.Dispose(); });
        });

    [Fact]
    public async Task PairsOfFaults_ChangeNothing()
    {
        int runs = 0;
        foreach (BusinessFlow flow in BusinessFlows.All.Where(flow => IsLong || flow.Name == "reserve"))
        {
            var tenant = new TenantId("main");
            var calm = new FlowPlay(flow, new MemoryStore(), tenant, Calm);
            string expected = await calm.Run();
            for (int first = 0; first < calm.Calls; first++)
            {
                for (int second = first + 1; second < calm.Calls + 2; second++)
                {
                    foreach ((StoreFault a, StoreFault b) in Kinds.SelectMany(_ => Kinds, static (a, b) => (a, b)))
                    {
                        var plan = new Dictionary<int, StoreFault> { [first] = a, [second] = b };
                        await Check(new FlowPlay(flow, new MemoryStore(), tenant, plan), expected, flow, plan);
                        runs++;
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
        // The control: a client that forgets its id tells its story differently, and the sweep must see that.
        BusinessFlow flow = BusinessFlows.All.Single(flow => flow.Name == "ship in parts");
        var calm = new FlowPlay(flow, new MemoryStore(), new TenantId("main"), Calm);
        string expected = await calm.Run();
        int seen = 0;
        for (int call = 0; call < calm.Calls; call++)
        {
            var plan = new Dictionary<int, StoreFault> { [call] = StoreFault.AnswerLost };
            string found = await new FlowPlay(flow, new MemoryStore(), new TenantId("main"), plan, keepsIds: false).Run();
            seen += found == expected ? 0 : 1;
        }

        Assert.True(seen > 5);
    }

    // Every run has a tenant of its own in the one store of its flow, so that tenants which saw faults lie beside each other.
    private async Task Sweep(IEnumerable<BusinessFlow> flows, bool takesTurns, Func<(IOrderStore Store, Action Close)> open)
    {
        int points = 0, runs = 0, faults = 0, count = 0;
        long started = Stopwatch.GetTimestamp();
        foreach (BusinessFlow flow in flows)
        {
            var calm = new FlowPlay(flow, new MemoryStore(), new TenantId("main"), Calm);
            await calm.Run();
            points += calm.Calls;
            count++;
            (IOrderStore store, Action close) = open();
            try
            {
                int first = points;
                foreach ((int call, StoreFault kind) in Enumerable.Range(0, calm.Calls).SelectMany(
                    call => takesTurns ? [Kinds[(first + call) % Kinds.Length]] : Kinds, static (call, kind) => (call, kind)))
                {
                    var tenant = new TenantId("t" + runs.ToString(CultureInfo.InvariantCulture));
                    string expected = await new FlowPlay(flow, new MemoryStore(), tenant, Calm).Run();
                    var plan = new Dictionary<int, StoreFault> { [call] = kind };
                    var play = new FlowPlay(flow, store, tenant, plan);
                    await Check(play, expected, flow, plan);
                    faults += play.Faults;
                    runs++;
                }
            }
            finally
            {
                close();
            }
        }

        output.WriteLine(
            $"{runs} runs over {points} points of {count} flows, {faults} faults, {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        int wanted = takesTurns ? points : points * Kinds.Length;
        Assert.Equal((wanted, wanted), (runs, faults));
    }

    private static async Task Check(FlowPlay play, string expected, BusinessFlow flow, Dictionary<int, StoreFault> plan)
    {
        string found = await play.Run();
        await play.CheckLaws();

        // On an old picture a command may rightly be refused; then only the laws hold, not the sameness.
        Assert.True(
            plan.ContainsValue(StoreFault.StaleRead) || found == expected,
            $"{flow}, {string.Join(", ", plan)}:\n{found}\nwithout faults:\n{expected}");
    }

    // The step that asked for an answer; steps that submit nothing have none.
    private static FlowStep StepOf(BusinessFlow flow, int answer) => flow.Steps
        .Where(static step => step is FlowStep.Send or FlowStep.SendAgain or FlowStep.ReuseId or FlowStep.Receive).ElementAt(answer);
}
