using System;

namespace OrderKernel.Sourcing;

/// <summary>A set of open nodes with its cost, and the moves that make it cheaper: open one, close one, swap two.</summary>
/// <remarks><para>Plain models only. Cost: a move looks at the lines that the node offers, not at all.</para></remarks>
internal sealed class OpenNodes
{
    private readonly SplitModel model;
    private readonly long[] lineCost;

    public OpenNodes(SplitModel model)
    {
        this.model = model;
        IsOpen = new bool[model.Nodes];
        lineCost = new long[model.Lines];
    }

    public bool[] IsOpen { get; }

    public long Total { get; private set; }

    /// <summary>The moves evaluated so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Starts from a set.</summary>
    public void Set(bool[] open)
    {
        unchecked
        {
            Array.Copy(open, IsOpen, model.Nodes);
            Total = 0;
            for (int n = 0; n < model.Nodes; n++)
            {
                Total += IsOpen[n] ? model.Fixed[n] : 0;
            }

            for (int line = 0; line < model.Lines; line++)
            {
                Total += lineCost[line] = CostOf(line);
            }
        }
    }

    /// <summary>Takes single moves until none helps, then the first helpful swap, and so on.</summary>
    /// <param name="swaps">The greatest number of swaps tried in full passes.</param>
    public void Improve(int swaps)
    {
        Descend();
        while (swaps-- > 0 && Swap())
        {
            Descend();
        }
    }

    /// <summary>Opens a closed node or closes an open one for good, and improves the rest around it.</summary>
    public void Turn(int n)
    {
        Flip(n);
        Descend(n);
        if (Swap(n))
        {
            Descend(n);
        }
    }

    /// <summary>Closes while closing helps, which looks at few nodes; then opens one, which looks at all, and again.</summary>
    private void Descend(int held = -1)
    {
        while (TurnBest(open: true, held) || TurnBest(open: false, held))
        {
        }
    }

    private bool TurnBest(bool open, int held)
    {
        int best = -1;
        long bestChange = 0;
        for (int n = 0; n < model.Nodes; n++)
        {
            long change = n == held || IsOpen[n] != open ? 0 : Change(n);
            if (change < bestChange)
            {
                (best, bestChange) = (n, change);
            }
        }

        if (best >= 0)
        {
            Flip(best);
        }

        return best >= 0;
    }

    private bool Swap(int held = -1)
    {
        for (int a = 0; a < model.Nodes; a++)
        {
            if (!IsOpen[a] || a == held)
            {
                continue;
            }

            long before = Total;
            Flip(a);
            int best = -1;
            long bestTotal = before;
            for (int b = 0; b < model.Nodes; b++)
            {
                if (!IsOpen[b] && b != a && b != held && Total + Change(b) < bestTotal)
                {
                    (best, bestTotal) = (b, Total + Change(b));
                }
            }

            Flip(best >= 0 ? best : a);
            if (best >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What opening (or closing) the node would add to the total.</summary>
    private long Change(int n)
    {
        unchecked
        {
            Steps++;
            long change = IsOpen[n] ? -model.Fixed[n] : model.Fixed[n];
            IsOpen[n] = !IsOpen[n];
            int previous = -1;
            for (int at = model.FacilityStart[n]; at < model.FacilityStart[n + 1]; at++)
            {
                int line = model.AtLine[at];
                if (line != previous)
                {
                    change += CostOf(line) - lineCost[line];
                    previous = line;
                }
            }

            IsOpen[n] = !IsOpen[n];
            return change;
        }
    }

    private void Flip(int n)
    {
        unchecked
        {
            Total += IsOpen[n] ? -model.Fixed[n] : model.Fixed[n];
            IsOpen[n] = !IsOpen[n];
            for (int at = model.FacilityStart[n]; at < model.FacilityStart[n + 1]; at++)
            {
                int line = model.AtLine[at];
                long cost = CostOf(line);
                Total += cost - lineCost[line];
                lineCost[line] = cost;
            }
        }
    }

    private long CostOf(int line)
    {
        unchecked
        {
            int[] facility = model.Facility;
            long[] units = model.Units, costs = model.Cost;
            long need = model.Quantity[line], cost = 0;
            int end = model.LineStart[line + 1];
            for (int k = model.LineStart[line]; k < end; k++)
            {
                if (!IsOpen[facility[k]])
                {
                    continue;
                }

                long take = units[k];
                if (take >= need)
                {
                    return cost + (need * costs[k]);
                }

                cost += take * costs[k];
                need -= take;
            }

            return cost + (need * model.Unfilled[line]);
        }
    }
}
