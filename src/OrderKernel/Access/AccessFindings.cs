using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Access;

/// <summary>Why an actor may not do something.</summary>
public static class AccessFindings
{
    /// <summary>No role of the actor may issue the command.</summary>
    public static FindingKind CommandDenied { get; } = new(
        "access.command_denied", Severity.Refusal,
        "Role {role} has no right to {command}. Ask somebody who has, or have the right added to the role.",
        "角色 {role} 没有执行 {command} 的权限。请由有权限的人操作，或为该角色授权。");

    /// <summary>No role of the actor may change the field.</summary>
    public static FindingKind FieldDenied { get; } = new(
        "access.field_denied", Severity.Refusal,
        "Role {role} may not change '{field}' by {command}. Leave it as it is, or have the field added to the role.",
        "角色 {role} 无权通过 {command} 修改“{field}”。请勿修改该字段，或为该角色授权。");

    /// <summary>The order or the stock lies outside what the actor's roles reach.</summary>
    public static FindingKind RowDenied { get; } = new(
        "access.row_denied", Severity.Refusal,
        "Role {role} reaches {scope} only, and this is outside of it. Ask the person whose it is.",
        "角色 {role} 只能操作 {scope} 范围内的单据，此单据不在范围内。请联系负责人。");

    /// <summary>The policy lets nobody change definitions any more.</summary>
    public static FindingKind LocksOut { get; } = new(
        "access.locks_out", Severity.Refusal,
        "No role may issue {command}: once this is active, nobody could change it again. Grant it to one role.",
        "没有任何角色可以执行 {command}：一旦启用，将无人能再修改。请至少授权一个角色。");

    /// <summary>The policy lets nobody do what the kernel's own timers do.</summary>
    public static FindingKind NobodyMay { get; } = new(
        "access.nobody_may", Severity.Warning,
        "No role may issue {command}, which the timers issue. Grant it to the role of the service that wakes them.",
        "没有任何角色可以执行 {command}，而定时器需要它。请授权给唤醒定时器的服务角色。");

    /// <summary>Nothing is taken from the system that the command came from.</summary>
    public static FindingKind SourceClosed { get; } = new(
        "access.source_closed", Severity.Refusal,
        "Nothing is taken from '{source}': this way in is closed. Use another one, or have it opened.",
        "入口“{source}”已关闭，不再受理。请改用其他入口，或申请开放。");

    /// <summary>The host's directory did not say who the actor is.</summary>
    public static FindingKind DirectoryFailed { get; } = new(
        "access.directory_failed", Severity.Refusal,
        "Who {actor} is could not be found out, so {command} is denied. Send it again when the directory of users answers.",
        "无法查明 {actor} 的身份，已拒绝执行 {command}。请在用户目录恢复后重新提交。");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } =
        ImmutableArray.Create(CommandDenied, FieldDenied, RowDenied, LocksOut, NobodyMay, SourceClosed, DirectoryFailed);
}
