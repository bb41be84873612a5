using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Sourcing;

/// <summary>A stock of pieces that offers draw on: one SKU at one place, or one lot of it. Offers on one cell share it.</summary>
public sealed class OfferStock
{
    /// <summary>Makes a cell.</summary>
    /// <param name="id">Names the cell; no two cells of a problem share it.</param>
    /// <param name="units">The pieces that are free.</param>
    /// <param name="useFirst">Between cells of equal cost at one node the smaller number is emptied first: an expiry
    /// day makes that first-expired-first-out.</param>
    public OfferStock(string id, Quantity units, int useFirst = 0)
    {
        Id = TextRule.CheckName(id, nameof(id), 200);
        Units = units;
        UseFirst = useFirst;
    }

    /// <summary>Names the cell: place, SKU and lot.</summary>
    public string Id { get; }

    /// <summary>The pieces that are free.</summary>
    public Quantity Units { get; }

    /// <summary>The rank in which cells of equal cost at one node are emptied, smaller first.</summary>
    public int UseFirst { get; }
}
