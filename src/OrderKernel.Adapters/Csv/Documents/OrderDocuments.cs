using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Adapters.Csv.Documents;

/// <summary>The orders of a source: those that can be captured, and every row that cannot.</summary>
/// <remarks>
/// <para>Nothing is lost: the rows of the orders document are the orders, the dead letters and the continued rows of that
/// document together.
/// An order with a dead line, or with rows that contradict each other, is a dead letter itself, for an order is not taken in
/// part.</para>
/// <para>Lines of orders that were not read are no dead letters; <see cref="OrphanLines"/> counts them.</para>
/// </remarks>
public sealed class OrderDocuments
{
    private OrderDocuments(
        int rows, ImmutableArray<ImportedOrder> orders, ImmutableArray<DeadLetter> dead, ImmutableArray<DeadLetter> deadLines,
        int orphans, int continued)
    {
        Rows = rows;
        Orders = orders;
        DeadOrders = dead;
        DeadLines = deadLines;
        OrphanLines = orphans;
        ContinuedRows = continued;
    }

    /// <summary>How many rows the orders document has.</summary>
    public int Rows { get; }

    /// <summary>The orders, in the order of the file.</summary>
    public ImmutableArray<ImportedOrder> Orders { get; }

    /// <summary>The dead rows of the orders document, in its order.</summary>
    public ImmutableArray<DeadLetter> DeadOrders { get; }

    /// <summary>The dead rows of the lines document, in its order; may be empty.</summary>
    public ImmutableArray<DeadLetter> DeadLines { get; }

    /// <summary>How many readable lines belong to no order that was read.</summary>
    public int OrphanLines { get; }

    /// <summary>How many rows only repeat an order for a further line; zero unless the profile says that rows
    /// are lines.</summary>
    public int ContinuedRows { get; }

    /// <summary>The one line of an order whose lines nobody states: one piece of <c>DECLARED</c>.</summary>
    public static NewLine DeclaredLine { get; } = new(1, new Sku("DECLARED"), new Quantity(1));

    /// <summary>Joins an orders document with its lines.</summary>
    /// <param name="profile">Whose documents they are.</param>
    /// <param name="orders">The orders document.</param>
    /// <param name="lines">The lines document; null gives every order <see cref="DeclaredLine"/>.</param>
    public static OrderDocuments Join(ImportProfile profile, CsvDocument orders, CsvDocument? lines)
    {
        if (profile is null || orders is null)
        {
            throw new ArgumentNullException(profile is null ? nameof(profile) : nameof(orders));
        }

        OrderLines? read = lines is null ? null : OrderLines.Of(profile, lines);
        var dead = new List<DeadLetter>(orders.DeadLetters);
        var joined = ImmutableArray.CreateBuilder<ImportedOrder>(orders.Rows.Length);
        bool rowIsLine = profile.Document(DocumentShape.Orders.Kind)!.IsRowPerLine;
        Dictionary<string, int> deadByOrder = DeadByOrder(rowIsLine ? orders.DeadLetters : ImmutableArray<DeadLetter>.Empty);
        int continued = 0;
        foreach (OrderRows rows in OrderRows.Of(orders))
        {
            OrderRow head = OrderRow.Of(rowIsLine ? rows.Merged : rows.All[0]);
            var reasons = ImmutableArray.CreateBuilder<Finding>();
            reasons.AddRange(rows.Disagreements(profile, orders.File));
            bool whole = rowIsLine || reasons.Count > 0;
            if (deadByOrder.TryGetValue(rows.Order.Text, out int row))
            {
                reasons.Add(CsvFindings.OrderRowDead.About(orders.File, string.Empty, Digits(row)));
            }

            OrderHead.Check(orders.File, profile, rowIsLine ? rows.Merged : rows.All[0], reasons);
            ImmutableArray<NewLine> own = read is null
                ? ImmutableArray.Create(DeclaredLine)
                : read.Take(rows.Order, reasons);
            if (reasons.Count == 0)
            {
                joined.Add(new ImportedOrder(head, own));
                continued += rowIsLine ? rows.All.Count - 1 : 0;
            }

            foreach (CsvRow one in rows.All.Where((_, i) => reasons.Count > 0 && (whole || i == 0)))
            {
                dead.Add(new DeadLetter(orders.File, one.Row, reasons.ToImmutable()));
            }

            foreach (CsvRow again in rows.All.Skip(whole ? rows.All.Count : 1))
            {
                dead.Add(new DeadLetter(orders.File, again.Row, ImmutableArray.Create(CsvFindings.OrderRepeated.About(
                    orders.File, profile.ColumnOf("order"), Digits(head.Row)))));
            }
        }

        dead.Sort(static (a, b) => a.Row.CompareTo(b.Row));
        return new OrderDocuments(
            orders.Count, joined.ToImmutable(), ImmutableArray.CreateRange(dead),
            read?.Dead ?? ImmutableArray<DeadLetter>.Empty, read?.Untaken ?? 0, continued);
    }

    private static Dictionary<string, int> DeadByOrder(ImmutableArray<DeadLetter> letters)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (DeadLetter letter in letters)
        {
            if (letter.Key is { } order && !first.ContainsKey(order))
            {
                first.Add(order, letter.Row);
            }
        }

        return first;
    }

    private static string Digits(int row) => row.ToString(CultureInfo.InvariantCulture);
}
