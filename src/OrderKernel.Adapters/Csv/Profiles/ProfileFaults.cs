using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Csv.Profiles;

/// <summary>What can be wrong with a profile.</summary>
public static class ProfileFaults
{
    /// <summary>The text is not JSON.</summary>
    public static FindingKind NotJson { get; } = Fault(
        "profile.not_json", "This is not JSON: {reason}. Mend the text there.", "不是有效的 JSON：{reason}。请修正该处。");

    /// <summary>A member is missing.</summary>
    public static FindingKind Missing { get; } = Fault(
        "profile.member_missing", "The member is missing. Add it, such as {example}.", "缺少该成员，请添加，例如 {example}。");

    /// <summary>A member is not known.</summary>
    public static FindingKind Unknown { get; } = Fault(
        "profile.member_unknown", "There is no such member. Known here: {known}.", "没有该成员。此处可用：{known}。");

    /// <summary>A member is of another JSON type.</summary>
    public static FindingKind WrongType { get; } = Fault(
        "profile.wrong_type", "This must be {expected}.", "此处必须是 {expected}。");

    /// <summary>A value is not one of the known ones.</summary>
    public static FindingKind ValueUnknown { get; } = Fault(
        "profile.value_unknown", "'{value}' is not known here. Use {known}.", "“{value}”不可用。可用：{known}。");

    /// <summary>A date pattern cannot be used.</summary>
    public static FindingKind PatternInvalid { get; } = Fault(
        "profile.pattern_invalid", "The pattern '{pattern}' cannot be used: {reason} Write one such as {example}.",
        "格式“{pattern}”不可用：{reason} 请参考 {example}。");

    /// <summary>A required field is given by no column and no default.</summary>
    public static FindingKind FieldUnmapped { get; } = Fault(
        "profile.field_unmapped", "No column gives '{field}'. Map one, or state a default.", "没有列对应“{field}”，请映射一列或给出默认值。");

    /// <summary>A fact is declared absent and mapped.</summary>
    public static FindingKind AbsentButMapped { get; } = Fault(
        "profile.absent_but_mapped", "'{field}' is declared absent, yet a column gives it. Remove one of the two.",
        "“{field}”已声明为缺失，却又映射了列，请删除其一。");

    /// <summary>Two things that must differ are the same.</summary>
    public static FindingKind Same { get; } = Fault(
        "profile.same", "'{first}' and '{second}' must differ.", "“{first}”与“{second}”不能相同。");

    /// <summary>What is read from a sample is not what the sample says.</summary>
    public static FindingKind SampleDiffers { get; } = Fault(
        "profile.sample_differs",
        "Sample '{sample}' of profile '{profile}', column '{column}': expected {expected}, got {actual}. "
        + "Correct the mapping or the sample.",
        "配置“{profile}”的样例“{sample}”，列“{column}”：应得 {expected}，实得 {actual}。请修正映射或样例。");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } = ImmutableArray.Create(
        NotJson, Missing, Unknown, WrongType, ValueUnknown, PatternInvalid, FieldUnmapped, AbsentButMapped, Same,
        SampleDiffers);

    private static FindingKind Fault(string code, string english, string chinese) =>
        new(code, Severity.Refusal, english, chinese);
}
