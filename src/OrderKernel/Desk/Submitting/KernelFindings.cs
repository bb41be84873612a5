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
    /// <summary>The command's id was used for another command, or by another actor.</summary>
    public static FindingKind KeyReused { get; } = new(
        "command.key_reused", Severity.Refusal,
        "Command {command} was already used for something else, or by somebody else. Give every intention an id of its own.",
        "命令编号 {command} 已用于其他操作，或已被他人使用。请为每个操作使用独立编号。");

    /// <summary>The id is one that only the desk gives.</summary>
    public static FindingKind IdReserved { get; } = new(
        "command.id_reserved", Severity.Refusal,
        "Command id {command} is of a kind that only the desk gives. Make one by CommandId.FromName, or a random one.",
        "命令编号 {command} 属于系统内部保留的编号。请用 CommandId.FromName 生成，或使用随机编号。");

    /// <summary>All kinds, by code.</summary>
    public static FindingCatalog Catalog { get; } = new(
        DefinitionFaults.All.AddRange(BusinessName.All).AddRange(LifecycleFindings.All).AddRange(FieldFindings.All)
            .AddRange(AccessFindings.All).AddRange(PackFindings.All).AddRange(CommandFaults.All).AddRange(StockRefusals.All)
            .AddRange(OrderRefusals.All).AddRange(OrderLifecycleRefusals.All).AddRange(FeatureRefusals.All).AddRange(PartRefusals.All)
            .AddRange(LedgerAudit.All).AddRange(CalendarFindings.All)
            .AddRange(PromiseFindings.All).AddRange(UnreadableEventException.All).AddRange(RosterFindings.All)
            .AddRange(HistoryFindings.All).Add(KeyReused).Add(IdReserved).Add(LineShortage.HeldInPart)
            .Add(OrderDesk.SnapshotDiffers).Add(SourcingCase.TogetherSharesStock).Add(SourcingRules.NeedNotOffered)
            .Add(SourcingRules.LifeTooShort).Add(SourcingRules.NotCertified).Add(SourcingRules.Diverted)
            .Add(VariantSearch.CheapestInTime).Add(VariantSearch.FastestThoughLate));
}
