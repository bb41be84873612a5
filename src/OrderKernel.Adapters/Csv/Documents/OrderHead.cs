using System.Collections.Immutable;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Csv.Documents;

/// <summary>Whether what a source says of an order lets it be taken.</summary>
internal static class OrderHead
{
    public static void Check(string file, ImportProfile profile, CsvRow row, ImmutableArray<Finding>.Builder reasons)
    {
        OrderRow head = OrderRow.Of(row);
        bool mayBeUnstated = head.ShippedAt is null && !profile.States("shipped_at");
        if (head.DeliveredAt is { } delivered && !mayBeUnstated && !(head.ShippedAt <= delivered))
        {
            reasons.Add(CsvFindings.DeliveredBeforeShipped.About(file, profile.ColumnOf("delivered_at")));
        }

        string column = profile.ColumnOf(OrderStatus.Field);
        string? status = row.Text(OrderStatus.Field);
        if (status is null && profile.States(OrderStatus.Field))
        {
            reasons.Add(CsvFindings.Empty.About(file, column));
        }
        else if (status == OrderStatus.LeftOut)
        {
            reasons.Add(CsvFindings.OrderLeftOut.About(file, column));
        }
        else if (status == OrderStatus.Unpaid && !head.IsCancelled && head.LeftAt is null)
        {
            reasons.Add(CsvFindings.OrderUnpaid.About(file, column));
        }

        if (head.IsCancelled && head.LeftAt is not null)
        {
            reasons.Add(CsvFindings.CancelledButLeft.About(
                file, head.CancelledAt is null ? column : profile.ColumnOf("cancelled_at")));
        }
    }
}
