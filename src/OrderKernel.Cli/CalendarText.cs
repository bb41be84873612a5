using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary>What <c>orderkernel calendar</c> says.</summary>
internal static class CalendarText
{
    public static FindingKind Fine { get; } = new(
        "ok", Severity.Note, "The files can be loaded; years {years}.", "文件可以导入，年份：{years}。");

    public static FindingKind Imported { get; } = new(
        "ok", Severity.Note, "{file} knows {years}.", "{file} 已包含 {years} 年。");

    public static FindingKind Shared { get; } = new(
        "calendar.shared", Severity.Note,
        "{file} is shared by packs. Raise the version of each pack that shares it and activate it again; or load the year into a new "
        + "folder and activate that pack beside the others.",
        "{file} 由多个方案包共用。请提高每个共用它的方案包的版本并重新启用；或将该年导入一个新文件夹，与其他方案包一同启用。");

    public static FindingKind OffDiffers { get; } = new(
        "calendar.off_differs", Severity.Refusal,
        "{day} is off here, but known as a working day. Correct the file, or say --replace.",
        "{day} 在此处为休息日，已知数据为工作日。请更正文件，或使用 --replace。");

    public static FindingKind WorkedDiffers { get; } = new(
        "calendar.worked_differs", Severity.Refusal,
        "{day} is worked here, but known as a day off. Correct the file, or say --replace.",
        "{day} 在此处为工作日，已知数据为休息日。请更正文件，或使用 --replace。");

    public static FindingKind OddMakeUp { get; } = new(
        "calendar.make_up_on_working_day", Severity.Warning,
        "{day} is worked to make up, but is a working day anyway. Check it against the notice.",
        "{day} 标为调休上班，但本来就是工作日。请对照通知核实。");

    public static FindingKind OtherCalendar { get; } = new(
        "calendar.other_calendar", Severity.Refusal,
        "The file is of the calendar '{id}', not of '{known}'. Load it into a calendar of its own.",
        "该文件属于日历“{id}”，而不是“{known}”。请导入对应的日历。");

    public static FindingKind NoPack { get; } = new(
        "calendar.no_pack", Severity.Refusal,
        "{folder} holds files but no pack.json. Name a pack, a calendar file that ends in .json, or a new folder.",
        "{folder} 中有文件但没有 pack.json。请指定方案包、以 .json 结尾的日历文件，或一个新文件夹。");
}
