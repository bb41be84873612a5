using System;
using System.Globalization;
using System.Linq;
using NodaTime.Text;
using OrderKernel.Findings;

namespace OrderKernel.Fields;

/// <summary>The canonical forms of values, by type.</summary>
internal static class FieldValues
{
    public static string? Canonical(FieldDefinition field, string value) => field.Type switch
    {
        FieldType.Text => TextRule.Fault(value, field.MaxLength) is null && value.Trim().Length > 0 ? value : null,
        FieldType.WholeNumber => Integer(value),
        FieldType.DecimalNumber => Decimal(value, field.Places),
        FieldType.Money => Money(value),
        FieldType.Date => LocalDatePattern.Iso.Parse(value).Success ? value : null,
        FieldType.Boolean => value is "true" or "false" ? value : null,
        _ => field.Choices.Any(choice => string.Equals(choice.Code, value, StringComparison.Ordinal)) ? value : null,
    };

    public static string Expected(FieldDefinition field) => field.Type switch
    {
        FieldType.Text => "1-" + field.MaxLength.ToString(CultureInfo.InvariantCulture),
        FieldType.WholeNumber => "12",
        FieldType.DecimalNumber => 12m.ToString("F" + field.Places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        FieldType.Money => "12.50 CNY",
        FieldType.Date => "2026-11-21",
        FieldType.Boolean => "true, false",
        _ => string.Join(", ", field.Choices.Select(static choice => choice.Code)),
    };

    private static string? Integer(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;

    // Kept with exactly the stated places, so that one number has one form.
    private static string? Decimal(string value, int places)
    {
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        bool fits = decimal.TryParse(value, plain, CultureInfo.InvariantCulture, out decimal number)
            && Math.Abs(number) <= 1_000_000_000_000m && decimal.Round(number, places, MidpointRounding.ToEven) == number;
        return fits ? number.ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;
    }

    private static string? Money(string value)
    {
        int space = value.IndexOf(' ');
        if (space < 1 || value.Length != space + 4 || !value.Skip(space + 1).All(static c => c is >= 'A' and <= 'Z'))
        {
            return null;
        }

        string? amount = Decimal(value.Substring(0, space), 4);
        return amount is null ? null : string.Concat(Trimmed(amount), " ", value.Substring(space + 1));
    }

    // Two places, or as many more as the amount needs.
    private static string Trimmed(string amount) =>
        amount.EndsWith("00", StringComparison.Ordinal) ? amount.Substring(0, amount.Length - 2) : amount.TrimEnd('0');
}
