using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Desk;

/// <summary>What can be wrong with a roster beside its form. The subject is the place.</summary>
public static class RosterFindings
{
    /// <summary>A user's own customer is not among the customers.</summary>
    public static FindingKind CustomerUnknown { get; } = new(
        "roster.customer_unknown", Severity.Refusal,
        "{place}: there is no customer '{customer}'. Add it to the customers, or take it from the user.",
        "{place}：没有客户“{customer}”。请补充该客户，或从用户名下移除。");

    /// <summary>A user's role is not in the pack.</summary>
    public static FindingKind RoleUnknown { get; } = new(
        "roster.role_unknown", Severity.Refusal,
        "{place}: {pack} has no role '{role}'. Known: {known}.",
        "{place}：{pack} 中没有角色“{role}”。可用：{known}。");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } = ImmutableArray.Create(CustomerUnknown, RoleUnknown);
}
