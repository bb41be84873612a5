using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>What can be said of a lifecycle: wrong in its text, wrong in what it means, or why an order may not go on.</summary>
public static class LifecycleFindings
{
    /// <summary>A code is not of the agreed shape.</summary>
    public static FindingKind CodeMalformed { get; } = Refusal(
        "lifecycle.code_malformed",
        "'{code}' is not a code: 1 to 80 lower-case ASCII letters and digits, joined by dots or underscores.",
        "“{code}”不是有效编码：1 至 80 个小写 ASCII 字母或数字，可用点或下划线连接。");

    /// <summary>A word of a closed list is not known.</summary>
    public static FindingKind WordUnknown { get; } = Refusal(
        "lifecycle.word_unknown", "There is no {list} '{word}'. Known: {known}.", "没有{list}“{word}”。可用：{known}。");

    /// <summary>A bound is exceeded.</summary>
    public static FindingKind TooMany { get; } = Refusal(
        "lifecycle.too_many", "{count} {list}: at most {most} here. Split the lifecycle.", "{list} 共 {count} 个，此处最多 {most}。请拆分。");

    /// <summary>A code stands twice.</summary>
    public static FindingKind Duplicate { get; } = Refusal(
        "lifecycle.duplicate", "{list} '{code}' is declared twice. Keep one.", "{list}“{code}”重复声明，请只保留一个。");

    /// <summary>A transition names a state that is not declared.</summary>
    public static FindingKind StateUnknown { get; } = Refusal(
        "lifecycle.state_unknown", "State '{state}' is not declared. Declare it or name another.", "状态“{state}”未声明，请声明或改用其他状态。");

    /// <summary>A trigger is neither one of the kernel's nor a declared signal.</summary>
    public static FindingKind TriggerUnknown { get; } = Refusal(
        "lifecycle.trigger_unknown",
        "Nothing raises '{trigger}'. Use one of {known}, or declare a signal of that name.",
        "没有任何操作触发“{trigger}”。可用：{known}，或声明同名信号。");

    /// <summary>A signal is not declared.</summary>
    public static FindingKind SignalUnknown { get; } = Refusal(
        "lifecycle.signal_unknown", "Signal '{signal}' is not declared.", "信号“{signal}”未声明。");

    /// <summary>A guard names a fact that no order has.</summary>
    public static FindingKind GuardUnknown { get; } = Refusal(
        "lifecycle.guard_unknown",
        "No fact is called '{fact}'. Known: {known}; or 'evidence …', 'signalled …', 'in …', each with 'not' before it.",
        "没有名为“{fact}”的条件。可用：{known}；或 evidence …、signalled …、in …，均可前置 not。");

    /// <summary>An effect announces something that is not declared.</summary>
    public static FindingKind ActionUnknown { get; } = Refusal(
        "lifecycle.action_unknown", "Action '{action}' is not declared.", "动作“{action}”未声明。");

    /// <summary>An effect is not one of the known ones.</summary>
    public static FindingKind EffectUnknown { get; } = Refusal(
        "lifecycle.effect_unknown",
        "'{effect}' is no effect. Known: announce ACTION, block REASON, unblock REASON, release_stock, raise SIGNAL.",
        "“{effect}”不是有效效果。可用：announce 动作、block 原因、unblock 原因、release_stock、raise 信号。");

    /// <summary>A role is not declared.</summary>
    public static FindingKind RoleUnknown { get; } = Refusal(
        "lifecycle.role_unknown", "Role '{role}' is not declared.", "角色“{role}”未声明。");

    /// <summary>A kind of evidence is not declared.</summary>
    public static FindingKind EvidenceUnknown { get; } = Refusal(
        "lifecycle.evidence_unknown", "Evidence '{evidence}' is not declared.", "凭据“{evidence}”未声明。");

    /// <summary>A region begins nowhere.</summary>
    public static FindingKind NoInitial { get; } = Refusal(
        "lifecycle.no_initial", "Region {region} begins nowhere. Mark one state as initial.", "{region} 区域没有初始状态，请标记一个。");

