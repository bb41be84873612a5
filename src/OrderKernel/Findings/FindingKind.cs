using System;
using System.Collections.Immutable;

namespace OrderKernel.Findings;

/// <summary>One thing the kernel can say: a stable code, its weight and a sentence with places for facts, in both languages.</summary>
/// <remarks>
/// <para>Places are written <c>{name}</c>; both sentences use the same names. A sentence tells what is wrong and what to do.</para>
/// <para>Errors: the constructor throws <see cref="ArgumentException"/> when the languages name different places.</para>
/// </remarks>
public sealed class FindingKind
{
    /// <summary>Defines a kind of finding; do it once, in a static field.</summary>
    /// <param name="code">The stable dotted code, such as <c>order.line_unknown</c>.</param>
    /// <param name="severity">Its weight.</param>
    /// <param name="english">The English sentence with <c>{places}</c>.</param>
    /// <param name="chinese">The zh-CN sentence with the same <c>{places}</c>.</param>
    public FindingKind(string code, Severity severity, string english, string chinese)
    {
        Name = new Term(code, english, chinese);
        Severity = severity;
        Places = SentenceTemplate.Places(english);
        if (!new System.Collections.Generic.HashSet<string>(Places).SetEquals(SentenceTemplate.Places(chinese)))
        {
            throw new ArgumentException($"The sentences of '{code}' name different places.", nameof(chinese));
        }
    }

    /// <summary>The code and both sentences.</summary>
    public Term Name { get; }

    /// <summary>The stable dotted code.</summary>
    public string Code => Name.Code;

    /// <summary>The weight of every finding of this kind.</summary>
    public Severity Severity { get; }

    /// <summary>The places of the English sentence, in its order; may be empty.</summary>
    public ImmutableArray<string> Places { get; }

    /// <summary>Makes a finding of this kind.</summary>
    /// <param name="subject">What it is about, such as <c>line 3</c>; empty for the whole command.</param>
    /// <param name="field">The field at fault; empty when none is.</param>
    /// <param name="facts">One value per place, in the order of <see cref="Places"/>.</param>
    /// <exception cref="ArgumentException">The number of facts differs from the number of places.</exception>
    public Finding About(string subject, string field, params string[] facts)
    {
        if (facts is null || facts.Length != Places.Length)
        {
            throw new ArgumentException($"'{Code}' takes {Places.Length} facts.", nameof(facts));
        }

        var builder = ImmutableArray.CreateBuilder<Fact>(facts.Length);
        for (int i = 0; i < facts.Length; i++)
        {
            builder.Add(new Fact(Places[i], facts[i]));
        }

        return new Finding(this, subject, field, builder.MoveToImmutable());
    }
}
