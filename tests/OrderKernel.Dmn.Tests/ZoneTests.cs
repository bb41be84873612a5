using System;
using System.Globalization;
using System.Linq;
using NodaTime;
using NodaTime.TimeZones;
using OrderKernel.Adapters.Dmn.Values;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>Dates and times in named zones: moments on one line of time, whatever the clocks do.</summary>
public sealed class ZoneTests
{
    private static readonly Instant From = Instant.FromUtc(1890, 1, 1, 0, 0);
    private static readonly Instant To = Instant.FromUtc(2060, 1, 1, 0, 0);

    [Theory]
    [InlineData("(@\"2026-03-29T01:30:00@Europe/Berlin\" + @\"PT2H\") - @\"2026-03-29T01:30:00@Europe/Berlin\"", "PT2H")]
    [InlineData("@\"2026-03-29T01:30:00@Europe/Berlin\" + @\"PT1H\"", "2026-03-29T03:30:00@Europe/Berlin")]
    [InlineData("@\"2026-03-29T01:59:59@Europe/Berlin\" + @\"PT1S\"", "2026-03-29T03:00:00@Europe/Berlin")]
    [InlineData("@\"2026-03-29T03:30:00@Europe/Berlin\" - @\"PT1H\"", "2026-03-29T01:30:00@Europe/Berlin")]
    [InlineData("@\"2026-03-28T12:00:00@Europe/Berlin\" + @\"P1D\"", "2026-03-29T13:00:00@Europe/Berlin")]
    [InlineData("@\"2026-02-28T02:30:00@Europe/Berlin\" + @\"P1M\"", "2026-03-28T02:30:00@Europe/Berlin")]
    [InlineData("@\"2026-02-28T02:30:00@Europe/Berlin\" + @\"P1M\" + @\"P1D\"", "2026-03-29T03:30:00@Europe/Berlin")]
    [InlineData("@\"2026-02-28T02:30:00@Asia/Shanghai\" + @\"P1D\"", "2026-03-01T02:30:00@Asia/Shanghai")]
    [InlineData("@\"2026-03-29T02:30:00@Europe/Berlin\"", "2026-03-29T03:30:00@Europe/Berlin")]
    [InlineData("date and time(\"2026-03-29T02:30:00@Europe/Berlin\")", "2026-03-29T03:30:00@Europe/Berlin")]
    [InlineData("date and time(date(\"2026-03-29\"), time(\"02:30:00@Europe/Berlin\"))", "2026-03-29T03:30:00@Europe/Berlin")]
    [InlineData("date and time(@\"2026-03-29T02:30:00\", \"Europe/Berlin\")", "2026-03-29T03:30:00@Europe/Berlin")]
    [InlineData("@\"2026-01-29T02:30:00@Europe/Berlin\" + @\"P2M\"", "2026-03-29T03:30:00@Europe/Berlin")]
    [InlineData("@\"2026-03-29T02:30:00@Europe/Berlin\".time offset", "PT2H")]
    [InlineData("@\"2026-10-25T02:30:00@Europe/Berlin\".time offset", "PT2H")]
    [InlineData("(@\"2026-10-25T02:30:00@Europe/Berlin\" + @\"PT1H\").time offset", "PT1H")]
    [InlineData("(@\"2026-10-25T02:30:00@Europe/Berlin\" + @\"PT1H\").timezone", "Europe/Berlin")]
    [InlineData("@\"2026-10-25T02:30:00@Europe/Berlin\" + @\"PT1H\"", "2026-10-25T02:30:00+01:00")]
    [InlineData("@\"2026-10-25T02:30:00@Europe/Berlin\" + @\"PT1H\" + @\"P12M\"", "2027-10-25T02:30:00@Europe/Berlin")]
    [InlineData("(@\"2026-10-25T02:30:00@Europe/Berlin\" + @\"PT1H\" + @\"P0M\").time offset", "PT1H")]
    [InlineData("@\"2020-10-25T02:30:00@Europe/Berlin\" + @\"PT1H\" + @\"P6Y\"", "2026-10-25T02:30:00+01:00")]
    [InlineData("@\"2020-10-25T02:30:00@Europe/Berlin\" + @\"P6Y\"", "2026-10-25T02:30:00@Europe/Berlin")]
    [InlineData("@\"2026-10-25T02:30:00@Europe/Berlin\" < @\"2026-10-25T02:30:00@Europe/Berlin\" + @\"PT1H\"", "true")]
    [InlineData("@\"2026-10-25T02:30:00@Europe/Berlin\" + @\"PT1H\" = @\"2026-10-25T09:30:00@Asia/Shanghai\"", "true")]
    [InlineData("@\"2026-03-29T03:15:00@Europe/Berlin\" - @\"2026-03-29T09:00:00@Asia/Shanghai\"", "PT15M")]
    [InlineData("@\"2026-03-29T02:30:00@Europe/Berlin\" > @\"2026-03-29T01:45:00@Europe/Berlin\"", "true")]
    [InlineData("@\"2026-10-25T02:30:00+01:00\" in [@\"2026-10-25T02:00:00@Europe/Berlin\"..@\"2026-10-25T02:59:00@Europe/Berlin\"]",
        "false")]
    [InlineData("time(@\"2026-07-01T10:00:00@Europe/Berlin\")", "10:00:00@Europe/Berlin")]
    [InlineData("time(@\"2026-07-01T10:00:00@Europe/Berlin\") = @\"10:00:00@Europe/Berlin\"", "true")]
    [InlineData("is(@\"2026-07-01T10:00:00@Europe/Berlin\", @\"2026-07-01T10:00:00+02:00\")", "false")]
    [InlineData("(@\"12026-03-29T01:30:00@Europe/Berlin\" + @\"P400D\") - @\"12026-03-29T01:30:00@Europe/Berlin\"", "P400D")]
    public void Moment_InAZone_Answers(string expression, string expected) => Assert.Equal(expected, Expression.Answer(expression));

