using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Tells the orders that borrowed which of their pieces lie there now, who has waited longest first; issued by the desk after
/// whatever raised a cell that may be borrowed from, and by the timer where the desk did not come to it.</summary>
/// <remarks><para>It moves nothing in the ledger: what was borrowed was reserved already. It says which of it may leave.</para></remarks>
public sealed record CoverBorrowed : KernelCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="stream">The stream of the command that raised the cells.</param>
    /// <param name="cause">That command.</param>
    /// <param name="sku">The SKU whose cells were raised.</param>
    /// <param name="chunk">Counts the commands that follow this cause for this SKU, from 0.</param>
    /// <param name="most">How many orders it tells at most.</param>
    public CoverBorrowed(StreamId stream, CommandId cause, Sku sku, int chunk, int most)
    {
        Stream = stream;
        Cause = cause;
        Sku = sku;
        Chunk = chunk;
        Most = most;
    }

    /// <inheritdoc />
    public override StreamId Stream { get; }

    /// <summary>The command that raised the cells.</summary>
    public CommandId Cause { get; }

    /// <summary>The SKU whose cells were raised.</summary>
    public Sku Sku { get; }

    /// <summary>Counts the commands that follow this cause for this SKU.</summary>
    public int Chunk { get; }

    /// <summary>How many orders it tells at most.</summary>
    public int Most { get; }

    /// <inheritdoc />
    public override string CommandType => "stock.cover";

    internal override void WriteBody(JsonText json) => json.Member("category", Stream.Category).Member("key", Stream.Key)
        .Member("cause", Cause.ToString()).Member("sku", Sku.Text).Member("chunk", Chunk).Member("most", Most);

    internal static CoverBorrowed Read(JsonElement json) => new(
        new StreamId(json.Text("category"), json.Text("key")), new CommandId(Guid.Parse(json.Text("cause"))), new Sku(json.Text("sku")),
        json.Int("chunk"), json.Int("most"));

    /// <summary>Decides: what all orders borrowed in a cell beyond its debt lies there, and is shared out by waiting time.</summary>
    internal Decision Decide(DecisionContext context)
    {
        Dictionary<StockCell, long> come = BorrowedPieces.Come(context.Stock, context.Sight.Borrowed);
        List<BorrowedPieces> waiting = BorrowedPieces.Of(context.Sight.Others, Sku);

        // The orders in sight may be the first of many. What those beyond wait for has waited no longer than the last of these.
        Instant last = context.Sight.Others.Length < Most ? Instant.MaxValue
            : waiting.GroupBy(static one => one.Order).Select(static order => order.Min(static one => one.Since))
                .DefaultIfEmpty(Instant.MaxValue).Max();
        var covered = new Dictionary<OrderId, List<Take>>();
        foreach (BorrowedPieces one in waiting)
        {
            come.TryGetValue(one.Cell, out long left);
            long part = one.Since <= last ? Math.Min(left, one.Units) : 0;
            if (part > 0)
            {
                come[one.Cell] = left - part;
                if (!covered.TryGetValue(one.Order, out List<Take>? takes))
                {
                    covered.Add(one.Order, takes = new List<Take>());
                }

                takes.Add(new Take(one.Line, one.Cell, new Quantity(part)));
            }
        }

        var streams = ImmutableArray.CreateBuilder<StreamEvents>(covered.Count);
        foreach (SeenOrder other in context.Sight.Others.Where(other => covered.ContainsKey(other.Order)))
        {
            ImmutableArray<Take> takes = ImmutableArray.CreateRange(covered[other.Order]
                .GroupBy(static take => (take.Line, take.Cell))
                .OrderBy(same => other.State.IndexOfLine(same.Key.Line))
                .Select(static same => new Take(
                    same.Key.Line, same.Key.Cell, Quantity.Total(same.Select(static take => take.Quantity.Units)))));
            streams.Add(new StreamEvents(
                new StreamId(StreamId.OrderCategory, other.Order.Text),
                ImmutableArray.Create<DomainEvent>(new OrderStockCovered(context.Now, takes))));
        }

        return streams.Count == 0 ? Decision.AlreadyTrue() : Decision.Accept(streams.ToImmutable());
    }
}

/// <summary>Pieces that a line borrowed in a cell and waits for.</summary>
internal readonly record struct BorrowedPieces(OrderId Order, int Line, StockCell Cell, long Units, Instant Since)
{
    /// <summary>What orders borrowed of a SKU, longest first; among equals by order and line.</summary>
    public static List<BorrowedPieces> Of(ImmutableArray<SeenOrder> orders, Sku sku)
    {
        var all = new List<BorrowedPieces>();
        foreach (SeenOrder order in orders)
        {
            foreach (OrderLine line in order.State.Lines.Where(line => line.Sku == sku))
            {
                all.AddRange(line.Borrowed.Select(
                    one => new BorrowedPieces(order.Order, line.Number, one.Cell, one.Quantity.Units, one.Since)));
            }
        }

        return all.OrderBy(static one => one.Since).ThenBy(static one => one.Order).ThenBy(static one => one.Line).ToList();
    }

    /// <summary>What is borrowed by cell, over all orders; in the order of cells.</summary>
    public static ImmutableArray<KeyValuePair<StockCell, long>> Sum(IEnumerable<BorrowedPieces> all)
    {
        var sums = new SortedDictionary<StockCell, long>();
        foreach (BorrowedPieces one in all)
        {
            sums.TryGetValue(one.Cell, out long before);
            sums[one.Cell] = checked(before + one.Units);
        }

        return ImmutableArray.CreateRange(sums);
    }

    /// <summary>How much of what is borrowed has come, by cell: what is borrowed less what the cell still owes.</summary>
    public static Dictionary<StockCell, long> Come(StockPicture stock, ImmutableArray<KeyValuePair<StockCell, long>> borrowed)
    {
        var come = new Dictionary<StockCell, long>();
        foreach (KeyValuePair<StockCell, long> cell in borrowed)
        {
            come[cell.Key] = Math.Max(0, cell.Value - stock.DebtOf(cell.Key));
        }

        return come;
    }
}
