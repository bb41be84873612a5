namespace OrderKernel.Sourcing;

/// <summary>The problem as flat arrays in canonical order: what the solvers read.</summary>
/// <remarks>
/// <para>Facilities are the nodes, then the lanes; a lane needs its node. Offers stand by line, cheapest first (ties: node,
/// own stock before transfers, cell rank), without those that cost as much as leaving the piece or have no stock.</para>
/// <para>The offer's units are what it can serve at most beside the cheaper offers of its facility to its line.</para>
/// </remarks>
internal sealed class SplitModel
{
    public SplitModel(int lines, int nodes, int lanes, int offers)
    {
        Lines = lines;
        Nodes = nodes;
        Facilities = nodes + lanes;
        Quantity = new long[lines];
        Unfilled = new long[lines];
        LineStart = new int[lines + 1];
        Fixed = new long[nodes + lanes];
        NodeOf = new int[nodes + lanes];
        FacilityStart = new int[nodes + lanes + 1];
        Facility = new int[offers];
        Units = new long[offers];
        Cost = new long[offers];
        Source = new int[offers];
        AtLine = new int[offers];
        AtUnits = new long[offers];
        AtCost = new long[offers];
    }

    public int Lines { get; }

    public int Nodes { get; }

    public int Facilities { get; }

    public long[] Quantity { get; }

    public long[] Unfilled { get; }

    public long[] Fixed { get; }

    /// <summary>The node of each facility: itself, or where the lane ends.</summary>
    public int[] NodeOf { get; }

    public int[] LineStart { get; }

    public int[] Facility { get; }

    public long[] Units { get; }

    public long[] Cost { get; }

    /// <summary>The index of the offer in the problem.</summary>
    public int[] Source { get; }

    /// <summary>The same offers once more by facility, lines in order: <c>FacilityStart[f] .. FacilityStart[f + 1]</c>.</summary>
    public int[] FacilityStart { get; }

    public int[] AtLine { get; }

    public long[] AtUnits { get; }

    public long[] AtCost { get; }

    /// <summary>Lines that compete for one stock; each inner list is one family. Empty when every line has its own.</summary>
    public int[][] Families { get; set; } = [];

    /// <summary>The cell of each offer, numbered from zero; only families read it.</summary>
    public int[] Cell { get; set; } = [];

    /// <summary>The pieces in each cell; only families read it.</summary>
    public long[] CellUnits { get; set; } = [];

    /// <summary>Whether each line is in a family.</summary>
    public bool[] Shares { get; set; } = [];

    public int MostShipments { get; set; } = int.MaxValue;

    /// <summary>Whether nodes and prices alone describe it: no lanes, limits, tariffs, minimum values or shared stock.</summary>
    public bool IsPlain { get; set; } = true;

    /// <summary>The cost of shipping nothing.</summary>
    public long NothingShipped { get; private set; }

    /// <summary>Lists the offers by facility once they all stand by line.</summary>
    public void IndexByFacility()
    {
        int offers = LineStart[Lines];
        for (int k = 0; k < offers; k++)
        {
            FacilityStart[Facility[k] + 1]++;
        }

        for (int f = 0; f < Facilities; f++)
        {
            FacilityStart[f + 1] += FacilityStart[f];
        }

        var next = new int[Facilities];
        for (int line = 0; line < Lines; line++)
        {
            NothingShipped += Quantity[line] * Unfilled[line];
            for (int k = LineStart[line]; k < LineStart[line + 1]; k++)
            {
                int f = Facility[k];
                int at = FacilityStart[f] + next[f]++;
                AtLine[at] = line;
                AtUnits[at] = Units[k];
                AtCost[at] = Cost[k];
            }
        }
    }

    /// <summary>The same model without the nodes marked closed; plain models only.</summary>
    /// <param name="closed">By node.</param>
    /// <param name="kept">The node of this model behind each node of the answer.</param>
    public SplitModel Without(bool[] closed, out int[] kept)
    {
        var number = new int[Nodes];
        int nodes = 0;
        for (int n = 0; n < Nodes; n++)
        {
            number[n] = closed[n] ? -1 : nodes++;
        }

        var small = new SplitModel(Lines, nodes, 0, LineStart[Lines]);
        kept = new int[nodes];
        for (int n = 0; n < Nodes; n++)
        {
            if (!closed[n])
            {
                kept[number[n]] = n;
                small.Fixed[number[n]] = Fixed[n];
                small.NodeOf[number[n]] = number[n];
            }
        }

        int offer = 0;
        for (int line = 0; line < Lines; line++)
        {
            small.Quantity[line] = Quantity[line];
            small.Unfilled[line] = Unfilled[line];
            for (int k = LineStart[line]; k < LineStart[line + 1]; k++)
            {
                if (number[Facility[k]] >= 0)
                {
                    small.Facility[offer] = number[Facility[k]];
                    small.Units[offer] = Units[k];
                    small.Cost[offer] = Cost[k];
                    small.Source[offer++] = Source[k];
                }
            }

            small.LineStart[line + 1] = offer;
        }

        small.IndexByFacility();
        return small;
    }
}
