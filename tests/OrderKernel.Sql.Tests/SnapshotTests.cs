using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using OrderKernel.Adapters.Sql;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>Snapshots are a cache: with them, without them, with stale, damaged and foreign ones, and with all of them deleted in the
/// middle, every store answers the same and keeps the same bytes.</summary>
public class SnapshotTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;
    private static readonly OrderId Order = new("LONG");
    private static readonly FakeClock Clock = new(NodaTime.Instant.FromUtc(2026, 9, 1, 0, 0));

    [Fact]
    public void Memory_AnyScriptAndAnySnapshots_OneHistory() =>
        EveryScript(60, static () => (new MemoryStore(), null));

    [Fact]
    public void Sqlite_AnyScriptAndAnySnapshots_OneHistory() => EveryScript(12, static () =>
    {
        var database = new TemporaryDatabase();
        return (database.Open(SqliteDurability.UnsafeNormal), database);
    });

    [PostgresFact]
    public void Postgres_AnyScriptAndAnySnapshots_OneHistory() => EveryScript(6, static () =>
    {
        var database = new PostgresDatabase();
        return (database.Open(), database);
    });

    [Fact]
    public async Task Load_SnapshotOfAStreamThatLostItsTail_IsFoldedFromTheStart()
    {
        // A backup was restored: the cache is of a later history than the stream.
        var store = new MemoryStore();
        await Live(store, 10);
        OrderSnapshot later = (await store.FindSnapshotAsync(Tenant, Order, OrderSnapshot.SchemaOf(EventForms.Kernel), default))!;
        Assert.Equal(20, later.Version);
        var restored = new MemoryStore();
        await Live(restored, 3);
        await restored.SaveSnapshotAsync(Tenant, later, default);
        Assert.Equal(7, (await new OrderDesk(restored, Clock, Options(2)).ReadOrderAsync(Order)).Version);
    }

    [Fact]
    public async Task Load_WithSnapshot_ReadsOnlyTheEventsAfterIt()
    {
        using var database = new TemporaryDatabase();
        using SqliteStore store = database.Open(SqliteDurability.UnsafeNormal);
        await Live(store, 10);
        OrderState whole = await new OrderDesk(store, Clock).ReadOrderAsync(Order);
        Assert.Equal(21, whole.Version);

        // With its first events gone, only a snapshot can say what they were.
        using (var connection = new SqliteConnection($"Data Source={database.Path};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER om_event_no_delete; PRAGMA foreign_keys = OFF; "
                + $"DELETE FROM om_event WHERE stream_key = '{Order.Text}' AND version < 20";
            command.ExecuteNonQuery();
        }

        OrderState again = await new OrderDesk(store, Clock, Options(2)).ReadOrderAsync(Order);
        Assert.Equal(Form(whole, Order), Form(again, Order));
        await Assert.ThrowsAsync<OrderKernel.Findings.KernelInvariantException>(
            () => new OrderDesk(store, Clock).ReadOrderAsync(Order));
    }

    [Fact]
    public async Task Audit_SnapshotThatIsBelievedAndWrong_IsNamed_AndAnyOtherIsNot()
    {
        var store = new MemoryStore();
        await Live(store, 5);
        var desk = new OrderDesk(store, Clock);
        Assert.Empty(await desk.AuditSnapshotsAsync());
        OrderSnapshot good = (await store.FindSnapshotAsync(Tenant, Order, OrderSnapshot.SchemaOf(EventForms.Kernel), default))!;

        // As a fold would leave it that was changed without a new form: every checksum fits.
        OrderState other = StoredForms.FoldOrder((await desk.ReadTrailAsync(Order)).RemoveRange((int)good.Version - 1, 2));
        OrderState stale = OrderFold.Evolve(other, new OrderBlocked(Clock.Now, "credit", "finance", ""));
        await store.SaveSnapshotAsync(Tenant, OrderSnapshot.Of(Order, stale, good.LastHash, EventForms.Kernel), default);
        OrderKernel.Findings.Finding finding = Assert.Single(await desk.AuditSnapshotsAsync());
        Assert.Equal(("snapshot.differs", "LONG"), (finding.Code, finding.Subject));

        await store.SaveSnapshotAsync(Tenant, OrderSnapshot.Of(Order, stale, ContentHash.None, EventForms.Kernel), default);
        Assert.Empty(await desk.AuditSnapshotsAsync());
    }

    [Fact]
    public async Task Submit_SnapshotThatCannotBeSaved_IsAcceptedAllTheSame()
    {
        var inner = new MemoryStore();
        IStoreWithSnapshots store = FailingSaves.Around(inner);
        await Live(store, 5);
        Assert.Equal(11, (await new OrderDesk(store, Clock, Options(2)).ReadOrderAsync(Order)).Version);
        Assert.Equal(5, ((FailingSaves)(object)store).Failures);
    }

    // One event for the capture, and two for each time that stock is held and let go.
    private static async Task Live(IOrderStore store, int rounds)
    {
        var desk = new OrderDesk(store, Clock, Options(2));
        var sku = new Sku("S");
        var commands = new List<KernelCommand>
        {
            new ReceiveStock(new DocumentId("R"), [new StockLine(new StockCell(sku, new NodeId("N")), new Quantity(1))]),
            new CaptureOrder(Order, new PartnerId("P"), null, [new NewLine(1, sku, new Quantity(1))]),
        };
        for (int i = 0; i < rounds; i++)
        {
            commands.Add(new HoldStock(Order));
            commands.Add(ReleaseStock.All(Order, "again"));
        }

        for (int i = 0; i < commands.Count; i++)
        {
            (await desk.SubmitAsync(new Submission(CommandId.FromName("live/" + i), new Actor("a", "test"), commands[i]))).ThrowIfRefused();
        }
    }

    private static void EveryScript(int tests, Func<(IOrderStore Store, IDisposable? Place)> open) =>
        Prop.ForAll(KernelArbitraries.Scripts(), script =>
        {
            string plain = Play(open, script, 0, static (_, _) => Task.CompletedTask);
            Assert.Equal(plain, Play(open, script, 1, static (_, _) => Task.CompletedTask));
            Assert.Equal(plain, Play(open, script, 2, static (store, _) => store.ClearSnapshotsAsync(Tenant, default).AsTask()));
            Assert.Equal(plain, Play(open, script, 2, Spoil));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(tests)).WithEndSize(60));

    // Two halves, with whatever happens to the snapshots between them; every order is loaded anew for every command.
    private static string Play(
        Func<(IOrderStore Store, IDisposable? Place)> open, Script script, int every, Func<ISnapshots, ScriptPlay, Task> between)
    {
        (IOrderStore store, IDisposable? place) = open();
        using (place)
        using (store as IDisposable)
        {
            var play = new ScriptPlay(store, "snap", Options(every));
            int half = script.Steps.Length / 2;
            play.PlayAsync(new Script(ImmutableArray.Create(script.Steps, 0, half))).GetAwaiter().GetResult();
            between((ISnapshots)store, play).GetAwaiter().GetResult();
            play.PlayAsync(new Script(ImmutableArray.Create(script.Steps, half, script.Steps.Length - half))).GetAwaiter().GetResult();
            return History(store, play).GetAwaiter().GetResult();
        }
    }

    // Damaged state, the state of another order, of another history and of another form, each where the right one was looked for.
    private static async Task Spoil(ISnapshots store, ScriptPlay play)
    {
        string schema = OrderSnapshot.SchemaOf(EventForms.Kernel);
        string other = OrderSnapshot.SchemaOf(EventForms.Kernel.Add(new EventUpcaster("order.captured", 0, static json => json)));
        OrderId[] orders = [.. play.Orders];
        for (int i = 0; i < orders.Length; i++)
        {
            if (await store.FindSnapshotAsync(Tenant, orders[i], schema, default) is not { } good)
            {
                continue;
            }

            OrderSnapshot bad = (i % 3) switch
            {
                0 => new OrderSnapshot(
                    good.Order, good.Version, good.Schema, good.LastHash, good.State.Replace("\"quantity\":", "\"quantity\":9"),
                    good.Checksum),
                1 => OrderSnapshot.Of(good.Order, good.Read()!, ContentHash.Of("another history"), EventForms.Kernel),
                _ => new OrderSnapshot(good.Order, good.Version, good.Schema, good.LastHash, "{}", good.Checksum),
            };
            await store.SaveSnapshotAsync(Tenant, bad, default);
            await store.SaveSnapshotAsync(
                Tenant, new OrderSnapshot(good.Order, 1, other, good.LastHash, good.State, good.Checksum), default);
        }
    }

    private static async Task<string> History(IOrderStore store, ScriptPlay play)
    {
        ImmutableArray<FeedEntry> feed = await store.ReadFeedAsync(Tenant, 0, int.MaxValue, default);
        ImmutableArray<DecidedCommand> commands = await store.ReadCommandsAsync(Tenant, null, int.MaxValue, default);
        LedgerContents ledger = await store.ReadLedgerAsync(Tenant, default);
        var states = new List<string>();
        foreach (OrderId order in play.Orders)
        {
            OrderState state = await play.Desk.ReadOrderAsync(order);
            states.Add(Form(state, order));
            states.Add(Form(await play.Desk.ReadRevisionAsync(order, state.Version / 2), order));
        }

        if (store is IOrderBoard board)
        {
            await new BoardProjection(store, board, Tenant, Options(1)).CatchUpAsync(7);
            states.AddRange((await board.ReadBoardAsync(Tenant, new BoardQuery(), default)).Select(static entry => entry.ToString()));
        }

        return string.Join('\n', feed.Select(entry => $"{entry.Position} {entry.Event.Hash} {entry.Event.Payload}")
            .Concat(commands.Select(command => command.Body + command.Facts + command.Outcome))
            .Concat(ledger.Journal.Select(posting => posting.ToString()))
            .Concat(play.Results.Select(result => result.Status + result.Outcome.ToJson()))
            .Concat(states));
    }

    private static string Form(OrderState state, OrderId order) =>
        state.Exists ? OrderSnapshot.Of(order, state, ContentHash.None, EventForms.Kernel).State : "none";

    private static DeskOptions Options(int every) => new()
    {
        SnapshotEvery = every,
        CachedOrders = 0,
        Tiers = Scarcity.TierPolicy.PaidBeforeUnpaid,
    };

    /// <summary>A store that also keeps snapshots.</summary>
    public interface IStoreWithSnapshots : IOrderStore, ISnapshots;

    /// <summary>Saves none.</summary>
    public class FailingSaves : DispatchProxy
    {
        private MemoryStore? inner;

        public int Failures { get; private set; }

        public static IStoreWithSnapshots Around(MemoryStore store)
        {
            IStoreWithSnapshots proxy = Create<IStoreWithSnapshots, FailingSaves>();
            ((FailingSaves)(object)proxy).inner = store;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(ISnapshots.SaveSnapshotAsync))
            {
                Failures++;
                throw new OrderKernelException("The disk is full.", isTransient: true);
            }

            return targetMethod.Invoke(inner, args);
        }
    }
}
