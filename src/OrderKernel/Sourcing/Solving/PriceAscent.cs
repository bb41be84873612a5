using System;

namespace OrderKernel.Sourcing;

/// <summary>Raises prices one line at a time, each to the point where the bound is highest while the others stand still.</summary>
internal sealed class PriceAscent
{
    private readonly SplitModel model;
    private readonly long[] gain;
    private readonly long[] breakAt;
    private readonly long[] breakUnits;

    public PriceAscent(SplitModel model)
    {
        this.model = model;
        gain = new long[model.Facilities];
        int widest = 0;
        for (int line = 0; line < model.Lines; line++)
        {
            widest = Math.Max(widest, model.LineStart[line + 1] - model.LineStart[line]);
        }

        breakAt = new long[widest];
        breakUnits = new long[widest];
    }

    /// <summary>Runs sweeps over all lines until one changes nothing.</summary>
    /// <param name="price">By line; changed in place.</param>
    /// <param name="sweeps">The greatest number of sweeps.</param>
    /// <returns>The number of sweeps run.</returns>
    public int Climb(long[] price, int sweeps)
    {
        unchecked
        {
            Array.Clear(gain, 0, gain.Length);
            for (int line = 0; line < model.Lines; line++)
            {
                AddGain(line, price[line], 1);
            }

            int run = 0;
            bool moved = true;
            while (moved && run < sweeps)
            {
                moved = false;
                run++;
                for (int line = 0; line < model.Lines; line++)
                {
                    AddGain(line, price[line], -1);
                    long better = BestPrice(line);
                    moved |= better != price[line];
                    price[line] = better;
                    AddGain(line, better, 1);
                }
            }

            return run;
        }
    }

    private void AddGain(int line, long price, long sign)
    {
        unchecked
        {
            for (int k = model.LineStart[line]; k < model.LineStart[line + 1] && model.Cost[k] < price; k++)
            {
                gain[model.Facility[k]] += sign * model.Units[k] * (price - model.Cost[k]);
            }
        }
    }

    /// <summary>The price at which the offers worth taking first cover the line, or the cost of leaving a piece.</summary>
    private long BestPrice(int line)
    {
        unchecked
        {
            int count = 0;
            for (int k = model.LineStart[line]; k < model.LineStart[line + 1]; k++)
            {
                if (model.Units[k] == 0)
                {
                    continue;
                }

                int f = model.Facility[k];
                long lacking = model.Fixed[f] - gain[f];
                long at = model.Cost[k] + (lacking <= 0 ? 0 : lacking / model.Units[k]);
                int i = count++;
                for (; i > 0 && breakAt[i - 1] > at; i--)
                {
                    breakAt[i] = breakAt[i - 1];
                    breakUnits[i] = breakUnits[i - 1];
                }

                breakAt[i] = at;
                breakUnits[i] = model.Units[k];
            }

            long need = model.Quantity[line];
            for (int i = 0; i < count; i++)
            {
                need -= breakUnits[i];
                if (need <= 0)
                {
                    return Math.Min(breakAt[i], model.Unfilled[line]);
                }
            }

            return model.Unfilled[line];
        }
    }
}
