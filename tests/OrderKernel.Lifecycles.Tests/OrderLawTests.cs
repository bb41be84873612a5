using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>What holds for orders on any lifecycle, and across versions of one.</summary>
public class OrderLawTests
{
    [Fact]
    public void AnyOrderOnAnyLifecycle_StaysWithinItAndReplays()
    {
        var reached = new HashSet<string>();
        Prop.ForAll(LifecycleArbitraries.Lifecycles(), Gen.Choose(0, 100_000).ArrayOf(40).ToArbitrary(), (lifecycle, choices) =>
        {
            Play(OrderPlay.With(lifecycle), lifecycle, choices, reached).GetAwaiter().GetResult();
            return true;
        }).Check(Config.QuickThrowOnFailure.WithReplay(2026, 1121).WithMaxTest(40));
        Assert.Superset(new HashSet<string> { "order.typed", "order.entered", "order.signalled", "order.evidence_attached" },
            reached);
    }

    private static async Task Play(OrderPlay play, LifecycleDefinition lifecycle, int[] choices, HashSet<string> reached)
    {
        await play.Stock(5);
        OrderId order = await play.Capture("typed", pieces: 4);
        foreach (int choice in choices)
        {
            play.Clock.Advance(Duration.FromMinutes(choice % 90));
            OrderState before = await play.Desk.ReadOrderAsync(order);
            DeskResult result = await play.Submit(Command(order, lifecycle, choice, play.Clock.Now));
            OrderState after = await play.Desk.ReadOrderAsync(order);
            Assert.Equal(result.IsAccepted, result.Findings.IsEmpty);
            Assert.True(result.IsAccepted || after.Version == before.Version, "A refused command changed the order.");
            Assert.All(after.Regions, region => Assert.Equal(region.Region, lifecycle.State(region.State)!.Region));
        }

        ImmutableArray<EventEnvelope> trail = await play.Desk.ReadTrailAsync(order);
        reached.UnionWith(trail.Select(envelope => envelope.EventType));
        foreach (OrderEntered entered in trail.Select(StoredForms.ReadEvent).OfType<OrderEntered>().Where(e => e.From.Length > 0))
        {
            Assert.Contains(lifecycle.Transitions, way => way.From == entered.From && way.To == entered.To
                && way.Trigger == entered.Trigger);
        }

        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
        Assert.Empty(await play.Desk.AuditLedgerAsync());
    }

    private static OrderCommand Command(OrderId order, LifecycleDefinition lifecycle, int choice, Instant now) =>
        (choice % 8) switch
    {
        0 => new HoldStock(order, TakePart: true),
        1 => new ShipOrder(order, new ShipmentId("SH" + choice), now, ImmutableArray.Create(new ShipLine(1,
            new Quantity(1 + (choice % 4))))),
        2 => new ConfirmDelivery(order, new ShipmentId("SH" + choice), now),
        3 => new CancelLines(order, choice % 3 == 0 ? default : ImmutableArray.Create(new LineQuantity(1, new Quantity(1))),
            "why"),
        4 => new AttachEvidence(order, choice % 2 == 0 ? "report" : "voucher", "R" + choice),
        5 => new BlockOrder(order, "credit", "finance"),
        6 => new UnblockOrder(order, "credit"),
        _ => new SignalOrder(order, lifecycle.Signals[choice / 8 % lifecycle.Signals.Length].Name.Code),
    };

