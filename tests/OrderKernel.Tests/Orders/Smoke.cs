using System.Collections.Immutable;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using Xunit;
namespace OrderKernel.Tests.Orders;
public class Smoke
{
    sealed class C : IClock { public Instant Now = Instant.FromUtc(2026,1,1,0,0); public Instant GetCurrentInstant() => Now; }
    [Fact]
    public async Task Life()
    {
        var store = new MemoryStore(); var clock = new C(); var desk = new OrderDesk(store, clock);
        var me = new Actor("u1","test"); int n=0;
        async Task<DeskResult> Do(KernelCommand c) => await desk.SubmitAsync(new Submission(CommandId.FromName("c"+n++), me, c));
        var cell = new StockCell(new Sku("A"), new NodeId("W1"));
        Assert.True((await Do(new ReceiveStock(new DocumentId("R1"), ImmutableArray.Create(new StockLine(cell, new Quantity(10)))))).IsAccepted);
        var o = new OrderId("O1");
        Assert.True((await Do(new CaptureOrder(o, new PartnerId("C1"), clock.Now, ImmutableArray.Create(new NewLine(1,new Sku("A"), new Quantity(5)), new NewLine(2,new Sku("A"), new Quantity(5))), PromisedAt: clock.Now + Duration.FromDays(2)))).IsAccepted);
        Assert.True((await Do(new HoldStock(o))).IsAccepted);
        var r = await Do(new ShipOrder(o, new ShipmentId("S1"), clock.Now, ImmutableArray.Create(new ShipLine(1, new Quantity(5)), new ShipLine(2, new Quantity(3)))));
        Assert.True(r.IsAccepted, string.Join(",", r.Findings));
        Assert.True((await Do(new ConfirmDelivery(o, new ShipmentId("S1"), clock.Now))).IsAccepted);
        Assert.True((await Do(new CancelLines(o, default, "no need"))).IsAccepted);
        Assert.True((await Do(new ReturnLines(o, ImmutableArray.Create(new LineQuantity(1, new Quantity(2))), "broken"))).IsAccepted);
        var s = await desk.ReadOrderAsync(o);
        Assert.Equal("stage.completed", s.Stage.Name.Code);
        Assert.Empty(await desk.AuditLedgerAsync());
        Assert.Empty(await desk.ReplayAsync());
        Assert.Null(HashChain.FirstTampered(await desk.ReadTrailAsync(o)));
    }
}
