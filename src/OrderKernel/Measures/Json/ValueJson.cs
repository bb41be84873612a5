using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace OrderKernel.Measures;

/// <summary>A quantity, as a whole number of JSON.</summary>
internal sealed class QuantityJson : JsonConverter<Quantity>
{
    public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long units) && units >= 0
            ? new Quantity(units)
            : throw new JsonException("This is no quantity: a whole number from 0 to 9223372036854775807 is one.");

    public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Units);
}

/// <summary>An amount, as minor units and currency.</summary>
internal sealed class MoneyJson : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonElement json = CurrencyJson.Object(ref reader, "amount of money");
        return json.TryGetProperty("minor_units", out JsonElement units) && units.ValueKind == JsonValueKind.Number
            && units.TryGetInt64(out long minor)
            ? new Money(minor, CurrencyJson.Of(json))
            : throw new JsonException("'minor_units' is no whole number of minor units.");
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        if (CurrencyJson.IsNone(writer, value.Currency))
        {
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber("minor_units", value.MinorUnits);
        CurrencyJson.Write(writer, value.Currency);
        writer.WriteEndObject();
    }
}

/// <summary>A price, as an exact decimal in a string and currency.</summary>
internal sealed class UnitPriceJson : JsonConverter<UnitPrice>
{
    public override UnitPrice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonElement json = CurrencyJson.Object(ref reader, "price");
        try
        {
            return json.TryGetProperty("amount", out JsonElement amount) && Exact(amount) is { } exact
                ? new UnitPrice(exact, CurrencyJson.Of(json))
                : throw Wrong();
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Wrong();
        }
    }

    public override void Write(Utf8JsonWriter writer, UnitPrice value, JsonSerializerOptions options)
    {
        if (CurrencyJson.IsNone(writer, value.Currency))
        {
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("amount", value.Amount.ToString(CultureInfo.InvariantCulture));
        CurrencyJson.Write(writer, value.Currency);
        writer.WriteEndObject();
    }

    private static decimal? Exact(JsonElement amount) => amount.ValueKind switch
    {
        JsonValueKind.Number when amount.TryGetDecimal(out decimal number) => number,
        JsonValueKind.String when decimal.TryParse(
            amount.GetString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) => number,
        _ => null,
    };

    private static JsonException Wrong() => new("'amount' is no price: a number from 0 to 10^12 with at most 10 decimal places is one.");
}

/// <summary>A currency, as code and places.</summary>
internal sealed class CurrencyJson : JsonConverter<Currency>
{
    public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Of(Object(ref reader, "currency"));

    public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options)
    {
        if (IsNone(writer, value))
        {
            return;
        }

        writer.WriteStartObject();
        Write(writer, value);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, Currency currency)
    {
        writer.WriteString("currency", currency.Code);
        writer.WriteNumber("places", currency.DecimalPlaces);
    }

    // As with ids, a default that is a bug is shown as nothing.
    public static bool IsNone(Utf8JsonWriter writer, Currency currency)
    {
        if (currency == default)
        {
            writer.WriteNullValue();
        }

        return currency == default;
    }

    public static JsonElement Object(ref Utf8JsonReader reader, string name) => reader.TokenType == JsonTokenType.StartObject
        ? JsonElement.ParseValue(ref reader)
        : throw new JsonException($"This is no {name}: an object with 'currency' and 'places' is one.");

    public static Currency Of(JsonElement json)
    {
        if (!json.TryGetProperty("currency", out JsonElement code) || code.ValueKind != JsonValueKind.String
            || !json.TryGetProperty("places", out JsonElement places) || places.ValueKind != JsonValueKind.Number
            || !places.TryGetInt32(out int decimalPlaces))
        {
            throw Wrong();
        }

        try
        {
            return new Currency(code.GetString()!, decimalPlaces);
        }
        catch (ArgumentException)
        {
            throw Wrong();
        }
    }

    private static JsonException Wrong() =>
        new("'currency' and 'places' name no currency: three capital letters and a number from 0 to 4 do.");
}

/// <summary>A moment, as ISO 8601 in UTC.</summary>
internal sealed class InstantJson : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        ParseResult<Instant>? parsed = reader.TokenType == JsonTokenType.String
            ? InstantPattern.ExtendedIso.Parse(reader.GetString()!)
            : null;
        return parsed is { Success: true }
            ? parsed.Value
            : throw new JsonException("This is no moment: text such as 2026-11-02T01:00:00Z is one.");
    }

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
        writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
}
