using System;
using OrderKernel.Journal;
using OrderKernel.Measures;
using System.Text.Json;

namespace OrderKernel.Stock;

/// <summary>The smallest place the ledger knows: one SKU at one node, of one lot, belonging to one owner.</summary>
/// <remarks><para>Cells compare by SKU, node, lot and owner, ordinally: the order in which a store locks them.</para></remarks>
public readonly record struct StockCell : IComparable<StockCell>
{
    /// <summary>Makes a cell.</summary>
    /// <param name="sku">The SKU.</param>
    /// <param name="node">The node.</param>
    /// <param name="lot">The lot; <c>default</c> for goods without.</param>
    /// <param name="owner">The owner; <c>default</c> for the tenant's own goods.</param>
    public StockCell(Sku sku, NodeId node, LotId lot = default, OwnerId owner = default)
    {
        Sku = sku;
        Node = node;
        Lot = lot;
        Owner = owner;
    }

    /// <summary>The SKU.</summary>
    public Sku Sku { get; }

    /// <summary>The node.</summary>
    public NodeId Node { get; }

    /// <summary>The lot; <c>default</c> for goods without.</summary>
    public LotId Lot { get; }

    /// <summary>The owner; <c>default</c> for the tenant's own goods.</summary>
    public OwnerId Owner { get; }

    /// <summary>The same goods at another node.</summary>
    /// <param name="node">The other node.</param>
    public StockCell At(NodeId node) => new(Sku, node, Lot, Owner);

    /// <inheritdoc />
    public int CompareTo(StockCell other)
    {
        int order = Sku.CompareTo(other.Sku);
        order = order != 0 ? order : Node.CompareTo(other.Node);
        order = order != 0 ? order : Lot.CompareTo(other.Lot);
        return order != 0 ? order : Owner.CompareTo(other.Owner);
    }

    /// <summary>SKU, node, lot and owner joined by slashes, for messages.</summary>
    public override string ToString() => $"{Sku}@{Node}/{Lot}/{Owner}";

    internal JsonText WriteTo(JsonText json)
    {
        json.Member("sku", Sku.Text).Member("node", Node.Text);
        if (Lot != default)
        {
            json.Member("lot", Lot.Text);
        }

        return Owner == default ? json : json.Member("owner", Owner.Text);
    }

    internal static StockCell Read(JsonElement json) => new(
        new Sku(json.Text("sku")),
        new NodeId(json.Text("node")),
        LotId.FromText(json.OptionalText("lot") ?? string.Empty),
        OwnerId.FromText(json.OptionalText("owner") ?? string.Empty));
}
