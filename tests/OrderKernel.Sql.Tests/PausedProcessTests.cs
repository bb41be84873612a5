using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;
using Xunit;
using Xunit.Abstractions;

namespace OrderKernel.Sql.Tests;

/// <summary>Two hosts on one database; one of them is stopped again and again wherever it is just then, and the other goes on.</summary>
public class PausedProcessTests(ITestOutputHelper output)
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Twice the limit, and what a machine that does other things besides may take.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    /// <summary>What the host that goes on must have done anew: commits, the feed, the relay, the timers, the board.</summary>
    private static readonly ImmutableArray<string> Duties = ["ack", "fed", "sent", "woken", "board"];

    /// <summary>Thirty in the tests; <c>eng/long.sh</c> asks for more.</summary>
    private static int Pauses => int.Parse(
        Environment.GetEnvironmentVariable("ORDERKERNEL_PAUSES") ?? "30", CultureInfo.InvariantCulture);

    [PostgresFact]
    public async Task HostStoppedAnywhere_TheOtherGoesOn_AndNothingIsLostOrDoneTwice()
    {
        using var database = new PostgresDatabase();
        database.Open().Dispose();
        using var one = new StoppableHost(database.ConnectionString, "one", lanes: 3);
        using var two = new StoppableHost(database.ConnectionString, "two", lanes: 3);
        await Until(() => Did(one, new()) && Did(two, new()), TimeSpan.FromSeconds(60), () => "start");
        var random = new Random(20261130);
        var waits = new List<(TimeSpan Wait, string Duty)>();
        var hits = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int pause = 0; pause < Pauses; pause++)
        {
            (StoppableHost stopped, StoppableHost other) = pause % 2 == 0 ? (one, two) : (two, one);
            await Task.Delay(random.Next(150));
            stopped.Stop();
            var clock = Stopwatch.StartNew();
            bool isHit = Look(database, stopped.Name, hits);
            Dictionary<string, int> before = Duties.ToDictionary(duty => duty, other.Said);
            string last = string.Empty;
            await Until(
                () =>
                {
                    string? idle = Idle(other, before);
                    last = idle ?? last;
                    return idle is null;
                },
                Bound, () => $"pause {pause}, {last}");
            waits.Add((clock.Elapsed, last));
            if (isHit)
            {
                // Long enough that the server has ended what it was at; it must notice when it goes on.
                await Task.Delay(TimeSpan.FromTicks(Math.Max(0, (Limit * 1.3 - clock.Elapsed).Ticks)));
            }

            stopped.Continue();
        }

        await Task.WhenAll(one.End(), two.End());
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Pauses} pauses; {string.Join(", ", hits.Select(hit => $"{hit.Value} {hit.Key[2..]}"))}; the other went on within "
            + $"{waits.Max().Wait.TotalSeconds:0.00} s ({waits.Max().Duty} was last), on average "
            + $"{waits.Average(one => one.Wait.TotalSeconds):0.00} s; "
            + $"{one.Said("ack") + two.Said("ack")} acknowledged, {one.Said("again") + two.Said("again")} calls failed for the moment"));
        await IsWhole(database, [one, two]);
    }

    private static bool Did(StoppableHost host, Dictionary<string, int> before) => Idle(host, before) is null;

    // The first duty that has not been done anew; null when all were.
    private static string? Idle(StoppableHost host, Dictionary<string, int> before) =>
        Duties.FirstOrDefault(duty => host.Said(duty) <= before.GetValueOrDefault(duty) + (duty == "ack" ? 2 : 0));

    private static async Task Until(Func<bool> isSo, TimeSpan bound, Func<string> what)
    {
        var clock = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(clock.Elapsed < bound, $"{what()}: nothing went on for {clock.Elapsed}.");
            await Task.Delay(10);
        }
    }

    // What the stopped host has open at the server, when what was under way there is done; true when it would be ended for it.
    private static bool Look(PostgresDatabase database, string name, SortedDictionary<string, int> hits)
    {
        System.Threading.Thread.Sleep(50);
        string found = (string)database.Ask(
            "SELECT coalesce(min(CASE WHEN wait_event_type = 'Lock' THEN '3 waiting for a lock' WHEN state = 'idle in transaction' "
            + "THEN '1 within a transaction' WHEN wait_event_type = 'Client' THEN '2 within a batch or an answer' "
            + "ELSE '4 at work' END), '5 with nothing open') FROM pg_stat_activity WHERE datname = current_database() "
            + $"AND application_name = '{name}' AND state <> 'idle'")!;
        hits[found] = hits.GetValueOrDefault(found) + 1;
        return found[0] is '1' or '2';
    }

    private static async Task IsWhole(PostgresDatabase database, ImmutableArray<StoppableHost> hosts)
    {
        Acknowledgement[] heard = [.. hosts.SelectMany(host => host.Lines("ack")).Select(CrashWriter.Parse)];
        Assert.Equal(heard.Length, heard.Select(one => one.Command).Distinct().Count());
        Assert.All(hosts, host => Assert.Empty(host.Lines("broken")));
        using PostgresStore store = database.Open();
        var desk = new OrderDesk(store, SystemClock.Instance);
        await desk.WakeAsync(new Actor("last", "test"));
        await CrashTests.Check(store, heard);
        Assert.Empty(await desk.AuditLedgerAsync());
        Assert.Empty((await desk.AuditHistoryAsync()).Select(finding => finding.Code));
        Assert.Empty((await desk.ReplayAsync()).Differing);

        // Every message was sent or still waits; what was sent more than once went under the same id.
        ImmutableArray<FeedEntry> feed = await store.ReadFeedAsync(Tenant, 0, int.MaxValue, default);
        var wanted = feed.Where(entry => entry.Event.EventType == "order.captured")
            .Select(entry => $"{OutgoingMessage.Announce(entry.Event, "erp").Id:D} {entry.Event.Stream.Key} "
                + entry.Event.Version.ToString(CultureInfo.InvariantCulture)).ToHashSet(StringComparer.Ordinal);
        var sent = hosts.SelectMany(host => host.Lines("sent")).Select(line => line["sent ".Length..]).ToHashSet(StringComparer.Ordinal);
        Assert.Subset(wanted, sent);
        Assert.Equal(
            wanted.Count - sent.Count,
            (await store.ReadOutboxAsync(Tenant, int.MaxValue, default)).Count(message => !sent.Any(
                line => line.StartsWith(message.Id.ToString("D"), StringComparison.Ordinal))));
        Assert.Empty(await store.ReadParkedMessagesAsync(Tenant, 10, default));
    }
}
