using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>Orders go through the lifecycle of their type.</summary>
public class OrderTests
{
    [Fact]
    [Trait("Req", "S2-04")]
    public async Task NineteenTypes_EachWalksItsOwnLifecycleInOneRun()
    {
        OrderPlay play = OrderPlay.WithSamples();
        Assert.Equal(19, OrderPlay.Types.Count);
        await play.Stock(100);
        await play.Do(new ReceiveStock(
            new DocumentId("R2"), ImmutableArray.Create(new StockLine(OrderPlay.Cell.At(new NodeId("SUPPLIER")), new Quantity(100)))));
        foreach (OrderType type in OrderPlay.Types)
        {
            await play.Capture(type.Code, "O-" + type.Code, Math.Max(2, Parts(type)));
        }

        foreach (OrderType type in OrderPlay.Types)
        {
            OrderId order = new("O-" + type.Code);
            foreach (string step in Walks[type.Lifecycle])
            {
                await (step switch
                {
                    "ship" when Parts(type) > 0 => play.ShipInParts(order, Parts(type)),
                    "deliver" when Parts(type) > 0 => Task.CompletedTask,
                    "ship" => play.Ship(order),
                    "deliver" => play.Deliver(order),
                    "hold" => play.Do(new HoldStock(order)),
                    "december" => play.GoTo(Instant.FromUtc(2026, 12, 14, 1, 0)),
                    "trade_in" => play.Do(new CloseTradeIn(order, "OLD-1", true)),
                    "consume" => play.Do(new ReportConsumption(
                        order, ImmutableArray.Create(new LineQuantity(1, new Quantity(2))), "C-1")),
                    "perform" => play.Do(ConfirmService.All(order, "S-1")),
                    _ when step.StartsWith('+') => play.Do(new AttachEvidence(order, step.Substring(1), "file://" + step)),
                    _ => play.Signal(order, step),
                });
            }

            OrderState state = await play.Desk.ReadOrderAsync(order);
            LifecycleDefinition lifecycle = play.Definitions.Current(type.Lifecycle)!.Definition;
            Assert.Equal((type.Code, type.Lifecycle, lifecycle.Version), (state.Type, state.Lifecycle, state.LifecycleVersion));
            Assert.All(state.Regions, region => Assert.True(region.IsFinal, $"{type.Code} ended in {region.State}"));
        }

        DeskResult unknown = await play.Submit(new CaptureOrder(
            new OrderId("O-x"), new PartnerId("P1"), play.Clock.Now, ImmutableArray.Create(new NewLine(1, OrderPlay.Sku,
                new Quantity(1))),
            Type: "hovercraft"));
        Assert.Equal("order.type_unknown", Assert.Single(OrderPlay.Codes(unknown)));
        Assert.False((await play.Desk.ReadOrderAsync(new OrderId("O-x"))).Exists);
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }

    private static int Parts(OrderType type) => type.Feature("instalments") is { } parts
        ? int.Parse(parts, System.Globalization.CultureInfo.InvariantCulture)
        : type.Feature("subscription") is null ? 0 : 2;

    private static readonly Dictionary<string, string[]> Walks = new(StringComparer.Ordinal)
    {
        ["standard_order"] = new[] { "ship", "deliver" },
        ["presale_order"] = new[] { "december", "ship", "deliver" },
        ["service_order"] = new[] { "engineer_assigned", "work_started", "+service_record", "perform" },
        ["deposit_order"] = new[] { "production_done", "ship", "deliver" },
        ["consignment_order"] = new[] { "ship", "deliver", "consume" },
        ["trade_in_order"] = new[] { "trade_in", "+appraisal", "ship", "deliver" },
        ["bonded_order"] = new[] { "+hs_code", "+buyer_identity", "+customs_declaration", "ship", "deliver" },
        ["make_to_order"] = new[]
        {
            "payment_confirmed", "preparation_started", "materials_complete", "work_started", "inspection_passed",
                "+quality_report",
            "ship", "deliver",
        },
        ["wholesale"] = new[]
        {
            "custom_drawing", "+signed_drawing", "drawing_confirmed", "confirmed", "picking_started", "inspection_doubtful",
            "+recheck_report", "inspection_passed", "hold", "packed_up", "ship", "stuck_at_hub", "tracking_resumed", "deliver",
        },
        ["hospital_order"] = new[]
        {
            "order_reviewed", "picking_started", "picked", "+double_check_record", "ship", "invoice_issued",
                "payment_received", "deliver",
        },
    };

