using System;

namespace OrderKernel.Sourcing;

/// <summary>Deflected subgradient steps on the prices: follows how far each line is over- or under-served, smoothed.</summary>
/// <remarks>
/// <para>Integer throughout: directions are scaled by 256, so the same input gives the same prices on every machine.</para>
/// <para>Plain models only. Cost: one bound evaluation and one pass over the open nodes' offers a step.</para>
/// </remarks>
internal sealed class PriceStepping
{
    private const int Scale = 256;
    private const long LeastBoldness = 4;

    private readonly SplitModel model;
    private readonly PriceBound bound;
    private readonly long[] excess;
    private readonly long[] direction;
    private readonly int coarse;
    private long boldness;
    private int patience;
    private int stalled;

    public PriceStepping(SplitModel model)
    {
        this.model = model;
        bound = new PriceBound(model);
        excess = new long[model.Lines];
        direction = new long[model.Lines];
        BestPrice = new long[model.Lines];
        BestReduced = new long[model.Nodes];
        Activity = new long[model.Nodes];
        Price = new long[model.Lines];
        long most = 0;
        foreach (long quantity in model.Quantity)
        {
            most = Math.Max(most, quantity);
        }

        // Keeps squares and products of directions inside 63 bits for lines of millions of pieces.
        while ((most >> coarse) * Math.Max(1, model.Nodes) >= 1L << 22)
        {
            coarse++;
        }
    }

    public long[] Price { get; }

    public long[] BestPrice { get; }

    public long[] BestReduced { get; }

    public long BestBound { get; private set; }

    /// <summary>How often each node was worth opening of late: 0 never, 1024 always.</summary>
    public long[] Activity { get; }

    /// <summary>Steps taken since this object was made.</summary>
    public long Steps { get; private set; }

    /// <summary>Begins a walk.</summary>
    /// <param name="from">Where to start; the walk also ends there when nothing better is met.</param>
    /// <param name="firstBoldness">The first step's share of the distance to the target, of 1024.</param>
    /// <param name="stalls">Stalled steps before the walk returns to the best prices with shorter steps.</param>
    public void Begin(long[] from, long firstBoldness, int stalls)
    {
        Array.Copy(from, Price, Price.Length);
        Array.Clear(direction, 0, direction.Length);
        BestBound = long.MinValue;
        boldness = firstBoldness;
        patience = stalls;
        stalled = 0;
    }

    /// <summary>Walks on.</summary>
    /// <param name="state">The nodes decided already.</param>
    /// <param name="target">The cost of the best plan known: the bound cannot usefully pass it.</param>
    /// <param name="steps">How many steps.</param>
    public void Go(byte[] state, long target, int steps)
    {
        unchecked
        {
            for (int step = 0; step < steps && boldness >= LeastBoldness; step++)
            {
                Steps++;
                long now = bound.At(Price, state);
                if (now > BestBound)
                {
                    stalled = 0;
                    Keep(now);
                    if (now >= target)
                    {
                        return;
                    }
                }
                else if (++stalled >= patience)
                {
                    stalled = 0;
                    boldness = boldness * 7 / 10;
                    Array.Copy(BestPrice, Price, Price.Length);
                    Array.Clear(direction, 0, direction.Length);
                    now = bound.At(Price, state);
                }

                if (!Move(now, state, target))
                {
                    return;
                }
            }
        }
    }

    private void Keep(long now)
    {
        BestBound = now;
        Array.Copy(Price, BestPrice, Price.Length);
        Array.Copy(bound.Reduced, BestReduced, BestReduced.Length);
    }

    private bool Move(long now, byte[] state, long target)
    {
        unchecked
        {
            Measure(state);
            long norm = 0;
            for (int line = 0; line < excess.Length; line++)
            {
                // Held back where the price cannot move: leaving a piece caps it, zero floors it.
                bool stuck = (excess[line] > 0 && Price[line] >= model.Unfilled[line]) || (excess[line] < 0 && Price[line] <= 0);
                long pull = stuck ? 0 : (excess[line] >> coarse) * Scale;
                direction[line] = (pull + (4 * direction[line])) / 5;
                norm += direction[line] * direction[line] / Scale;
            }

            if (norm == 0)
            {
                return false;
            }

            long distance = Math.Max(1, (target - now) / 1024 * boldness);
            int shift = 0;
            while (distance >= 1L << 31)
            {
                distance >>= 1;
                shift++;
            }

            for (int line = 0; line < direction.Length; line++)
            {
                long move = ((distance * direction[line] / norm) << shift) >> coarse;
                long price = Price[line] + move;
                Price[line] = price < 0 ? 0 : price > model.Unfilled[line] ? model.Unfilled[line] : price;
            }

            return true;
        }
    }

    /// <summary>The pieces still lacking on each line when every node worth opening gives all it profits from.</summary>
    private void Measure(byte[] state)
    {
        unchecked
        {
            Array.Copy(model.Quantity, excess, excess.Length);
            for (int n = 0; n < model.Nodes; n++)
            {
                bool open = state[n] == Filling.Open || (state[n] == Filling.Undecided && bound.Reduced[n] < 0);
                Activity[n] += ((open ? 1024 : 0) - Activity[n]) / 8;
                if (!open)
                {
                    continue;
                }

                int end = model.FacilityStart[n + 1];
                for (int at = model.FacilityStart[n]; at < end; at++)
                {
                    int line = model.AtLine[at];
                    if (Price[line] > model.AtCost[at])
                    {
                        excess[line] -= model.AtUnits[at];
                    }
                }
            }
        }
    }
}
