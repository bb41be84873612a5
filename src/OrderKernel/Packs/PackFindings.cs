using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Packs;

/// <summary>What can be wrong with a pack, with packs that are active together, and with changing what is active.</summary>
public static class PackFindings
{
    /// <summary>There is no manifest.</summary>
    public static FindingKind ManifestMissing { get; } = new(
        "pack.manifest_missing", Severity.Refusal,
        "The pack has no pack.json. Add one with id, version, en and zh.", "方案包缺少 pack.json，请补充 id、version、en、zh。");

    /// <summary>A file that nobody reads.</summary>
    public static FindingKind FileUnknown { get; } = new(
        "pack.file_unknown", Severity.Refusal,
        "Nobody reads {file}. Known: pack.json, access.json, fields.json, parameters.json, rules.json, texts.json, types.json, "
        + "types/*.json, lifecycles/*.json, calendars/*.json.",
        "无法识别文件 {file}。可用：pack.json、access.json、fields.json、parameters.json、rules.json、texts.json、types.json、types/*.json、"
        + "lifecycles/*.json、calendars/*.json。");

    /// <summary>Something is named that is not there.</summary>
    public static FindingKind ReferenceUnknown { get; } = new(
        "pack.reference_unknown", Severity.Refusal,
        "{user} names {what} '{code}', which is not there. Define it, or name another.",
        "{user} 引用了 {what}“{code}”，但它不存在。请先定义或改用其他。");

    /// <summary>A code belongs to the kernel, or to a field or parameter that rights name by it.</summary>
    public static FindingKind CodeTaken { get; } = new(
        "pack.code_taken", Severity.Refusal,
        "'{code}' is taken by a field, a column or a parameter, and rights go by it. Choose another code.",
        "“{code}”已用作字段、列或参数的编码，权限以此为准。请更换编码。");

    /// <summary>Two packs define one thing differently.</summary>
    public static FindingKind Conflict { get; } = new(
        "pack.conflict", Severity.Refusal,
        "{first} and {second} define {what} '{code}' differently. Withdraw one, or make them alike.",
        "{first} 与 {second} 对 {what}“{code}”的定义不同。请停用其一或统一定义。");

    /// <summary>Another content under a version that is not higher.</summary>
    public static FindingKind VersionNotHigher { get; } = new(
        "pack.version_not_higher", Severity.Refusal,
        "{pack} is active in version {active}; another content needs a higher version than {stated}.",
        "{pack} 当前版本为 {active}；内容不同时版本必须高于 {stated}。");

    /// <summary>The pack is not active.</summary>
    public static FindingKind Unknown { get; } = new(
        "pack.unknown", Severity.Refusal,
        "There is no pack '{pack}' here. Known: {known}.", "没有方案包“{pack}”。可用：{known}。");

    /// <summary>The pack has no such parameter.</summary>
    public static FindingKind ParameterUnknown { get; } = new(
        "pack.parameter_unknown", Severity.Refusal,
        "{pack} has no parameter '{parameter}'. Known: {known}.", "{pack} 没有参数“{parameter}”。可用：{known}。");

    /// <summary>Something is still used.</summary>
    public static FindingKind InUse { get; } = new(
        "pack.in_use", Severity.Refusal,
        "'{code}' is used by {users}. Take it out there first.", "“{code}”正被 {users} 使用，请先在那里移除。");

    /// <summary>The field exists already.</summary>
    public static FindingKind FieldExists { get; } = new(
        "pack.field_exists", Severity.Refusal,
        "The field '{code}' exists already. Choose another code.", "字段“{code}”已存在，请更换编码。");

    /// <summary>A running order stands in something that the new version lacks.</summary>
    public static FindingKind OrderConcerned { get; } = new(
        "pack.order_concerned", Severity.Warning,
        "Order {order} holds {what} '{code}', which the new version lacks. It keeps what it has until it is migrated.",
        "订单 {order} 含有新版本没有的 {what}“{code}”。迁移之前保持原样。");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } = ImmutableArray.Create(
        ManifestMissing, FileUnknown, ReferenceUnknown, CodeTaken, Conflict, VersionNotHigher, Unknown, ParameterUnknown, InUse,
        FieldExists, OrderConcerned);
}
