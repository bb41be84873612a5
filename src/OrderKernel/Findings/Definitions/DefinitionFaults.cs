using System.Collections.Immutable;

namespace OrderKernel.Findings;

/// <summary>What can be wrong in any definition that is written as JSON, whatever it defines. The subject is the place.</summary>
public static class DefinitionFaults
{
    /// <summary>The text is not JSON.</summary>
    public static FindingKind NotJson { get; } = new(
        "definition.not_json", Severity.Refusal,
        "Line {line}, column {column}: this is not JSON. Correct the text there.", "第 {line} 行第 {column} 列：不是有效的 JSON，请修正。");

    /// <summary>A member that is needed is not there.</summary>
    public static FindingKind MemberMissing { get; } = new(
        "definition.member_missing", Severity.Refusal,
        "{place}: '{member}' is missing. Add it.", "{place}：缺少“{member}”，请补充。");

    /// <summary>A member that nobody reads.</summary>
    public static FindingKind MemberUnknown { get; } = new(
        "definition.member_unknown", Severity.Refusal,
        "{place}: '{member}' is not known here. Known: {known}. Correct or remove it.",
        "{place}：无法识别“{member}”。可用：{known}。请改正或删除。");

    /// <summary>A member or an entry stands twice.</summary>
    public static FindingKind Repeated { get; } = new(
        "definition.repeated", Severity.Refusal,
        "{place}: '{entry}' stands twice. Keep one.", "{place}：“{entry}”重复，请只保留一个。");

    /// <summary>A value is not of the form that is expected.</summary>
    public static FindingKind ValueWrong { get; } = new(
        "definition.value_wrong", Severity.Refusal,
        "{place}: {value} stands here, expected is {expected}.", "{place}：填写的是 {value}，应为{expected}。");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } =
        ImmutableArray.Create(NotJson, MemberMissing, MemberUnknown, Repeated, ValueWrong);
}
