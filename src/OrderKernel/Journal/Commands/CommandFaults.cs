using System.Collections.Immutable;
using System.Globalization;
using OrderKernel.Findings;

namespace OrderKernel.Journal;

/// <summary>What can be malformed in any command.</summary>
public static class CommandFaults
{
    /// <summary>A text that must say something is blank.</summary>
    public static FindingKind TextMissing { get; } = new(
        "command.text_missing", Severity.Refusal,
        "{field} is required. State it.", "必须填写 {field}。");

    /// <summary>A text is too long or holds characters that cannot be stored.</summary>
    public static FindingKind TextUnacceptable { get; } = new(
        "command.text_unacceptable", Severity.Refusal,
        "{field} cannot be stored: {fault} (at most {limit} characters, no NUL, no lone surrogate). Shorten or clean it.",
        "{field} 无法保存：{fault}（最多 {limit} 个字符，不得含空字符或孤立代理项）。请缩短或清理。");

    /// <summary>What names something holds a character that no name may hold.</summary>
    public static FindingKind IdUnacceptable { get; } = new(
        "command.id_unacceptable", Severity.Refusal,
        "{field} holds {character}, which nothing may be named with: it controls a terminal, stands for nothing or turns the direction of "
        + "text. Remove it.",
        "{field} 含有字符 {character}：名称与编号中不得有控制字符、非字符或改变文字方向的字符。请删除。");

    /// <summary>A list that must hold something is empty.</summary>
    public static FindingKind ListEmpty { get; } = new(
        "command.list_empty", Severity.Refusal,
        "{field} holds nothing. Name at least one entry; an empty list never means everything.",
        "{field} 为空，请至少填写一项；空列表不表示全部。");

    /// <summary>Everything is meant, and entries are named besides.</summary>
    public static FindingKind AllAndSome { get; } = new(
        "command.all_and_some", Severity.Refusal,
        "Everything is asked for, and {field} names entries besides. Leave one of them out.",
        "已选择全部，又在 {field} 中列出了条目。请只保留一种。");

    /// <summary>A number must be above zero.</summary>
    public static FindingKind NotPositive { get; } = new(
        "command.not_positive", Severity.Refusal,
        "{field} must be above zero.", "{field} 必须大于零。");

    /// <summary>A line number stands twice in one command.</summary>
    public static FindingKind LineRepeated { get; } = new(
        "command.line_repeated", Severity.Refusal,
        "Line {line} stands more than once in {field}. Merge the entries.", "第 {line} 行在 {field} 中重复出现，请合并。");

    /// <summary>A plan says exactly what to take, and something else is asked for besides.</summary>
    public static FindingKind PlanIsExact { get; } = new(
        "command.plan_is_exact", Severity.Refusal,
        "The plan says what to take from where; {field} cannot be asked for with it. Leave one of them out.",
        "计划已写明从何处占用多少，不能同时指定 {field}。请去掉其中一项。");

    /// <summary>The lists of one command hold too many entries.</summary>
    public static FindingKind TooManyEntries { get; } = new(
        "command.too_many_entries", Severity.Refusal,
        "The lists of this command hold {count} entries, most of them in {field}; one command may have {limit}. Send them in several "
        + "commands.",
        "该命令的列表共有 {count} 项，其中 {field} 最多；单个命令最多 {limit} 项。请拆成多个命令提交。");

    /// <summary>More was found than is listed.</summary>
    public static FindingKind MoreFound { get; } = new(
        "command.more_found", Severity.Refusal,
        "{count} more reasons are not listed. Mend what is listed, and ask again.", "另有 {count} 条原因未列出。请先处理已列出的问题，再重新提交。");

    /// <summary>The most findings that one answer lists; where there are more, the last says how many.</summary>
    public const int MaxFindings = 100;

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } =
        ImmutableArray.Create(
            TextMissing, TextUnacceptable, IdUnacceptable, ListEmpty, AllAndSome, NotPositive, LineRepeated, PlanIsExact, TooManyEntries,
            MoreFound);

    internal static ImmutableArray<Finding> Capped(ImmutableArray<Finding> findings) => findings.Length <= MaxFindings
        ? findings
        : ImmutableArray.CreateRange(findings, 0, MaxFindings - 1, static finding => finding).Add(MoreFound.About(
            string.Empty, string.Empty, (findings.Length - MaxFindings + 1).ToString(CultureInfo.InvariantCulture)));
}
