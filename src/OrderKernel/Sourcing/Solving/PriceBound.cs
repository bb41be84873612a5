using System;

namespace OrderKernel.Sourcing;

/// <summary>The lower bound that a price per line proves, and the reduced cost of every facility under those prices.</summary>
/// <remarks>
/// <para>Paying each line's price for its pieces, a facility is worth opening only if what it gains on them exceeds its
/// fixed cost. Whatever the prices, prices times quantities minus those surpluses is never above the cost of any plan.</para>
/// </remarks>
internal sealed class PriceBound
{
    private readonly SplitModel model;
    private readonly long[] ranked;

    public PriceBound(SplitModel model)
    {
        this.model = model;
        Reduced = new long[model.Facilities];
        ranked = new long[model.MostShipments < model.Nodes ? model.Nodes : 0];
    }

    /// <summary>After <see cref="At"/>: fixed cost less gain; below zero when the facility is worth opening. Zero where closed.</summary>
    public long[] Reduced { get; }

    /// <summary>The bound under these prices, with some nodes decided.</summary>
    /// <param name="price">By line, from zero to the cost of leaving a piece.</param>
    /// <param name="state">By facility; deciding is for plain models only.</param>
    public long At(long[] price, byte[] state)
    {
        unchecked
        {
            long bound = 0;
            for (int line = 0; line < price.Length; line++)
            {
                bound += price[line] * model.Quantity[line];
            }

            for (int f = model.Nodes; f < model.Facilities; f++)
            {
                Reduced[f] = model.Fixed[f] - Gain(f, price);
            }

            for (int n = 0; n < model.Nodes; n++)
            {
                Reduced[n] = state[n] == Filling.Closed ? 0 : model.Fixed[n] - Gain(n, price);
            }

            for (int f = model.Nodes; f < model.Facilities; f++)
            {
                Reduced[model.NodeOf[f]] += Reduced[f] < 0 ? Reduced[f] : 0;
            }

            return ranked.Length > 0 ? bound + BestFew() : bound + Worth(state);
        }
    }

    private long Gain(int f, long[] price)
    {
        unchecked
        {
            int[] lines = model.AtLine;
            long[] costs = model.AtCost, units = model.AtUnits;
            long gain = 0;
            int end = model.FacilityStart[f + 1];
            for (int at = model.FacilityStart[f]; at < end; at++)
            {
                long margin = price[lines[at]] - costs[at];
                if (margin > 0)
                {
                    gain += margin * units[at];
                }
            }

            return gain;
        }
    }

    private long Worth(byte[] state)
    {
        long worth = 0;
        for (int n = 0; n < model.Nodes; n++)
        {
            if (state[n] == Filling.Open || (state[n] == Filling.Undecided && Reduced[n] < 0))
            {
                worth += Reduced[n];
            }
        }

        return worth;
    }

    /// <summary>With a limit on shipments only the nodes most worth opening count.</summary>
    private long BestFew()
    {
        Array.Copy(Reduced, ranked, ranked.Length);
        Array.Sort(ranked);
        long worth = 0;
        for (int i = 0; i < model.MostShipments && ranked[i] < 0; i++)
        {
            worth += ranked[i];
        }

        return worth;
    }
}
