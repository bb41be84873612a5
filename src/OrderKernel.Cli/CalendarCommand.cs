using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using OrderKernel.Calendars;
using OrderKernel.China;
using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary><c>orderkernel calendar …</c>: the notice of a year, loaded as a file.</summary>
internal static class CalendarCommand
{
    public static Command Build()
    {
        var calendar = new Command("calendar", "Check the notices of years, and load them into calendars and packs.");
        calendar.Add(BuildOne(
            "check", "Read notices and say where they contradict what is known; exit code 1 when one is refused.", writes: false));
        calendar.Add(BuildOne("import", "Load notices into a calendar file or a pack; all of them or none.", writes: true));
        return calendar;
    }

    private static Command BuildOne(string name, string description, bool writes)
    {
        var files = new Argument<FileInfo[]>("files")
        {
            Description = "Notices in the JSON of holiday-cn, or calendars as packs have them.", Arity = ArgumentArity.OneOrMore,
        };
        var into = new Option<string?>("--into")
        {
            Description = "A calendar file, or a folder of a pack; made where it is not there. Without it, what is built in is compared.",
            Required = writes,
        };
        var replace = new Option<bool>("--replace") { Description = "Take the notices also where they contradict what is known." };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        Option<string> language = RulesCommand.LanguageOption();
        Option<string> encoding = TextFileOption.Encoding();
        var command = new Command(name, description) { files, into, replace, json, language, encoding };
        command.SetAction(parsed =>
        {
            Language spoken = RulesCommand.Language(parsed.GetValue(language)!);
            var say = new DbSay(Console.Out, parsed.GetValue(json), spoken);
            return TextFileOption.Guard(spoken, () => Run(
                parsed.GetValue(files)!, parsed.GetValue(into), parsed.GetValue(replace), writes, say, parsed.GetValue(encoding)!));
        });
        return command;
    }

    private static int Run(FileInfo[] files, string? into, bool replace, bool writes, DbSay say, string encoding)
    {
        CalendarPlace? place = into is null ? null : CalendarPlace.Find(into, say, encoding);
        if (into is not null && place is null)
        {
            return 2;
        }

        WorkingCalendar known = place?.Calendar ?? ChineseCalendar.Working;
        bool refused = false;
        var learned = new SortedSet<int>();
        foreach (FileInfo file in files)
        {
            WorkingCalendar? with = Learn(file, known, place?.IsNew == true, replace, say, encoding, learned);
            refused |= with is null;
            known = with ?? known;
        }

        if (refused)
        {
            return 1;
        }

        string years = string.Join(", ", learned);
        if (writes)
        {
            place!.Write(known, encoding);
            say.Line(CalendarText.Imported, place.File, years);
            if (place.Shared)
            {
                say.Line(CalendarText.Shared, place.File);
            }
        }
        else
        {
            say.Line(CalendarText.Fine, years);
        }

        return 0;
    }

    // The calendar with what a file says; null when the file is refused.
    private static WorkingCalendar? Learn(
        FileInfo file, WorkingCalendar known, bool isNew, bool replace, DbSay say, string encoding, SortedSet<int> learned)
    {
        DefinitionReading<CalendarFile> reading = CalendarFile.Read(TextFile.Read(file.FullName, encoding), known);
        foreach (Finding finding in reading.Findings)
        {
            say.Line(finding, file.Name);
        }

        if (reading.Value is not { } notice)
        {
            return null;
        }

        // A new pack that states only a year is judged by what is built in.
        WorkingCalendar judge = isNew ? ChineseCalendar.Working : known;
        Finding[] differences = replace ? [] : [.. notice.Differences(judge)];
        foreach (Finding finding in differences)
        {
            say.Line(finding, file.Name);
        }

        foreach (Finding odd in notice.OddMakeUpDays(known))
        {
            say.Line(odd, file.Name);
        }

        learned.UnionWith(notice.Years);
        return differences.Length > 0 ? null : notice.ApplyTo(known);
    }
}
