using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Calendars;
using OrderKernel.China;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Definitions.Tests.Calendars;

public class ChineseCalendarTests
{
    private static WorkingCalendar China => ChineseCalendar.Working;

    [SharedDataFact("data/holiday-cn/2026.json")]
    public void EveryDay_IsAsThePublishedDataSetSays()
    {
        foreach (int year in new[] { 2024, 2025, 2026 })
        {
            var named = new Dictionary<LocalDate, bool>();
            using JsonDocument file = JsonDocument.Parse(File.ReadAllText(SharedDataFactAttribute.Locate($"data/holiday-cn/{year}.json")));
            foreach (JsonElement day in file.RootElement.GetProperty("days").EnumerateArray())
            {
                named[LocalDatePattern.Iso.Parse(day.GetProperty("date").GetString()!).Value] = day.GetProperty("isOffDay").GetBoolean();
            }

            int working = 0;
            for (var day = new LocalDate(year, 1, 1); day.Year == year; day = day.PlusDays(1))
            {
                bool off = named.TryGetValue(day, out bool isOff) ? isOff : day.DayOfWeek >= IsoDayOfWeek.Saturday;
                Assert.True(China.KindOf(day) == (off ? DayKind.Off : DayKind.Working), $"{day} is {China.KindOf(day)}");
                working += off ? 0 : 1;
            }

            Assert.NotEmpty(named);
            Assert.Equal(year == 2024 ? 251 : 248, working);
        }
    }

    [Theory]
    [InlineData(2, "2026-02-14")] // a Saturday, worked to make up
    [InlineData(3, "2026-02-24")]
    [InlineData(-1, "2026-02-11")]
    public void WorkingDays_CountMakeUpDaysAndPassTheSpringFestival(int days, string expected) =>
        Assert.Equal(Day(expected), China.AddWorkingDays(new LocalDate(2026, 2, 12), days));

    [Theory]
    [InlineData(2026, "2026-02-02", "2026-02-16")]
    [InlineData(2027, "2027-01-22", "2027-02-05")]
    public void FifteenDaysBeforeTheSpringFestival_EndOnItsEve(int year, string from, string to)
    {
        Festival festival = China.Festival(ChineseCalendar.SpringFestival)!;
        Assert.Equal(new DateInterval(Day(from), Day(to)), festival.Window(year));
        Assert.False(festival.IsNear(Day(from).PlusDays(-1)));
        Assert.True(festival.IsNear(Day(from)));
        Assert.True(festival.IsNear(Day(to)));
        Assert.False(festival.IsNear(Day(to).PlusDays(1)));
    }

    [Fact]
    public void AYearWithoutANotice_IsUnknownAndSoIsWhatNeedsIt()
    {
        Assert.Equal(DayKind.Unknown, China.KindOf(new LocalDate(2027, 1, 1)));
        Assert.Equal(DayKind.Unknown, China.KindOf(new LocalDate(2023, 12, 31)));
        Assert.Null(China.AddWorkingDays(new LocalDate(2026, 12, 31), 1));
        Assert.Equal(new LocalDate(2026, 12, 31), China.AddWorkingDays(new LocalDate(2026, 12, 30), 1));
        Assert.Null(China.NextWorkingDay(new LocalDate(2026, 12, 31)));
        Assert.Null(China.Festival(ChineseCalendar.SpringFestival)!.Window(2031));
        Assert.Null(China.Festival(ChineseCalendar.SpringFestival)!.IsNear(new LocalDate(2031, 1, 10)));
    }

    [Fact]
    public void LunarFestivals_LieInsideTheirStatutoryHolidays()
    {
        foreach (Festival festival in China.Festivals)
        {
            foreach (LocalDate date in festival.Dates)
            {
                Assert.NotEqual(DayKind.Working, China.KindOf(date));
            }
        }
    }

    [Fact]
    public void LunarFestivals_AreThoseOfTheLunisolarCalendar()
    {
        var lunar = new System.Globalization.ChineseLunisolarCalendar();
        foreach ((string code, int month, int day) in new[]
        {
            (ChineseCalendar.SpringFestival, 1, 1), (ChineseCalendar.DragonBoat, 5, 5), (ChineseCalendar.MidAutumn, 8, 15),
        })
        {
            foreach (LocalDate date in China.Festival(code)!.Dates)
            {
                int leap = lunar.GetLeapMonth(date.Year);
                int ordinal = leap > 0 && leap <= month ? month + 1 : month;
                Assert.Equal(lunar.ToDateTime(date.Year, ordinal, day, 0, 0, 0, 0), date.ToDateTimeUnspecified());
            }
        }
    }

    private static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).Value;
}
