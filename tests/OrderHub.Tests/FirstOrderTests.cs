using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Access;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;
using Xunit;

namespace OrderHub.Tests;

/// <summary>From a file of one's own to the first order that is signed for.</summary>
public class FirstOrderTests
{
    private static readonly Actor Clerk = new("clerk-7", "web");

    [Fact]
    [Trait("Req", "S2-74")]
    public async Task AHundredRowsAreMappedAndImported_AndTheFirstOrderGoesTheWholeWay()
    {
        using var rows = new HundredRows();
        await rows.RunAsync(HundredRows.BytesOf(HundredRows.Good, new UTF8Encoding(true)));
        Assert.Equal((0, (100, 100, 0)), (rows.Last.Code, rows.Counts()));
        Assert.Empty(rows.DeadLetters());
        Assert.Contains("备注", rows.Last.Told, StringComparison.Ordinal); // the one column that nothing maps

        using SqliteStore store = rows.Open();
        var clock = new HandClock(Instant.FromUtc(2026, 10, 8, 1, 0));
        OrderDesk desk = rows.Desk(store, clock);
        ImmutableArray<KeyValuePair<OrderId, OrderState>> imported = await desk.ReadOrdersAsync(null, 200);
        (OrderId order, OrderState first) = imported[0];
        Assert.Equal((100, "SO-002", "江州医院2", "standard", "received"),
            (imported.Length, order.Text, first.Customer.Text, first.Type, StateOf(first)));
        OrderLine line = Assert.Single(first.Lines);
        Assert.Equal(("M-2", 3L, 2.50m), (line.Sku.Text, line.Ordered.Units, line.Price!.Value.Amount));

        // The steps of the page on getting started.
        await Submit("receive", new ReceiveStock(
            new DocumentId("GR-1"), [new StockLine(new StockCell(line.Sku, new NodeId("WH-1")), new Quantity(12))]));
        await Submit("promise", new PromiseOrder(order, clock.Now + Duration.FromDays(3), PromiseCause.First));
        await Submit("hold", new HoldStock(order));
        Assert.Equal("ready", StateOf(await desk.ReadOrderAsync(order)));
        await Submit("ship", new ShipOrder(order, new ShipmentId("SH-1"), clock.Now, [new ShipLine(1, line.Ordered)]));
        Assert.Equal("in_transit", StateOf(await desk.ReadOrderAsync(order)));
        clock.Now += Duration.FromDays(1);
        await Submit("signed", new ConfirmDelivery(order, new ShipmentId("SH-1"), clock.Now));

        OrderState signed = await desk.ReadOrderAsync(order);
        Assert.Equal(("Completed", "signed", true), (
            signed.Stage.Name.Text(Language.English), StateOf(signed), signed.Region(LifecycleRegion.Fulfilment)!.IsFinal));
        Assert.Equal((3L, 3L, 0L), (signed.Lines[0].Shipped.Units, signed.Lines[0].Delivered.Units, signed.Lines[0].Held.Units));
        Assert.Equal(9, Assert.Single((await desk.ReadStockAsync([line.Sku])).Cells).Available);
        Assert.All((await desk.ReadOrdersAsync(order, 200)), static other => Assert.Equal("received", StateOf(other.Value)));
        Assert.Empty(await desk.AuditLedgerAsync());
        Assert.Empty((await desk.ReplayAsync()).Differing);

        async Task Submit(string name, KernelCommand command) => Assert.Empty((await desk.SubmitAsync(
            new Submission(CommandId.FromName(order + "/" + name), Clerk, command))).Findings.Select(static why => why.Code));
    }

    [Fact]
    [Trait("Req", "S2-74")]
    public async Task ThreeTemplatePacks_LoadAndTakeTheirFirstOrder()
    {
        foreach (string name in new[] { "HARDWARE2026", "MEDICAL2026", "PLANT2026" })
        {
            Pack pack = HundredRows.PackOf(name);
            var desk = new OrderDesk(new MemoryStore(), new HandClock(Instant.FromUtc(2026, 10, 8, 1, 0)), new DeskOptions
            {
                UsePacks = true,
                Actors = new Lead(),
            });
            await Submit("pack", new ActivatePack(pack));
            Pack active = Assert.Single((await desk.ReadDefinitionsAsync()).Packs);
            Assert.Equal((name, pack.Json), (active.Id, active.Json));
            Assert.Empty(pack.Lifecycles.Where(lifecycle => lifecycle.States.IsEmpty));
            OrderType type = pack.Types.First(static type => type.Features.IsEmpty || type.Feature("deposit") is not null);
            var order = new OrderId(name + "-1");
            await Submit("capture", new CaptureOrder(
                order, new PartnerId("C-1"), null, [new NewLine(1, new Sku("A"), new Quantity(2), new UnitPrice(10m, Currency.Cny))],
                Type: type.Code));
            OrderState state = await desk.ReadOrderAsync(order);
            Assert.Equal((type.Code, type.Lifecycle), (state.Type, state.Lifecycle));
            Assert.NotEmpty(await desk.ReadActionsAsync(order));

            async Task Submit(string id, KernelCommand command) => Assert.Empty((await desk.SubmitAsync(
                new Submission(CommandId.FromName(id), Clerk, command))).Findings.Select(static why => why.Code));
        }
    }

    private static string StateOf(OrderState order) => Assert.Single(order.Regions).State;

    private sealed class Lead : IActorDirectory
    {
        public ValueTask<ActorStanding> FindAsync(Actor actor, System.Threading.CancellationToken cancellation) =>
            new(new ActorStanding(["sales_lead", "admin"]));
    }
}