    [Fact]
    [Trait("Req", "S1-15")]
    public async Task Status_ChangesOnlyThroughDeclaredTransitions()
    {
        foreach (Type type in new[] { typeof(OrderState), typeof(RegionState), typeof(OrderLine), typeof(BoardRow),
            typeof(LifecycleState) })
        {
            var settable = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property =>
                property.SetMethod is { IsPublic: true } set
                && !set.ReturnParameter.GetRequiredCustomModifiers()
                    .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)));
            Assert.Empty(settable);
        }

        Assert.Empty(typeof(OrderState).GetConstructors());
        Assert.DoesNotContain(typeof(OrderState).GetProperties(), property => property.SetMethod is { IsPublic: true });

        OrderPlay play = OrderPlay.WithSamples();
        await play.Stock(10);
        OrderId order = await play.Capture("make_to_order");
        await play.Do(new HoldStock(order));
        OrderState before = await play.Desk.ReadOrderAsync(order);
        var ship = new ShipOrder(order, new ShipmentId("SH-1"), play.Clock.Now, ImmutableArray.Create(new ShipLine(1,
            new Quantity(2))));
        DeskResult refused = await play.Submit(ship);
        Finding illegal = Assert.Single(refused.Findings);
        Assert.Equal(LifecycleFindings.TransitionIllegal.Code, illegal.Code);
        Assert.Contains("待确认", illegal.Text(Language.Chinese), StringComparison.Ordinal);
        Assert.Equal(before.Version, (await play.Desk.ReadOrderAsync(order)).Version);
        Assert.Equal("to_confirm", await play.StateOf(order));
        ImmutableArray<DecidedCommand> audit = await play.Store.ReadCommandsAsync(new TenantId("main"), null, 100,
            CancellationToken.None);
        DecidedCommand stored = audit[audit.Length - 1];
        Assert.Equal(ship.ToJson(), stored.Body);
        Assert.Contains("lifecycle.transition_illegal", stored.Outcome, StringComparison.Ordinal);
        Assert.Equal("clerk-1", stored.Actor.Id);
    }

    [Fact]
    [Trait("Req", "S1-05")]
    public async Task MissingReport_BlocksLeavingAndIsNamed_AndTimesAndOwnersAreRecorded()
    {
        OrderPlay play = OrderPlay.WithSamples();
        await play.Stock(10);
        OrderId order = await play.Capture("make_to_order");
        await play.Signal(order, "payment_confirmed", "preparation_started", "materials_complete", "work_started");
        play.Clock.Advance(Duration.FromHours(2));
        Instant inspected = play.Clock.Now;
        await play.Signal(order, "inspection_passed");
        await play.Do(new HoldStock(order));
        var ship = new ShipOrder(order, new ShipmentId("SH-1"), play.Clock.Now, ImmutableArray.Create(new ShipLine(1,
            new Quantity(2))));
        DeskResult blocked = await play.Submit(ship);
        Assert.Contains(blocked.Findings, f => f.Code == "lifecycle.evidence_missing"
            && f.Text(Language.Chinese).Contains("质检报告", StringComparison.Ordinal));
        RegionState here = (await play.Desk.ReadOrderAsync(order)).Region(LifecycleRegion.Fulfilment)!;
        Assert.Equal(("inspected", "quality", inspected), (here.State, here.Owner, here.Since));

        await play.Do(new AttachEvidence(order, "quality_report", "QR-2026-0907", ContentHash.Of("report")));
        play.Clock.Advance(Duration.FromHours(1));
        await play.Ship(order);
        ImmutableArray<EventEnvelope> trail = await play.Desk.ReadTrailAsync(order);
        var entered = trail.Select(StoredForms.ReadEvent).OfType<OrderEntered>().ToArray();
        OrderEntered left = entered[entered.Length - 1];
        Assert.Equal(("inspected", "shipped", "logistics", play.Clock.Now), (left.From, left.To, left.Owner, left.At));
        Assert.Equal(inspected, entered[entered.Length - 2].At);
        Assert.Equal(play.Clock.Now + Duration.FromHours(72), left.Due);
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Req", "S1-16")]
    public async Task VoucherAndApproval_InEitherOrder_MoveToProductionPreparation(bool voucherFirst)
    {
        OrderPlay play = OrderPlay.With(Templates.WithPreparation);
        OrderId order = await play.Capture("typed");
        KernelCommand voucher = new AttachEvidence(order, "payment_voucher", "V-1");
        KernelCommand approval = new SignalOrder(order, "finance_approved");
        play.Clock.Advance(OrderPlay.Monday + Duration.FromHours(8) - play.Clock.Now);
        await play.Do(voucherFirst ? voucher : approval);
        Assert.Equal("to_confirm", await play.StateOf(order));
        play.Clock.Advance(Duration.FromHours(1));
        await play.Do(voucherFirst ? approval : voucher);
        RegionState moved = (await play.Desk.ReadOrderAsync(order)).Region(LifecycleRegion.Fulfilment)!;
        Assert.Equal(("production_preparation", play.Clock.Now), (moved.State, moved.Since));

        OrderId other = await play.Capture("typed", "SO-2");
        await play.Signal(other, "finance_approved", "finance_revoked");
        await play.Do(new AttachEvidence(other, "payment_voucher", "V-2"));
        Assert.Equal("to_confirm", await play.StateOf(other));
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    [Trait("Req", "S1-06")]
    public async Task Board_EightHundredAndFortyOrders_ByOwnerWithTimesOverdueFirst()
    {
        OrderPlay play = OrderPlay.WithSamples();
        for (int i = 0; i < 840; i++)
        {
            OrderId order = await play.Capture("make_to_order", $"SO-{i:D4}");
            if (i % 3 == 0)
            {
                await play.Signal(order, "payment_confirmed");
            }

            play.Clock.Advance(Duration.FromMinutes(3));
        }

        ImmutableArray<BoardRow> finance = await play.Desk.ReadBoardAsync("finance");
        Assert.Equal(280, finance.Length);
        Assert.All(finance, row => Assert.Equal(("paid", "finance"), (row.LifecycleState, row.Role)));
        Assert.All(finance, row => Assert.Equal(row.Since + Duration.FromDays(1), row.ExpectedAt));
        ImmutableArray<BoardRow> all = await play.Desk.ReadBoardAsync();
        Assert.Equal(840, all.Length);
        int late = all.Count(row => row.IsOverdue);
        Assert.InRange(late, 1, 839);
        Assert.All(all.Take(late), row => Assert.True(row.IsOverdue && row.ExpectedAt < play.Clock.Now));
        Assert.All(all.Skip(late), row => Assert.False(row.IsOverdue));
    }

    [Fact]
    [Trait("ReqPart", "S2-30")]
    public async Task EnteringAState_TellsItsReceiversOnceInTheSameUnit()
    {
        OrderPlay play = OrderPlay.WithSamples();
        OrderId order = await play.Capture("wholesale");
        await play.Signal(order, "prepayment_required");
        await play.Do(new AttachEvidence(order, "payment_voucher", "V-1"));
        Assert.Empty(await play.Store.ReadOutboxAsync(new TenantId("main"), 10, CancellationToken.None));
        await play.Signal(order, "voucher_matches");
        Assert.Equal("finance_passed", await play.StateOf(order));
        ImmutableArray<OutgoingMessage> told = await play.Store.ReadOutboxAsync(new TenantId("main"), 10, CancellationToken.None);
        Assert.Equal(new[] { "customer_sms", "wms_pick" }, told.Select(message => message.Destination)
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Effects_BlockAndLiftInTheNameOfTheOwner()
    {
        OrderPlay play = OrderPlay.WithSamples();
        OrderId order = await play.Capture("wholesale");
        await play.Signal(order, "confirmed", "picking_started", "inspection_doubtful");
        OrderState blocked = await play.Desk.ReadOrderAsync(order);
        Assert.Equal(("quality", "quality_lead"), (Assert.Single(blocked.Blocks).Reason, blocked.Blocks[0].Role));
        Assert.Equal(OrderStage.Blocked, blocked.Stage);
        DeskResult without = await play.Submit(new SignalOrder(order, "inspection_passed"));
        Assert.Equal("lifecycle.evidence_missing", Assert.Single(OrderPlay.Codes(without)));
        await play.Do(new AttachEvidence(order, "recheck_report", "RR-1"));
        await play.Signal(order, "inspection_passed");
        Assert.Empty((await play.Desk.ReadOrderAsync(order)).Blocks);
    }

    [Fact]
    public void Roles_AreAskedForOnceSomebodyLookedThemUp()
    {
        OrderPlay play = OrderPlay.WithSamples();
        var capture = new CaptureOrder(
            new OrderId("SO-1"), new PartnerId("P1"), OrderPlay.Monday, ImmutableArray.Create(new NewLine(1, OrderPlay.Sku,
                new Quantity(1), new UnitPrice(1m, Currency.Cny))),
            Type: "make_to_order");
        DecisionContext With(params string[] roles) =>
            new(OrderPlay.Monday, new StockPicture(ImmutableArray<FreeStock>.Empty), definitions: play.Definitions,
                roles: roles.ToImmutableArray());
        OrderState state = OrderState.None;
        foreach (DomainEvent happened in OrderDecider.Decide(state, capture, With()).Streams[0].Events)
        {
            state = OrderFold.Evolve(state, happened);
        }

        var signal = new SignalOrder(new OrderId("SO-1"), "payment_confirmed");
        Decision sales = OrderDecider.Decide(state, signal, With("sales"));
        Assert.Equal("lifecycle.role_missing", Assert.Single(sales.Findings).Code);
        Assert.True(OrderDecider.Decide(state, signal, With("sales", "finance")).IsAccepted);
    }

    [Fact]
    [Trait("Req", "S4-12")]
    public async Task Actions_ForAWarehouseUserOnAPackedOrder()
    {
        OrderPlay play = OrderPlay.With(Templates.Packing);
        OrderId order = await play.Capture("typed");
        await play.Signal(order, "packed_up");
        ImmutableArray<LifecycleAction> actions = await play.Desk.ReadActionsAsync(order, new[] { "warehouse" });
        Assert.Equal(
            new[] { "确认出库", "申请改址" }, actions.Where(action => action.IsPossible).Select(action => action.Name.Chinese));
        LifecycleAction cancel = actions.Single(action => action.Trigger == "cancel");
        Assert.Contains("已打包", Assert.Single(cancel.WhyNot).Text(Language.Chinese), StringComparison.Ordinal);
    }
}
