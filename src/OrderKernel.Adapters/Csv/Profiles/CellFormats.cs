using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;

namespace OrderKernel.Adapters.Csv.Profiles;

/// <summary>How dates and numbers are written in a document, and what counts as an empty cell.</summary>
internal sealed record CellFormats(
    ImmutableArray<string> DateTexts, ImmutableArray<LocalDatePattern> Dates,
    ImmutableArray<string> MomentTexts, ImmutableArray<LocalDateTimePattern> Moments,
    ImmutableArray<OffsetDateTimePattern> Offsets, string Decimal, string Thousands, ImmutableArray<string> NullWords, DateTimeZone Zone)
{
    /// <summary>What a profile gets that states nothing.</summary>
    public static CellFormats Default { get; } = new(
        ImmutableArray.Create("uuuu-MM-dd"),
        ImmutableArray.Create(LocalDatePattern.Iso),
        ImmutableArray.Create("uuuu-MM-dd HH:mm:ss", "uuuu-MM-dd HH:mm"),
        ImmutableArray.Create(
            LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss"),
            LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm")),
        ImmutableArray<OffsetDateTimePattern>.Empty, ".", string.Empty, ImmutableArray<string>.Empty, DateTimeZone.Utc);

    /// <summary>The patterns of dates and moments, for people who must correct a cell.</summary>
    public string Known => string.Join(" | ", DateTexts.AddRange(MomentTexts));
}
