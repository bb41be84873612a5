using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>The photo at sign-off asks finance for settlement, once.</summary>
public class SettlementTests
{
    private const string Settle = "settlement_request";
    private const string Remind = "photo_reminder";

    private static readonly LifecycleDefinition Doorstep = new LifecycleBuilder("doorstep", "Signed with a photo", "拍照签收")
        .Role("driver", "Driver", "司机").Role("finance", "Finance", "财务")
        .Evidence("sign_photo", "Photo at sign-off", "签收照片").Evidence("waybill", "Waybill", "运单")
        .Action(Settle, "Settlement requested", "申请结算").Action(Remind, "Reminded of the photo", "提醒补拍")
        .State("loading", "Loading", "装车中", LifecycleRegion.Fulfilment, LifecycleStage.Ready, "driver").Initial()
        .State("on_the_way", "On the way", "在途", LifecycleRegion.Fulfilment, LifecycleStage.Shipped, "driver")
        .State("photo_missing", "Signed, photo missing", "已签收待补照片", LifecycleRegion.Fulfilment, LifecycleStage.Delivered, "driver")
        .State("settling", "In settlement", "结算中", LifecycleRegion.Fulfilment, LifecycleStage.Completed).Final()
        .Way("loading", "ship", "on_the_way").When("shipped_all").Way("loading", "ship", "loading").When("not shipped_all")
        .Way("loading", "deliver", "loading")
        .Way("on_the_way", "deliver", "on_the_way").When("not delivered_all")
        .Way("on_the_way", "deliver", "settling").When("delivered_all", "evidence sign_photo").Does("announce " + Settle)
        .Way("on_the_way", "deliver", "photo_missing").When("delivered_all", "not evidence sign_photo").Does("announce " + Remind)
        .Way("photo_missing", "auto", "settling").When("evidence sign_photo").Does("announce " + Settle)
        .Build().Definition!;

    [Fact]
    [Trait("Req", "S2-73")]
    public async Task SignedWithAPhoto_OneSettlement_AndAnotherPhotoAsksForNoSecond()
    {
        (OrderPlay play, OrderId order) = await OnTheWay();
        await play.Do(new AttachEvidence(order, "sign_photo", "photo/1", "sha256:aa"));
        Assert.Empty(await Told(play));
        await play.Deliver(order);
        OutgoingMessage intent = Assert.Single(await Messages(play));
        Assert.Equal((Settle, "order", order.Text), (intent.Destination, intent.Stream.Category, intent.Stream.Key));

        await play.Do(new AttachEvidence(order, "sign_photo", "photo/2", "sha256:bb"));
        await play.Do(new AttachEvidence(order, "sign_photo", "photo/2", "sha256:bb"));
        await play.Do(new AttachEvidence(order, "sign_photo", "photo/1", "sha256:cc"));
        await play.Do(new AttachEvidence(order, "sign_photo", "photo/3", "sha256:bb"));
        Assert.Equal(intent, Assert.Single(await Messages(play)));
        Assert.Equal(
            new[]
            {
                ("photo/1", "sha256:aa"), ("photo/2", "sha256:bb"), ("photo/1", "sha256:cc"), ("photo/3", "sha256:bb"),
            },
            (await play.Desk.ReadOrderAsync(order)).Evidence.Select(static photo => (photo.Reference, photo.Hash)));
        Assert.Equal("settling", await play.StateOf(order));
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    [Trait("Req", "S2-73")]
    public async Task SignedWithoutAPhoto_NoSettlementButOneReminder_UntilThePhotoComes()
    {
        (OrderPlay play, OrderId order) = await OnTheWay();
        await play.Do(new AttachEvidence(order, "waybill", "SF-1", "sha256:aa"));
        await play.Deliver(order);
        Assert.Equal(new[] { Remind }, await Told(play));
        Assert.Equal("photo_missing", await play.StateOf(order));
        Assert.Equal("driver", Assert.Single((await play.Desk.ReadOrderAsync(order)).Regions).Owner);

        play.Clock.Advance(Duration.FromHours(5));
        await play.Do(new AttachEvidence(order, "waybill", "SF-2", "sha256:bb"));
        Instant signed = (await play.Desk.ReadOrderAsync(order)).Shipments[0].DeliveredAt!.Value;
        await play.Do(new ConfirmDelivery(order, new ShipmentId("SH-1"), signed)); // the carrier says it again
        Assert.False((await play.Submit(new ConfirmDelivery(order, new ShipmentId("SH-1"), play.Clock.Now))).IsAccepted);
        Assert.Equal(new[] { Remind }, await Told(play));

        await play.Do(new AttachEvidence(order, "sign_photo", "photo/1", "sha256:cc"));
        Assert.Equal(new[] { Remind, Settle }, await Told(play));
        await play.Do(new AttachEvidence(order, "sign_photo", "photo/2", "sha256:dd"));
        Assert.Equal(new[] { Remind, Settle }, await Told(play));
        Assert.Equal("settling", await play.StateOf(order));
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    [Trait("Req", "S2-73")]
    public async Task OnePaperOnFileAsTheWaybill_IsStillFiledAsThePhoto()
    {
        (OrderPlay play, OrderId order) = await OnTheWay();
        await play.Do(new AttachEvidence(order, "waybill", "scan/1", "sha256:aa"));
        await play.Deliver(order);
        await play.Do(new AttachEvidence(order, "sign_photo", "scan/1", "sha256:aa"));
        Assert.Equal(new[] { Remind, Settle }, await Told(play));
        Assert.Equal(2, (await play.Desk.ReadOrderAsync(order)).Evidence.Length);
    }

    [Fact]
    public async Task APhotoOfThePart_SettlesNothingBeforeTheRestIsSigned()
    {
        OrderPlay play = OrderPlay.With(Doorstep);
        await play.Stock(2);
        OrderId order = await play.Capture("typed");
        await play.Ship(order, 1);
        await play.Ship(order, 1, "SH-2");
        await play.Do(new AttachEvidence(order, "sign_photo", "photo/1", "sha256:aa"));
        await play.Deliver(order);
        Assert.Empty(await Told(play));
        await play.Do(new ConfirmDelivery(order, new ShipmentId("SH-2"), play.Clock.Now));
        Assert.Equal(new[] { Settle }, await Told(play));
    }

    private static async Task<(OrderPlay Play, OrderId Order)> OnTheWay()
    {
        OrderPlay play = OrderPlay.With(Doorstep);
        await play.Stock(2);
        OrderId order = await play.Capture("typed");
        await play.Ship(order);
        return (play, order);
    }

    private static async Task<string[]> Told(OrderPlay play) => [.. (await Messages(play)).Select(static told => told.Destination)];

    private static async Task<OutgoingMessage[]> Messages(OrderPlay play) =>
        [.. await play.Store.ReadOutboxAsync(new TenantId("main"), 100, CancellationToken.None)];
}
