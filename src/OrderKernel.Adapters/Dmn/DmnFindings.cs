using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn;

/// <summary>Everything this package can say about a model, an expression or an evaluation.</summary>
public static class DmnFindings
{
    internal static readonly FindingKind Unreadable = Refusal("dmn.unreadable",
        "The file is not readable as DMN: {reason}. Export it again from the modeller.",
        "文件无法按 DMN 读取：{reason}。请从建模工具重新导出。");

    internal static readonly FindingKind TooLarge = Refusal("dmn.too_large",
        "The model exceeds a bound: {what} may be at most {limit}. Split it.",
        "模型超出上限：{what} 最多 {limit}。请拆分。");

    internal static readonly FindingKind NotFound = Refusal("dmn.not_found",
        "The model has no {what} named '{name}'.{suggestion}",
        "模型中没有名为“{name}”的{what}。{suggestion}");

    internal static readonly FindingKind Cycle = Refusal("dmn.cycle",
        "The decisions require each other in a circle: {path}. Remove one of the requirements.",
        "决策互相依赖成环：{path}。请去掉其中一条依赖。");

    internal static readonly FindingKind Syntax = Refusal("dmn.syntax",
        "'{text}' is not FEEL: expected {expected} at character {position}.",
        "“{text}”不是有效的 FEEL：第 {position} 个字符处应为 {expected}。");

    internal static readonly FindingKind FullWidth = Refusal("dmn.full_width",
        "'{character}' is full-width punctuation. Write '{fix}' instead.",
        "“{character}”是全角标点，请改为“{fix}”。");

    internal static readonly FindingKind ExpressionTooLong = Refusal("dmn.expression_too_long",
        "The expression is longer than {limit} characters. Split it.",
        "表达式超过 {limit} 个字符，请拆分。");

    internal static readonly FindingKind TooDeep = Refusal("dmn.too_deep",
        "The expression is nested too deeply. Name its parts.",
        "表达式嵌套过深，请拆成有名字的部分。");

    internal static readonly FindingKind NotTemporal = Refusal("dmn.not_temporal",
        "'{text}' is no date, time or duration. Write such as 2026-02-17, 08:30:00 or P15D.",
        "“{text}”不是日期、时间或时长。请写成 2026-02-17、08:30:00 或 P15D。");

    internal static readonly FindingKind NumberTooLarge = Refusal("dmn.number_too_large",
        "'{text}' has more digits than a number can hold (28).",
        "“{text}”的位数超出数字的范围（28 位）。");

    internal static readonly FindingKind DuplicateEntry = Refusal("dmn.duplicate_entry",
        "The entry '{name}' stands twice in one context.",
        "同一上下文中“{name}”出现了两次。");

    internal static readonly FindingKind NameUnknown = Refusal("dmn.name_unknown",
        "The name '{name}' is not known here.{suggestion}",
        "此处没有名为“{name}”的字段。{suggestion}");

    internal static readonly FindingKind Unquoted = Refusal("dmn.text_unquoted",
        "'{text}' reads as a name, not as text. Write \"{text}\" in quotes.",
        "“{text}”会被当作名称而不是文本，请加引号：\"{text}\"。");

    internal static readonly FindingKind FragileName = new("dmn.name_fragile", Severity.Warning,
        "'{name}' could also be read as {other}. Put blanks or parentheses so that a new field cannot change it.",
        "“{name}”也可能被读作 {other}。请加括号，避免新增字段后含义改变。");

    internal static readonly FindingKind TypeMismatch = Refusal("dmn.type_mismatch",
        "'{text}' is {actual}; {expected} is needed here.",
        "“{text}”的类型是 {actual}，此处需要 {expected}。");

    internal static readonly FindingKind ValueNotAllowed = Refusal("dmn.value_not_allowed",
        "'{text}' is not among the allowed values {allowed}.",
        "“{text}”不在允许的取值 {allowed} 之内。");

    internal static readonly FindingKind OperandInvalid = Refusal("dmn.operand_invalid",
        "'{text}' has no answer for {operands}.",
        "“{text}”对 {operands} 没有结果。");

    internal static readonly FindingKind ArgumentInvalid = Refusal("dmn.argument_invalid",
        "The function {function} has no answer for ({arguments}).",
        "函数 {function} 对参数（{arguments}）没有结果。");

