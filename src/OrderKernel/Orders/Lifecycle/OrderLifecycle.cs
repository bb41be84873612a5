using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>Leads typed orders through their lifecycle: a command is decided first, then its trigger is looked up, and what
/// the lifecycle
/// does not allow is refused before anything happens.</summary>
internal static class OrderLifecycle
{
    /// <summary>The decision, refused where the lifecycle forbids the command, otherwise with the ways that it sets off.</summary>
    public static Decision Follow(OrderState state, OrderCommand command, DecisionContext context, Decision decision) =>
        FollowOthers(command.Stream, context, FollowOwn(state, command, context, decision));

    /// <summary>Leads the other orders of a decision on: what happens to them is free, as time is, since nobody asked it of them.</summary>
    public static Decision FollowOthers(StreamId own, DecisionContext context, Decision decision) =>
        FollowEach(context, decision, stream => stream == own, isFact: false);

    /// <summary>Leads the orders on whose borrowed pieces have come: to be covered is to hold for real. That the goods came is a fact, so
    /// a lifecycle that cannot go on stays where it is.</summary>
    public static Decision FollowCovered(DecisionContext context, Decision decision) =>
        FollowEach(context, decision, static _ => false, isFact: true);

    private static Decision FollowEach(DecisionContext context, Decision decision, Func<StreamId, bool> isOwn, bool isFact)
    {
        ImmutableArray<StreamEvents> streams = decision.Streams;
        for (int i = 0; i < streams.Length; i++)
        {
            SeenOrder? other = isOwn(streams[i].Stream) ? null : context.Sight.Others.FirstOrDefault(
                seen => string.Equals(seen.Order.Text, streams[i].Stream.Key, StringComparison.Ordinal));
            if (other is null || other.State.LifecycleVersion.Length == 0)
            {
                continue;
            }

            var walk = new LifecycleWalk(other.State, context.Definitions.Of(other.State), context, streams[i].Events);
            ImmutableArray<Finding> why = ImmutableArray<Finding>.Empty;
            foreach (string trigger in streams[i].Events.Select(TriggerOf).OfType<string>().Distinct(StringComparer.Ordinal))
            {
                why = why.IsEmpty ? walk.Take(trigger, isFree: true) : why;
            }

            if (!why.IsEmpty && !isFact)
            {
                return Decision.Refuse(why.ToArray());
            }

            streams = !why.IsEmpty ? streams : streams.SetItem(i, new StreamEvents(streams[i].Stream, walk.Events.ToImmutableArray()));
        }

        return streams == decision.Streams ? decision : Decision.Accept(streams);
    }

    private static Decision FollowOwn(OrderState state, OrderCommand command, DecisionContext context, Decision decision)
    {
        if (command is CaptureOrder capture)
        {
            return capture.Type.Length == 0 ? decision : Begin(state, capture, context, decision);
        }

        string? trigger = TriggerOf(command);
        bool ofPart = command is SignalOrder { Part: > 0 };
        bool isFree = command is ExpireHold or RecordPayment;
        if (state.LifecycleVersion.Length == 0 || trigger is null || (decision.IsAccepted && decision.Streams.IsEmpty))
        {
            return decision;
        }

        CompiledLifecycle lifecycle = context.Definitions.Of(state);
        if (!decision.IsAccepted)
        {
            // Its own reasons stand; that the lifecycle forbids it here, whatever the facts, is one more.
            bool here = isFree || ofPart || lifecycle
                .Step(Position(lifecycle, state), lifecycle.Trigger(trigger), Facts(lifecycle, state)).Status != StepStatus.NotHere;
            return here ? decision : Decision.Refuse(decision.Findings
                .AddRange(lifecycle.WhyNot(Position(lifecycle, state), trigger, Facts(lifecycle, state))).ToArray());
        }

        int own = decision.Streams.ToList().FindIndex(events => events.Stream == command.Stream);
        var walk = new LifecycleWalk(state, lifecycle, context, decision.Streams[own].Events);
        ImmutableArray<Finding> why = ofPart ? ImmutableArray<Finding>.Empty : walk.Take(trigger, isFree);
        foreach (int part in why.IsEmpty ? Touched(state, command, walk.State) : ImmutableArray<int>.Empty)
        {
            walk = walk.OfPart(part, context.Definitions.OfPart(state.Part(part)!));
            why = why.AddRange(walk.Take(trigger, isFree));
            walk = walk.OfPart(0, lifecycle);
            why = why.AddRange(walk.Settle());
        }

        return why.IsEmpty
            ? Decision.Accept(decision.Streams.SetItem(own, new StreamEvents(command.Stream, walk.Events.ToImmutableArray())))
            : Decision.Refuse(why.ToArray());
    }

