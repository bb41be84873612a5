using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>One decision's way through a lifecycle: the events so far, the order as they make it, and what they set
/// off.</summary>
internal sealed class LifecycleWalk
{
    private const int MaxSteps = 100;

    private readonly CompiledLifecycle lifecycle;
    private readonly DecisionContext context;
    private readonly int part;
    private readonly Queue<string> raised = new();
    private OrderState state;
    private int steps;

    public LifecycleWalk(
        OrderState state, CompiledLifecycle lifecycle, DecisionContext context, ImmutableArray<DomainEvent> events)
        : this(state, lifecycle, context, 0, new List<DomainEvent>())
    {
        foreach (DomainEvent happened in events)
        {
            Add(happened);
        }
    }

    private LifecycleWalk(
        OrderState state, CompiledLifecycle lifecycle, DecisionContext context, int part, List<DomainEvent> events)
    {
        this.lifecycle = lifecycle;
        this.context = context;
        this.state = state;
        this.part = part;
        Events = events;
    }

    public List<DomainEvent> Events { get; }

    /// <summary>The order as the events so far make it.</summary>
    public OrderState State => state;

    /// <summary>The walk of a sub-order from here on; its events follow those so far.</summary>
    public LifecycleWalk OfPart(int number, CompiledLifecycle sub) => new(state, sub, context, number, Events);

    /// <summary>Takes the ways of a trigger and everything they set off; otherwise why not, and nothing has happened.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="isFree">Whether it happens whatever the lifecycle says, as time does.</param>
    public ImmutableArray<Finding> Take(string trigger, bool isFree)
    {
        LifecycleStep step = Step(trigger);
        if (step.Status is not (StepStatus.Taken or StepStatus.Free) && !isFree)
        {
            return About(lifecycle.WhyNot(Position(), trigger, Facts()));
        }

        ImmutableArray<Finding> notFor = isFree ? ImmutableArray<Finding>.Empty : lifecycle.NotFor(step, context.Roles);
        if (!notFor.IsEmpty)
        {
            return About(notFor);
        }

        Apply(step, trigger);
        return Settle();
    }

    /// <summary>Serves raised signals and ways that are taken by themselves until nothing moves any more.</summary>
    public ImmutableArray<Finding> Settle()
    {
        for (; steps < MaxSteps; steps++)
        {
            string trigger = raised.Count > 0 ? raised.Dequeue() : LifecycleWords.Auto;
            if (trigger != LifecycleWords.Auto)
            {
                LifecycleSignal signal = lifecycle.Definition.Signals.First(one => one.Name.Code == trigger);
                Add(new OrderSignalled(context.Now, trigger, signal.Clears, string.Empty, part));
            }

            LifecycleStep step = Step(trigger);
            bool moved = step.Status == StepStatus.Taken && !step.Position.Equals(Position());
            if (moved || (step.Status == StepStatus.Taken && trigger != LifecycleWords.Auto))
            {
                Apply(step, trigger);
            }
            else if (trigger == LifecycleWords.Auto)
            {
                return ImmutableArray<Finding>.Empty;
            }
        }

        string most = MaxSteps.ToString(CultureInfo.InvariantCulture);
        return ImmutableArray.Create(OrderLifecycleRefusals.Endless.About(string.Empty, "lifecycle", most));
    }

    /// <summary>Enters the first state of every region but those that are there already.</summary>
    public void BeginMissing(IEnumerable<LifecycleRegion> there)
    {
        var known = new HashSet<LifecycleRegion>(there);
        foreach (LifecycleState initial in lifecycle.States(lifecycle.Start).Where(initial => !known.Contains(initial.Region)))
        {
            Enter(string.Empty, initial.Code, "capture", ImmutableArray<string>.Empty);
        }
    }

    public void Enter(string from, string to, string trigger, ImmutableArray<string> announced)
    {
        LifecycleState entered = lifecycle.Definition.State(to)!;
        Add(new OrderEntered(
            context.Now, entered.Region, from, to, trigger, entered.Owner,
            entered.Dwell is { } dwell ? context.Definitions.Due(context.Now, dwell) : null, entered.IsFinal, announced, part));
    }

    private LifecycleStep Step(string trigger) => lifecycle.Step(Position(), lifecycle.Trigger(trigger), Facts());

    private LifecyclePosition Position() => lifecycle.At(
        (part == 0 ? state.Regions : state.Part(part)!.Regions).Select(static region => region.State));

    private LifecycleFacts Facts() => part == 0
        ? OrderLifecycle.Facts(lifecycle, state)
        : OrderLifecycle.Facts(lifecycle, state, state.Part(part)!);

    private ImmutableArray<Finding> About(ImmutableArray<Finding> findings) => part == 0 ? findings : ImmutableArray.CreateRange(
        findings, finding => new Finding(finding.Kind, PartFold.Subject(part), finding.Field, finding.Facts));

    private void Apply(LifecycleStep step, string trigger)
    {
        foreach (LifecycleTransition way in lifecycle.Taken(step))
        {
            ImmutableArray<string> announced = ImmutableArray.CreateRange(
                way.Effects.Where(static effect => effect.Kind == EffectKind.Announce).Select(static effect => effect.Name));
            if (!way.Stays || !announced.IsEmpty)
            {
                Enter(way.From, way.To, trigger, announced);
            }

            foreach (LifecycleEffect effect in way.Effects)
            {
                Do(effect, way);
            }
        }
    }

    private void Do(LifecycleEffect effect, LifecycleTransition way)
    {
        bool blocked = state.Blocks.Any(block => string.Equals(block.Reason, effect.Name, StringComparison.Ordinal));
        switch (effect.Kind)
        {
            case EffectKind.Block when !blocked:
                Add(new OrderBlocked(context.Now, effect.Name, lifecycle.Definition.State(way.To)!.Owner, string.Empty));
                break;
            case EffectKind.Unblock when blocked:
                Add(new OrderUnblocked(context.Now, effect.Name, string.Empty));
                break;
            case EffectKind.ReleaseStock:
                ImmutableArray<Take> held = OrderDecider.HeldTakes(state, part == 0
                    ? default
                    : ImmutableArray.CreateRange(state.Part(part)!.Lines, static line => line.Line));
                if (!held.IsEmpty)
                {
                    Add(new OrderStockReleased(context.Now, held, "lifecycle"));
                }

                break;
            case EffectKind.Raise:
                raised.Enqueue(effect.Name);
                break;
            default:
                break;
        }
    }

    private void Add(DomainEvent happened)
    {
        Events.Add(happened);
        state = OrderFold.Evolve(state, happened);
    }
}
