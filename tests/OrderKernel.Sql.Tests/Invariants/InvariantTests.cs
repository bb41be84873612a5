using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sql.Tests.Invariants;

/// <summary>The invariants of reliability hold on every store after any script, and each check sees the damage it is there for.</summary>
public class InvariantTests
{
    /// <summary>Damage for every invariant: what a store that broke it would show.</summary>
    private static readonly Dictionary<string, Func<Observed, Observed>> Damage = new()
    {
        ["I1"] = seen => seen with { Ledger = seen.Ledger with { Journal = seen.Ledger.Journal.RemoveAt(0) } },
        ["I2"] = seen => seen with { Ledger = seen.Ledger with { Holds = seen.Ledger.Holds.RemoveAt(0) } },
        ["I3"] = seen => seen with { Feed = seen.Feed.AddRange(seen.Feed.Where(e => e.Event.EventType == "order.shipped")) },
        ["I4"] = seen => seen with { Feed = seen.Feed.RemoveAt(seen.Feed.Length - 1) },
        ["I5"] = seen => seen with
        {
            Repetitions = seen.Repetitions.SetItem(2, seen.Repetitions[2] with { Again = seen.Repetitions[3].Again }),
        },
        ["I6"] = seen => seen with { Messages = seen.Messages.SetItem(0, WithOtherId(seen.Messages[0])) },
        ["I7"] = seen => seen with { Sent = seen.Sent.RemoveAt(0), Left = 1 },
        ["I8"] = seen => seen with { Feed = seen.Feed.RemoveAt(3).Insert(5, seen.Feed[3]) },
        ["I9"] = seen => seen with { Orders = seen.Orders.SetItem(0, seen.Orders[0] with { Folded = seen.Orders[1].Folded }) },
        ["I11"] = seen => seen with { Feed = Reopened(seen.Feed) },
        ["I12"] = seen => seen with { SeenByNobody = 1 },
    };

    public static TheoryData<string> Names => new(Invariant.All.Keys);

    [Fact]
    public void Memory_AnyScript_KeepsEveryInvariant() => Hold(static () => (new MemoryStore(), static () => { }), scripts: 100);

    /// <summary>A script that the property found: an overdraft is taken back after it was used.</summary>
    [Fact]
    public async Task Memory_OverdraftLoweredBelowWhatIsTaken_KeepsEveryInvariant()
    {
        Observed seen = await Observed.Play(new MemoryStore(), Script.Of(
            new(2, 2, 1, 2, 2), new(20, 1, 4, 5, 4), new(25, 2, 6, 10, 4), new(20, 0, 4, 5, 0)));
        Assert.All(Invariant.All, law => Assert.Empty(law.Value(seen)));
        Assert.Equal(-4, seen.Ledger.Balances.Min(cell => cell[StockAccount.Available]));
    }

    [Fact]
    public void Sqlite_AnyScript_KeepsEveryInvariant() => Hold(
        static () =>
        {
            var database = new TemporaryDatabase();
            SqliteStore store = database.Open(SqliteDurability.UnsafeNormal);
            return (store, () => { store.Dispose(); database.Dispose(); });
        },
        scripts: 20);

    [PostgresFact]
    public void Postgres_AnyScript_KeepsEveryInvariant() => Hold(
        static () =>
        {
            var database = new PostgresDatabase();
            PostgresStore store = database.Open();
            return (store, () => { store.Dispose(); database.Dispose(); });
        },
        scripts: 10);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Damage_IsSeen(string name)
    {
        Observed sound = await Observed.Play(new MemoryStore(), Scripts.Walk(120));
        Assert.Empty(Invariant.All[name](sound));
        Assert.NotEmpty(Invariant.All[name](Damage[name.Split(' ')[0]](sound)));
    }

    // Every second script is a walk on which orders get further than chance would take them.
    private static Arbitrary<Script> AnyScript() => Arb.From(
        Gen.OneOf(
            KernelArbitraries.Scripts().Generator,
            Gen.Choose(0, 1_000_000).Select(seed => Scripts.Walk(90, seed))),
        KernelArbitraries.Scripts().Shrinker);

    private static void Hold(Func<(IOrderStore Store, Action Close)> open, int scripts) =>
        Prop.ForAll(AnyScript(), script =>
        {
            (IOrderStore store, Action close) = open();
            try
            {
                Observed seen = Observed.Play(store, script).GetAwaiter().GetResult();
                string[] wrong = [.. Invariant.All.SelectMany(law => law.Value(seen).Select(found => $"{law.Key}: {found}"))];
                Assert.True(wrong.Length == 0, string.Join('\n', wrong));
            }
            finally
            {
                close();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(scripts)).WithEndSize(60));

    private static OutgoingMessage WithOtherId(OutgoingMessage message) => new(
        Guid.Empty, message.Destination, message.Stream, message.Version, message.Body);

    // An order that was archived as soon as it held pieces goes on as if it were not.
    private static ImmutableArray<FeedEntry> Reopened(ImmutableArray<FeedEntry> feed)
    {
        FeedEntry held = feed.First(entry => entry.Event.EventType == "order.stock_held");
        EventEnvelope over = EventEnvelope.Seal(
            held.Event.Stream, held.Event.Version, new OrderArchived(held.Event.RecordedAt, "done"), held.Event.Command, 1,
            held.Event.Actor, held.Event.Hash);
        return feed.Insert(feed.IndexOf(held) + 1, held with { Event = over });
    }
}
