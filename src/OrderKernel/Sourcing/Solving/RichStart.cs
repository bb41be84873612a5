namespace OrderKernel.Sourcing;

/// <summary>A first plan for the complete search: everything open, then what is used, then closing one at a time.</summary>
internal sealed class RichStart(SplitModel model, OpenSetSearch search)
{
    public long Steps { get; private set; }

    public void Run()
    {
        search.Offer(new bool[model.Facilities]);
        var open = new bool[model.Facilities];
        for (int f = 0; f < open.Length; f++)
        {
            open[f] = true;
        }

        search.Offer(open);
        bool better = true;
        while (better)
        {
            long before = search.BestCost;
            int[] used = search.BestUsed;
            foreach (int f in used)
            {
                var without = new bool[model.Facilities];
                foreach (int kept in used)
                {
                    without[kept] = kept != f;
                }

                Steps++;
                search.Offer(without);
            }

            better = search.BestCost < before;
        }

        // One node alone is often the answer under a tight limit on shipments.
        for (int n = 0; n < model.Nodes && model.MostShipments < model.Nodes; n++)
        {
            var alone = new bool[model.Facilities];
            for (int f = 0; f < model.Facilities; f++)
            {
                alone[f] = model.NodeOf[f] == n;
            }

            Steps++;
            search.Offer(alone);
        }
    }
}
