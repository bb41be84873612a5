using System.Collections.Immutable;
using System.Globalization;
using OrderKernel.Findings;

namespace OrderHub;

/// <summary>Every text that the sample shows, in both languages; stages, roles and reasons come from the kernel.</summary>
/// <remarks><para>A text is a <see cref="FindingKind"/>, so both languages are bound to name the same places.</para></remarks>
public sealed class HubText
{
    private HubText(Language language) => Language = language;

    /// <summary>Which language.</summary>
    public Language Language { get; }

    /// <summary>The texts in one language.</summary>
    /// <param name="language">Which.</param>
    public static HubText In(Language language) => new(language);

    /// <summary>A text with its facts in their places.</summary>
    /// <param name="kind">Which text.</param>
    /// <param name="facts">One fact per place, in the order of the English text.</param>
    public string Say(FindingKind kind, params string[] facts) => kind.About(string.Empty, string.Empty, facts).Text(Language);

    /// <summary>A number with separated thousands.</summary>
    /// <param name="number">The number.</param>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>How the sample is used.</summary>
    public static FindingKind Usage { get; } = Text(
        "hub.usage",
        "OrderHub [--lang en|zh-CN] [--db FILE]\n    plays five bundled businesses and prints where every open order is stuck\n"
        + "OrderHub --profile NAME|FILE.json --in FILE|FOLDER [--json] [--db FILE] [--dead-letters FILE] [--lang en|zh-CN]\n"
        + "    does the same over your own files; with --json, stdout is exactly one JSON line",
        "OrderHub [--lang en|zh-CN] [--db 文件]\n    运行内置的五家企业，列出每张未完成订单的当前卡点\n"
        + "OrderHub --profile 名称|文件.json --in 文件|文件夹 [--json] [--db 文件] [--dead-letters 文件] [--lang en|zh-CN]\n"
        + "    用您自己的文件运行；加 --json 时标准输出只有一行 JSON");

    /// <summary>How the sample shows what ships from where.</summary>
    public static FindingKind UsageSourcing { get; } = Text(
        "hub.usage_sourcing",
        "OrderHub --plans [--lang en|zh-CN]\n    splits an order that no warehouse has whole, and says why so and not otherwise\n"
        + "OrderHub --brunel FOLDER [--lang en|zh-CN]\n"
        + "    assigns the orders of the Brunel data set and prints the cost beside the reference",
        "OrderHub --plans [--lang en|zh-CN]\n    拆分一张没有任何仓库能整单发出的订单，并说明为何如此\n"
        + "OrderHub --brunel 文件夹 [--lang en|zh-CN]\n    分配 Brunel 数据集的订单，并把成本与参考值并列");

    /// <summary>An option is not known.</summary>
    public static FindingKind UnknownOption { get; } = Text(
        "hub.unknown_option", "There is no option '{option}'.", "没有选项“{option}”。");

    /// <summary>An option needs something.</summary>
    public static FindingKind OptionNeedsValue { get; } = Text(
        "hub.option_needs_value", "'{option}' is needed here, with a value.", "此处需要“{option}”及其值。");

    /// <summary>A language is not known.</summary>
    public static FindingKind UnknownLanguage { get; } = Text(
        "hub.unknown_language", "'{language}' is not known. Use en or zh-CN.", "不支持语言“{language}”，请使用 en 或 zh-CN。");

    /// <summary>A profile is not known.</summary>
    public static FindingKind UnknownProfile { get; } = Text(
        "hub.unknown_profile", "There is no profile '{profile}'. Known: {known}; or give the path of your own profile.json.",
        "没有配置“{profile}”。可用：{known}；也可给出您自己的配置文件路径。");

    /// <summary>The profile's order type is not shipped.</summary>
    public static FindingKind UnknownType { get; } = Text(
        "hub.unknown_type", "There is no order type '{type}'. Known: {known}; correct 'orderType' of the profile, or leave it out.",
        "没有订单类型“{type}”。可用：{known}；请更正配置中的 orderType，或将其去掉。");

    /// <summary>The profile describes no orders.</summary>
    public static FindingKind NoOrdersDocument { get; } = Text(
        "hub.no_orders_document", "The profile '{profile}' has no document 'orders'. Add one.", "配置“{profile}”没有 orders 文档，请添加。");

