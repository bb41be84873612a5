using System;
using System.Collections.Immutable;

namespace OrderKernel.Findings;

/// <summary>Whether a display name is business language: never a name out of a program or a database.</summary>
/// <remarks><para>Held wherever data brings names along: states, fields, order types, roles. Source: requirement
/// S4-22.</para></remarks>
public static class BusinessName
{
    /// <summary>A display name is a technical name.</summary>
    public static FindingKind Technical { get; } = new(
        "name.technical", Severity.Refusal,
        "'{name}' is a technical name. Write what business people say, such as 'Current blocker'.",
        "“{name}”是技术名称，请使用业务语言，例如“当前卡点”。");

    /// <summary>A zh-CN name without a Chinese character.</summary>
    public static FindingKind NotChinese { get; } = new(
        "name.not_chinese", Severity.Refusal,
        "The zh-CN name '{name}' holds no Chinese character. Translate it.", "中文名称“{name}”没有汉字，请填写中文。");

    /// <summary>Both kinds.</summary>
    public static ImmutableArray<FindingKind> All { get; } = ImmutableArray.Create(Technical, NotChinese);

    /// <summary>What is wrong with a pair of display names; empty when both are business language.</summary>
    /// <param name="english">The English name.</param>
    /// <param name="chinese">The zh-CN name.</param>
    /// <param name="subject">What is named, such as <c>$.states[3]</c>; stands in the findings.</param>
    /// <returns>At most one finding a language.</returns>
    public static ImmutableArray<Finding> Faults(string english, string chinese, string subject)
    {
        if (english is null || chinese is null)
        {
            throw new ArgumentNullException(nameof(english));
        }

        var findings = ImmutableArray<Finding>.Empty;
        if (IsTechnical(english))
        {
            findings = findings.Add(Technical.About(subject, "en", english));
        }

        return IsTechnical(chinese) ? findings.Add(Technical.About(subject, "zh", chinese))
            : HasHan(chinese) ? findings
            : findings.Add(NotChinese.About(subject, "zh", chinese));
    }

    /// <summary>Whether a text looks like an identifier: an underscore, letters joined by a dot, camelCase, a call
    /// or a placeholder.</summary>
    /// <param name="name">The display name.</param>
    /// <remarks><para>Abbreviations and products stay allowed: ERP, UDI, iPhone, V2.1, A4.</para></remarks>
    public static bool IsTechnical(string name)
    {
        if (name is null)
        {
            throw new ArgumentNullException(nameof(name));
        }

        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool inside = i > 0 && i + 1 < name.Length;
            if (c is '_' or '$' or '{' or '}' or '\\'
                || (c == '(' && i + 1 < name.Length && name[i + 1] == ')')
                || (c == '.' && inside && IsLower(name[i - 1]) && IsLetter(name[i + 1]))
                || (i >= 2 && c is >= 'A' and <= 'Z' && IsLower(name[i - 1]) && IsLower(name[i - 2])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasHan(string text)
    {
        foreach (char c in text)
        {
            if (c is >= '\u4e00' and <= '\u9fff')
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLower(char c) => c is >= 'a' and <= 'z';

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
