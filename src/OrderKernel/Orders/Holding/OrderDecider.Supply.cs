using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Holding stock and letting it go.</summary>
public static partial class OrderDecider
{
    private static Decision Hold(OrderState state, HoldStock hold, DecisionContext context)
    {
        if (HoldTerms.Faults(state, hold, context) is { Length: > 0 } impossible)
        {
            return Decision.Refuse(impossible);
        }

        HoldTier? tier = HoldTerms.TierOf(state, hold.Tier, context.Sight.Tiers);
        if (!hold.Plan.IsDefaultOrEmpty)
        {
            return PlannedHold.Faults(state, hold.Plan, context) is { Length: > 0 } faults
                ? Decision.Refuse(faults)
                : Decision.Accept(hold.Stream, HeldAsPlanned(state, hold, tier, context));
        }

        ImmutableArray<Demand> demands = Unheld(state);
        if (demands.IsEmpty)
        {
            return HoldAnew(state, hold, tier, context);
        }

        Allocation allocation = Allocation.Serve(demands, context.Stock, hold.Nodes);
        var given = ImmutableArray<(SeenOrder Order, ImmutableArray<Take> Takes)>.Empty;
        if (hold.Preempt && !allocation.Shortages.IsEmpty && tier is { } taker)
        {
            given = Preemption.From(allocation.Shortages, hold.Nodes, taker, context);
            allocation = Allocation.Serve(demands, Preemption.With(context.Stock, given), hold.Nodes);
        }

        bool enough = allocation.Shortages.IsEmpty || (hold.TakePart && !allocation.Takes.IsEmpty);
        if (!enough)
        {
            return Decision.Refuse(Shortages(allocation));
        }

        if (allocation.Takes.Length > context.Limits.MaxTakes)
        {
            return Decision.Refuse(Limit("takes", context.Limits.MaxTakes));
        }

        var streams = ImmutableArray.CreateBuilder<StreamEvents>(1 + given.Length);
        streams.Add(new StreamEvents(
            hold.Stream, ImmutableArray.Create<DomainEvent>(
                Held(state, hold, allocation.Takes, allocation.Borrowed, tier, context))));
        foreach ((SeenOrder other, ImmutableArray<Take> takes) in given)
        {
            streams.Add(new StreamEvents(
                new StreamId(StreamId.OrderCategory, other.Order.Text),
                Preemption.Tell(other, takes, hold.Order, tier!.Value, "tier", context)));
        }

        return Decision.Accept(streams.MoveToImmutable());
    }

    // Nothing is left to take: what is held counts if it is where it was asked for, and its terms may change.
    private static Decision HoldAnew(OrderState state, HoldStock hold, HoldTier? tier, DecisionContext context)
    {
        if (!HoldTerms.HoldsSomething(state))
        {
            return Decision.Refuse(PartRefusals.PlanNeeded.About(string.Empty, "parts"));
        }

        Finding[] elsewhere = HoldTerms.Elsewhere(state, hold.Nodes);
        OrderStockHeld anew = Held(state, hold, ImmutableArray<Take>.Empty, ImmutableArray<Take>.Empty, tier, context);
        return elsewhere.Length > 0 ? Decision.Refuse(elsewhere)
            : HoldTerms.IsRaised(state, tier) || anew.ExpiresAt != state.HoldsExpireAt ? Decision.Accept(hold.Stream, anew)
            : Decision.AlreadyTrue();
    }

    private static OrderStockHeld Held(
        OrderState state, HoldStock hold, ImmutableArray<Take> takes, ImmutableArray<Take> borrowed, HoldTier? tier,
        DecisionContext context) => new(
        context.Now, takes, state.HoldGeneration + 1, Cut(hold.ExpiresAt ?? HoldTerms.Lasts(tier, context)), tier)
    {
        Borrowed = borrowed,
    };

    private static OrderStockHeld HeldAsPlanned(OrderState state, HoldStock hold, HoldTier? tier, DecisionContext context)
    {
        ImmutableArray<Take> takes = PlannedHold.Merged(hold.Plan);
        return Held(state, hold, takes, context.Stock.BorrowedOf(takes), tier, context);
    }

    private static ImmutableArray<Demand> Unheld(OrderState state)
    {
        var demands = ImmutableArray.CreateBuilder<Demand>(state.Lines.Length);
        foreach (OrderLine line in state.Lines)
        {
            Quantity wanted = OrderFeatures.MayHold(state, line);
            if (!wanted.IsZero)
            {
                demands.Add(new Demand(line.Number, line.Sku, wanted));
            }
        }

        return demands.DrainToImmutable();
    }

    internal static Finding[] Shortages(Allocation allocation)
    {
        var findings = new Finding[allocation.Shortages.Length];
        for (int i = 0; i < findings.Length; i++)
        {
            Shortage shortage = allocation.Shortages[i];
            findings[i] = StockRefusals.Insufficient.About(
                shortage.Sku.Text, "quantity", shortage.Sku.Text, shortage.Wanted.ToString(), shortage.Free.ToString());
        }

        return findings;
    }