    /// <summary>No file was found.</summary>
    public static FindingKind NoFile { get; } = Text(
        "hub.no_file", "No orders file at '{place}'. Looked for: {files}.", "“{place}”中没有订单文件，已查找：{files}。");

    /// <summary>Which files are read.</summary>
    public static FindingKind Reading { get; } = Text(
        "hub.reading", "Reading {file} ({encoding}, {rows} rows).", "读取 {file}（{encoding}，{rows} 行）。");

    /// <summary>Which columns are not used.</summary>
    public static FindingKind Unused { get; } = Text(
        "hub.unused", "Not used of {file}: {columns}.", "{file} 中未使用的列：{columns}。");

    /// <summary>What dates without a time mean.</summary>
    public static FindingKind DatesMean { get; } = Text(
        "hub.dates_mean", "Assumed: a date without time is in {zone}; "
        + "as a promise it means {promise} (inclusive), as a fact {fact}.",
        "约定：无时间的日期按 {zone} 计；作承诺时为 {promise}（含），作事实时为 {fact}。");

    /// <summary>What the source does not say.</summary>
    public static FindingKind FactsAbsent { get; } = Text(
        "hub.facts_absent", "Not stated by the source, so reported as null and never invented: {facts}.",
        "来源未提供以下事实，报告为 null，绝不编造：{facts}。");

    /// <summary>The declared receipt.</summary>
    public static FindingKind Opening { get; } = Text(
        "hub.opening", "Assumed: supply is not stated, so one declared receipt {document} brings in exactly "
        + "what the source says has left: {pieces} pieces of {skus} SKUs.",
        "约定：来源未提供供货，故以一张自动生成的期初入库单 {document} 补入来源所述已发出的货物：{skus} 个 SKU 共 {pieces} 件。");

    /// <summary>Lines are not stated.</summary>
    public static FindingKind LinesDeclared { get; } = Text(
        "hub.lines_declared", "Assumed: no file of order lines found, so every order has one declared line: 1 piece of {sku}.",
        "约定：没有订单明细文件，故每张订单只有一行自动生成的明细：{sku} 1 件。");

    /// <summary>How many rows were dead.</summary>
    public static FindingKind Dead { get; } = Text(
        "hub.dead", "{letters} dead letters of {rows} order rows, {lines} of order lines; see {file}.",
        "{rows} 行订单中有 {letters} 行无法导入，另有 {lines} 行明细；详见 {file}。");

    /// <summary>One dead letter.</summary>
    public static FindingKind DeadOne { get; } = Text(
        "hub.dead_one", "  {file} row {row}: {reason}", "  {file} 第 {row} 行：{reason}");

    /// <summary>More dead letters.</summary>
    public static FindingKind DeadMore { get; } = Text("hub.dead_more", "  … and {more} more.", "  ……另有 {more} 条。");

    /// <summary>Lines without orders.</summary>
    public static FindingKind Orphans { get; } = Text(
        "hub.orphans", "{lines} lines belong to orders that were not read.", "{lines} 行明细属于未导入的订单。");

    /// <summary>Orders that the source has cancelled.</summary>
    public static FindingKind Cancelled { get; } = Text(
        "hub.cancelled", "{orders} orders are cancelled at the source, and so they are here.", "{orders} 张订单在来源中已取消，此处同样取消。");

    /// <summary>Commands that were refused.</summary>
    public static FindingKind Refused { get; } = Text(
        "hub.refused", "{count} commands were refused, and nothing of them was done:", "{count} 条命令被拒绝，均未执行：");

    /// <summary>One refusal.</summary>
    public static FindingKind RefusedOne { get; } = Text("hub.refused_one", "  {subject}: {reason}", "  {subject}：{reason}");

    /// <summary>Which database is used.</summary>
    public static FindingKind Database { get; } = Text("hub.database", "Database: {file}.", "数据库：{file}。");

    /// <summary>What the run did.</summary>
    public static FindingKind Ran { get; } = Text(
        "hub.ran", "{fresh} new commands, {timers} of them woken by timers; {repeated} repeated.",
        "新命令 {fresh} 条（其中定时器触发 {timers} 条），重复命令 {repeated} 条。");

    /// <summary>A run that changed nothing.</summary>
    public static FindingKind NothingChanged { get; } = Text(
        "hub.nothing_changed", "0 new commands, {repeated} repeated; nothing changed.", "新命令 0 条，重复命令 {repeated} 条；没有任何变化。");

