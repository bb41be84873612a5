using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>Understands the text of one cell as a field's kind, or says why not.</summary>
internal static class CellReader
{
    private const int KeyLength = 64;
    private const int TextLength = 400;

    // As spreadsheets show a number that is too long for them. A digit, so that 12E+05 stays the name it may be.
    private static readonly Regex Scientific = new(@"^[+-]?[0-9]([.,][0-9]+)?[Ee][+-][0-9]{2,3}$", RegexOptions.CultureInvariant);

    /// <summary>The text without what spreadsheets put around it; null when nothing is left or it is a null word. An apostrophe before
    /// it, which marks a number as text, stays only before free text.</summary>
    public static string? Plain(string cell, FieldShape field, CellFormats formats)
    {
        string text = cell.Trim();
        if (text.Length > 0 && text[0] == '\'' && (field.Kind != FieldKind.Text || IsId(field)))
        {
            text = text.Substring(1).Trim();
        }

        if (text.Length >= 3 && text.StartsWith("=\"", StringComparison.Ordinal) && text[text.Length - 1] == '"')
        {
            text = text.Substring(2, text.Length - 3).Trim();
        }

        return text.Length == 0 || formats.NullWords.Contains(text) ? null : text;
    }

    public static object? Read(string text, FieldShape field, DocumentProfile profile, string column, out Finding? fault)
    {
        fault = null;
        object? value = field.Kind switch
        {
            FieldKind.Key => Text(text, KeyLength, field, profile, column, out fault),
            FieldKind.Text => Text(text, TextLength, field, profile, column, out fault),
            FieldKind.Quantity => WholeNumber(text, profile.Formats, long.MaxValue) is { } units ? new Quantity(units) : null,
            FieldKind.Number => WholeNumber(text, profile.Formats, int.MaxValue) is { } number ? (int)number : null,
            FieldKind.Price => Price(text, profile.Formats),
            FieldKind.Promise => Moment(text, profile.Formats, profile.PromiseDateOnly),
            _ => Moment(text, profile.Formats, profile.FactDateOnly),
        };
        if (value is null && fault is null)
        {
            fault = field.Kind switch
            {
                FieldKind.Price => CsvFindings.NotPrice.About("cell", column),
                FieldKind.Moment or FieldKind.Promise => CsvFindings.NotDate.About("cell", column, profile.Formats.Known),
                _ => CsvFindings.NotQuantity.About("cell", column),
            };
        }

        return value;
    }

    private static string? Text(
        string text, int most, FieldShape field, DocumentProfile profile, string column, out Finding? fault)
    {
        fault = null;
        if (profile.Words.TryGetValue(field.Name, out ImmutableSortedDictionary<string, string>? words))
        {
            if (words.TryGetValue(text, out string? code) || words.ContainsValue(text))
            {
                return code ?? text;
            }

            fault = CsvFindings.NotWord.About("cell", column, string.Join(", ", words.Keys));
            return null;
        }

        if (IsId(field) && Scientific.IsMatch(text))
        {
            fault = CsvFindings.ScientificId.About("cell", column);
            return null;
        }

        string? wrong = TextRule.Fault(text, most);
        if (wrong == "too_long" && profile.Shortened.Contains(field.Name))
        {
            text = Shorten(text, most);
            wrong = TextRule.Fault(text, most);
        }

        if (wrong is null && field.Kind == FieldKind.Key)
        {
            wrong = TextRule.IdFault(text, most);
        }

        fault = wrong is null ? null
            : wrong is "control" or "noncharacter" or "direction" ? CsvFindings.UnfitId.About("cell", column)
            : wrong == "too_long" ? CsvFindings.TooLong.About("cell", column, most.ToString(CultureInfo.InvariantCulture))
            : CsvFindings.NotText.About("cell", column, profile.Encoding);
        return wrong is null ? text : null;
    }

    // The number in the source system is free text, yet names the order.
    private static bool IsId(FieldShape field) => field.Kind == FieldKind.Key || field.Name == "external_key";

    private static string Shorten(string text, int most)
    {
#if NET
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
#else
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text));
#endif
        int kept = most - 9;
        kept -= char.IsHighSurrogate(text[kept - 1]) ? 1 : 0;
        var shortened = new StringBuilder(text, 0, kept, most).Append('~');
        for (int i = 0; i < 4; i++)
        {
            shortened.Append(hash[i].ToString("x2", CultureInfo.InvariantCulture));
        }

        return shortened.ToString();
    }

    // "1,200.000" is twelve hundred pieces; "1.5" is none.
    private static long? WholeNumber(string text, CellFormats formats, long most) =>
        Number(text, formats) is { } number && number >= 1m && number <= most && decimal.Truncate(number) == number
            ? (long)number
            : null;

    private static decimal? Price(string text, CellFormats formats) =>
        Number(text, formats) is { } price && price >= 0m && price <= 1_000_000_000_000m
            && decimal.Round(price, 10, MidpointRounding.ToEven) == price
            ? price
            : null;

    private static decimal? Number(string text, CellFormats formats)
    {
        string plain = formats.Thousands.Length > 0 ? text.Replace(formats.Thousands, string.Empty) : text;
        if (formats.Decimal == ",")
        {
            plain = plain.Contains('.') ? string.Empty : plain.Replace(',', '.');
        }

        const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        bool read = decimal.TryParse(plain, Plain, CultureInfo.InvariantCulture, out decimal number);
        return read ? number : null;
    }

    private static Instant? Moment(string text, CellFormats formats, DateMeaning dateOnly)
    {
        foreach (LocalDatePattern pattern in formats.Dates)
        {
            if (pattern.Parse(text) is { Success: true } date)
            {
                return InRange(date.Value) ? Microseconds.Cut(dateOnly.Of(date.Value, formats.Zone)) : null;
            }
        }

        foreach (LocalDateTimePattern pattern in formats.Moments)
        {
            if (pattern.Parse(text) is { Success: true } moment)
            {
                return InRange(moment.Value.Date)
                    ? Microseconds.Cut(formats.Zone.AtLeniently(moment.Value).ToInstant())
                    : null;
            }
        }

        foreach (OffsetDateTimePattern pattern in formats.Offsets)
        {
            if (pattern.Parse(text) is { Success: true } moment)
            {
                return InRange(moment.Value.Date) ? Microseconds.Cut(moment.Value.ToInstant()) : null;
            }
        }

        return null;
    }

    // Beyond these years a date is a typing error, and instants near the ends of time overflow.
    private static bool InRange(LocalDate date) => date.Year is >= 1900 and <= 9000;
}
