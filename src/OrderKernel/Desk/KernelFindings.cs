using OrderKernel.Access;
using OrderKernel.Calendars;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Promising;
using OrderKernel.Sourcing;
using OrderKernel.Stock;

namespace OrderKernel.Desk;

/// <summary>Every kind of finding that the kernel itself makes.</summary>
public static class KernelFindings
{
    /// <summary>The command's id was used for another command.</summary>
    public static FindingKind KeyReused { get; } = new(
        "command.key_reused", Severity.Refusal,
        "Command {command} was already used for something else. Give every intention an id of its own.",
        "命令编号 {command} 已用于其他操作，请为每个操作使用独立编号。");

    /// <summary>All kinds, by code.</summary>
    public static FindingCatalog Catalog { get; } = new(
        DefinitionFaults.All.AddRange(BusinessName.All).AddRange(LifecycleFindings.All).AddRange(FieldFindings.All)
            .AddRange(AccessFindings.All).AddRange(PackFindings.All).AddRange(CommandFaults.All).AddRange(StockRefusals.All)
            .AddRange(OrderRefusals.All).AddRange(OrderLifecycleRefusals.All).AddRange(FeatureRefusals.All).AddRange(PartRefusals.All)
            .AddRange(LedgerAudit.All).AddRange(CalendarFindings.All)
            .AddRange(PromiseFindings.All).AddRange(UnreadableEventException.All).AddRange(RosterFindings.All)
            .AddRange(HistoryFindings.All).Add(KeyReused).Add(LineShortage.HeldInPart)
            .Add(OrderDesk.SnapshotDiffers).Add(SourcingCase.TogetherSharesStock).Add(SourcingRules.NeedNotOffered)
            .Add(SourcingRules.LifeTooShort).Add(SourcingRules.NotCertified).Add(SourcingRules.Diverted)
            .Add(VariantSearch.CheapestInTime).Add(VariantSearch.FastestThoughLate));
}
