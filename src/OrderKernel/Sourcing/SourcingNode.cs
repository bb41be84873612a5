using OrderKernel.Measures;

namespace OrderKernel.Sourcing;

/// <summary>A place that can send a shipment for this order, and what one shipment from it costs whatever it holds.</summary>
/// <remarks>
/// <para>Units: costs as in <see cref="SourcingLine"/>; distance in any one unit, read for ties and by nearest-first.</para>
/// </remarks>
public sealed class SourcingNode
{
    /// <summary>Makes a node.</summary>
    /// <param name="id">Names the node; no two nodes of a problem share it.</param>
    /// <param name="shipmentCost">The cost of one shipment, zero or more, beside what its pieces and its tariff cost.</param>
    /// <param name="distance">How far it is; between plans of equal cost the nearer node is taken.</param>
    /// <param name="minimumValue">The least value a shipment from here may have; zero for none.</param>
    /// <param name="tariff">What the shipment's whole weight costs; null for nothing.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is negative.</exception>
    public SourcingNode(
        NodeId id, long shipmentCost, long distance = 0, long minimumValue = 0, WeightTariff? tariff = null)
    {
        _ = id.Text;
        Id = id;
        ShipmentCost = SourcingLine.NotNegative(shipmentCost, nameof(shipmentCost));
        Distance = SourcingLine.NotNegative(distance, nameof(distance));
        MinimumValue = SourcingLine.NotNegative(minimumValue, nameof(minimumValue));
        Tariff = tariff;
    }

    /// <summary>Names the node.</summary>
    public NodeId Id { get; }

    /// <summary>The cost of one shipment.</summary>
    public long ShipmentCost { get; }

    /// <summary>How far it is.</summary>
    public long Distance { get; }

    /// <summary>The least value a shipment from here may have; zero for none.</summary>
    public long MinimumValue { get; }

    /// <summary>What the shipment's whole weight costs; null for nothing.</summary>
    public WeightTariff? Tariff { get; }
}
