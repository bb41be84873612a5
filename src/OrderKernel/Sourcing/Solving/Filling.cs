namespace OrderKernel.Sourcing;

/// <summary>The cheapest filling of all lines from the facilities that are not closed, their own cost left aside.</summary>
internal sealed class Filling
{
    public const byte Undecided = 0;
    public const byte Open = 1;
    public const byte Closed = 2;

    private readonly SplitModel model;
    private readonly SharedStockFilling? shared;

    public Filling(SplitModel model)
    {
        this.model = model;
        Used = new bool[model.Facilities];
        Taken = new long[model.LineStart[model.Lines]];
        shared = model.Families.Length == 0 ? null : new SharedStockFilling(model, Taken);
    }

    /// <summary>The facilities that carry something after the last filling; a lane's node counts as used.</summary>
    public bool[] Used { get; }

    /// <summary>The pieces of each offer after <see cref="Record"/>.</summary>
    public long[] Taken { get; }

    /// <summary>The cost of the cheapest filling.</summary>
    /// <param name="state">By facility; only what is closed matters.</param>
    public long Fill(byte[] state)
    {
        System.Array.Clear(Used, 0, Used.Length);
        return unchecked(shared is null ? OwnStock(state, null) : OwnStock(state, null) + FillFamilies(state));
    }

    /// <summary>As <see cref="Fill"/>, and notes how many pieces each offer gives.</summary>
    public long Record(byte[] state)
    {
        System.Array.Clear(Used, 0, Used.Length);
        System.Array.Clear(Taken, 0, Taken.Length);
        return unchecked(OwnStock(state, Taken) + (shared is null ? 0 : FillFamilies(state)));
    }

    private long OwnStock(byte[] state, long[]? taken)
    {
        unchecked
        {
            int[] facility = model.Facility, nodeOf = model.NodeOf, start = model.LineStart;
            long[] units = model.Units, costs = model.Cost;
            long cost = 0;
            for (int line = 0; line < model.Lines; line++)
            {
                if (shared is not null && model.Shares[line])
                {
                    continue;
                }

                long need = model.Quantity[line];
                int end = start[line + 1];
                for (int k = start[line]; k < end && need > 0; k++)
                {
                    int f = facility[k];
                    if (state[f] == Closed || units[k] == 0 || state[nodeOf[f]] == Closed)
                    {
                        continue;
                    }

                    long take = need < units[k] ? need : units[k];
                    cost += take * costs[k];
                    need -= take;
                    Used[f] = true;
                    Used[nodeOf[f]] = true;
                    if (taken is not null)
                    {
                        taken[k] = take;
                    }
                }

                cost += need * model.Unfilled[line];
            }

            return cost;
        }
    }

    private long FillFamilies(byte[] state)
    {
        long cost = 0;
        foreach (int[] family in model.Families)
        {
            cost += shared!.Fill(family, state);
            foreach (int line in family)
            {
                for (int k = model.LineStart[line]; k < model.LineStart[line + 1]; k++)
                {
                    if (Taken[k] > 0)
                    {
                        Used[model.Facility[k]] = true;
                        Used[model.NodeOf[model.Facility[k]]] = true;
                    }
                }
            }
        }

        return cost;
    }
}