    /// <summary>A region begins in two states.</summary>
    public static FindingKind TwoInitials { get; } = Refusal(
        "lifecycle.two_initials", "Region {region} begins in {first} and in {second}. Mark one.",
        "{region} 区域有两个初始状态 {first} 与 {second}，请只标记一个。");

    /// <summary>Something leads on from a final state.</summary>
    public static FindingKind FinalWithExit { get; } = Refusal(
        "lifecycle.final_with_exit", "Final state {state} leads on to {to}. Drop the transition, or do not call it final.",
        "终止状态 {state} 仍可转到 {to}。请删除该转换或取消终止标记。");

    /// <summary>Nothing leads to a state.</summary>
    public static FindingKind Unreachable { get; } = Refusal(
        "lifecycle.unreachable", "Nothing leads to state {state}. Lead something there or drop it.", "状态 {state} 不可到达，请添加转换或删除。");

    /// <summary>Nothing touches a state.</summary>
    public static FindingKind Orphan { get; } = Refusal(
        "lifecycle.orphan", "State {state} stands alone: nothing leads to it or from it. Connect it or drop it.",
        "状态 {state} 是孤立节点，没有任何连线，请连接或删除。");

    /// <summary>Nothing leads on from a state that is not final.</summary>
    public static FindingKind DeadEnd { get; } = Refusal(
        "lifecycle.dead_end", "Nothing leads on from state {state}. Lead on, or mark it as final.",
            "状态 {state} 无出口，请添加转换或标记为终止。");

    /// <summary>A state leads on, but never to an end.</summary>
    public static FindingKind NoWayOut { get; } = Refusal(
        "lifecycle.no_way_out", "From state {state} no final state can be reached. Add a way out.",
            "从状态 {state} 无法到达任何终止状态，请添加出路。");

    /// <summary>Nobody acts in a state.</summary>
    public static FindingKind Ownerless { get; } = Refusal(
        "lifecycle.ownerless", "State {state} ({name}) has no owner. Name the role that acts there.",
        "状态 {state}（{name}）没有责任人，请指定负责角色。");

    /// <summary>A way leads from one region to another.</summary>
    public static FindingKind RegionCrossed { get; } = Refusal(
        "lifecycle.region_crossed", "{from} is in region {first}, {to} in {second}. Stay within one; use 'in …' to look across.",
        "{from} 属于 {first}，{to} 属于 {second}。转换须在同一区域内，可用 in … 引用其他区域。");

    /// <summary>Two ways are open at once.</summary>
    public static FindingKind Ambiguous { get; } = Refusal(
        "lifecycle.ambiguous",
        "On {trigger}, state {state} leads to {first} and to {second}, and nothing keeps the guards apart. Add 'not …' to one.",
        "状态 {state} 触发 {trigger} 时可同时转到 {first} 与 {second}，条件未互斥。请在其一加上 not …。");

    /// <summary>A guard that nothing can satisfy.</summary>
    public static FindingKind GuardNeverHolds { get; } = Refusal(
        "lifecycle.guard_never_holds", "The guard '{guard}' contradicts itself. Drop one of its conditions.",
            "条件“{guard}”自相矛盾，请删除其一。");

    /// <summary>Transitions set one another off without end.</summary>
    public static FindingKind EffectCycle { get; } = Refusal(
        "lifecycle.effect_cycle", "These set one another off without end: {path}. Break the ring.", "以下转换会循环触发：{path}。请打断循环。");

    /// <summary>A transition by itself has nothing to wait for.</summary>
    public static FindingKind AutoUnguarded { get; } = Refusal(
        "lifecycle.auto_unguarded",
        "The way from {from} to {to} is taken by itself at once. Give it a guard, or lead to {to} directly.",
        "从 {from} 到 {to} 的自动转换没有条件，请添加条件或直接转到 {to}。");

