using System;
using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;

namespace OrderKernel.Adapters.Csv.Profiles;

/// <summary>What a profile states for all its documents and a document may state anew.</summary>
internal sealed record Settings(
    char Delimiter, string Quotes, string Encoding, CellFormats Formats, DateMeaning Promise, DateMeaning Fact)
{
    public static readonly string[] Names =
    {
        "zone", "delimiter", "quotes", "encoding", "dates", "moments", "decimal", "thousands", "nullWords", "dateOnly",
    };

    private static readonly string[] Encodings = { "auto", "utf-8", "gb18030", "utf-16le", "utf-16be" };

    public static Settings Default { get; } = new(
        ',', "checked", "auto", CellFormats.Default, DateMeaning.EndOfDay, DateMeaning.StartOfDay);

    public static Settings Read(ProfileNode node, Settings above)
    {
        node.Member("dateOnly").Members("promise", "fact");
        string delimiter = node.Member("delimiter").OneOf(above.Delimiter.ToString(), ",", ";", "\t", "|");
        string encoding = node.Member("encoding").OneOf(above.Encoding, Encodings);
        return new Settings(
            delimiter[0], node.Member("quotes").OneOf(above.Quotes, "checked", "none", "trusted"), encoding,
            ReadFormats(node, above.Formats),
            Meaning(node.Member("dateOnly").Member("promise"), above.Promise),
            Meaning(node.Member("dateOnly").Member("fact"), above.Fact));
    }

    private static DateMeaning Meaning(ProfileNode node, DateMeaning above)
    {
        string text = node.Text(above.Text);
        if (DateMeaning.Read(text) is { } meaning)
        {
            return meaning;
        }

        node.Fault(ProfileFaults.ValueUnknown, text, "start_of_day, end_of_day, 18:00");
        return above;
    }

    private static CellFormats ReadFormats(ProfileNode node, CellFormats above)
    {
        CellFormats formats = above;
        ProfileNode dates = node.Member("dates");
        if (dates.IsPresent)
        {
            ImmutableArray<string> texts = dates.Texts(above.DateTexts);
            formats = formats with
            {
                DateTexts = texts,
                Dates = Patterns(dates, texts, "uuuu-MM-dd", LocalDatePattern.CreateWithInvariantCulture),
            };
        }

        ProfileNode moments = node.Member("moments");
        if (moments.IsPresent)
        {
            ImmutableArray<string> texts = moments.Texts(above.MomentTexts);
            formats = formats with
            {
                MomentTexts = texts,
                Moments = Patterns(
                    moments, texts.RemoveAll(HasOffset), "uuuu-MM-dd HH:mm", LocalDateTimePattern.CreateWithInvariantCulture),
                Offsets = Patterns(moments, texts.RemoveAll(static text => !HasOffset(text)), "uuuu-MM-dd HH:mm:ss o<m>", Offset),
            };
        }

        formats = formats with
        {
            Decimal = node.Member("decimal").OneOf(above.Decimal, ".", ","),
            Thousands = node.Member("thousands").OneOf(above.Thousands, string.Empty, ",", ".", " ", "'"),
            NullWords = node.Member("nullWords").Texts(above.NullWords),
            Zone = Zone(node.Member("zone"), above.Zone),
        };
        bool stated = node.Member("decimal").IsPresent || node.Member("thousands").IsPresent;
        if (stated && formats.Decimal == formats.Thousands)
        {
            node.Member("thousands").Fault(ProfileFaults.Same, "decimal", "thousands");
        }

        return formats;
    }

    private static bool HasOffset(string pattern) => pattern == "iso" || pattern.Contains("o<");

    private static OffsetDateTimePattern Offset(string pattern) => pattern == "iso"
        ? OffsetDateTimePattern.Rfc3339
        : OffsetDateTimePattern.CreateWithInvariantCulture(pattern);

    private static ImmutableArray<T> Patterns<T>(
        ProfileNode node, ImmutableArray<string> texts, string example, Func<string, T> make)
    {
        var patterns = ImmutableArray.CreateBuilder<T>();
        foreach (string text in texts)
        {
            try
            {
                patterns.Add(make(text));
            }
            catch (InvalidPatternException failure)
            {
                node.Fault(ProfileFaults.PatternInvalid, text, failure.Message, example);
            }
        }

        return patterns.ToImmutable();
    }

    private static DateTimeZone Zone(ProfileNode node, DateTimeZone above)
    {
        if (!node.IsPresent)
        {
            return above;
        }

        string name = node.Text(above.Id);
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } zone)
        {
            return zone;
        }

        node.Fault(ProfileFaults.ValueUnknown, name, "IANA: Asia/Shanghai, UTC …");
        return above;
    }
}
