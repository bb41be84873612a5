using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using NodaTime;
using OrderHub.Playing;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Board;
using OrderKernel.Orders;

namespace OrderHub.Importing;

/// <summary>The figures of a run as one JSON line; what the source does not state is null. Counts order by order and keeps none, so
/// that a run of any length holds on to the same. Safe to share between threads.</summary>
/// <param name="last">The last moment that the source states, which decides what is overdue; null when it states none.</param>
internal sealed class ProfileFigures(Instant? last)
{
    private readonly object gate = new();
    private readonly HeapGauge heap = new();
    private readonly Instant asOf = last ?? Instant.FromUnixTimeTicks(0);
    private long open;
    private long shipped;
    private long delivered;
    private long shippedOnTime;
    private long deliveredOnTime;

    /// <summary>Counts an order as it is stored.</summary>
    public void Add(OrderState order)
    {
        OnTimeReport report = OnTimeReport.Of([order], asOf);
        lock (gate)
        {
            open += order.Stage.IsFinal ? 0 : 1;
            shipped += Came(report.ShippedByFirst);
            delivered += Came(report.DeliveredByFirst);
            shippedOnTime += report.ShippedByFirst.OnTime;
            deliveredOnTime += report.DeliveredByFirst.OnTime;
        }

        heap.Step();
    }

    public string Json(ImportProfile profile, Survey survey, Tally tally, decimal seconds)
    {
        bool promises = profile.States("promised_at");
        bool shipments = profile.States("shipped_at");
        bool deliveries = profile.States("delivered_at");
        heap.Look();
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("rows", survey.Rows);
            json.WriteNumber("orders", survey.Orders);
            json.WriteNumber("deadLetters", survey.DeadOrders.Count);
            Write(json, "shipped", shipments, shipped);
            Write(json, "delivered", deliveries, delivered);
            Write(json, "onTimeShipped", shipments && promises, shippedOnTime);
            Write(json, "onTimeDelivered", deliveries && promises, deliveredOnTime);
            json.WriteNumber("open", open);
            json.WriteNumber("events", tally.Events);
            json.WriteNumber("commands", tally.Commands);
            json.WritePropertyName("seconds");
            json.WriteRawValue(seconds.ToString("F3", CultureInfo.InvariantCulture));
            json.WritePropertyName("heapMiB");
            json.WriteRawValue(heap.Peak);
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
