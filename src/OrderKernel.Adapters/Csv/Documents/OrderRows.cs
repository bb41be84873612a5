using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Adapters.Csv.Documents;

/// <summary>The rows of an orders document that carry one order number, in their order.</summary>
internal sealed class OrderRows
{
    private const int Named = 10;
    private readonly List<CsvRow> rows = new();

    private OrderRows(OrderId order) => Order = order;

    public OrderId Order { get; }

    public IReadOnlyList<CsvRow> All => rows;

    /// <summary>The order, from whatever its rows state of it.</summary>
    public CsvRow Merged => rows.Count == 1 ? rows[0] : rows[0].With(rows);

    /// <summary>The rows by order, in the order in which each first stands.</summary>
    public static IReadOnlyList<OrderRows> Of(CsvDocument document)
    {
        var all = new List<OrderRows>();
        var byOrder = new Dictionary<OrderId, OrderRows>();
        foreach (CsvRow row in document.Rows)
        {
            var order = new OrderId(row.Text("order")!);
            if (!byOrder.TryGetValue(order, out OrderRows? own))
            {
                own = new OrderRows(order);
                byOrder.Add(order, own);
                all.Add(own);
            }

            own.rows.Add(row);
        }

        return all;
    }

    /// <summary>What the rows contradict each other in, each field once. A cell that says nothing contradicts nothing.</summary>
    public ImmutableArray<Finding> Disagreements(ImportProfile profile, string file)
    {
        if (rows.Count == 1)
        {
            return ImmutableArray<Finding>.Empty;
        }

        var found = ImmutableArray.CreateBuilder<Finding>();
        ImmutableArray<FieldShape> fields = DocumentShape.Orders.Fields;
        for (int i = 0; i < fields.Length; i++)
        {
            CsvRow[] stating = rows.Where(row => row.Stated(i) is not null).ToArray();
            if (stating.Any(row => !Equals(row.Stated(i), stating[0].Stated(i))))
            {
                string named = string.Join(
                    ", ", stating.Take(Named).Select(static row => row.Row.ToString(CultureInfo.InvariantCulture)));
                found.Add(CsvFindings.RowsDisagree.About(
                    file, profile.ColumnOf(fields[i].Name), stating.Length > Named ? named + " …" : named));
            }
        }

        return found.ToImmutable();
    }
}
