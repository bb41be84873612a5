using System.Collections.Generic;

namespace OrderKernel.Sourcing;

/// <summary>Finds the lines that compete for one stock: they are filled together, all others each alone.</summary>
internal static class StockSharing
{
    /// <summary>Fills the family fields of the model; leaves them empty when no cell stands in two useful offers.</summary>
    public static void Find(SourcingProblem problem, SplitModel model)
    {
        int offers = model.LineStart[model.Lines];
        var firstLine = new int[problem.Cells.Length];
        var leader = new int[model.Lines];
        var shares = new bool[model.Lines];
        bool any = false;
        for (int line = 0; line < model.Lines; line++)
        {
            leader[line] = line;
        }

        for (int k = 0, line = 0; k < offers; k++)
        {
            while (k >= model.LineStart[line + 1])
            {
                line++;
            }

            int cell = problem.Offers[model.Source[k]].Cell;
            if (firstLine[cell] != 0)
            {
                any = true;
                shares[line] = shares[firstLine[cell] - 1] = true;
                leader[Leader(leader, line)] = Leader(leader, firstLine[cell] - 1);
            }
            else
            {
                firstLine[cell] = line + 1;
            }
        }

        if (any)
        {
            Describe(problem, model, leader, shares);
        }
    }

    private static void Describe(SourcingProblem problem, SplitModel model, int[] leader, bool[] shares)
    {
        var families = new List<int>[model.Lines];
        var all = new List<int[]>();
        for (int line = 0; line < model.Lines; line++)
        {
            if (shares[line])
            {
                (families[Leader(leader, line)] ??= []).Add(line);
            }
        }

        foreach (List<int>? family in families)
        {
            if (family is not null)
            {
                all.Add(family.ToArray());
            }
        }

        model.Cell = new int[model.LineStart[model.Lines]];
        model.CellUnits = new long[problem.Cells.Length];
        for (int k = 0; k < model.Cell.Length; k++)
        {
            int cell = problem.Offers[model.Source[k]].Cell;
            model.Cell[k] = cell;
            model.CellUnits[cell] = problem.Cells[cell].Units.Units;
        }

        model.Shares = shares;
        model.Families = all.ToArray();
        model.IsPlain = false;
    }

    private static int Leader(int[] leader, int line)
    {
        while (leader[line] != line)
        {
            line = leader[line] = leader[leader[line]];
        }

        return line;
    }
}