    [Fact]
    public void EveryZone_AroundItsChanges_AddsWhatSubtractionGivesBack()
    {
        var law = new Expression("[(a + b) - a = b, (a - b) + b = a, (a + b > a) = (b > @\"PT0S\"), a - @\"1970-01-01T00:00:00Z\"]");
        var random = new Random(3);
        int changes = 0;
        foreach (string id in DateTimeZoneProviders.Tzdb.Ids)
        {
            DateTimeZone zone = DateTimeZoneProviders.Tzdb[id];
            foreach (ZoneInterval interval in zone.GetZoneIntervals(From, To).Where(i => i.HasStart && i.Start >= From))
            {
                changes++;
                LocalDateTime local = interval.Start.WithOffset(interval.WallOffset).LocalDateTime
                    .PlusSeconds(random.Next(-10_000, 10_000));
                string text = local.ToString("uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "@" + id;
                long nanoseconds = random.NextInt64(-200_000, 200_000) * (random.Next(4) == 0 ? 1_000_000_007L : 1_000_000_000L);
                FeelValue answer = law.Ask(FeelValue.Temporal(text), Days(Duration.FromNanoseconds(nanoseconds)));
                Duration since = local.InZoneLeniently(zone).ToInstant() - NodaConstants.UnixEpoch;
                string expected = "[true, true, true, " + Days(since).ToLiteral() + "]";
                Assert.True(expected == answer.ToLiteral(), $"{text} and {nanoseconds}: {answer.ToLiteral()} but {expected}");
            }
        }

        Assert.True(changes > 20_000, $"Only {changes} changes of clocks were seen.");
    }

    [Fact]
    public void EveryMoment_Written_ReadsBackToTheSameMoment()
    {
        var sum = new Expression("a + b");
        var same = new Expression("a = b");
        var random = new Random(4);
        foreach (string id in DateTimeZoneProviders.Tzdb.Ids)
        {
            DateTimeZone zone = DateTimeZoneProviders.Tzdb[id];
            foreach (ZoneInterval interval in zone.GetZoneIntervals(From, To).Where(i => i.HasStart && i.Start >= From)
                .Where(_ => random.Next(8) == 0))
            {
                // Offsets of more than fourteen hours have no text in FEEL; Manila and Alaska had them before 1900.
                FeelValue start = FeelValue.Temporal(interval.Start.InUtc().LocalDateTime
                    .ToString("uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "@Etc/UTC");
                Assert.True(start.Kind == FeelKind.DateTime);
                FeelValue placed = FeelValue.Temporal(interval.Start.InZone(zone).LocalDateTime.PlusHours(-3)
                    .ToString("uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "@" + id);
                FeelValue moved = sum.Ask(placed, Days(Duration.FromSeconds(random.Next(0, 20_000))));
                FeelValue read = FeelValue.Temporal(moved.ToString());
                Assert.True(same.Ask(moved, read).ToString() == "true", $"{placed} moved to {moved}, read as {read}");
                Assert.True(FeelJson.Read(FeelJson.Write(moved)).IsSameAs(moved));
            }
        }
    }

    private static FeelValue Days(Duration duration)
    {
        decimal seconds = Math.Abs((decimal)duration.ToBigIntegerNanoseconds()) / 1_000_000_000m;
        return FeelValue.Temporal((duration < Duration.Zero ? "-" : string.Empty) + "PT"
            + seconds.ToString("0.#########", CultureInfo.InvariantCulture) + "S");
    }
}
