using System;
using System.Collections.Immutable;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Calendars;
using OrderKernel.China;
using OrderKernel.Findings;
using Xunit;

namespace OrderKernel.Definitions.Tests.Calendars;

public class WorkingCalendarTests
{
    private static readonly WorkingCalendar Plant = WorkingCalendar.Read("""
        { "id": "plant", "names": { "en": "Plant", "zh": "工厂" }, "cut_off": "16:00", "hours": "08:00-12:00 13:00-17:00",
          "week": ["mon", "tue", "wed", "thu", "fri", "sat"],
          "years": [ { "year": 2026, "off": ["2026-10-01/2026-10-07"], "make_up": ["2026-10-11"] } ] }
        """).OrThrow();

    [Theory]
    [InlineData(9, 30, 16, 0, 30)] // a Wednesday at the cut-off counts for the day itself
    [InlineData(9, 30, 16, 1, 8)] // a minute later for the first working day after the holiday
    [InlineData(10, 3, 9, 0, 8)]
    public void AnOrder_CountsForTheDayUpToTheCutOff(int month, int day, int hour, int minute, int expectedDay)
    {
        LocalDate counted = Plant.CountsFor(At(month, day, hour, minute))!.Value;
        Assert.Equal(expectedDay, counted.Day);
        Assert.Equal(DayKind.Working, Plant.KindOf(counted));
    }

    [Theory]
    [InlineData(9, 30, 16, 0, 60, 9, 30, 17, 0)]
    [InlineData(9, 30, 16, 0, 61, 10, 8, 8, 1)] // past the holiday
    [InlineData(9, 30, 11, 30, 60, 9, 30, 13, 30)] // past the break
    [InlineData(10, 10, 7, 0, 480 + 1, 10, 11, 8, 1)] // a Sunday, worked to make up
    public void WorkingTime_PassesOnlyWhileWorkGoesOn(
        int month, int day, int hour, int minute, int minutes, int toMonth, int toDay, int toHour, int toMinute)
    {
        Instant from = At(month, day, hour, minute);
        Instant to = At(toMonth, toDay, toHour, toMinute);
        Assert.Equal(to, Plant.AddWorkingTime(from, Duration.FromMinutes(minutes)));
        Assert.Equal(Duration.FromMinutes(minutes), Plant.WorkingTimeBetween(from, to));
    }

    [Fact]
    public void WorkingTime_AddedIsWorkingTimeBetween() => Prop.ForAll(
        Gen.Choose(0, 300 * 1440).Select(m => Plant.StartOf(new LocalDate(2026, 1, 1)) + Duration.FromMinutes(m)).ToArbitrary(),
        Gen.Choose(1, 9_999).ToArbitrary(),
        (from, minutes) =>
        {
            Instant? to = Plant.AddWorkingTime(from, Duration.FromMinutes(minutes));
            return to is null || (Plant.WorkingTimeBetween(from, to.Value) == Duration.FromMinutes(minutes)
                && Plant.WorkingTimeBetween(from, to.Value - Duration.FromNanoseconds(1)) < Duration.FromMinutes(minutes));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void WorkingDays_ThereAndBackAreTheSame() => Prop.ForAll(
        Gen.Choose(1, 1000).Select(n => new LocalDate(2024, 1, 1).PlusDays(n)).ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(),
        (day, days) => ChineseCalendar.Working.KindOf(day) != DayKind.Working
            || ChineseCalendar.Working.AddWorkingDays(day, days) is not { } there
            || ChineseCalendar.Working.AddWorkingDays(there, -days) == day).QuickCheckThrowOnFailure();

    [Fact]
    public void ADay_IsOfTheBusinessZone()
    {
        Instant late = Instant.FromUtc(2026, 3, 1, 16, 0);
        Assert.Equal(new LocalDate(2026, 3, 2), Plant.DayOf(late));
        Assert.Equal(late, Plant.StartOf(new LocalDate(2026, 3, 2)));
        WorkingCalendar abroad = WorkingCalendar.Read(
            """{ "id": "ny", "names": { "en": "New York", "zh": "纽约" }, "zone": "America/New_York" }""").OrThrow();
        Assert.Equal(new LocalDate(2026, 3, 1), abroad.DayOf(late));
        Assert.Contains("\"zone\":\"America/New_York\"", abroad.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void CanonicalForm_RoundTripsAndDoesNotDependOnHowItWasWritten()
    {
        Assert.Equal(Plant.ToJson(), WorkingCalendar.Read(Plant.ToJson()).OrThrow().ToJson());
        Assert.Equal(ChineseCalendar.Working.ToJson(), WorkingCalendar.Read(ChineseCalendar.Working.ToJson()).OrThrow().ToJson());
        WorkingCalendar other = WorkingCalendar.Read("""
            { "years": [ { "make_up": ["2026-10-11"], "off": ["2026-10-04/2026-10-07", "2026-10-03", "2026-10-01/2026-10-02"], "year": 2026 } ],
              "week": ["sat", "mon", "tue", "wed", "thu", "fri"], "hours": "08:00-12:00 13:00-17:00", "cut_off": "16:00", "zone": "+08:00",
              "names": { "zh": "工厂", "en": "Plant" }, "id": "plant" }
            """).OrThrow();
        Assert.Equal(Plant.ToJson(), other.ToJson());
    }

    [Fact]
    public void ABadText_IsRefusedWithEveryFaultAndItsPlace()
    {
        ImmutableArray<Finding> findings = WorkingCalendar.Read("""
            { "id": "Plant!", "names": { "en": "Plant" }, "zone": "Mars/Olympus", "cut_off": "25:00", "hours": "12:00-08:00",
              "week": ["mon", "someday", "mon"], "colour": 1,
              "years": [ { "year": 2026, "off": ["2026-02-30", "2025-01-01", "2026-05-01/2026-05-03"], "make_up": ["2026-05-03"] },
                         { "year": 2026 } ],
              "festivals": [ { "id": "f", "names": { "en": "F", "zh": "节" }, "dates": ["2026-01-01", "2026-09-09"] } ] }
            """).Findings;
        string[] expected =
        {
            "definition.member_unknown $", "definition.member_missing $.names", "definition.value_wrong $.id",
            "definition.value_wrong $.zone", "definition.value_wrong $.cut_off", "definition.value_wrong $.hours",
            "definition.value_wrong $.week[1]", "definition.repeated $.week[2]", "definition.value_wrong $.years[0].off[0]",
            "definition.value_wrong $.years[0].off[1]", "definition.repeated $.years[0].make_up[0]", "definition.repeated $.years[1]",
            "definition.repeated $.festivals[0].dates[1]",
        };
        Assert.Equal(expected.Order(StringComparer.Ordinal), findings.Select(f => f.Code + " " + f.Subject).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{ \"id\": }", "$")]
    [InlineData("[]", "$")]
    public void ATextThatIsNoObject_IsRefusedNotThrown(string text, string place) =>
        Assert.Equal(place, Assert.Single(WorkingCalendar.Read(text).Findings).Subject);

    private static Instant At(int month, int day, int hour, int minute) =>
        Plant.StartOf(new LocalDate(2026, month, day)) + Duration.FromMinutes((hour * 60) + minute);
}