    // The sub-orders that a command concerns: the one it names, the one whose shipment arrives, those that lose pieces.
    private static ImmutableArray<int> Touched(OrderState state, OrderCommand command, OrderState after) => command switch
    {
        ShipOrder { Part: > 0 } ship => ImmutableArray.Create(ship.Part),
        SignalOrder { Part: > 0 } signal => ImmutableArray.Create(signal.Part),
        ConfirmDelivery deliver when after.Shipment(deliver.Shipment) is { Part: > 0 } shipment => ImmutableArray.Create(shipment.Part),
        CancelLines => ImmutableArray.CreateRange(state.Parts.Where(part => part.Lines.Zip(
            after.Part(part.Number)!.Lines, static (a, b) => a.Cancelled != b.Cancelled).Any(static changed => changed))
            .Select(static part => part.Number)),
        _ => ImmutableArray<int>.Empty,
    };

    public static Decision Signal(OrderState state, SignalOrder signal, DecisionContext context)
    {
        if (state.LifecycleVersion.Length == 0)
        {
            return Decision.Refuse(OrderLifecycleRefusals.NoLifecycle.About(string.Empty, "signal"));
        }

        OrderPart? part = state.Part(signal.Part);
        if (part is null && signal.Part != 0)
        {
            return Decision.Refuse(PartRules.Unknown(signal.Part));
        }

        LifecycleDefinition lifecycle = (part is null ? context.Definitions.Of(state) : context.Definitions.OfPart(part)).Definition;
        foreach (LifecycleSignal declared in lifecycle.Signals)
        {
            if (declared.Name.Code == signal.Signal)
            {
                return Decision.Accept(signal.Stream, new OrderSignalled(context.Now, signal.Signal, declared.Clears,
                    signal.Note, signal.Part));
            }
        }

        string known = string.Join(", ", lifecycle.Signals.Select(static declared => declared.Name.Code));
        return Decision.Refuse(OrderLifecycleRefusals.SignalUnheard.About(string.Empty, "signal", signal.Signal, known));
    }

    public static Decision Attach(OrderState state, AttachEvidence attach, DecisionContext context)
    {
        bool same = state.Evidence.Any(one => one.Kind == attach.Kind && one.Reference == attach.Reference
            && one.Hash == attach.Hash);
        return same ? Decision.AlreadyTrue()
            : state.Evidence.Length >= context.Limits.MaxHistory ? Decision.Refuse(OrderDecider.Limit("evidence",
                context.Limits.MaxHistory))
            : Decision.Accept(attach.Stream, new OrderEvidenceAttached(context.Now, attach.Kind, attach.Reference, attach.Hash));
    }

    public static Decision Migrate(OrderState state, MigrateLifecycle migrate, DecisionContext context)
    {
        if (state.LifecycleVersion.Length == 0)
        {
            return Decision.Refuse(OrderLifecycleRefusals.NoLifecycle.About(string.Empty, "version"));
        }

        if (state.LifecycleVersion == migrate.Version)
        {
            return Decision.AlreadyTrue();
        }

        if (context.Definitions.Find(migrate.Version) is not { } target)
        {
            return Decision.Refuse(OrderLifecycleRefusals.VersionUnknown.About(string.Empty, "version", migrate.Version));
        }

        var map = (migrate.Map.IsDefault ? ImmutableArray<StateMove>.Empty : migrate.Map)
            .ToDictionary(static move => move.From, static move => move.To, StringComparer.Ordinal);
        var migration = new LifecycleMigration(context.Definitions.Of(state).Definition, target.Definition, map);
        migration.DryRun(new[] { state.Regions.Select(static region => region.State) }, out ImmutableArray<Finding> findings);
        if (!findings.IsEmpty)
        {
            return Decision.Refuse(findings.ToArray());
        }

        var walk = new LifecycleWalk(state, target, context, ImmutableArray.Create<DomainEvent>(
            new OrderTyped(context.Now, state.Type, target.Definition.Id, migrate.Version, state.Features, state.Numbering)));
        foreach (RegionState region in state.Regions)
        {
            walk.Enter(region.State, migration.Target(region.State)!, "migrate", ImmutableArray<string>.Empty);
        }

        walk.BeginMissing(state.Regions.Select(static region => region.Region));
        return Decision.Accept(migrate.Stream, walk.Events.ToArray());
    }

    /// <summary>The lifecycle's trigger that a command raises, or null when it raises none.</summary>
    public static string? TriggerOf(OrderCommand command) => command switch
    {
        PromiseOrder => "promise",
        AmendOrder => "amend",
        HoldStock => "hold",
        ReleaseStock => "release",
        ExpireHold => "hold_expired",
        ShipOrder => "ship",
        ConfirmDelivery => "deliver",
        CancelLines => "cancel",
        ReturnLines => "return",
        BlockOrder => "block",
        UnblockOrder => "unblock",
        AttachEvidence => "evidence",
        RecordPayment => "pay",
        CloseTradeIn => "trade_in",
        ConfirmService => "perform",
        ReportConsumption => "consume",
        SignalOrder signal => signal.Signal,
        _ => null,
    };

