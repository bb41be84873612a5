using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>Nothing is skipped and nothing disordered in the feed, whoever commits late and whoever numbers.</summary>
public class FeedTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;

    [PostgresFact]
    public async Task Event_HeldInvisibleWhileLaterOnesCommit_IsNotSkipped()
    {
        using var database = new PostgresDatabase();
        using PostgresStore slow = database.Open(static options => options.PauseLimit = System.TimeSpan.FromMinutes(2));
        using PostgresStore fast = database.Open();
        database.Execute(
            "CREATE FUNCTION hold_back() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.stream_key = 'SLOW' THEN "
            + "PERFORM pg_advisory_xact_lock(4711); END IF; RETURN NEW; END $$;"
            + "CREATE TRIGGER hold_back AFTER INSERT ON om_event FOR EACH ROW EXECUTE FUNCTION hold_back()");
        using var gate = database.Connect();
        gate.Open();
        Execute(gate, "SELECT pg_advisory_lock(4711)");

        // What decisions looked at is shared by hash, so a first unit puts it there for both.
        await fast.CommitAsync([SampleUnits.Events("first", "FIRST", 0)], default);

        // The slow event has drawn its position, and stays invisible until the gate opens.
        Task<ImmutableArray<UnitResult>> late = slow.CommitAsync([SampleUnits.Events("slow", "SLOW", 0)], default).AsTask();
        while ((long)database.Ask(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'")! == 0)
        {
            await Task.Delay(5);
        }

        for (int i = 0; i < 20; i++)
        {
            await fast.CommitAsync([SampleUnits.Events("f" + i, "FAST", i)], default);
        }

        // Two readers number what they see at the same time, before the slow event shows and after.
        using PostgresStore second = database.Open();
        ImmutableArray<FeedEntry>[] before = await Both(fast, second, 0);
        Assert.All(before, page => Assert.Equal(21, page.Length));
        Assert.False(late.IsCompleted);
        Execute(gate, "SELECT pg_advisory_unlock(4711)");
        await late;
        ImmutableArray<FeedEntry>[] pages = await Both(fast, second, 21);
        ImmutableArray<FeedEntry> after = pages[0];
        Assert.Equal(after.Select(entry => entry.Position), pages[1].Select(entry => entry.Position));
        Assert.Equal("SLOW", after.Single().Event.Stream.Key);
        Assert.Equal(22, after[0].Position);

        // The control: in the order of positions it stands before events that a reader had passed.
        Assert.True((long)database.Ask("SELECT event_pos FROM om_event WHERE stream_key = 'SLOW'")!
            < (long)database.Ask("SELECT max(event_pos) FROM om_event WHERE stream_key = 'FAST'")!);
    }

    [PostgresFact]
    public async Task Readers_NumberingAtTheSameTime_EachSeeWhatWasCommittedBeforeTheyAsked()
    {
        using var database = new PostgresDatabase();
        using PostgresStore writer = database.Open();
        using PostgresStore one = database.Open();
        using PostgresStore two = database.Open();
        for (int i = 0; i < 200; i++)
        {
            await writer.CommitAsync([SampleUnits.Events("u" + i, "S", i)], default);
            Assert.All(await Both(one, two, i), page => Assert.Equal(i + 1, Assert.Single(page).Position));
        }
    }

    [PostgresFact]
    public async Task ManyWritersAndTwoSequencers_SkipNothingAndKeepOrder()
    {
        using var database = new PostgresDatabase();
        using PostgresStore one = database.Open();
        using PostgresStore two = database.Open();
        using var done = new CancellationTokenSource();
        Task<List<FeedEntry>>[] readers = [Task.Run(() => Follow(one)), Task.Run(() => Follow(two))];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            PostgresStore store = writer % 2 == 0 ? one : two;
            for (int i = 0; i < 40; i++)
            {
                await store.CommitAsync(
                    [SampleUnits.Events($"w{writer}-{i}", "S" + writer, i * 2, 2),
                    SampleUnits.Events($"x{writer}-{i}", $"X{writer}-{i}", 0)],
                    default);
            }
        })));
        await done.CancelAsync();
        foreach (List<FeedEntry> followed in await Task.WhenAll(readers))
        {
            Assert.Equal(8 * 40 * 3, followed.Count);
            Assert.Equal(Enumerable.Range(1, followed.Count).Select(p => (long)p), followed.Select(entry => entry.Position));
            Assert.All(followed.GroupBy(entry => entry.Event.Stream), stream =>
                Assert.Equal(Enumerable.Range(1, stream.Count()).Select(v => (long)v), stream.Select(entry => entry.Event.Version)));
        }

        async Task<List<FeedEntry>> Follow(PostgresStore store)
        {
            var seen = new List<FeedEntry>();
            while (true)
            {
                bool last = done.IsCancellationRequested;
                ImmutableArray<FeedEntry> page = await store.ReadFeedAsync(Tenant, seen.Count == 0 ? 0 : seen[^1].Position, 50, default);
                seen.AddRange(page);
                if (last && page.IsEmpty)
                {
                    return seen;
                }
            }
        }
    }

    [PostgresFact]
    public async Task FourRelays_SendEveryMessageOnceInStreamOrder()
    {
        using var database = new PostgresDatabase();
        using PostgresStore store = database.Open();
        foreach (string stream in new[] { "A", "B", "C", "D", "E" })
        {
            for (int i = 0; i < 12; i++)
            {
                UnitOfWork unit = SampleUnits.Events(stream + i, stream, i);
                await store.CommitAsync([unit with { Messages = [OutgoingMessage.Announce(unit.Appends[0].Events[0], "erp")] }], default);
            }
        }

        var sent = new System.Collections.Concurrent.ConcurrentQueue<OutgoingMessage>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(relay => Task.Run(async () =>
        {
            while (sent.Count < 60)
            {
                var lease = new Lease("relay-" + relay, SampleUnits.Now, NodaTime.Duration.FromMinutes(1));
                foreach (ClaimedMessage claimed in await store.ClaimMessagesAsync(Tenant, lease, 3, default))
                {
                    sent.Enqueue(claimed.Message);
                    Assert.True(await store.ConfirmMessageAsync(Tenant, claimed, default));
                }
            }
        })));
        Assert.Equal(60, sent.Select(message => message.Id).Distinct().Count());
        Assert.All(sent.GroupBy(message => message.Stream), stream =>
            Assert.Equal(Enumerable.Range(1, 12).Select(v => (long)v), stream.Select(message => message.Version)));
    }

    [Fact]
    public void NoStatement_ReadsOnFromAPositionThatIsOnlyAllocated()
    {
        // event_pos, command_pos and message_pos are drawn before a commit; whoever reads on from one of them skips rows.
        var cursor = new Regex(@"(event_pos|command_pos|message_pos|posting_pos)\s*>=?\s*[@$]");
        string folder = Repository.Path("src", "OrderKernel.Adapters", "Sql");
        IEnumerable<string> texts = Directory.GetFiles(folder, "*.cs").Select(File.ReadAllText);
        Assert.DoesNotContain(texts, text => cursor.IsMatch(text));
        Assert.Matches(cursor, "WHERE event_pos > @1");
    }

    private static Task<ImmutableArray<FeedEntry>[]> Both(PostgresStore one, PostgresStore two, long after) => Task.WhenAll(
        new[] { one, two }.Select(store => Task.Run(() => store.ReadFeedAsync(Tenant, after, 100, default).AsTask())));

    private static void Execute(System.Data.Common.DbConnection connection, string text)
    {
        using System.Data.Common.DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
