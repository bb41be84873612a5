using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>Events that were stored in an older form are read as if they had been written in the newest, while their bytes and their
/// hashes stay; a form that nobody knows stops the stream.</summary>
public class UpcasterTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;
    private static readonly OrderId Order = new("OLD-1");
    private static readonly FakeClock Clock = new(Instant.FromUtc(2026, 9, 1, 0, 0));

    // The promise of a pilot said "until" and "why".
    private static readonly EventForms Forms = EventForms.Kernel.Add(new EventUpcaster("order.promised", 0, static json =>
    {
        using JsonDocument old = JsonDocument.Parse(json);
        JsonElement root = old.RootElement;
        return $"{{\"at\":{root.GetProperty("at")},\"promised_at\":{root.GetProperty("until")},"
            + $"\"cause\":\"{root.GetProperty("why").GetString()}\",\"note\":\"\"}}";
    }));

    [Fact]
    public async Task Memory_OlderForm_IsReadAndChainsStillVerify() => await Reads(new MemoryStore());

    [Fact]
    public async Task Sqlite_OlderForm_IsReadAndChainsStillVerify()
    {
        using var database = new TemporaryDatabase();
        using SqliteStore store = database.Open();
        await Reads(store);
        StoredForm old = (await store.ReadStoredFormsAsync(Tenant, default)).Single(form => form.Form == 0);
        Assert.Equal(new StoredForm("order.promised", 0, 1, new StreamId("order", Order.Text), 2), old);
    }

    [PostgresFact]
    public async Task Postgres_OlderForm_IsReadAndChainsStillVerify()
    {
        using var database = new PostgresDatabase();
        using PostgresStore store = database.Open();
        await Reads(store);
        StoredForm old = (await store.ReadStoredFormsAsync(Tenant, default)).Single(form => form.Form == 0);
        Assert.Equal(new StoredForm("order.promised", 0, 1, new StreamId("order", Order.Text), 2), old);
    }

    [Theory]
    [InlineData("order.promised", 2)]
    [InlineData("order.promised", 0)]
    [InlineData("order.wished", 1)]
    public async Task Memory_UnknownForm_StopsTheStream(string type, int form) => await Stops(new MemoryStore(), type, form);

    [Theory]
    [InlineData("order.promised", 2)]
    [InlineData("order.wished", 1)]
    public async Task Sqlite_UnknownForm_StopsTheStream(string type, int form)
    {
        using var database = new TemporaryDatabase();
        using SqliteStore store = database.Open();
        await Stops(store, type, form);
    }

    [PostgresTheory]
    [InlineData("order.promised", 2)]
    [InlineData("order.wished", 1)]
    public async Task Postgres_UnknownForm_StopsTheStream(string type, int form)
    {
        using var database = new PostgresDatabase();
        using PostgresStore store = database.Open();
        await Stops(store, type, form);
    }

    private static async Task Reads(IOrderStore store)
    {
        OrderState written = await Fill(store, "order.promised", 0);
        Clock.Advance(Duration.FromHours(1));
        var desk = new OrderDesk(store, Clock, new DeskOptions { Forms = Forms, SnapshotEvery = 2, CachedOrders = 0 });
        OrderState read = await desk.ReadOrderAsync(Order);
        Assert.Equal(Form(written), Form(read));
        Assert.Equal(written.CurrentPromise, read.CurrentPromise);

        DeskResult later = await desk.SubmitAsync(new Submission(
            CommandId.FromName("later"), Actor, new PromiseOrder(Order, At(9), PromiseCause.SupplyLate, "late")));
        later.ThrowIfRefused();
        ImmutableArray<EventEnvelope> trail = await desk.ReadTrailAsync(Order);
        Assert.Equal([1, 0, 1, 1], trail.Select(one => one.SchemaVersion));
        Assert.Contains("\"until\"", trail[1].Payload, StringComparison.Ordinal);
        Assert.Null(HashChain.FirstTampered(trail));
        Assert.Equal(trail[2].Hash, trail[3].PreviousHash);

        // Everything else that reads events: replay, audit, board, and a state from a snapshot that was made of lifted events.
        Assert.Empty((await desk.ReplayAsync()).Differing);
        Assert.Empty(await desk.AuditHistoryAsync());
        AuditTrail audit = await desk.AuditAsync(new AuditQuery(Order));
        Assert.Empty(audit.Tampered);
        Assert.Equal(
            ["", "2026-09-04T00:00:00Z"], audit.Entries.Where(one => one.Field == "promised_at").Select(one => one.Before));
        var board = (IOrderBoard)store;
        await new BoardProjection(store, board, Tenant, new DeskOptions { Forms = Forms }).CatchUpAsync();
        BoardEntry entry = (await board.ReadBoardAsync(Tenant, new BoardQuery(), default)).Single();
        Assert.Equal((At(3), At(9)), (entry.FirstPromise!.Value, entry.CurrentPromise!.Value));
        Assert.Equal(4, (await desk.ReadOrderAsync(Order)).Version);
    }

    private static async Task Stops(IOrderStore store, string type, int form)
    {
        await Fill(store, type, form);
        EventForms known = form == 0 ? EventForms.Kernel : Forms;
        var desk = new OrderDesk(store, Clock, new DeskOptions { Forms = known });
        var fault = await Assert.ThrowsAsync<UnreadableEventException>(() => desk.ReadOrderAsync(Order));
        Assert.False(fault.IsTransient);
        Assert.Equal("event.form_unknown", fault.Finding.Code);
        Assert.Equal(
            [("stream", "order/" + Order.Text), ("version", "2"), ("type", type), ("form", form.ToString())],
            fault.Finding.Facts.Select(fact => (fact.Name, fact.Value)));
        await Assert.ThrowsAsync<UnreadableEventException>(() => desk.SubmitAsync(new Submission(
            CommandId.FromName("later"), Actor, new PromiseOrder(Order, At(9), PromiseCause.SupplyLate, "late"))));
        Assert.Equal(3, (await desk.ReadTrailAsync(Order)).Length);

        // The board stops before the event; it does not step over it.
        var board = (IOrderBoard)store;
        var projection = new BoardProjection(store, board, Tenant, new DeskOptions { Forms = known });
        await Assert.ThrowsAsync<UnreadableEventException>(() => projection.CatchUpAsync());
        Assert.Equal(0, await board.ReadBoardPositionAsync(Tenant, default));
    }

    private static readonly Actor Actor = new("a", "test");

    // What an older release would have stored: the commands of a play, with the second event in another form and its own chain.
    private static async Task<OrderState> Fill(IOrderStore store, string type, int form)
    {
        var now = new MemoryStore();
        var desk = new OrderDesk(now, Clock);
        KernelCommand[] commands =
        [
            new CaptureOrder(Order, new PartnerId("P"), null, [new NewLine(1, new Sku("S"), new Quantity(1))]),
            new PromiseOrder(Order, At(3), PromiseCause.First, ""),
            new BlockOrder(Order, "credit", "finance"),
        ];
        string previous = ContentHash.None;
        for (int i = 0; i < commands.Length; i++)
        {
            CommandId id = CommandId.FromName("old/" + i);
            (await desk.SubmitAsync(new Submission(id, Actor, commands[i]))).ThrowIfRefused();
            DecidedCommand decided = (await now.ReadCommandAsync(Tenant, id, default))!;
            EventEnvelope made = (await desk.ReadTrailAsync(Order))[i];
            EventEnvelope stored = i == 1 ? Stored(made, previous, type, form) : Stored(made, previous, made.EventType, 1);
            previous = stored.Hash;
            var unit = new UnitOfWork(decided, [new StreamAppend(made.Stream, i, [stored])], [], [], [], [], []);
            Assert.Equal(UnitStatus.Committed, (await store.CommitAsync([unit], default))[0].Status);
        }

        return await desk.ReadOrderAsync(Order);
    }

    private static EventEnvelope Stored(EventEnvelope made, string previous, string type, int form)
    {
        string payload = form != 0
            ? made.Payload
            : $"{{\"at\":{Clock.Now.ToUnixTimeTicks() / 10},\"until\":{At(3).ToUnixTimeTicks() / 10},\"why\":\"first\"}}";
        EventEnvelope open = With(string.Empty);
        return With(open.ComputeHash());

        EventEnvelope With(string hash) => new(
            made.Stream, made.Version, made.EventId, type, form, made.RecordedAt, made.Command, made.Ordinal, made.Actor, previous,
            hash, payload);
    }

    private static Instant At(int days) => Instant.FromUtc(2026, 9, 1, 0, 0) + Duration.FromDays(days);

    private static string Form(OrderState state) => OrderSnapshot.Of(Order, state, ContentHash.None, EventForms.Kernel).State;
}
