using System;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Measures;

namespace OrderKernel.Adapters.Csv.Profiles;

/// <summary>Writes values as samples state them, so that a value of another type is another text: whole numbers plain, prices,
/// moments and texts in quotes.</summary>
internal static class SampleValue
{
    public const string Empty = "null";

    public static string Of(object? value) => value switch
    {
        null => Empty,
        Quantity quantity => quantity.Units.ToString(CultureInfo.InvariantCulture),
        int number => number.ToString(CultureInfo.InvariantCulture),
        decimal price => Quoted(Plain(price)),
        Instant moment => Quoted(InstantPattern.ExtendedIso.Format(moment)),
        _ => Quoted((string)value),
    };

    public static string Of(JsonElement stated, FieldKind kind) => stated.ValueKind == JsonValueKind.String
        ? Quoted(Canonical(stated.GetString()!, kind))
        : stated.GetRawText();

    // 12.50 and 12.5 are one price, 08:00+08:00 and 00:00Z one moment. What is neither stays as it stands, and differs.
    private static string Canonical(string text, FieldKind kind)
    {
        if (kind is FieldKind.Moment or FieldKind.Promise && OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true } moment)
        {
            return InstantPattern.ExtendedIso.Format(moment.Value.ToInstant());
        }

        bool price = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount);
        return price && kind == FieldKind.Price ? Plain(amount) : text;
    }

    private static string Plain(decimal price) => price.ToString("0.##########", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => "\"" + text + "\"";
}
