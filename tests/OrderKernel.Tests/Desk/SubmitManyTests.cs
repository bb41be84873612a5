using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Promising;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>Many commands at once come to the same as one by one, in fewer commits.</summary>
public class SubmitManyTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 9, 1, 0, 0);
    private static readonly Actor Clerk = new("clerk-7", "erp");
    private static readonly TenantId Tenant = new DeskOptions().Tenant;
    private readonly MemoryStore store = new();

    [Theory]
    [InlineData(false, false, 100)]
    [InlineData(true, false, 100)]
    [InlineData(false, true, 3)]
    [InlineData(true, true, 100)]
    public void ManyAtOnce_ComeToTheSameAsOneByOne(bool serves, bool tiers, int most)
    {
        DeskOptions Options() => new()
        {
            ServesWaiting = serves, Tiers = tiers ? TierPolicy.PaidBeforeUnpaid : null, MaxUnitsInBatch = most,
        };
        Prop.ForAll(KernelArbitraries.Scripts(), script => SameAsync(script, Options).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(60));
    }

    [Fact]
    public void ManyAtOnce_OfTypedOrders_ComeToTheSameAsOneByOne() => Prop.ForAll(
        KernelArbitraries.TypedScripts(),
        script => SameAsync(script, static () => new DeskOptions { Definitions = ScriptTypes.Definitions })
            .GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(60));

    [Fact]
    public async Task Captures_AreCommittedTogether_AndHoldsOfOtherGoodsToo()
    {
        IOrderStore counted = Counting.Of(store, out Counting count);
        OrderDesk desk = new(counted, new FakeClock(Start));
        await desk.SubmitManyAsync(Enumerable.Range(0, 20).Select(i => Submit("r" + i, Receive(i))));
        count.Batches.Clear();
        ImmutableArray<DeskResult> results = await desk.SubmitManyAsync(
            Enumerable.Range(0, 20).SelectMany(i => new[] { Submit("c" + i, Capture(i)), Submit("h" + i, new HoldStock(Order(i))) }));
        Assert.All(results, static result => Assert.Equal((DeskStatus.Decided, DeskExtent.Done), (result.Status, result.Extent)));
        Assert.Equal([20, 20], count.Batches);
    }

    [Fact]
    public async Task ABatch_IsNoLargerThanTheOption_AndOneMeansAlone()
    {
        IOrderStore counted = Counting.Of(store, out Counting count);
        await new OrderDesk(counted, new FakeClock(Start), new DeskOptions { MaxUnitsInBatch = 3 })
            .SubmitManyAsync(Enumerable.Range(0, 7).Select(i => Submit("c" + i, Capture(i))));
        Assert.Equal([3, 3, 1], count.Batches);
        count.Batches.Clear();
        await new OrderDesk(counted, new FakeClock(Start), new DeskOptions { MaxUnitsInBatch = 1 })
            .SubmitManyAsync(Enumerable.Range(10, 3).Select(i => Submit("c" + i, Capture(i))));
        Assert.Equal([1, 1, 1], count.Batches);
    }

    [Fact]
    public async Task ARepeatedIdAndAnotherBodyUnderIt_AreToldApart_AlsoWithinOneList()
    {
        OrderDesk desk = new(store, new FakeClock(Start));
        ImmutableArray<DeskResult> results = await desk.SubmitManyAsync(
        [
            Submit("a", Capture(1)), Submit("a", Capture(1)), Submit("a", Capture(2)), Submit("b", Capture(1)),
            Submit("m", new ArchiveOrder(Order(1), "")), Submit("c", Capture(2)),
        ]);
        Assert.Equal(
            [DeskStatus.Decided, DeskStatus.Repeated, DeskStatus.KeyReused, DeskStatus.Decided, DeskStatus.Malformed, DeskStatus.Decided],
            results.Select(static result => result.Status));
        Assert.Equal([true, true, false, false, false, true], results.Select(static result => result.IsAccepted));
    }

    [Fact]
    public async Task AnOrderThatMovedMeanwhile_IsDecidedAgain_AndTheOthersStand()
    {
        OrderDesk other = new(store, new FakeClock(Start));
        await other.SubmitAsync(Submit("c1", Capture(1)));
        IOrderStore raced = Meanwhile.Before(nameof(IOrderStore.CommitAsync), store, () =>
            other.SubmitAsync(Submit("x", new BlockOrder(Order(1), "address", "sales"))));
        ImmutableArray<DeskResult> results = await new OrderDesk(raced, new FakeClock(Start)).SubmitManyAsync(
            [Submit("b1", new BlockOrder(Order(1), "credit", "finance")), Submit("c2", Capture(2))]);
        Assert.Equal([3L, 1L], results.Select(static result => result.Outcome.Version));
        Assert.Equal(2, (await other.ReadOrderAsync(Order(1))).Blocks.Length);
    }

    [Fact]
    public async Task NothingAndNull()
    {
        OrderDesk desk = new(store, new FakeClock(Start));
        Assert.Empty(await desk.SubmitManyAsync([]));
        await Assert.ThrowsAsync<ArgumentNullException>(() => desk.SubmitManyAsync(null!));
        await Assert.ThrowsAsync<ArgumentException>(() => desk.SubmitManyAsync([null!]));
    }

    // What a script submits is submitted anew twice, at one moment: once one by one, once at once.
    private static async Task<bool> SameAsync(Script script, Func<DeskOptions> options)
    {
        var play = new ScriptPlay(new MemoryStore(), "P", options());
        await play.PlayAsync(script);
        MemoryStore one = new(), many = new();
        OrderDesk desk = new(one, new FakeClock(play.Clock.Now), options());
        OrderDesk bulk = new(many, new FakeClock(play.Clock.Now), options());

        // The last third stands for a list that is sent twice.
        Submission[] all = [.. play.Submissions, .. play.Submissions.Skip(play.Submissions.Count * 2 / 3)];
        var singly = new List<string>();
        foreach (Submission submission in all)
        {
            singly.Add(Told(await desk.SubmitAsync(submission)));
        }

        string[] together = [.. (await bulk.SubmitManyAsync(all)).Select(Told)];
        Assert.Equal(singly, together);
        Assert.Equal(await StateAsync(one, desk, play), await StateAsync(many, bulk, play));
        Assert.Empty(await bulk.AuditLedgerAsync());
        Assert.Empty((await bulk.ReplayAsync()).Differing);
        return true;
    }

    private static string Told(DeskResult result) =>
        $"{result.Status} {result.Extent} {result.Outcome.ToJson()} {string.Join(",", result.Waiting.Free)} "
        + string.Join(",", result.Waiting.Orders.Select(static served => served.Order + ":" + string.Join("+", served.Takes)));

    private static async Task<IReadOnlyList<string>> StateAsync(MemoryStore store, OrderDesk desk, ScriptPlay play)
    {
        var all = new List<string>();
        foreach (OrderId order in play.Orders)
        {
            all.AddRange((await desk.ReadTrailAsync(order)).Select(static happened => happened.Stream + " " + happened.Hash));
        }

        LedgerContents ledger = await store.ReadLedgerAsync(Tenant, default);
        all.AddRange(ledger.Balances.Select(static balance => balance.Cell + " " + string.Join(
            ",", Enum.GetValues<StockAccount>().Select(account => balance[account]))));
        all.AddRange(ledger.Holds.Select(static hold => hold.ToString()));
        all.AddRange((await store.ReadDueTimersAsync(Tenant, Instant.MaxValue, 999, default))
            .Select(static timer => timer.ToString()).Order(StringComparer.Ordinal));
        all.AddRange((await store.ReadOutboxAsync(Tenant, 999, default))
            .Select(static message => message.Body).Order(StringComparer.Ordinal));
        return all;
    }

    private static OrderId Order(int i) => new("SO-" + i);

    private static Submission Submit(string id, KernelCommand command) => new(CommandId.FromName(id), Clerk, command);

    private static ReceiveStock Receive(int i) => new(
        new DocumentId("D-" + i), [new StockLine(new StockCell(new Sku("S-" + i), new NodeId("N")), new Quantity(5))]);

    private static CaptureOrder Capture(int i) => new(
        Order(i), new PartnerId("P"), Start, [new NewLine(1, new Sku("S-" + i), new Quantity(2))]);

    /// <summary>Stands before a store and counts the units of each commit.</summary>
    public class Counting : DispatchProxy
    {
        private IOrderStore? inner;

        public List<int> Batches { get; } = [];

        public static IOrderStore Of(IOrderStore store, out Counting count)
        {
            IOrderStore proxy = Create<IOrderStore, Counting>();
            count = (Counting)(object)proxy;
            count.inner = store;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(IOrderStore.CommitAsync))
            {
                Batches.Add(((ImmutableArray<UnitOfWork>)args![0]!).Length);
            }

            return targetMethod.Invoke(inner, args);
        }
    }
}