    /// <summary>Goods count as shipped and no goods issue is posted.</summary>
    public static FindingKind StockEffectMissing { get; } = Refusal(
        "lifecycle.stock_effect_missing",
        "{from} -> {to} on '{trigger}' calls it {stage}, and posts no goods issue. Go there on 'ship' (or 'deliver' after it).",
        "{from} → {to} 由“{trigger}”触发即视为{stage}，但没有出库过账。请改由 ship（其后 deliver）触发。");

    /// <summary>An order is called off and goes on holding stock.</summary>
    public static FindingKind StockNotReleased { get; } = Refusal(
        "lifecycle.stock_not_released",
        "{from} -> {to} on '{trigger}' calls it off and keeps its stock. Go there on 'cancel' or 'release', or add 'release_stock'.",
        "{from} → {to} 由“{trigger}”触发取消，但未释放库存。请改由 cancel 或 release 触发，或添加 release_stock。");

    /// <summary>A dwell limit is zero or less.</summary>
    public static FindingKind DwellNotPositive { get; } = Refusal(
        "lifecycle.dwell_not_positive", "State {state} may stay {limit}: it would be late at once. State a time above zero.",
        "状态 {state} 的停留时限为 {limit}，请填写大于零的时长。");

    /// <summary>A state has no counterpart in another system.</summary>
    public static FindingKind OuterNotTotal { get; } = Refusal(
        "lifecycle.outer_not_total", "{system} has no state for {state}. Map it.", "{system} 没有与状态 {state} 对应的状态，请补充映射。");

    /// <summary>A mapping names a state that is not there.</summary>
    public static FindingKind OuterUnknown { get; } = Refusal(
        "lifecycle.outer_unknown", "The mapping of {system} names '{state}', which is not a state {where}.",
        "{system} 的映射引用了“{state}”，它不是{where}的状态。");

    /// <summary>A part goes through a lifecycle that is not there.</summary>
    public static FindingKind SubUnknown { get; } = Refusal(
        "lifecycle.sub_unknown", "{lifecycle} names the sub-lifecycle '{sub}', which is not there.",
            "{lifecycle} 引用的子生命周期“{sub}”不存在。");

    /// <summary>Lifecycles contain one another.</summary>
    public static FindingKind SubCyclic { get; } = Refusal(
        "lifecycle.sub_cyclic", "These lifecycles contain one another: {path}.", "以下生命周期相互嵌套：{path}。");

    /// <summary>A way that no combination of states ever opens.</summary>
    public static FindingKind NeverTaken { get; } = Refusal(
        "lifecycle.never_taken",
        "{from} -> {to} on '{trigger}' can never be taken: the other regions are never where its guard wants them.",
        "{from} → {to}（{trigger}）永远不会发生：其他区域从不处于其条件要求的状态。");

    /// <summary>A combination of states from which the end is out of reach.</summary>
    public static FindingKind Stuck { get; } = Refusal(
        "lifecycle.stuck", "Once in {states} together, the end is out of reach. Open a way.", "一旦同时处于 {states}，便无法结束。请添加出路。");

    /// <summary>A signal that nothing listens to.</summary>
    public static FindingKind SignalUnused { get; } = new(
        "lifecycle.signal_unused", Severity.Warning, "Nothing listens to signal {signal}. Use it or drop it.",
            "没有转换响应信号 {signal}，请使用或删除。");

    /// <summary>The combinations of states are too many to look at each.</summary>
    public static FindingKind NotExhaustive { get; } = new(
        "lifecycle.not_exhaustive", Severity.Note,
        "The regions combine to more than {bound} states; each region was checked, their combinations only up to there.",
        "各区域组合超过 {bound} 种；已逐区域检查，组合仅检查到此上限。");

    /// <summary>The trigger is known to the lifecycle and not possible where the order is.</summary>
    public static FindingKind TransitionIllegal { get; } = Refusal(
        "lifecycle.transition_illegal", "'{trigger}' is not possible in {states}. Possible now: {possible}.",
        "当前为 {states}，不能执行“{trigger}”。现在可执行：{possible}。");