    internal static readonly FindingKind CallMismatch = Refusal("dmn.call_mismatch",
        "The function {function} takes no such arguments.",
        "函数 {function} 不接受这样的参数。");

    internal static readonly FindingKind NotFunction = Refusal("dmn.not_function",
        "'{text}' is no function.",
        "“{text}”不是函数。");

    internal static readonly FindingKind HitsConflict = Refusal("dmn.hits_conflict",
        "The table '{table}' allows one answer, but the rows {rows} all match.",
        "决策表“{table}”只允许一个结果，但第 {rows} 行同时命中。");

    internal static readonly FindingKind OutputNotAllowed = Refusal("dmn.output_not_allowed",
        "The output '{value}' of the table '{table}' is not among its output values.",
        "决策表“{table}”的输出“{value}”不在其输出值之内。");

    internal static readonly FindingKind InputNotAllowed = Refusal("dmn.input_not_allowed",
        "The value {value} of '{input}' is not among its allowed values.",
        "“{input}”的值 {value} 不在允许的取值之内。");

    internal static readonly FindingKind BudgetSpent = Refusal("dmn.budget_spent",
        "The evaluation was stopped: {what} exceeded {limit}.",
        "求值已中止：{what} 超过 {limit}。");

    internal static readonly FindingKind EmptyCell = new("dmn.cell_empty", Severity.Warning,
        "The cell is empty and is read as '-' (any value). Write '-' to say so.",
        "单元格为空，按“-”（任意值）处理。请写“-”。");

    internal static readonly FindingKind NullByError = Refusal("dmn.null_by_error",
        "'{text}' can only ever be null: {reason}.",
        "“{text}”只能得到空值：{reason}。");

    internal static readonly FindingKind Gap = new("dmn.gap", Severity.Warning,
        "No row of '{table}' matches {box}; for example {example}. Add a row or a default output.",
        "“{table}”没有任何一行匹配 {box}；例如 {example}。请补充一行或默认输出。");

    internal static readonly FindingKind MayGap = new("dmn.gap_possible", Severity.Note,
        "It may be that no row of '{table}' matches {box}, as with {example}; a cell that is only run decides it.",
        "“{table}”可能没有任何一行匹配 {box}，例如 {example}；取决于运行时才能确定的单元格。");

    internal static readonly FindingKind GapNull = new("dmn.gap_null", Severity.Note,
        "No row of '{table}' matches when '{column}' is missing; for example {example}.",
        "“{column}”缺失时，“{table}”没有任何一行匹配；例如 {example}。");

    internal static readonly FindingKind Overlap = Refusal("dmn.overlap",
        "Rows {rows} of '{table}' both match {example}, but its hit policy allows one. Narrow one of them or choose F or P.",
        "“{table}”第 {rows} 行同时匹配 {example}，而命中策略只允许一行。请缩小其中一行，或改用 F、P。");

    internal static readonly FindingKind Conflict = Refusal("dmn.conflict",
        "Rows {rows} of '{table}' both match {example} with different outputs.",
        "“{table}”第 {rows} 行同时匹配 {example}，但输出不同。");

    internal static readonly FindingKind MayOverlap = new("dmn.overlap_possible", Severity.Warning,
        "Rows {rows} of '{table}' may both match, as with {example}; a cell that is only run decides it.",
        "“{table}”第 {rows} 行可能同时匹配，例如 {example}；取决于运行时才能确定的单元格。");

    internal static readonly FindingKind MayConflict = new("dmn.conflict_possible", Severity.Warning,
        "Rows {rows} of '{table}' may both match, as with {example}, and answer differently.",
        "“{table}”第 {rows} 行可能同时匹配，例如 {example}，且输出不同。");

    internal static readonly FindingKind Masked = new("dmn.masked", Severity.Warning,
        "Row {row} of '{table}' never counts: row {by} matches whenever it does and has priority.",
        "“{table}”第 {row} 行永远不起作用：第 {by} 行总是同时匹配且优先。");

    internal static readonly FindingKind Unreachable = new("dmn.unreachable", Severity.Warning,
        "Row {row} of '{table}' is never reached: the rows before it cover it.",
        "“{table}”第 {row} 行永远执行不到：前面的行已全部覆盖。");

