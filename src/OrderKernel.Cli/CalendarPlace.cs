using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrderKernel.Calendars;
using OrderKernel.China;
using OrderKernel.Findings;
using OrderKernel.Packs;

namespace OrderKernel.Cli;

/// <summary>Where years are loaded into: a calendar file, or the calendar of a pack in a folder.</summary>
internal sealed class CalendarPlace
{
    private const string InPack = "calendars/cn.json";

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true,
    };

    private readonly string? manifest;

    private CalendarPlace(string file, WorkingCalendar calendar, string? manifest, bool isNew, bool shared)
    {
        File = file;
        Calendar = calendar;
        this.manifest = manifest;
        IsNew = isNew;
        Shared = shared;
    }

    public string File { get; }

    public WorkingCalendar Calendar { get; }

    /// <summary>Whether it is the calendar of a pack that had none: it states the years that are loaded, and packs with the others of
    /// the same calendar are active beside it.</summary>
    public bool IsNew { get; }

    /// <summary>Whether other packs have the file as well.</summary>
    public bool Shared { get; }

    /// <summary>Finds the place; null, with the reason said, when it cannot be one.</summary>
    public static CalendarPlace? Find(string into, DbSay say, string encoding)
    {
        bool isFile = into.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(into);
        if (isFile)
        {
            return !System.IO.File.Exists(into)
                ? new CalendarPlace(into, ChineseCalendar.Working, null, false, false)
                : Read(into, null, false, say, encoding);
        }

        string manifest = Path.Combine(into, PackFolder.Manifest);
        if (!System.IO.File.Exists(manifest))
        {
            bool isEmpty = !Directory.Exists(into) || !Directory.EnumerateFileSystemEntries(into).Any();
            if (!isEmpty)
            {
                say.Line(CalendarText.NoPack, into);
                return null;
            }

            return new CalendarPlace(Path.Combine(into, InPack), YearsOnly(), manifest, true, false);
        }

        string? shared = Pack.SharedFiles(TextFile.Read(manifest, encoding))
            .FirstOrDefault(static file => file.StartsWith("calendars/", StringComparison.Ordinal));
        string own = Directory.Exists(Path.Combine(into, "calendars"))
            ? Directory.EnumerateFiles(Path.Combine(into, "calendars"), "*.json").Order(StringComparer.Ordinal).FirstOrDefault()
                ?? string.Empty
            : string.Empty;
        if (own.Length > 0)
        {
            return Read(own, manifest, false, say, encoding);
        }

        string above = Path.GetDirectoryName(Path.GetFullPath(into).TrimEnd(Path.DirectorySeparatorChar))!;
        string? found = shared is null ? null : new[] { above, Path.GetDirectoryName(above) }.Where(static folder => folder is not null)
            .Select(folder => Path.Combine(folder!, shared)).FirstOrDefault(System.IO.File.Exists);
        return found is null
            ? new CalendarPlace(Path.Combine(into, InPack), YearsOnly(), manifest, true, false)
            : Read(found, null, true, say, encoding);
    }

    /// <summary>Writes the calendar, and raises the version of the pack whose own it is, for other content needs a higher one.</summary>
    public void Write(WorkingCalendar learned, string encoding)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(File))!);
        bool isSame = System.IO.File.Exists(File) && learned.ToJson() == Calendar.ToJson();
        if (!isSame)
        {
            WholeFile.Write(File, learned.ToJson() + "\n");
        }

        if (manifest is not null && !System.IO.File.Exists(manifest))
        {
            string id = new([.. Path.GetFileName(Path.GetFullPath(Path.GetDirectoryName(manifest)!)).Where(char.IsAsciiLetterOrDigit)]);
            var pack = new
            {
                id = id.Length == 0 ? "CALENDAR" : id, version = 1, zh = "法定工作日历年度数据", en = "Years of the statutory calendar",
            };
            WholeFile.Write(manifest, JsonSerializer.Serialize(pack, Readable) + "\n");
        }
        else if (manifest is not null && !isSame)
        {
            WholeFile.Write(manifest, Regex.Replace(
                TextFile.Read(manifest, encoding), "(\"version\"\\s*:\\s*)([0-9]+)",
                static match => match.Groups[1].Value
                    + (int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static WorkingCalendar YearsOnly()
    {
        WorkingCalendar all = ChineseCalendar.Working;
        return new WorkingCalendar(all.Name, [], [], all.Zone, all.CutOff, all.Hours, all.Week);
    }

    private static CalendarPlace? Read(string file, string? manifest, bool shared, DbSay say, string encoding)
    {
        DefinitionReading<WorkingCalendar> reading = WorkingCalendar.Read(TextFile.Read(file, encoding));
        foreach (Finding finding in reading.Findings)
        {
            say.Line(finding, Path.GetFileName(file));
        }

        return reading.Value is null ? null : new CalendarPlace(file, reading.Value, manifest, false, shared);
    }
}
