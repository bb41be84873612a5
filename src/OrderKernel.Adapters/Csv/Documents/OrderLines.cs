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

/// <summary>The lines of a lines document, by order.</summary>
internal sealed class OrderLines
{
    private readonly Dictionary<OrderId, List<(int Row, NewLine Line)>> byOrder = new();
    private readonly Dictionary<string, int> deadByOrder = new(StringComparer.Ordinal);
    private readonly List<DeadLetter> dead;
    private readonly string file;

    private OrderLines(CsvDocument document)
    {
        file = document.File;
        dead = new List<DeadLetter>(document.DeadLetters);
    }

    public ImmutableArray<DeadLetter> Dead => ImmutableArray.CreateRange(dead);

    public int Untaken { get; private set; }

    public static OrderLines Of(ImportProfile profile, CsvDocument document)
    {
        var lines = new OrderLines(document);
        foreach (CsvRow row in document.Rows)
        {
            lines.Add(profile, row);
        }

        foreach (DeadLetter letter in document.DeadLetters)
        {
            if (letter.Key is { } order && !lines.deadByOrder.ContainsKey(order))
            {
                lines.deadByOrder.Add(order, letter.Row);
            }
        }

        lines.dead.Sort(static (a, b) => a.Row.CompareTo(b.Row));
        return lines;
    }

    /// <summary>The lines of an order, or the reasons why it cannot have them.</summary>
    public ImmutableArray<NewLine> Take(OrderId order, ImmutableArray<Finding>.Builder reasons)
    {
        if (deadByOrder.TryGetValue(order.Text, out int row))
        {
            reasons.Add(CsvFindings.OrderLineDead.About(file, string.Empty, file, row.ToString(CultureInfo.InvariantCulture)));
            return ImmutableArray<NewLine>.Empty;
        }

        if (!byOrder.TryGetValue(order, out List<(int Row, NewLine Line)>? own))
        {
            reasons.Add(CsvFindings.OrderWithoutLines.About(file, string.Empty, file));
            return ImmutableArray<NewLine>.Empty;
        }

        Untaken -= own.Count;
        byOrder.Remove(order);
        return ImmutableArray.CreateRange(own.Select(static entry => entry.Line));
    }

    private void Add(ImportProfile profile, CsvRow row)
    {
        var order = new OrderId(row.Text("order")!);
        if (!byOrder.TryGetValue(order, out List<(int Row, NewLine Line)>? own))
        {
            own = new List<(int Row, NewLine Line)>();
            byOrder.Add(order, own);
        }

        int number = row.Number("line") ?? own.Count + 1;
        int at = own.FindIndex(entry => entry.Line.Number == number);
        if (at >= 0)
        {
            string first = own[at].Row.ToString(CultureInfo.InvariantCulture);
            dead.Add(new DeadLetter(file, row.Row, ImmutableArray.Create(CsvFindings.LineRepeated.About(file, "line", first))));
            deadByOrder[order.Text] = row.Row;
            return;
        }

        UnitPrice? price = row.Price("price") is { } amount ? new UnitPrice(amount, profile.Currency) : null;
        own.Add((row.Row, new NewLine(number, new Sku(row.Text("sku")!), row.Quantity("quantity")!.Value, price)));
        Untaken++;
    }
}
