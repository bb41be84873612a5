using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Promising;

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
    public ImmutableArray<Confirmation> Confirmed()
    {
        var list = confirmed.ToArray();
        System.Array.Sort(list, (a, b) =>
        {
            int order = a.Order.CompareTo(b.Order);
            order = order != 0 ? order : a.Line.CompareTo(b.Line);
            return order != 0 ? order : a.Day.CompareTo(b.Day);
        });
        return ImmutableArray.Create(list);
    }

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
        bool any = false;
        for (int day = order.RequestedDay; day < problem.Days && left > 0; day++)
        {
            Work++;
            long gain = order.Gain(line, day);
            if (gain <= 0)
            {
                break;
            }

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
        foreach ((int sku, long units) in order.Need)
        {
            if (supply.Free(sku, day) < units)
            {
                return false;
            }
        }

        foreach ((int sku, long units) in order.Need)
        {
            supply.Take(sku, day, units);
        }

        return true;
    }
}
