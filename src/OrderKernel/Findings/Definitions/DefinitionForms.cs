using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace OrderKernel.Findings;

/// <summary>The forms that a value in a definition may be expected to have. A finding carries the code, and what it is shown by, as its
/// fact <c>expected</c>; the sentence says it in its own language.</summary>
public static class DefinitionForms
{
    private const string It = "{it}";

    private static readonly ImmutableDictionary<string, Term> ByCode = new[]
    {
        new Term("form.object", "an object", "对象"),
        new Term("form.list", "a list", "列表"),
        new Term("form.entry", "an entry", "一项内容"),
        new Term("form.text", "a text", "文本"),
        new Term("form.name", "a name of 1 to {it} characters", "1 至 {it} 个字符的名称"),
        new Term("form.flag", "true or false", "true 或 false"),
        new Term("form.whole_number", "a whole number", "整数"),
        new Term("form.zero_or_more", "zero or more", "零或正数"),
        new Term("form.one_or_more", "1 or more", "不小于 1 的数"),
        new Term(
            "form.code", "lower-case words and digits joined by dots and underscores, at most 80",
            "以点和下划线连接的小写单词与数字，最多 80 个字符"),
        new Term(
            "form.pack_id", "1 to 40 letters and digits, such as AUTO2026Q1, joined by - or _",
            "1 至 40 个字母与数字，可用 - 或 _ 连接，如 AUTO2026Q1"),
        new Term("form.one_of", "one of {it}", "以下之一：{it}"),
        new Term("form.field", "a field of the same carrier: {it}", "同一对象的字段：{it}"),
        new Term("form.value", "a value of {it}", "{it} 之一"),
        new Term("form.date", "a date such as {it}", "日期，如 {it}"),
        new Term("form.day", "a day such as {it}", "日期，如 {it}"),
        new Term("form.span", "a day such as 2026-01-04, or first/last", "日期（如 2026-01-04），或“首日/末日”"),
        new Term("form.day_of_year", "a day of the year {it}", "{it} 年的日期"),
        new Term("form.year", "a year from 1900 to 2200", "1900 至 2200 之间的年份"),
        new Term("form.moment", "a moment such as {it}", "时刻，如 {it}"),
        new Term("form.time", "a time such as {it}", "时间，如 {it}"),
        new Term("form.zone", "an offset such as +08:00, or a zone such as Asia/Shanghai", "时差（如 +08:00）或时区（如 Asia/Shanghai）"),
        new Term(
            "form.shared_file", "a file below the folder of the packs, such as lifecycles/standard.json, without .. or a drive",
            "配置包所在文件夹之下的文件，如 lifecycles/standard.json，不得含 .. 或盘符"),
        new Term("form.hours", "spans such as 08:30-12:00 13:00-17:30, ascending", "递增的时段，如 08:30-12:00 13:00-17:30"),
    }.ToImmutableDictionary(static form => form.Code, StringComparer.Ordinal);

    /// <summary>All forms, by code in ordinal order.</summary>
    public static ImmutableArray<Term> All { get; } =
        ByCode.Values.OrderBy(static form => form.Code, StringComparer.Ordinal).ToImmutableArray();

    /// <summary>The fact that says a form.</summary>
    /// <param name="name">The last word of its code, such as <c>date</c>.</param>
    /// <param name="shownBy">An example, a bound or a list, where the form has a place for it.</param>
    /// <exception cref="ArgumentException">There is no such form, or it has a place and is not shown by anything.</exception>
    public static string Of(string name, string shownBy = "")
    {
        string code = "form." + name;
        return ByCode.TryGetValue(code, out Term? form) && form.English.Contains(It) == (shownBy ?? string.Empty).Length > 0
            ? code + (shownBy!.Length > 0 ? " " + shownBy : string.Empty)
            : throw new ArgumentException($"There is no form '{name}' that is shown by '{shownBy}'.", nameof(name));
    }

    /// <summary>What a fact says in a language; the fact itself where it says no form.</summary>
    internal static string Say(Fact fact, Language language)
    {
        int space = fact.Value.IndexOf(' ');
        string code = space < 0 ? fact.Value : fact.Value.Substring(0, space);
        return fact.Name == "expected" && ByCode.TryGetValue(code, out Term? form)
            ? form.Text(language).Replace(It, fact.Value.Substring(space + 1))
            : fact.Value;
    }
}
