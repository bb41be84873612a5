using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Scarcity;

/// <summary>Serves orders or single lines one after another from what is left.</summary>
internal sealed class ReallocationFilling
{
    private readonly ReallocationProblem problem;
    private readonly ReallocationSupply supply;
    private readonly List<Confirmation> confirmed = [];

    public ReallocationFilling(ReallocationProblem problem)
    {
        this.problem = problem;
        supply = new ReallocationSupply(problem);
    }

    public long Value { get; private set; }

    /// <summary>Line-days looked at since this object was made.</summary>
    public long Work { get; private set; }

    public void Restart()
    {
        supply.Restore();
        confirmed.Clear();
        Value = 0;
        Work += 1 + problem.Orders.Length; // So that a budget ends even where no line is worth a look.
    }

    /// <summary>The confirmations by order, line and day.</summary>
    /// <remarks><para>Counted into place by order, as a backlog may have a million; an order's own few are then sorted.</para></remarks>
    public ImmutableArray<Confirmation> Confirmed()
    {
        var next = new int[problem.Orders.Length + 1];
        foreach (Confirmation c in confirmed)
        {
            next[c.Order + 1]++;
        }

        for (int order = 0; order < problem.Orders.Length; order++)
        {
            next[order + 1] += next[order];
        }

        var placed = new Confirmation[confirmed.Count];
        foreach (Confirmation c in confirmed)
        {
            int at = next[c.Order]++;
            for (; at > 0 && placed[at - 1].Order == c.Order && IsAfter(placed[at - 1], c); at--)
            {
                placed[at] = placed[at - 1];
            }

            placed[at] = c;
        }

        return placed.ToImmutableArray();
    }

    private static bool IsAfter(in Confirmation a, in Confirmation b) => a.Line != b.Line ? a.Line > b.Line : a.Day > b.Day;

    /// <summary>Serves a whole order: all or nothing when it is complete, else line by line.</summary>
    /// <returns>Whether anything was confirmed.</returns>
    public bool ServeOrder(int index)
    {
        ReallocationOrder order = problem.Orders[index];
        if (order.IsComplete)
        {
            return ServeComplete(index, order);
        }

        bool any = false;
        for (int line = 0; line < order.Lines.Length; line++)
        {
            any |= ServeLine(index, line);
        }

        return any;
    }

    /// <summary>Serves one line as early and as fully as it gains.</summary>
    public bool ServeLine(int index, int line)
    {
        ReallocationOrder order = problem.Orders[index];
        int sku = order.Lines[line].Sku;
        long left = order.Lines[line].Quantity.Units;
        long gain = order.Lines[line].UnitValue;

        // What is free never falls from day to day, so nothing on the last day is nothing at all.
        bool any = false;
        Work++;
        bool isHopeless = supply.Free(sku, problem.Days - 1) == 0;
        for (int day = order.RequestedDay; !isHopeless && day < problem.Days && left > 0 && gain > 0; day++, gain -= order.LateCost)
        {
            Work++;
            long units = System.Math.Min(left, supply.Free(sku, day));
            if (units > 0)
            {
                supply.Take(sku, day, units);
                confirmed.Add(new Confirmation(index, line, day, new Quantity(units)));
                Value += units * gain;
                left -= units;
                any = true;
            }
        }

        return any;
    }

    private bool ServeComplete(int index, ReallocationOrder order)
    {
        Work += order.Lines.Length;
        if (!HasAll(order, problem.Days - 1))
        {
            return false;
        }

        for (int day = order.RequestedDay; day < problem.Days; day++)
        {
            long gain = order.Gain(day);
            Work += order.Lines.Length;
            if (gain <= 0)
            {
                return false;
            }

            if (TakeAll(order, day))
            {
                Value += gain;
                for (int line = 0; line < order.Lines.Length; line++)
                {
                    if (!order.Lines[line].Quantity.IsZero)
                    {
                        confirmed.Add(new Confirmation(index, line, day, order.Lines[line].Quantity));
                    }
                }

                return true;
            }
        }

        return false;
    }

    private bool TakeAll(ReallocationOrder order, int day)
    {
        if (!HasAll(order, day))
        {
            return false;
        }

        foreach ((int sku, long units) in order.Need)
        {
            supply.Take(sku, day, units);
        }

        return true;
    }

    private bool HasAll(ReallocationOrder order, int day)
    {
        foreach ((int sku, long units) in order.Need)
        {
            if (supply.Free(sku, day) < units)
            {
                return false;
            }
        }

        return true;
    }
}
