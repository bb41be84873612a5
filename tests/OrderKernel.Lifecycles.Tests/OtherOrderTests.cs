using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>What happens to an order because of another command leads it through its lifecycle all the same.</summary>
public class OtherOrderTests
{
    private static readonly LifecycleDefinition Holding = new LifecycleBuilder("holding", "Holding", "备货")
        .Role("planning", "Planning", "计划").Role("warehouse", "Warehouse", "仓库")
        .State("waiting", "Waiting", "待货", LifecycleRegion.Fulfilment, LifecycleStage.Preparing, "planning").Initial()
        .State("secured", "Secured", "已备货", LifecycleRegion.Fulfilment, LifecycleStage.Ready, "warehouse")
        .State("gone", "Gone", "已出库", LifecycleRegion.Fulfilment, LifecycleStage.Shipped).Final()
        .Way("waiting", "hold", "secured").When("held_all").Way("secured", "release", "waiting")
        .Way("secured", "ship", "gone").When("shipped_all")
        .Build().Definition!;

    private readonly OrderPlay play = OrderPlay.With(Holding);

    [Fact]
    public async Task AReceipt_LeadsTheOrderItServesOn_AndReplaysByteForByte()
    {
        play.Open(new DeskOptions { Definitions = play.Definitions, ServesWaiting = true });
        OrderId order = await play.Capture("typed");
        Assert.Equal("waiting", await play.StateOf(order));
        await play.Stock(2);
        Assert.Equal("secured", await play.StateOf(order));
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
        Assert.Empty(await play.Desk.AuditHistoryAsync());
    }

    [Fact]
    public async Task ADisplacedOrder_GoesBack_AndTheSystemBesideHearsOfItsNewPromise()
    {
        Instant later = play.Clock.Now + Duration.FromDays(9);
        var options = new DeskOptions
        {
            Definitions = play.Definitions,
            Tiers = TierPolicy.PaidBeforeUnpaid,
            Outlook = new Outlook(new ExpectedSupply(OrderPlay.Sku, later, new Quantity(2))),
        };
        play.Open(options.Connect(new OuterSystem("crm", SystemAccess.ReadAndWrite, owns: [], takesBack: ["promised_at"])));
        await play.Stock(2);
        OrderId first = await play.Capture("typed", "SO-1");
        await play.Do(new PromiseOrder(first, play.Clock.Now + Duration.FromDays(3), PromiseCause.First));
        await play.Do(new HoldStock(first));
        OrderId second = await play.Capture("typed", "SO-2");
        await play.Do(new SetStanding(second, new OrderStanding("VIP", "电汇", isPaid: true)));
        await play.Do(new HoldStock(second, Preempt: true));

        Assert.Equal(("waiting", "secured"), (await play.StateOf(first), await play.StateOf(second)));
        Assert.Equal(later, (await play.Desk.ReadOrderAsync(first)).CurrentPromise!.PromisedAt);
        ImmutableArray<OutgoingMessage> told = await play.Store.ReadOutboxAsync(new DeskOptions().Tenant, 9, CancellationToken.None);
        Assert.Equal(
            ["order/SO-1", "order/SO-1"],
            told.Where(static message => message.Destination == "crm").Select(static message => message.Stream.ToString()));
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
        Assert.Empty(await play.Desk.AuditHistoryAsync());
    }

    private sealed class Outlook(params ExpectedSupply[] supply) : ISupplyOutlook
    {
        public ValueTask<ImmutableArray<ExpectedSupply>> ReadAsync(
            TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) =>
            new([.. supply.Where(expected => skus.Contains(expected.Sku))]);
    }
}
