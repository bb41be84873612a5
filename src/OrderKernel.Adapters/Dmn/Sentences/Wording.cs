using System.Collections.Generic;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Sentences;

/// <summary>What a condition says of a field.</summary>
internal enum Relation
{
    Is,
    IsNot,
    More,
    AtLeast,
    Less,
    AtMost,
    Between,
    In,
    Missing,
    Given,
    Satisfies,
}

/// <summary>The words of one language. Of several words for one thing the first is the one that is printed.</summary>
internal sealed class Wording
{
    public static readonly Wording Chinese = new()
    {
        If = new[] { "若", "如果", "当" },
        And = new[] { "且", "并且", "而且" },
        Or = new[] { "或", "或者" },
        Then = new[] { "则", "那么", "就" },
        Always = new[] { "任何情况" },
        Comma = new[] { ",", "，" },
        True = new[] { "是", "真" },
        False = new[] { "否", "假" },
        Outcome = new[] { "为", "=", "是" },
        Gap = string.Empty,
        Relations = new (Relation, string[])[]
        {
            (Relation.IsNot, new[] { "不为", "不是", "≠", "非" }),
            (Relation.Missing, new[] { "未填写", "为空", "缺失" }),
            (Relation.Given, new[] { "已填写", "不为空" }),
            (Relation.AtLeast, new[] { "不低于", "不小于", "至少为", "大于等于", "≥" }),
            (Relation.AtMost, new[] { "不超过", "不大于", "不高于", "小于等于", "≤" }),
            (Relation.More, new[] { "大于", "超过", "高于", ">", "＞" }),
            (Relation.Less, new[] { "小于", "低于", "不足", "<", "＜" }),
            (Relation.Between, new[] { "介于" }),
            (Relation.In, new[] { "属于区间" }),
            (Relation.Satisfies, new[] { "满足" }),
            (Relation.Is, new[] { "为", "是", "等于", "=", "＝" }),
        },
        BetweenAnd = "与",
        BetweenEnd = "之间",
        OpenQuote = "「",
        CloseQuote = "」",
    };

    public static readonly Wording English = new()
    {
        If = new[] { "if" },
        And = new[] { "and" },
        Or = new[] { "or" },
        Then = new[] { "then" },
        Always = new[] { "anything is given" },
        Comma = new[] { "," },
        True = new[] { "true", "yes" },
        False = new[] { "false", "no" },
        Outcome = new[] { "is" },
        Gap = " ",
        Relations = new (Relation, string[])[]
        {
            (Relation.IsNot, new[] { "is not" }),
            (Relation.Missing, new[] { "is missing" }),
            (Relation.Given, new[] { "is given" }),
            (Relation.AtLeast, new[] { "is at least" }),
            (Relation.AtMost, new[] { "is at most" }),
            (Relation.More, new[] { "is more than" }),
            (Relation.Less, new[] { "is less than" }),
            (Relation.Between, new[] { "is between" }),
            (Relation.In, new[] { "is in" }),
            (Relation.Satisfies, new[] { "satisfies" }),
            (Relation.Is, new[] { "is" }),
        },
        BetweenAnd = "and",
        BetweenEnd = string.Empty,
        OpenQuote = "「",
        CloseQuote = "」",
    };

    public string[] If { get; private init; } = null!;

    public string[] And { get; private init; } = null!;

    public string[] Or { get; private init; } = null!;

    public string[] Then { get; private init; } = null!;

    public string[] Always { get; private init; } = null!;

    public string[] Comma { get; private init; } = null!;

    public string[] True { get; private init; } = null!;

    public string[] False { get; private init; } = null!;

    public string[] Outcome { get; private init; } = null!;

    /// <summary>What stands between words: nothing in Chinese, a blank in English.</summary>
    public string Gap { get; private init; } = null!;

    public IReadOnlyList<(Relation Relation, string[] Words)> Relations { get; private init; } = null!;

    public string BetweenAnd { get; private init; } = null!;

    public string BetweenEnd { get; private init; } = null!;

    public string OpenQuote { get; private init; } = null!;

    public string CloseQuote { get; private init; } = null!;

    public static Wording Of(Language language) => language == Language.Chinese ? Chinese : English;

    public string Word(Relation relation)
    {
        foreach ((Relation known, string[] words) in Relations)
        {
            if (known == relation)
            {
                return words[0];
            }
        }

        return string.Empty;
    }
}
