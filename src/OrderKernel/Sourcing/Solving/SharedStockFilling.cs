using System;

namespace OrderKernel.Sourcing;

/// <summary>The cheapest filling of lines that compete for one stock: successive cheapest paths from lines to cells.</summary>
/// <remarks><para>Cost: one Bellman-Ford search over the family's lines and cells for each path, so meant for
/// families of tens.</para></remarks>
internal sealed class SharedStockFilling
{
    private const long Far = long.MaxValue / 4;

    private readonly SplitModel model;
    private readonly long[] taken;
    private readonly long[] need;
    private readonly long[] left;
    private readonly long[] lineLabel;
    private readonly long[] cellLabel;
    private readonly int[] lineVia;
    private readonly int[] cellVia;
    private readonly int[] lineOfOffer;

    public SharedStockFilling(SplitModel model, long[] taken)
    {
        this.model = model;
        this.taken = taken;
        need = new long[model.Lines];
        left = new long[model.CellUnits.Length];
        lineLabel = new long[model.Lines];
        cellLabel = new long[model.CellUnits.Length];
        lineVia = new int[model.Lines];
        cellVia = new int[model.CellUnits.Length];
        lineOfOffer = new int[taken.Length];
        for (int line = 0; line < model.Lines; line++)
        {
            for (int k = model.LineStart[line]; k < model.LineStart[line + 1]; k++)
            {
                lineOfOffer[k] = line;
            }
        }
    }

    /// <summary>Fills the family's lines, notes the pieces of each offer, and answers what it costs.</summary>
    public long Fill(int[] family, byte[] state)
    {
        foreach (int line in family)
        {
            need[line] = model.Quantity[line];
            for (int k = model.LineStart[line]; k < model.LineStart[line + 1]; k++)
            {
                taken[k] = 0;
                left[model.Cell[k]] = model.CellUnits[model.Cell[k]];
            }
        }

        while (Label(family, state, out int end))
        {
            Push(end);
        }

        long cost = 0;
        foreach (int line in family)
        {
            cost += need[line] * model.Unfilled[line];
            for (int k = model.LineStart[line]; k < model.LineStart[line + 1]; k++)
            {
                cost += taken[k] * model.Cost[k];
            }
        }

        return cost;
    }

    /// <summary>Labels lines and cells with the cost of serving one more piece; false when no path saves anything.</summary>
    private bool Label(int[] family, byte[] state, out int end)
    {
        foreach (int line in family)
        {
            lineLabel[line] = need[line] > 0 ? -model.Unfilled[line] : Far;
            lineVia[line] = -1;
            for (int k = model.LineStart[line]; k < model.LineStart[line + 1]; k++)
            {
                cellLabel[model.Cell[k]] = Far;
            }
        }

        bool moved = true;
        while (moved)
        {
            moved = false;
            foreach (int line in family)
            {
                for (int k = model.LineStart[line]; k < model.LineStart[line + 1]; k++)
                {
                    moved |= Relax(line, k, state);
                }
            }
        }

        // A path may also end by leaving a piece of another line unfilled instead of its own.
        (end, long best) = (-1, 0);
        foreach (int line in family)
        {
            for (int k = model.LineStart[line]; k < model.LineStart[line + 1]; k++)
            {
                int cell = model.Cell[k];
                if (left[cell] > 0 && cellLabel[cell] < best)
                {
                    (end, best) = (cell, cellLabel[cell]);
                }
            }

            if (lineVia[line] >= 0 && lineLabel[line] < Far && lineLabel[line] + model.Unfilled[line] < best)
            {
                (end, best) = (-2 - line, lineLabel[line] + model.Unfilled[line]);
            }
        }

        return best < 0;
    }

    private bool Relax(int line, int k, byte[] state)
    {
        int facility = model.Facility[k], cell = model.Cell[k];
        bool moved = false;
        if (lineLabel[line] < Far && state[facility] != Filling.Closed && state[model.NodeOf[facility]] != Filling.Closed
            && lineLabel[line] + model.Cost[k] < cellLabel[cell])
        {
            cellLabel[cell] = lineLabel[line] + model.Cost[k];
            cellVia[cell] = k;
            moved = true;
        }

        if (taken[k] > 0 && cellLabel[cell] < Far && cellLabel[cell] - model.Cost[k] < lineLabel[line])
        {
            lineLabel[line] = cellLabel[cell] - model.Cost[k];
            lineVia[line] = k;
            moved = true;
        }

        return moved;
    }

    /// <summary>Moves as many pieces along the labelled path as its narrowest place lets through.</summary>
    private void Push(int end)
    {
        long units = end >= 0 ? left[end] : long.MaxValue;
        int line = Walk(end, 0, ref units);
        units = Math.Min(units, need[line]);
        if (end >= 0)
        {
            left[end] -= units;
        }
        else
        {
            need[-2 - end] += units;
        }

        Walk(end, units, ref units);
        need[line] -= units;
    }

    private int Walk(int end, long move, ref long narrowest)
    {
        int line = -2 - end;
        int cell = end;
        if (end < 0)
        {
            cell = model.Cell[lineVia[line]];
            narrowest = Math.Min(narrowest, taken[lineVia[line]]);
            taken[lineVia[line]] -= move;
        }

        while (true)
        {
            int k = cellVia[cell];
            taken[k] += move;
            line = lineOfOffer[k];
            if (lineVia[line] < 0)
            {
                return line;
            }

            narrowest = Math.Min(narrowest, taken[lineVia[line]]);
            taken[lineVia[line]] -= move;
            cell = model.Cell[lineVia[line]];
        }
    }
}
