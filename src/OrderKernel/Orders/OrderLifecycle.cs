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
    /// <summary>The decision, refused where the lifecycle forbids the command, otherwise with the ways that it sets
    /// off.</summary>
    public static Decision Follow(OrderState state, OrderCommand command, DecisionContext context, Decision decision)
    {
        if (command is CaptureOrder capture)
        {
            return capture.Type.Length == 0 ? decision : Begin(state, capture, context, decision);
        }

        string? trigger = TriggerOf(command);
        if (state.LifecycleVersion.Length == 0 || trigger is null || (decision.IsAccepted && decision.Streams.IsEmpty))
        {
            return decision;
        }

        CompiledLifecycle lifecycle = context.Definitions.Of(state);
        if (!decision.IsAccepted)
        {
            // Its own reasons stand; that the lifecycle forbids it here, whatever the facts, is one more.
            bool here = lifecycle.Step(Position(lifecycle, state), lifecycle.Trigger(trigger), Facts(lifecycle, state)).Status
                != StepStatus.NotHere;
            return here ? decision : Decision.Refuse(decision.Findings
                .AddRange(lifecycle.WhyNot(Position(lifecycle, state), trigger, Facts(lifecycle, state))).ToArray());
        }

        var walk = new LifecycleWalk(state, lifecycle, context, decision.Streams[0].Events);
        ImmutableArray<Finding> why = walk.Take(trigger, isFree: command is ExpireHold);
        return why.IsEmpty ? Decision.Accept(command.Stream, walk.Events.ToArray()) : Decision.Refuse(why.ToArray());
    }

    public static Decision Signal(OrderState state, SignalOrder signal, DecisionContext context)
    {
        if (state.LifecycleVersion.Length == 0)
        {
            return Decision.Refuse(OrderLifecycleRefusals.NoLifecycle.About(string.Empty, "signal"));
        }

        LifecycleDefinition lifecycle = context.Definitions.Of(state).Definition;
        foreach (LifecycleSignal declared in lifecycle.Signals)
        {
            if (declared.Name.Code == signal.Signal)
            {
                return Decision.Accept(signal.Stream, new OrderSignalled(context.Now, signal.Signal, declared.Clears,
                    signal.Note));
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
            new OrderTyped(context.Now, state.Type, target.Definition.Id, migrate.Version)));
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
        SignalOrder signal => signal.Signal,
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
            .With(LifecycleFlag.Blocked, !state.Blocks.IsEmpty);
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
            new OrderTyped(context.Now, type.Code, lifecycle.Definition.Id, lifecycle.Definition.Version)));
        walk.BeginMissing(Array.Empty<LifecycleRegion>());
        ImmutableArray<Finding> why = walk.Settle();
        return why.IsEmpty ? Decision.Accept(capture.Stream, walk.Events.ToArray()) : Decision.Refuse(why.ToArray());
    }
}