    [Fact]
    public async Task RunningOrder_KeepsItsVersionUntilItIsMigrated()
    {
        LifecycleDefinition old = SampleLifecycles.Definition("make_to_order");
        OrderPlay play = OrderPlay.With(old);
        OrderId order = await play.Capture("typed");
        await play.Signal(order, "payment_confirmed", "preparation_started", "materials_complete");
        LifecycleDefinition renamed = LifecycleDefinition.Read(old.Json.Replace("\"scheduled\"", "\"planned\"",
            StringComparison.Ordinal)).Definition!;
        play.Reload(new OrderDefinitions(new[] { old, renamed }, new[] { OrderPlay.TypeOf("typed", old.Id) },
            OrderPlay.Weekdays));
        OrderId younger = await play.Capture("typed", "SO-2");
        Assert.Equal(old.Version, (await play.Desk.ReadOrderAsync(order)).LifecycleVersion);
        Assert.Equal(renamed.Version, (await play.Desk.ReadOrderAsync(younger)).LifecycleVersion);

        DeskResult unmapped = await play.Submit(new MigrateLifecycle(order, renamed.Version, default, "new names"));
        Assert.Equal("lifecycle.state_in_use", Assert.Single(OrderPlay.Codes(unmapped)));
        DeskResult unknown = await play.Submit(new MigrateLifecycle(order, new string('0', 64), default, "new names"));
        Assert.Equal("order.lifecycle_version_unknown", Assert.Single(OrderPlay.Codes(unknown)));
        await play.Do(new MigrateLifecycle(order, renamed.Version, ImmutableArray.Create(new StateMove("scheduled",
            "planned")), "new names"));
        Assert.Equal("planned", await play.StateOf(order));
        Assert.Equal(renamed.Version, (await play.Desk.ReadOrderAsync(order)).LifecycleVersion);
        await play.Signal(order, "work_started");
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);

        // Replayed under a set that knows more, the same; under one that lacks a version, a clear error.
        play.Reload(new OrderDefinitions(new[] { old, renamed, Templates.Packing }, Array.Empty<OrderType>(),
            OrderPlay.Weekdays));
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
        play.Reload(new OrderDefinitions(new[] { renamed }, Array.Empty<OrderType>(), OrderPlay.Weekdays));
        var missing = await Assert.ThrowsAsync<OrderKernelException>(() => play.Desk.ReplayAsync());
        Assert.Contains(old.Version, missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrdersWithoutType_AreBoundByNothingButTheirOwnRules_AndStoreTheBytesTheyAlwaysDid()
    {
        var typed = new CaptureOrder(
            new OrderId("SO-1"), new PartnerId("P1"), OrderPlay.Monday, ImmutableArray.Create(new NewLine(1, OrderPlay.Sku,
                new Quantity(1))));
        Assert.DoesNotContain("order_type", typed.ToJson(), StringComparison.Ordinal);
        OrderPlay play = OrderPlay.WithSamples();
        await play.Do(typed);
        DecidedCommand stored = (await play.Store.ReadCommandsAsync(new TenantId("main"), null, 1, CancellationToken.None))[0];
        Assert.DoesNotContain("lifecycle", stored.Facts, StringComparison.Ordinal);
        Assert.Equal("order.no_lifecycle", Assert.Single(OrderPlay.Codes(await play.Submit(new SignalOrder(typed.Order,
            "paid")))));
        await play.Do(new AttachEvidence(typed.Order, "photo", "P-1"));
        Assert.Empty(await play.Desk.ReadActionsAsync(typed.Order));
    }

    [Fact]
    public void OrderTypes_AreReadWithEveryFaultAtItsPlace()
    {
        DefinitionReading<IReadOnlyList<OrderType>> reading = OrderTypes.Read(
            """
            {"types":[
              {"id":"a","zh":"甲","en":"A","lifecycle":"x","numbering":"N","features":["deposit 0","presale soon","gift three","teleport"]},
              {"id":"a","zh":"甲","en":"order_a","lifecycle":"x","numbering":"N","colour":1}
            ]}
            """);
        Assert.Null(reading.Value);
        Assert.Equal(
            new[]
            {
                "order_type.feature_unfit", "order_type.feature_unfit", "order_type.feature_unfit", "order_type.feature_unfit",
                "order_type.numbering_unfit", "definition.member_unknown", "name.technical", "order_type.numbering_unfit",
                "definition.repeated",
            }, reading.Findings.Select(finding => finding.Code));
        Assert.Equal("30", OrderPlay.Types.First(type => type.Code == "deposit").Feature("deposit"));
        Assert.Throws<ArgumentException>(() => new OrderDefinitions(Array.Empty<LifecycleDefinition>(), OrderPlay.Types));
    }
}
