using NodaTime;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>Pieces promised from a node for a day, wherever they come from by then.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Node">The node they leave from.</param>
/// <param name="Day">The day they must be there; a day in the past means today.</param>
/// <param name="Quantity">How much.</param>
/// <param name="GoodUntil">The last day they must still be good; null for <paramref name="Day"/>.</param>
/// <param name="Segment">Whose quota it uses, dots nesting (<c>online.vip</c> lies in <c>online</c>); empty for none.</param>
/// <param name="Tier">How firm it is: quote 0, planned 1, firm 2, picked 3.</param>
/// <param name="Reference">Whom it is for, such as an order and line; for people.</param>
public sealed record DatedHold(
    Sku Sku, NodeId Node, LocalDate Day, Quantity Quantity, LocalDate? GoodUntil = null, string Segment = "",
    int Tier = 2, string Reference = "");

/// <summary>What is kept at a node whatever is asked.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Node">The node.</param>
/// <param name="Quantity">How much is kept.</param>
public sealed record SafetyStock(Sku Sku, NodeId Node, Quantity Quantity);

/// <summary>The most that a segment of customers or channels may take in a span of days.</summary>
/// <remarks><para>Quotas nest by their names: what <c>online.vip</c> takes counts for <c>online</c> too, and it may take no
/// more than the least of both leaves.</para></remarks>
/// <param name="Segment">The segment.</param>
/// <param name="Sku">The SKU.</param>
/// <param name="Limit">The most.</param>
/// <param name="From">The first day, inclusive.</param>
/// <param name="To">The last day, inclusive.</param>
/// <param name="Node">The node it is of; null for all nodes together.</param>
public sealed record SegmentQuota(
    string Segment, Sku Sku, Quantity Limit, LocalDate From, LocalDate To, NodeId? Node = null)
{
    /// <summary>Whether a segment lies in this quota's.</summary>
    internal bool Covers(string segment) =>
        segment.StartsWith(Segment, System.StringComparison.Ordinal)
        && (segment.Length == Segment.Length || segment[Segment.Length] == '.');
}
