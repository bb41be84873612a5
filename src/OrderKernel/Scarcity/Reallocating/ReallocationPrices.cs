using System;

namespace OrderKernel.Scarcity;

/// <summary>Prices on supply: what a piece is worth that is used by a day. They bound the gain of every plan from above.</summary>
/// <remarks>
/// <para>Every order takes its best day at these prices, or none; what it gains so, plus the supply at its price, no plan
/// exceeds. Subgradient steps lower that bound. Integer throughout, in 1/64 of a unit of value.</para>
/// </remarks>
internal sealed class ReallocationPrices
{
    private const long Scale = 64;
    private const int Steps = 300;
    private const int Patience = 12;

    private readonly ReallocationProblem problem;
    private readonly ReallocationSupply supply;
    private readonly int days;

    /// <summary>By SKU and day: the price of a piece confirmed on the day, never rising from day to day.</summary>
    private readonly long[] unitPrice;
    private readonly long[] rowPrice;
    private readonly long[] used;
    private readonly long[] direction;

    public ReallocationPrices(ReallocationProblem problem)
    {
        this.problem = problem;
        supply = new ReallocationSupply(problem);
        days = problem.Days;
        int rows = problem.Receipts.Length * days;
        unitPrice = new long[rows];
        rowPrice = new long[rows];
        used = new long[rows];
        direction = new long[rows];
        UpperBound = BoundHere() / Scale;
    }

    public long UpperBound { get; private set; }

    /// <summary>The gain left after paying for supply at these prices, of 1024 of the gain; below zero when it does not pay.</summary>
    public long Worth(int index, int line)
    {
        ReallocationOrder order = problem.Orders[index];
        (long surplus, int day) = order.IsComplete ? BestDay(order) : BestDay(order, line);
        long gain = order.IsComplete ? order.Gain(day) : order.Gain(line, day);
        return gain <= 0 ? long.MinValue : (long)((decimal)surplus * 1024 / (gain * Scale));
    }

    /// <summary>Lowers the bound towards the value of a plan that is known.</summary>
    public void Lower(long known)
    {
        var best = (long[])rowPrice.Clone();
        long bestBound = long.MaxValue;
        long boldness = 1024;
        int stalled = 0;
        for (int step = 0; step < Steps && boldness > 8; step++)
        {
            long now = BoundHere();
            if (now < bestBound)
            {
                bestBound = now;
                stalled = 0;
                Array.Copy(rowPrice, best, best.Length);
            }
            else if (++stalled >= Patience)
            {
                stalled = 0;
                boldness = boldness * 6 / 10;
                Array.Copy(best, rowPrice, best.Length);
                Array.Clear(direction, 0, direction.Length);
                now = BoundHere();
            }

            if (!Move(now - (known * Scale), boldness))
            {
                break;
            }
        }

        Array.Copy(best, rowPrice, best.Length);
        UpperBound = Math.Min(UpperBound, BoundHere() / Scale);
    }

    private long BoundHere()
    {
        unchecked
        {
            Array.Clear(used, 0, used.Length);
            long bound = PriceSupply();
            foreach (ReallocationOrder order in problem.Orders)
            {
                if (order.IsComplete)
                {
                    (long surplus, int day) = BestDay(order);
                    bound += surplus > 0 ? surplus : 0;
                    for (int i = 0; surplus > 0 && i < order.Need.Length; i++)
                    {
                        used[(order.Need[i].Sku * days) + day] += order.Need[i].Units;
                    }

                    continue;
                }

                for (int line = 0; line < order.Lines.Length; line++)
                {
                    (long surplus, int day) = BestDay(order, line);
                    long units = surplus > 0 ? order.Lines[line].Quantity.Units : 0;
                    bound += units * surplus;
                    used[(order.Lines[line].Sku * days) + Math.Min(day, days - 1)] += units;
                }
            }

            return bound;
        }
    }

    /// <summary>Sums the rows a confirmation on each day draws on, and prices what there is.</summary>
    private long PriceSupply()
    {
        unchecked
        {
            long bound = 0;
            for (int sku = 0; sku < problem.Receipts.Length; sku++)
            {
                long price = 0;
                for (int day = days - 1; day >= 0; day--)
                {
                    int row = (sku * days) + day;
                    price += rowPrice[row];
                    unitPrice[row] = price;
                    bound += rowPrice[row] * supply.Cumulative(sku, day);
                }
            }

            return bound;
        }
    }

    private (long Surplus, int Day) BestDay(ReallocationOrder order)
    {
        (long Surplus, int Day) best = (0, order.RequestedDay);
        for (int day = order.RequestedDay; day < days; day++)
        {
            long gain = order.Gain(day);
            if (gain <= 0)
            {
                break;
            }

            long surplus = gain * Scale;
            foreach ((int sku, long units) in order.Need)
            {
                surplus -= units * unitPrice[(sku * days) + day];
            }

            if (day == order.RequestedDay || surplus > best.Surplus)
            {
                best = (surplus, day);
            }
        }

        return best;
    }

    private (long Surplus, int Day) BestDay(ReallocationOrder order, int line)
    {
        (long Surplus, int Day) best = (0, order.RequestedDay);
        int row = order.Lines[line].Sku * days;
        for (int day = order.RequestedDay; day < days; day++)
        {
            long gain = order.Gain(line, day);
            if (gain <= 0)
            {
                break;
            }

            long surplus = (gain * Scale) - unitPrice[row + day];
            if (day == order.RequestedDay || surplus > best.Surplus)
            {
                best = (surplus, day);
            }
        }

        return best;
    }

    /// <summary>Raises prices where more is used than there is, lowers them where less; false when nothing can move.</summary>
    private bool Move(long distance, long boldness)
    {
        unchecked
        {
            decimal norm = 0;
            for (int sku = 0; sku < problem.Receipts.Length; sku++)
            {
                long cumulative = 0;
                for (int day = 0; day < days; day++)
                {
                    int row = (sku * days) + day;
                    cumulative += used[row];
                    long pull = cumulative - supply.Cumulative(sku, day);
                    pull = pull < 0 && rowPrice[row] == 0 ? 0 : pull * Scale;
                    direction[row] = (pull + (2 * direction[row])) / 3;
                    norm += (decimal)direction[row] * direction[row] / Scale;
                }
            }

            if (norm == 0 || distance <= 0)
            {
                return false;
            }

            // Thirty bits of the step's length are enough, and leave room for the product.
            decimal length = (decimal)distance * boldness / 1024 / norm;
            long fraction = (long)Math.Min(length * (1 << 24), 1L << 32);
            for (int row = 0; row < direction.Length; row++)
            {
                long price = rowPrice[row] + (long)((decimal)direction[row] * fraction / (1 << 24));
                rowPrice[row] = price < 0 ? 0 : price;
            }

            return true;
        }
    }
}
