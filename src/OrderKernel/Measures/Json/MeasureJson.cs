using System;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace OrderKernel.Measures;

/// <summary>Writes ids and values with System.Text.Json as people write them: an id as its text, a quantity as a number, an amount as an
/// object. The types carry it, so nothing has to be registered.</summary>
/// <remarks>
/// <para>Shape: ids are strings, also as keys of a dictionary; lots and owners that are not given are null. Money is
/// <c>{"minor_units":1250,"currency":"CNY","places":2}</c>, a price <c>{"amount":"0.0035","currency":"CNY","places":2}</c>, a currency
/// <c>{"currency":"CNY","places":2}</c>, whatever names the options prefer. What the kernel itself stores and hashes is not written by it.
/// </para>
/// <para>Units: an <see cref="Instant"/> is ISO 8601 in UTC; add this to the options of a host to have them so everywhere.</para>
/// <para>Errors: whatever cannot be read throws <see cref="JsonException"/>, which says what was expected. A price may also be read from
/// a number.</para>
/// </remarks>
public sealed class MeasureJson : JsonConverterFactory
{
    /// <inheritdoc />
    public override bool CanConvert(Type typeToConvert) => Find(typeToConvert) is not null;

    /// <inheritdoc />
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => Find(typeToConvert);

    // A list rather than reflection, so that trimming and ahead-of-time compilation leave nothing out.
    private static JsonConverter? Find(Type? type) =>
        type == typeof(OrderId) ? new IdJson<OrderId>("order id", static text => new OrderId(text), static id => id.Text)
        : type == typeof(Sku) ? new IdJson<Sku>("SKU", static text => new Sku(text), static id => id.Text)
        : type == typeof(NodeId) ? new IdJson<NodeId>("node id", static text => new NodeId(text), static id => id.Text)
        : type == typeof(PartnerId) ? new IdJson<PartnerId>("partner id", static text => new PartnerId(text), static id => id.Text)
        : type == typeof(DocumentId) ? new IdJson<DocumentId>("document id", static text => new DocumentId(text), static id => id.Text)
        : type == typeof(ShipmentId) ? new IdJson<ShipmentId>("shipment id", static text => new ShipmentId(text), static id => id.Text)
        : type == typeof(TenantId) ? new IdJson<TenantId>("tenant id", static text => new TenantId(text), static id => id.Text)
        : type == typeof(LotId) ? new IdJson<LotId>("lot id", LotId.FromText, static id => id.Text, mayBeNone: true)
        : type == typeof(OwnerId) ? new IdJson<OwnerId>("owner id", OwnerId.FromText, static id => id.Text, mayBeNone: true)
        : type == typeof(CommandId) ? new CommandIdJson()
        : type == typeof(Quantity) ? new QuantityJson()
        : type == typeof(Money) ? new MoneyJson()
        : type == typeof(UnitPrice) ? new UnitPriceJson()
        : type == typeof(Currency) ? new CurrencyJson()
        : type == typeof(Instant) ? new InstantJson()
        : null;
}