    /// <summary>Ids that were used for something else.</summary>
    public static FindingKind Conflicts { get; } = Text(
        "hub.conflicts", "{count} rows differ from what this database took in before; it was left as it is. Use a new --db.",
        "有 {count} 行与此数据库先前导入的内容不同，数据库未改动。请用 --db 指定新文件。");

    /// <summary>What a business runs on.</summary>
    public static FindingKind RunsOn { get; } = Text(
        "hub.runs_on",
        "{business} runs on pack {pack}, version {version}: {fields} extension fields, {types} order types, {roles} roles.",
        "{business}使用方案包 {pack} 第 {version} 版：扩展字段 {fields} 个，订单类型 {types} 个，角色 {roles} 个。");

    /// <summary>All is well.</summary>
    public static FindingKind Verified { get; } = Text(
        "hub.verified", "Verified: the ledger equals its journal, and the hash chains of all {orders} orders are whole.",
        "已核验：库存账与流水一致，{orders} 张订单的哈希链完整。");

    /// <summary>Something is not well.</summary>
    public static FindingKind NotVerified { get; } = Text(
        "hub.not_verified", "NOT verified: {findings} findings in the ledger, {chains} broken hash chains.",
        "核验未通过：库存账 {findings} 处不符，{chains} 条哈希链损坏。");

    /// <summary>The words for orders.</summary>
    public static FindingKind Orders { get; } = Text("hub.orders", "Orders", "订单");

    /// <summary>The words for board title.</summary>
    public static FindingKind BoardTitle { get; } = Text(
        "hub.board_title",
        "{business}: {open} open orders, {overdue} past their promise, {stuck} too long where they are, as of {moment}",
        "{business}：未完成订单 {open} 张，其中逾期 {overdue} 张、停留超限 {stuck} 张，截至 {moment}");

    /// <summary>The words for order.</summary>
    public static FindingKind Order { get; } = Text("hub.order", "Order", "订单");

    /// <summary>The words for customer.</summary>
    public static FindingKind Customer { get; } = Text("hub.customer", "Customer", "客户");

    /// <summary>The words for stuck at.</summary>
    public static FindingKind StuckAt { get; } = Text("hub.stuck_at", "Stuck at", "当前卡点");

    /// <summary>The words for since.</summary>
    public static FindingKind Since { get; } = Text("hub.since", "Since", "从何时起");

    /// <summary>The words for age days.</summary>
    public static FindingKind AgeDays { get; } = Text("hub.age_days", "Days", "天数");

    /// <summary>The words for turn.</summary>
    public static FindingKind Turn { get; } = Text("hub.turn", "Whose turn", "责任方");

    /// <summary>The words for open pieces.</summary>
    public static FindingKind OpenPieces { get; } = Text("hub.open_pieces", "Open", "未发数量");

    /// <summary>The words for first promise.</summary>
    public static FindingKind FirstPromise { get; } = Text("hub.first_promise", "First promise", "首次承诺");

    /// <summary>The words for current promise.</summary>
    public static FindingKind CurrentPromise { get; } = Text("hub.current_promise", "Current promise", "当前承诺");

    /// <summary>The words for overdue.</summary>
    public static FindingKind Overdue { get; } = Text("hub.overdue", "Late", "超时");

    /// <summary>Columns for which the console is too narrow.</summary>
    public static FindingKind LeftOut { get; } = Text(
        "hub.left_out", "Not shown, for want of width: {columns}.", "窗口较窄，未显示：{columns}。");

    /// <summary>The words for a promise that has passed.</summary>
    public static FindingKind PastPromise { get; } = Text("hub.past_promise", "promise", "逾期");

    /// <summary>The words for a stay longer than the state allows.</summary>
    public static FindingKind TooLong { get; } = Text("hub.too_long", "stay", "停留超限");

    /// <summary>The words for unchanged.</summary>
    public static FindingKind Unchanged { get; } = Text("hub.unchanged", "unchanged", "未变");

    /// <summary>The words for stages title.</summary>
    public static FindingKind StagesTitle { get; } = Text("hub.stages_title", "Orders by stage", "各阶段订单数");

    /// <summary>The words for stage.</summary>
    public static FindingKind Stage { get; } = Text("hub.stage", "Stage", "阶段");

    /// <summary>The words for total.</summary>
    public static FindingKind Total { get; } = Text("hub.total", "Total", "合计");