    // What happened to an order without a command on it, as the trigger that such a command would have raised.
    private static string? TriggerOf(DomainEvent happened) => happened switch
    {
        OrderStockHeld or OrderStockCovered => "hold",
        OrderStockReleased or OrderDisplaced => "release",
        OrderPromised => "promise",
        _ => null,
    };

    public static LifecyclePosition Position(CompiledLifecycle lifecycle, OrderState state) =>
        lifecycle.At(state.Regions.Select(static region => region.State));

    /// <summary>What guards may ask of an order.</summary>
    public static LifecycleFacts Facts(CompiledLifecycle lifecycle, OrderState state)
    {
        FulfilmentState fulfilment = state.Fulfilment;
        bool held = state.Lines.Any(static line => !line.Held.IsZero);
        LifecycleFacts facts = default(LifecycleFacts)
            .With(LifecycleFlag.Promised, !state.Promises.IsEmpty)
            .With(LifecycleFlag.HeldAny, held)
            .With(LifecycleFlag.HeldAll, state.Supply == SupplyState.Held)
            .With(LifecycleFlag.ShippedAny, fulfilment != FulfilmentState.NotShipped)
            .With(LifecycleFlag.ShippedAll, fulfilment >= FulfilmentState.Shipped)
            .With(LifecycleFlag.DeliveredAll, fulfilment == FulfilmentState.Delivered)
            .With(LifecycleFlag.CancelledAll, state.Commercial == CommercialState.Cancelled)
            .With(LifecycleFlag.ReturnedAny, state.Lines.Any(static line => !line.Returned.IsZero))
            .With(LifecycleFlag.Blocked, !state.Blocks.IsEmpty)
            .With(LifecycleFlag.DepositPaid, state.DepositIsPaid)
            .With(LifecycleFlag.PaidAll, state.AllIsPaid)
            .With(LifecycleFlag.PartsEnded, !state.Parts.IsEmpty && state.Parts.All(static part => part.HasEnded))
            .With(LifecycleFlag.TradedIn, state.TradeIns.Any(static one => one.Status == TradeInStatus.Received))
            .With(LifecycleFlag.ConsumedAll, fulfilment == FulfilmentState.Delivered
                && state.Lines.All(static line => line.Consumed + line.Returned == line.Delivered));
        foreach (EvidenceRecord evidence in state.Evidence)
        {
            facts = lifecycle.WithEvidence(facts, evidence.Kind);
        }

        foreach (string signal in state.Signals)
        {
            facts = lifecycle.WithSignal(facts, signal);
        }

        return facts;
    }

    /// <summary>What guards may ask of a sub-order: how far it has come is its own, everything else is its order's.</summary>
    public static LifecycleFacts Facts(CompiledLifecycle lifecycle, OrderState state, OrderPart part)
    {
        FulfilmentState fulfilment = part.Fulfilment;
        LifecycleFacts facts = Facts(lifecycle, state with { Signals = part.Signals })
            .With(LifecycleFlag.ShippedAny, fulfilment != FulfilmentState.NotShipped)
            .With(LifecycleFlag.ShippedAll, fulfilment >= FulfilmentState.Shipped)
            .With(LifecycleFlag.DeliveredAll, fulfilment == FulfilmentState.Delivered)
            .With(LifecycleFlag.CancelledAll, part.IsCancelled);
        return facts;
    }

    private static Decision Begin(OrderState state, CaptureOrder capture, DecisionContext context, Decision decision)
    {
        OrderType? type = context.Definitions.Type(capture.Type);
        if (type is null)
        {
            Finding unknown = OrderLifecycleRefusals.TypeUnknown.About(string.Empty, "order_type", capture.Type);
            return Decision.Refuse(decision.Findings.Add(unknown).ToArray());
        }

        if (!decision.IsAccepted)
        {
            return decision;
        }

        CompiledLifecycle lifecycle = context.Definitions.Current(type.Lifecycle)!;
        var walk = new LifecycleWalk(state, lifecycle, context, decision.Streams[0].Events.Add(
            new OrderTyped(context.Now, type.Code, lifecycle.Definition.Id, lifecycle.Definition.Version, type.Features,
                type.Numbering)));
        walk.BeginMissing(Array.Empty<LifecycleRegion>());
        ImmutableArray<Finding> why = walk.Settle();
        return why.IsEmpty ? Decision.Accept(capture.Stream, walk.Events.ToArray()) : Decision.Refuse(why.ToArray());
    }
}
