using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>Why a row, or a whole file, cannot be read. No sentence carries the value of a cell.</summary>
public static class CsvFindings
{
    /// <summary>More fields than the header, between commas.</summary>
    public static FindingKind TooManyFields { get; } = Reason(
        "csv.too_many_fields", "{found} fields, the header has {expected}: is a comma not quoted?",
        "共 {found} 个字段，表头只有 {expected} 个：是否有逗号未加引号？");

    /// <summary>More fields than the header, between other delimiters.</summary>
    public static FindingKind TooManyFieldsBetween { get; } = Reason(
        "csv.too_many_fields_between", "{found} fields, the header has {expected}: is a '{delimiter}' not quoted?",
        "共 {found} 个字段，表头只有 {expected} 个：是否有“{delimiter}”未加引号？");

    /// <summary>Fewer fields than the header.</summary>
    public static FindingKind TooFewFields { get; } = Reason(
        "csv.too_few_fields", "{found} fields, the header has {expected}: is the row cut off?",
        "共 {found} 个字段，表头有 {expected} 个：该行是否被截断？");

    /// <summary>A quote is never closed.</summary>
    public static FindingKind QuoteOpen { get; } = Reason(
        "csv.quote_open", "A quote is opened and not closed where it should be. Double quotes that belong to the text.",
        "有引号未正确闭合。属于文本的引号请写成两个。");

    /// <summary>A quoted cell takes in what would be rows.</summary>
    public static FindingKind QuoteSwallowsRows { get; } = Reason(
        "csv.quote_swallows_rows",
        "A quoted cell runs from line {first} to line {last} and takes in what would be a row by itself, so none of these lines is taken. "
        + "Double the quotes that belong to the text; or state \"quotes\" in the profile: \"none\" where a quote is a letter like others, "
        + "\"trusted\" where cells do hold such lines.",
        "一个带引号的单元格从第 {first} 行延续到第 {last} 行，其中有的行本身就像一行数据，因此这些行均未导入。属于文本的引号请写成两个；"
        + "或在配置中写明 \"quotes\"：引号只是普通字符时用 \"none\"，单元格确实含有这样的多行内容时用 \"trusted\"。");

    /// <summary>Bytes that are not text in the encoding.</summary>
    public static FindingKind NotText { get; } = Reason(
        "csv.not_text",
        "The row holds bytes that are not {encoding}, or characters that cannot be stored. "
        + "State the file's encoding in the profile.",
        "该行含有不属于 {encoding} 的字节或无法保存的字符，请在配置中写明文件编码。");

    /// <summary>A required cell is empty.</summary>
    public static FindingKind Empty { get; } = Reason(
        "csv.empty", "The cell is empty and the profile states no default.", "单元格为空，配置中也没有默认值。");

    /// <summary>A name is too long.</summary>
    public static FindingKind TooLong { get; } = Reason(
        "csv.too_long", "At most {most} characters fit here.", "此处最多 {most} 个字符。");

    /// <summary>An id that a spreadsheet has made a rounded number of.</summary>
    public static FindingKind ScientificId { get; } = Reason(
        "csv.scientific_id",
        "A spreadsheet has turned this number into scientific notation; its digits are lost. Format the column as text and export again.",
        "表格软件已把该编号变成科学计数法，原有数字已丢失。请将该列设为文本格式后重新导出。");

    /// <summary>A date or time in another form.</summary>
    public static FindingKind NotDate { get; } = Reason(
        "csv.not_date", "This is not a date or time as the profile writes them ({formats}).", "不是配置约定的日期或时间格式（{formats}）。");

    /// <summary>Not a quantity.</summary>
    public static FindingKind NotQuantity { get; } = Reason(
        "csv.not_quantity", "This is not a whole number above zero.", "不是大于零的整数。");

    /// <summary>Not a price.</summary>
    public static FindingKind NotPrice { get; } = Reason(
        "csv.not_price", "This is not a price: zero or more, at most 10 decimal places.", "不是有效单价：须不小于零且最多 10 位小数。");

    /// <summary>Not one of the profile's words.</summary>
    public static FindingKind NotWord { get; } = Reason(
        "csv.not_word", "This is none of the words that the profile knows ({known}).", "不是配置中的词（{known}）。");

    /// <summary>The header lacks a column.</summary>
    public static FindingKind HeaderLacks { get; } = Reason(
        "csv.header_lacks", "The header has no column for '{field}' ({columns}). Is this the right file and delimiter?",
        "表头没有“{field}”对应的列（{columns}）。请检查文件与分隔符是否正确。");

