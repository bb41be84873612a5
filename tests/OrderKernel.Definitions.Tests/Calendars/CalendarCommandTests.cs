using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using NodaTime;
using OrderKernel.Calendars;
using OrderKernel.China;
using OrderKernel.Cli;
using OrderKernel.Definitions.Tests.Packs;
using OrderKernel.Packs;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Definitions.Tests.Calendars;

/// <summary><c>orderkernel calendar</c>: the next year is loaded as a file. The notice of 2027 is made up here.</summary>
[Collection("console")]
public sealed class CalendarCommandTests : IDisposable
{
    private const string Made = """
        { "year": 2027, "papers": [], "days": [
          { "name": "元旦", "date": "2027-01-01", "isOffDay": true }, { "name": "春节", "date": "2027-02-05", "isOffDay": true },
          { "name": "春节", "date": "2027-02-08", "isOffDay": true }, { "name": "春节", "date": "2027-02-20", "isOffDay": false } ] }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SharedDataFact("data/holiday-cn/2026.json")]
    public void ThePublishedFiles_AreWhatIsBuiltIn_AndReadTwiceChangeNothing()
    {
        string[] files = [.. new[] { 2024, 2025, 2026 }.Select(
            static year => SharedDataFactAttribute.Locate($"data/holiday-cn/{year}.json"))];
        Assert.Equal(0, Run(["check", .. files]).Exit);
        Assert.All(files, static file => Assert.Empty(
            HolidayNotice.Read(File.ReadAllText(file)).OrThrow().Differences(ChineseCalendar.Working)));
        string into = Path.Combine(folder, "cn.json");
        Assert.Equal(0, Run(["import", .. files, "--into", into]).Exit);
        WorkingCalendar written = WorkingCalendar.Read(File.ReadAllText(into)).OrThrow();
        Assert.Equal(ChineseCalendar.Working.ToJson(), written.ToJson());
    }

    [Fact]
    public void ImportedIntoACalendarFile_TheYearIsKnownToAPromise()
    {
        string into = Path.Combine(folder, "cn.json");
        (int exit, string said) = Run("import", Write("2027.json", Made), "--into", into, "--lang", "zh-CN");
        Assert.Equal((0, $"ok {into} 已包含 2027 年。"), (exit, said.Trim()));
        WorkingCalendar calendar = WorkingCalendar.Read(File.ReadAllText(into)).OrThrow();
        Assert.Equal(
            [DayKind.Off, DayKind.Off, DayKind.Working, DayKind.Working, DayKind.Unknown],
            new[] { (2027, 1, 1), (2027, 2, 8), (2027, 2, 9), (2027, 2, 20), (2028, 1, 4) }.Select(
                day => calendar.KindOf(new LocalDate(day.Item1, day.Item2, day.Item3))));

        string input = Write("in.json", """
            { "today": "2026-12-29", "asked_at": "2026-12-29T09:00:00+08:00", "days": 20,
              "calendar": { "id": "cn", "en": "China", "zh": "中国",
              "years": [{ "year": 2026, "off": [], "make_up": [] }] },
              "supplies": [{ "sku": "A", "node": "W1", "kind": "receipt", "quantity": 5, "from": "2026-12-31" }],
              "lanes": [{ "node": "W1", "handling_days": 3, "transit_days": 1, "stated_buffer_days": 0 }],
              "lines": [{ "line": 1, "sku": "A", "quantity": 2, "asked": "2027-01-08" }] }
            """);
        using var without = new StringWriter();
        using var with = new StringWriter();
        PromiseCommand.Run(new FileInfo(input), true, Findings.Language.English, without);
        Assert.Equal(0, PromiseCommand.Run(new FileInfo(input), true, Findings.Language.English, with, new FileInfo(into)));
        Assert.False(JsonDocument.Parse(without.ToString()).RootElement.GetProperty("full").GetBoolean());
        Assert.True(JsonDocument.Parse(with.ToString()).RootElement.GetProperty("full").GetBoolean(), with.ToString());
    }

    [Fact]
    public void ADayOffOfTheDecemberBefore_ThatTheNextNoticeWorks_IsWorked_AndTheOtherWayRound()
    {
        string first = Write("2027.json", """
            { "year": 2027, "days": [ { "name": "a", "date": "2027-12-30", "isOffDay": true },
              { "name": "b", "date": "2027-12-25", "isOffDay": false },
              { "name": "c", "date": "2027-12-18", "isOffDay": true } ] }
            """);
        string next = Write("2028.json", """
            { "year": 2028, "days": [ { "name": "a", "date": "2027-12-30", "isOffDay": false },
              { "name": "b", "date": "2027-12-25", "isOffDay": true }, { "name": "c", "date": "2028-01-03", "isOffDay": true },
              { "name": "d", "date": "2027-12-18", "isOffDay": false } ] }
            """);
        string into = Path.Combine(folder, "cn.json");
        Assert.Equal(0, Run("import", first, "--into", into).Exit);
        (int exit, string said) = Run("import", next, "--into", into);
        Assert.Equal(1, exit);
        Assert.Contains("2027-12-30", said, System.StringComparison.Ordinal);
        Assert.Contains("2027-12-25", said, System.StringComparison.Ordinal);
        Assert.Equal(0, Run("import", next, "--into", into, "--replace").Exit);
        WorkingCalendar calendar = WorkingCalendar.Read(File.ReadAllText(into)).OrThrow();
        Assert.Equal(
            [DayKind.Working, DayKind.Off, DayKind.Off, DayKind.Working],
            new[] { new LocalDate(2027, 12, 30), new LocalDate(2027, 12, 25), new LocalDate(2028, 1, 3), new LocalDate(2027, 12, 18) }
                .Select(calendar.KindOf));
    }

    [Fact]
    public void ImportedIntoANewPack_TheYearIsKnownToTheDesk_BesideThePacksThatLackIt()
    {
        string pack = Path.Combine(folder, "YEARS");
        Assert.Equal(0, Run("import", Write("2027.json", Made), "--into", pack).Exit);
        Pack years = Pack.Read(PackFolder.Read(pack)).OrThrow();
        ActiveDefinitions active = Activated(Activated(ActiveDefinitions.None, Samples.Of("MEDICAL2026")), years);
        Assert.Equal(DayKind.Off, active.Orders.Calendar!.KindOf(new LocalDate(2027, 2, 8)));
        Assert.Equal(DayKind.Off, active.Orders.Calendar.KindOf(new LocalDate(2026, 10, 1)));
        Assert.Equal(DayKind.Unknown, active.Orders.Calendar.KindOf(new LocalDate(2028, 1, 4)));
        Assert.NotNull(active.Orders.Calendar.Festival(ChineseCalendar.SpringFestival));

        // A later year raises the version of the pack, so that it can be activated again.
        string later = Write("2028.json", Made.Replace("2027", "2028", StringComparison.Ordinal));
        Assert.Equal(0, Run("import", later, "--into", pack).Exit);
        Pack again = Pack.Read(PackFolder.Read(pack)).OrThrow();
        Assert.Equal(2, again.Version);
        Assert.Equal(DayKind.Off, Activated(active, again).Orders.Calendar!.KindOf(new LocalDate(2028, 1, 1)));
    }

    [Fact]
    public void PacksThatContradictEachOtherInAYear_AreStillRefused()
    {
        string pack = Path.Combine(folder, "YEARS");
        string other = Write("2026.json", Made.Replace("2027", "2026", StringComparison.Ordinal));
        Assert.Equal(1, Run("import", other, "--into", pack).Exit);
        Assert.False(Directory.Exists(pack));
        Assert.Equal(0, Run("import", other, "--into", pack, "--replace").Exit);
        ActiveDefinitions active = Activated(ActiveDefinitions.None, Samples.Of("MEDICAL2026"));
        Assert.Equal("pack.conflict", Assert.Single(active.Conflicts(Pack.Read(PackFolder.Read(pack)).OrThrow())).Code);
    }

    [Fact]
    public void WhatContradictsWhatIsKnown_IsToldDayByDay_AndTakenOnlyOnPurpose()
    {
        string file = Write("2026.json", """
            { "year": 2026, "papers": [], "days": [ { "name": "x", "date": "2026-01-01", "isOffDay": true } ] }
            """);
        (int exit, string said) = Run("check", file);
        Assert.Equal(1, exit);
        Assert.Contains(
            "refusal calendar.worked_differs [2026.json 2026-10-01] 2026-10-01 is worked here, but known as a day off.", said,
            StringComparison.Ordinal);
        Assert.Contains("calendar.off_differs [2026.json 2026-02-14]", said, StringComparison.Ordinal);
        Assert.Equal(0, Run("check", file, "--replace").Exit);
        string before = Write("2027.json", Made.Replace("2027-01-01", "2026-12-31", StringComparison.Ordinal));
        Assert.Contains("calendar.off_differs [2027.json 2026-12-31]", Run("check", before).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFaultOfAFile_IsToldAtOnce_AndNothingIsWritten()
    {
        string file = Write("2027.json", """
            { "year": 2027, "days": [ { "name": "x", "date": "2027-13-01", "isOffDay": true }, { "date": "2025-01-01", "isOffDay": true },
              { "date": "2027-01-01", "isOffDay": true }, { "date": "2027-01-01", "isOffDay": false }, { "date": "2027-01-02" } ] }
            """);
        string into = Path.Combine(folder, "cn.json");
        (int exit, string said) = Run("import", file, "--into", into, "--json", "--lang", "zh-CN");
        Assert.Equal((1, false), (exit, File.Exists(into)));
        Assert.Equal(
            [
                "definition.value_wrong $.days[0].date", "calendar.day_outside $.days[1].date", "definition.repeated $.days[3].date",
                "definition.member_missing $.days[4]",
            ],
            said.Trim().Split('\n').Select(static line => JsonDocument.Parse(line).RootElement).Select(
                static line => $"{line.GetProperty("code").GetString()} {line.GetProperty("place").GetString()}"));
        Assert.Contains("不在 2027 年通知的范围内", said, StringComparison.Ordinal);
        (exit, said) = Run("check", Write("empty.json", """{ "year": 2027, "papers": [], "days": [] }"""));
        Assert.Equal(1, exit);
        Assert.Contains("calendar.notice_empty", said, StringComparison.Ordinal);
        Assert.Equal(2, Run("check", Path.Combine(folder, "nowhere.json")).Exit);
        Assert.Equal(2, Run("check", folder).Exit);
        Assert.Equal(2, Run("import", Write("ok.json", Made), "--into", folder).Exit);
        Assert.Contains(
            "warning calendar.make_up_on_working_day [odd.json 2027-02-22]",
            Run("check", Write("odd.json", Made.Replace("2027-02-20", "2027-02-22", StringComparison.Ordinal))).Output,
            StringComparison.Ordinal);
    }

    private static ActiveDefinitions Activated(ActiveDefinitions active, Pack pack)
    {
        var decision = active.Decide(new ActivatePack(pack), NodaConstants.UnixEpoch);
        Assert.Empty(decision.Findings);
        return decision.Streams.SelectMany(static stream => stream.Events).Aggregate(
            active, static (state, happened) => state.Evolve((DefinitionEvent)happened));
    }

    private string Write(string name, string text)
    {
        string file = Path.Combine(folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private static (int Exit, string Output) Run(params string[] args) => ConsoleRun.Of(CalendarCommand.Build(), args);
}