    /// <summary>A condition does not hold.</summary>
    public static FindingKind GuardUnmet { get; } = Refusal(
        "lifecycle.guard_unmet", "'{trigger}' in {states} waits for: {condition}.", "{states} 执行“{trigger}”需满足：{condition}。");

    /// <summary>Evidence is missing to leave a state.</summary>
    public static FindingKind EvidenceMissing { get; } = Refusal(
        "lifecycle.evidence_missing", "{states} cannot be left without: {evidence}. Attach it first.",
            "离开 {states} 前须上传：{evidence}。");

    /// <summary>None of the actor's roles may do it.</summary>
    public static FindingKind RoleMissing { get; } = Refusal(
        "lifecycle.role_missing", "'{trigger}' in {states} is for: {roles}.", "{states} 的“{trigger}”仅限：{roles}。");

    /// <summary>A state that orders stand in has no place in the new version.</summary>
    public static FindingKind StateInUse { get; } = Refusal(
        "lifecycle.state_in_use",
        "{count} orders stand in {state}, which the new version lacks. Map it to a state of the new version.",
        "仍有 {count} 张订单处于 {state}，新版本没有该状态。请将其映射到新版本的状态。");

    /// <summary>A migration leads to a state that does not fit.</summary>
    public static FindingKind MigrationMisleads { get; } = Refusal(
        "lifecycle.migration_misleads", "{from} cannot become {to}: the new version has no such state in region {region}.",
        "{from} 无法迁移为 {to}：新版本的 {region} 区域没有该状态。");

    /// <summary>A list of states lacks a column.</summary>
    public static FindingKind ColumnMissing { get; } = Refusal(
        "lifecycle.column_missing", "The list has no column {column}. Head one with any of: {heads}.",
            "列表缺少“{column}”列，表头可写：{heads}。");

    /// <summary>A row of a list of states leaves a needed cell empty.</summary>
    public static FindingKind CellEmpty { get; } = Refusal(
        "lifecycle.cell_empty", "Row {row} leaves {column} empty. Fill it in.", "第 {row} 行未填写“{column}”，请补充。");

    /// <summary>A trigger of a list is none of the kernel's and was declared as a signal.</summary>
    public static FindingKind SignalDeclared { get; } = new(
        "lifecycle.signal_declared", Severity.Note,
        "'{trigger}' is no command of the kernel: declared as signal {signal}, to be given by a person or a system.",
        "“{trigger}”不是内核命令，已声明为信号 {signal}，由人或系统发出。");

    /// <summary>A name stands in for its translation.</summary>
    public static FindingKind NameUntranslated { get; } = new(
        "lifecycle.name_untranslated", Severity.Warning, "'{name}' is known in one language only. Translate it.",
            "“{name}”只有一种语言，请补充翻译。");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } = ImmutableArray.Create(
        CodeMalformed, WordUnknown, TooMany, Duplicate, StateUnknown, TriggerUnknown, SignalUnknown, GuardUnknown, ActionUnknown,
        EffectUnknown, RoleUnknown, EvidenceUnknown, NoInitial, TwoInitials, FinalWithExit, Unreachable, Orphan,
        DeadEnd, NoWayOut, Ownerless, RegionCrossed, Ambiguous, GuardNeverHolds, EffectCycle, AutoUnguarded,
        StockEffectMissing, StockNotReleased, DwellNotPositive, OuterNotTotal, OuterUnknown, SubUnknown, SubCyclic,
        NeverTaken, Stuck, SignalUnused, NotExhaustive,
        TransitionIllegal, GuardUnmet, EvidenceMissing, RoleMissing, StateInUse, MigrationMisleads, ColumnMissing, CellEmpty,
        SignalDeclared, NameUntranslated);

    private static FindingKind Refusal(string code, string english, string chinese) =>
        new(code, Severity.Refusal, english, chinese);
}