    /// <summary>The header names a column twice.</summary>
    public static FindingKind HeaderRepeats { get; } = Reason(
        "csv.header_repeats", "The header names this column twice. Rename one.", "表头中该列重复，请改名。");

    /// <summary>The file is empty.</summary>
    public static FindingKind FileEmpty { get; } = Reason("csv.file_empty", "The file has no header.", "文件没有表头。");

    /// <summary>The file is beyond a bound.</summary>
    public static FindingKind LimitReached { get; } = Reason(
        "csv.limit_reached", "The bound {limit} = {most} is reached. Split the file or raise the bound.",
        "已达上限 {limit} = {most}，请拆分文件或提高上限。");

    /// <summary>An order stands twice.</summary>
    public static FindingKind OrderRepeated { get; } = Reason(
        "csv.order_repeated", "The order stands in row {row} already; that row counts.", "该订单已在第 {row} 行出现，以该行为准。");

    /// <summary>An order has no lines.</summary>
    public static FindingKind OrderWithoutLines { get; } = Reason(
        "csv.order_without_lines", "No row of {file} belongs to this order.", "{file} 中没有该订单的明细。");

    /// <summary>A line of the order cannot be read.</summary>
    public static FindingKind OrderLineDead { get; } = Reason(
        "csv.order_line_dead", "A line of this order cannot be read ({file} row {row}); an order is not taken in part.",
        "该订单的明细无法读取（{file} 第 {row} 行）；订单不会只导入一部分。");

    /// <summary>A line number stands twice in an order.</summary>
    public static FindingKind LineRepeated { get; } = Reason(
        "csv.line_repeated", "The order has this line number in row {row} already.", "该订单的行号已在第 {row} 行出现。");

    /// <summary>Signed for before it left.</summary>
    public static FindingKind DeliveredBeforeShipped { get; } = Reason(
        "csv.delivered_before_shipped",
        "Signed for before it left, or without having left. Where dates have no time, see dateOnly.fact in the profile.",
        "签收早于发货，或没有发货。若日期不含时间，请查看配置的 dateOnly.fact。");

    /// <summary>Rows of one order contradict each other.</summary>
    public static FindingKind RowsDisagree { get; } = Reason(
        "csv.rows_disagree",
        "The rows of this order ({rows}) do not say the same here. Correct them at the source, or give different orders different numbers.",
        "该订单的各行（第 {rows} 行）在此处内容不一致。请在来源中更正；若本是不同的订单，请使用不同的订单号。");

    /// <summary>Another row of the order cannot be read.</summary>
    public static FindingKind OrderRowDead { get; } = Reason(
        "csv.order_row_dead", "Another row of this order cannot be read (row {row}); an order is not taken in part. Correct that row.",
        "该订单的另一行（第 {row} 行）无法读取；订单不会只导入一部分。请先更正那一行。");

    /// <summary>The source says that the order is not paid.</summary>
    public static FindingKind OrderUnpaid { get; } = Reason(
        "csv.order_unpaid", "The source says that the order is not paid yet, so it is held back. Import it again once it is paid.",
        "来源显示该订单尚未付款，暂不导入。付款后请重新导入。");

    /// <summary>The profile leaves orders of this status out.</summary>
    public static FindingKind OrderLeftOut { get; } = Reason(
        "csv.order_left_out",
        "The profile leaves out orders in this status. To take them, give the status another meaning under words.status.",
        "配置规定处于该状态的订单不导入。若要导入，请在 words.status 中改变该状态的含义。");

    /// <summary>The order left and was cancelled.</summary>
    public static FindingKind CancelledButLeft { get; } = Reason(
        "csv.cancelled_but_left",
        "The source says both that the order left and that it was cancelled. Take it by hand: as shipped, and what came back as a return.",
        "来源既称该订单已发货，又称已取消。请人工录入：按已发货处理，退回的货物按退货处理。");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } = ImmutableArray.Create(
        TooManyFields, TooManyFieldsBetween, TooFewFields, QuoteOpen, NotText, Empty, TooLong, NotDate, NotQuantity, NotPrice,
        NotWord, HeaderLacks, HeaderRepeats, FileEmpty, LimitReached, OrderRepeated, OrderWithoutLines, OrderLineDead, LineRepeated,
        DeliveredBeforeShipped, QuoteSwallowsRows, ScientificId, RowsDisagree, OrderRowDead, OrderUnpaid, OrderLeftOut, CancelledButLeft);

    private static FindingKind Reason(string code, string english, string chinese) =>
        new(code, Severity.Refusal, english, chinese);
}
