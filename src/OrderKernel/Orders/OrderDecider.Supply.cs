using System.Collections.Generic;
using System.Collections.Immutable;
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
        var demands = ImmutableArray.CreateBuilder<Demand>(state.Lines.Length);
        foreach (OrderLine line in state.Lines)
        {
            if (!line.Unheld.IsZero)
            {
                demands.Add(new Demand(line.Number, line.Sku, line.Unheld));
            }
        }

        if (demands.Count == 0)
        {
            return Decision.AlreadyTrue();
        }

        Allocation allocation = Allocation.Serve(demands.DrainToImmutable(), context.Stock, hold.Nodes);
        bool enough = allocation.Shortages.IsEmpty || (hold.TakePart && !allocation.Takes.IsEmpty);
        if (!enough)
        {
            return Decision.Refuse(Shortages(allocation));
        }

        return allocation.Takes.Length > context.Limits.MaxTakes
            ? Decision.Refuse(Limit("takes", context.Limits.MaxTakes))
            : Decision.Accept(hold.Stream, new OrderStockHeld(
                context.Now, allocation.Takes, state.HoldGeneration + 1, Cut(hold.ExpiresAt)));
    }

    private static Finding[] Shortages(Allocation allocation)
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
        bool due = expire.Generation == state.HoldGeneration && state.HoldsExpireAt is { } at && at <= context.Now;
        ImmutableArray<Take> takes = due ? HeldTakes(state, default) : ImmutableArray<Take>.Empty;
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

    /// <summary>What a line lets go so that it holds at most so much; last held first.</summary>
    internal static void ReleaseDownTo(OrderLine line, Quantity most, ImmutableArray<Take>.Builder released)
    {
        long excess = line.Held.Units - most.Units;
        for (int i = line.Holds.Length - 1; i >= 0 && excess > 0; i--)
        {
            LineHold hold = line.Holds[i];
            var part = new Quantity(System.Math.Min(excess, hold.Quantity.Units));
            released.Add(new Take(line.Number, hold.Cell, part));
            excess -= part.Units;
        }
    }

    private static Decision Cancel(OrderState state, CancelLines cancel, DecisionContext context)
    {
        ImmutableArray<LineQuantity> wanted = cancel.Lines.IsDefaultOrEmpty ? EverythingOpen(state) : cancel.Lines;
        if (wanted.IsEmpty)
        {
            return state.Stage == OrderStage.Cancelled
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
                ReleaseDownTo(line, line.Open - entry.Quantity, released);
            }
        }

        return findings is not null
            ? Decision.Refuse(findings.ToArray())
            : Decision.Accept(cancel.Stream, new OrderLinesCancelled(context.Now, wanted, released.ToImmutable(), cancel.Reason));
    }

    private static ImmutableArray<LineQuantity> EverythingOpen(OrderState state)
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
