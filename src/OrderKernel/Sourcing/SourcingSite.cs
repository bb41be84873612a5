using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Sourcing;

/// <summary>What kind of place a site is.</summary>
public enum SiteKind
{
    /// <summary>A warehouse of our own.</summary>
    Own = 0,

    /// <summary>A shop or front warehouse near customers.</summary>
    Front = 1,

    /// <summary>A warehouse that somebody else runs for us.</summary>
    ThirdParty = 2,

    /// <summary>A supplier that ships to the customer for us.</summary>
    Supplier = 3,
}

/// <summary>A place as the business sees it: what a shipment from it to this customer costs, and what it can do.</summary>
/// <remarks><para>Units: costs as in <see cref="SourcingLine"/>, rates a gram, days counted from the case's day 0.</para></remarks>
public sealed class SourcingSite
{
    /// <summary>Makes a site.</summary>
    /// <param name="id">Names the site.</param>
    /// <param name="kind">What kind of place it is.</param>
    /// <param name="shipmentCost">The cost of one shipment from it, whatever it holds.</param>
    public SourcingSite(NodeId id, SiteKind kind, long shipmentCost)
    {
        _ = id.Text;
        Id = id;
        Kind = kind;
        ShipmentCost = SourcingLine.NotNegative(shipmentCost, nameof(shipmentCost));
    }

    /// <summary>Names the site.</summary>
    public NodeId Id { get; }

    /// <summary>What kind of place it is.</summary>
    public SiteKind Kind { get; }

    /// <summary>The cost of one shipment from it, whatever it holds.</summary>
    public long ShipmentCost { get; }

    /// <summary>How far it is from the customer, for ties and nearest-first.</summary>
    /// <value>The default is 0.</value>
    public long Distance { get; set; }

    /// <summary>The cost of each gram shipped.</summary>
    /// <value>The default is 0.</value>
    public long CostPerGram { get; set; }

    /// <summary>The cost of handling one piece.</summary>
    /// <value>The default is 0.</value>
    public long HandlingCost { get; set; }

    /// <summary>Days from leaving stock to arriving.</summary>
    /// <value>The default is 0.</value>
    public int TransitDays { get; set; }

    /// <summary>The least value of a shipment, as suppliers ask for drop-shipping.</summary>
    /// <value>The default is 0, for none.</value>
    public long MinimumValue { get; set; }

    /// <summary>What a shipment costs by its whole weight, in steps; null when <see cref="CostPerGram"/> says it all.</summary>
    /// <value>The default is null.</value>
    public WeightTariff? Tariff { get; set; }

    /// <summary>What it can do, in the words of <see cref="SourcingDemand.Needs"/>.</summary>
    /// <value>The default is nothing.</value>
    public ImmutableArray<string> Offers { get; set; } = ImmutableArray<string>.Empty;
}

/// <summary>Free stock of one SKU at a site, of one lot.</summary>
/// <param name="Site">The site.</param>
/// <param name="Sku">The SKU.</param>
/// <param name="Lot">The lot; empty where lots are not kept.</param>
/// <param name="Quantity">The free pieces.</param>
/// <param name="ExpiryDay">The last day it is good; <see cref="int.MaxValue"/> for ever. Lots that expire first go first.</param>
/// <param name="AvailableDay">The day it can leave; 0 when it lies there.</param>
public sealed record SiteStock(
    NodeId Site, Sku Sku, string Lot, Quantity Quantity, int ExpiryDay = int.MaxValue, int AvailableDay = 0);

/// <summary>A transfer from one site to another, to leave with the other's shipment.</summary>
/// <param name="From">Whose stock it brings.</param>
/// <param name="To">Whose shipment it joins.</param>
/// <param name="TransferCost">The cost of the transfer, whatever it holds.</param>
/// <param name="UnitCost">The cost of each piece on it.</param>
/// <param name="Days">How long it takes.</param>
public sealed record SiteTransfer(NodeId From, NodeId To, long TransferCost, long UnitCost, int Days);