    private static Decision Release(OrderState state, ReleaseStock release, DecisionContext context)
    {
        List<Finding>? findings = null;
        for (int i = 0; !release.Lines.IsDefault && i < release.Lines.Length; i++)
        {
            if (state.IndexOfLine(release.Lines[i]) < 0)
            {
                Add(ref findings, LineUnknown(release.Lines[i]));
            }
        }

        if (findings is not null)
        {
            return Decision.Refuse(findings.ToArray());
        }

        ImmutableArray<Take> takes = HeldTakes(state, release.Lines);
        return takes.IsEmpty
            ? Decision.AlreadyTrue()
            : Decision.Accept(release.Stream, new OrderStockReleased(context.Now, takes, release.Reason));
    }

    private static Decision Expire(OrderState state, ExpireHold expire, DecisionContext context)
    {
        bool isDue = state.HoldsExpireAt is not null && expire.IsOver(state, context.Now);
        ImmutableArray<Take> takes = isDue ? HeldTakes(state, default) : ImmutableArray<Take>.Empty;
        return takes.IsEmpty
            ? Decision.AlreadyTrue()
            : Decision.Accept(expire.Stream, new OrderStockReleased(context.Now, takes, "expired"));
    }

    internal static ImmutableArray<Take> HeldTakes(OrderState state, ImmutableArray<int> only)
    {
        var takes = ImmutableArray.CreateBuilder<Take>();
        foreach (OrderLine line in state.Lines)
        {
            if (only.IsDefaultOrEmpty || only.Contains(line.Number))
            {
                foreach (LineHold hold in line.Holds)
                {
                    takes.Add(new Take(line.Number, hold.Cell, hold.Quantity));
                }
            }
        }

        return takes.ToImmutable();
    }

    /// <summary>What a line lets go so that it holds at most so much: what lies in a named node first, of that what is borrowed before
    /// what is real, last held first.</summary>
    internal static void ReleaseDownTo(
        OrderLine line, Quantity most, ImmutableArray<Take>.Builder released, NodeId? first = null)
    {
        long excess = line.Held.Units - most.Units;
        if (excess <= 0)
        {
            return;
        }

        var gone = new long[line.Holds.Length];
        var order = new List<int>(gone.Length);
        for (int turn = 0; turn < 4; turn++)
        {
            for (int i = gone.Length - 1; i >= 0 && excess > 0; i--)
            {
                LineHold hold = line.Holds[i];
                bool isFirst = first is null || hold.Cell.Node == first;
                long borrowed = line.BorrowedIn(hold.Cell);
                long left = (turn % 2 == 0 ? borrowed : hold.Quantity.Units) - gone[i];
                long part = isFirst == (turn < 2) ? System.Math.Min(excess, System.Math.Max(0, left)) : 0;
                if (part > 0 && gone[i] == 0)
                {
                    order.Add(i);
                }

                gone[i] += part;
                excess -= part;
            }
        }

        foreach (int i in order)
        {
            released.Add(new Take(line.Number, line.Holds[i].Cell, new Quantity(gone[i])));
        }
    }

    private static Decision Cancel(OrderState state, CancelLines cancel, DecisionContext context)
    {
        // Without lines it says "all"; one stored before that could be said meant it by an empty list.
        ImmutableArray<LineQuantity> wanted = !cancel.Lines.IsDefaultOrEmpty ? cancel.Lines
            : state.Part(cancel.Part) is { } part ? EverythingOpen(part)
            : EverythingOpen(state);
        if (wanted.IsEmpty)
        {
            return state.Stage == OrderStage.Cancelled || state.Part(cancel.Part) is { IsCancelled: true }
                ? Decision.AlreadyTrue()
                : Decision.Refuse(OrderRefusals.NothingOpen.About(string.Empty, string.Empty));
        }

        List<Finding>? findings = null;
        var released = ImmutableArray.CreateBuilder<Take>();
        foreach (LineQuantity entry in wanted)
        {
            OrderLine? line = state.Line(entry.Line);
            if (line is null)
            {
                Add(ref findings, LineUnknown(entry.Line));
            }
            else if (entry.Quantity > line.Open)
            {
                Add(ref findings, OrderRefusals.CancelExceedsOpen.About(
                    Subject(entry.Line), "quantity", Digits(entry.Line), entry.Quantity.ToString(), line.Open.ToString()));
            }
            else
            {
                ReleaseDownTo(line, OrderFeatures.MayKeep(state, line, cancel, entry.Quantity), released, state.Part(cancel.Part)?.From);
            }
        }

        return findings is not null
            ? Decision.Refuse(findings.ToArray())
            : Decision.Accept(cancel.Stream, new OrderLinesCancelled(
                context.Now, wanted, released.ToImmutable(), cancel.Reason, cancel.Part));
    }

    private static ImmutableArray<LineQuantity> EverythingOpen(OrderPart part) => ImmutableArray.CreateRange(
        part.Lines.Where(static line => !line.Open.IsZero).Select(static line => new LineQuantity(line.Line, line.Open)));

    internal static ImmutableArray<LineQuantity> EverythingOpen(OrderState state)
    {
        var open = ImmutableArray.CreateBuilder<LineQuantity>();
        foreach (OrderLine line in state.Lines)
        {
            if (!line.Open.IsZero)
            {
                open.Add(new LineQuantity(line.Number, line.Open));
            }
        }

        return open.ToImmutable();
    }
}