    /// <summary>The words for punctuality title.</summary>
    public static FindingKind PunctualityTitle { get; } = Text("hub.punctuality_title", "How punctual were we?", "准时情况");

    /// <summary>The words for figure.</summary>
    public static FindingKind Figure { get; } = Text("hub.figure", "Figure", "指标");

    /// <summary>The words for business column.</summary>
    public static FindingKind BusinessColumn { get; } = Text("hub.business", "Business", "企业");

    /// <summary>The words for rate.</summary>
    public static FindingKind Rate { get; } = Text("hub.rate", "Rate", "比率");

    /// <summary>The words for on time.</summary>
    public static FindingKind OnTime { get; } = Text("hub.on_time", "On time", "准时");

    /// <summary>The words for counted.</summary>
    public static FindingKind Counted { get; } = Text("hub.counted", "Counted", "计入");

    /// <summary>The words for overdue unfinished.</summary>
    public static FindingKind OverdueUnfinished { get; } = Text("hub.overdue_unfinished", "Overdue, not there", "逾期未达");

    /// <summary>The words for without promise.</summary>
    public static FindingKind WithoutPromise { get; } = Text("hub.without_promise", "No promise", "无承诺");

    /// <summary>The words for all.</summary>
    public static FindingKind All { get; } = Text("hub.all", "All", "全部");

    /// <summary>The words for definitions title.</summary>
    public static FindingKind DefinitionsTitle { get; } = Text("hub.definitions", "What these figures mean:", "指标定义：");

    /// <summary>The words for overdue definition.</summary>
    public static FindingKind OverdueDefinition { get; } = Text(
        "hub.overdue_definition",
        "Overdue, not there = orders whose promise has passed and that have not left (or are not signed for) yet; "
        + "no rate counts them, so they stand beside it.",
        "逾期未达 = 承诺已过而仍未发出（或未签收）的订单；比率不含它们，故单独列示。");

    /// <summary>The words for never promised.</summary>
    public static FindingKind NeverPromised { get; } = Text(
        "hub.never_promised",
        "Without any promise ({count}): {orders}.",
        "从未承诺交期（{count}）：{orders}。");

    /// <summary>The words for days.</summary>
    public static FindingKind Days { get; } = Text("hub.days", "Playing the days", "逐日运行");

    /// <summary>The words for a split plan.</summary>
    public static FindingKind PlanTitle { get; } = Text(
        "hub.plan_title", "An order of {lines} lines, {sites} sites that could ship:", "一张 {lines} 行的订单，{sites} 个可发货仓：");

    /// <summary>One shipment.</summary>
    public static FindingKind PlanShipment { get; } = Text("hub.plan_shipment", "  {site} ships {picks}", "  {site} 发 {picks}");

    /// <summary>What the plan costs.</summary>
    public static FindingKind PlanCost { get; } = Text(
        "hub.plan_cost", "  costs {cost}; proved: no plan costs less than {bound}. Nearest first would cost {nearest}.",
        "  成本 {cost}；已证明任何方案不低于 {bound}。就近优先的成本为 {nearest}。");

    /// <summary>What a rule said.</summary>
    public static FindingKind PlanRule { get; } = Text(
        "hub.plan_rule", "  {site} for {line}: {rule}: {why}", "  {site} 供 {line}：{rule}：{why}");

    /// <summary>What a rule added.</summary>
    public static FindingKind PlanPriced { get; } = Text(
        "hub.plan_priced", "{cost} more a piece", "每件加价 {cost}");

    /// <summary>Why a site does not ship.</summary>
    public static FindingKind PlanRejected { get; } = Text(
        "hub.plan_rejected", "  {site} ships nothing: at the plan's prices opening it would change the cost by {cost}.",
        "  {site} 不发货：按方案价格启用它将使成本变化 {cost}。");

    /// <summary>What an assignment came to.</summary>
    public static FindingKind Assigned { get; } = Text(
        "hub.assigned", "{model}: {assigned} of {orders} orders assigned, cost {cost}, reference {reference}, {seconds} s.",
        "{model}：{orders} 张订单已分配 {assigned} 张，成本 {cost}，参考值 {reference}，用时 {seconds} 秒。");

    private static FindingKind Text(string code, string english, string chinese) => new(code, Severity.Note, english, chinese);
}