    internal static readonly FindingKind Redundant = new("dmn.redundant", Severity.Note,
        "Row {row} of '{table}' says nothing that row {by} does not say.",
        "“{table}”第 {row} 行是多余的：第 {by} 行已包含。");

    internal static readonly FindingKind Contractible = new("dmn.contractible", Severity.Note,
        "Rows {rows} of '{table}' differ in '{column}' only and can be one: {cell}.",
        "“{table}”第 {rows} 行只在“{column}”不同，可合并为一行：{cell}。");

    internal static readonly FindingKind ColumnUnused = new("dmn.column_unused", Severity.Note,
        "The column '{column}' of '{table}' tells no rows apart. Remove it.",
        "“{table}”的“{column}”列不区分任何行，可删除。");

    internal static readonly FindingKind MayColumnUnused = new("dmn.column_unused_possible", Severity.Note,
        "The column '{column}' of '{table}' may tell no rows apart; cells that are only run, or values that it refuses, "
            + "decide it.",
        "“{table}”的“{column}”列可能不区分任何行；取决于运行时才能确定的单元格，或该列不接受的取值。");

    internal static readonly FindingKind MayContractible = new("dmn.contractible_possible", Severity.Note,
        "Rows {rows} of '{table}' differ in '{column}' only and may be one: {cell}; a missing value or one of another type "
            + "decides it.",
        "“{table}”第 {rows} 行只在“{column}”不同，或可合并为一行：{cell}；取决于缺失的值或其他类型的值。");

    internal static readonly FindingKind InputUnused = new("dmn.input_unused", Severity.Warning,
        "The input '{input}' is required by no decision.",
        "输入“{input}”没有被任何决策使用。");

    internal static readonly FindingKind ValueUntested = new("dmn.value_untested", Severity.Note,
        "'{table}' can answer {value}, which no row of '{user}' asks for.",
        "“{table}”可能得出 {value}，而“{user}”没有任何一行处理它。");

    internal static readonly FindingKind Capped = new("dmn.analysis_capped", Severity.Note,
        "The analysis of '{table}' shows {shown} of {what}.",
        "“{table}”的分析只显示 {what} 中的 {shown} 项。");

    internal static readonly FindingKind Unfinished = new("dmn.analysis_unfinished", Severity.Warning,
        "The analysis of '{table}' was not finished: looking for {what} took more than {limit} steps. Split the table, or give the "
            + "analysis a larger budget.",
        "“{table}”的分析没有做完：查找{what}超过了 {limit} 步。请拆分决策表，或提高分析预算。");

    internal static readonly FindingKind SentenceWord = Refusal("dmn.sentence_word",
        "'{word}' at character {position} is not a word of this table. Did you mean: {suggestion}",
        "第 {position} 个字符处的“{word}”不是本表的用词。是否想写：{suggestion}");

    internal static readonly FindingKind SentenceTwice = Refusal("dmn.sentence_twice",
        "'{field}' is named twice (character {position}). Say it once, with or.",
        "“{field}”出现了两次（第 {position} 个字符处）。请合并为一处，用“或”连接。");

    /// <summary>All kinds by code.</summary>
    public static FindingCatalog Catalog { get; } = new(ImmutableArray.Create(
        Unreadable, TooLarge, NotFound, Cycle, Syntax, FullWidth, ExpressionTooLong, TooDeep, NotTemporal, NumberTooLarge,
        DuplicateEntry, NameUnknown, Unquoted, FragileName, TypeMismatch, ValueNotAllowed, OperandInvalid, ArgumentInvalid,
        CallMismatch, NotFunction, HitsConflict, OutputNotAllowed, InputNotAllowed, BudgetSpent, EmptyCell, NullByError,
        Gap, MayGap, GapNull, Overlap, Conflict, MayOverlap, MayConflict, Masked, Unreachable, Redundant, Contractible,
        ColumnUnused, MayColumnUnused, MayContractible, InputUnused, ValueUntested, Capped, Unfinished, SentenceWord, SentenceTwice));

    private static FindingKind Refusal(string code, string english, string chinese) =>
        new(code, Severity.Refusal, english, chinese);
}
