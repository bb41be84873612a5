using System;

namespace OrderKernel.Findings;

/// <summary>A stable dotted code with its business name in both languages: a state, a field, a role, a reason.</summary>
/// <remarks>
/// <para>Code and texts are never empty; the code is lower-case words joined by dots and underscores and never changes
/// once released, while the texts may be reworded.</para>
/// </remarks>
public sealed record Term
{
    /// <summary>Makes a term.</summary>
    /// <param name="code">The stable code, such as <c>stage.awaiting_stock</c>.</param>
    /// <param name="english">The English name.</param>
    /// <param name="chinese">The zh-CN name.</param>
    /// <exception cref="ArgumentException">A part is empty or the code is malformed.</exception>
    public Term(string code, string english, string chinese)
    {
        Code = CodeRule.Check(code, nameof(code));
        English = TextRule.CheckName(english, nameof(english));
        Chinese = TextRule.CheckName(chinese, nameof(chinese));
    }

    /// <summary>The stable dotted code.</summary>
    public string Code { get; }

    /// <summary>The English name.</summary>
    public string English { get; }

    /// <summary>The zh-CN name.</summary>
    public string Chinese { get; }

    /// <summary>The name in one language.</summary>
    /// <param name="language">The language to answer in.</param>
    public string Text(Language language) => language == Language.Chinese ? Chinese : English;
}
