using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Fields;

/// <summary>What can be wrong with extension fields and their values.</summary>
public static class FieldFindings
{
    /// <summary>A choice without choices, or choices without a choice.</summary>
    public static FindingKind ChoicesMismatch { get; } = new(
        "field.choices_mismatch", Severity.Refusal,
        "{place}: only fields of type choice have choices, and they need at least one. Correct the type or the choices.",
        "{place}：只有“choice”类型的字段才有选项，且至少一项。请修正类型或选项。");

    /// <summary>An order would hold personal data in events that are never erased.</summary>
    public static FindingKind PersonalOnOrder { get; } = new(
        "field.personal_on_order", Severity.Refusal,
        "{place}: orders and lines hold no personal data, because their history is never erased. Put '{field}' on the customer, or refer "
        + "to the person.",
        "{place}：订单与订单行的历史永不删除，不得保存个人信息。请将“{field}”放到客户上，或只保存引用。");

    /// <summary>A field is needed and unknown.</summary>
    public static FindingKind Required { get; } = new(
        "field.required", Severity.Refusal,
        "'{name}' is needed for this. State it first.", "此操作必须先填写“{name}”。");

    /// <summary>A value is not one of the field.</summary>
    public static FindingKind ValueWrong { get; } = new(
        "field.value_wrong", Severity.Refusal,
        "'{value}' is no value of '{name}'. Expected: {expected}.", "“{value}”不是“{name}”的有效值，应为：{expected}。");

    /// <summary>A value is not one of a personal field. The value is not told, because findings are logged and stored.</summary>
    public static FindingKind PersonalValueWrong { get; } = new(
        "field.personal_value_wrong", Severity.Refusal,
        "What was given is no value of '{name}'. Expected: {expected}. It is personal, so it is not repeated here.",
        "所填内容不是“{name}”的有效值，应为：{expected}。属个人信息，此处不重复显示。");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } =
        ImmutableArray.Create(ChoicesMismatch, PersonalOnOrder, Required, ValueWrong, PersonalValueWrong);

    internal static Finding WrongValue(FieldDefinition field, string subject, string value, string name) =>
        field.Sensitivity == Sensitivity.Personal
            ? PersonalValueWrong.About(subject, field.Code, name, field.Expected)
            : ValueWrong.About(subject, field.Code, value, name, field.Expected);
}
