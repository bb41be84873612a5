using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using NodaTime;
using OrderHub.Playing;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Orders;

namespace OrderHub.Importing;

/// <summary>The figures of a run as one JSON line; what the source does not state is null.</summary>
internal static class ProfileFigures
{
    public static string Json(
        ImportProfile profile, OrderDocuments documents, IReadOnlyCollection<OrderState> orders, Tally tally,
        Instant asOf, decimal seconds)
    {
        OnTimeReport report = OnTimeReport.Of(orders, asOf);
        bool promises = profile.States("promised_at");
        bool shipments = profile.States("shipped_at");
        bool deliveries = profile.States("delivered_at");
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("rows", documents.Rows);
            json.WriteNumber("orders", orders.Count);
            json.WriteNumber("deadLetters", documents.DeadOrders.Length);
            Write(json, "shipped", shipments, Came(report.ShippedByFirst));
            Write(json, "delivered", deliveries, Came(report.DeliveredByFirst));
            Write(json, "onTimeShipped", shipments && promises, report.ShippedByFirst.OnTime);
            Write(json, "onTimeDelivered", deliveries && promises, report.DeliveredByFirst.OnTime);
            json.WriteNumber("open", orders.Count(static order => !order.Stage.IsFinal));
            json.WriteNumber("events", tally.Events);
            json.WriteNumber("commands", tally.Commands);
            json.WritePropertyName("seconds");
            json.WriteRawValue(seconds.ToString("F3", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static long Came(OnTimeRate rate) => rate.Counted + rate.WithoutPromise;

    private static void Write(Utf8JsonWriter json, string name, bool isStated, long figure)
    {
        if (isStated)
        {
            json.WriteNumber(name, figure);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
