using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace OrderKernel.Findings;

/// <summary>A named value that a finding was based on.</summary>
/// <param name="Name">The place in the sentence.</param>
/// <param name="Value">The value as text, in the invariant culture.</param>
public readonly record struct Fact(string Name, string Value);

/// <summary>One thing said about one subject: what kind, where, and with which facts. Data first, text on request.</summary>
/// <remarks>
/// <para>Shape: facts stand in the order of the kind's places and may be empty. Two findings are equal when code,
/// subject, field and facts are.</para>
/// </remarks>
public sealed class Finding : IEquatable<Finding>
{
    /// <summary>Makes a finding; <see cref="FindingKind.About"/> is the usual way.</summary>
    /// <param name="kind">What kind of thing is said.</param>
    /// <param name="subject">What it is about; empty for the whole command.</param>
    /// <param name="field">The field at fault; empty when none is.</param>
    /// <param name="facts">The facts, in the order of the kind's places.</param>
    public Finding(FindingKind kind, string subject, string field, ImmutableArray<Fact> facts)
    {
        Kind = kind ?? throw new ArgumentNullException(nameof(kind));
        Subject = subject ?? throw new ArgumentNullException(nameof(subject));
        Field = field ?? throw new ArgumentNullException(nameof(field));
        Facts = facts.IsDefault ? ImmutableArray<Fact>.Empty : facts;
    }

    /// <summary>What kind of thing is said.</summary>
    public FindingKind Kind { get; }

    /// <summary>The stable dotted code of the kind.</summary>
    public string Code => Kind.Code;

    /// <summary>The weight.</summary>
    public Severity Severity => Kind.Severity;

    /// <summary>What it is about, such as <c>line 3</c>; empty for the whole command.</summary>
    public string Subject { get; }

    /// <summary>The field at fault; empty when none is.</summary>
    public string Field { get; }

    /// <summary>The facts it was based on.</summary>
    public ImmutableArray<Fact> Facts { get; }

    /// <summary>The sentence in one language, with the facts in their places.</summary>
    /// <param name="language">The language to answer in.</param>
    public string Text(Language language) => SentenceTemplate.Fill(
        Kind.Name.Text(language), ImmutableArray.CreateRange(Facts, fact => fact with { Value = DefinitionForms.Say(fact, language) }));

    /// <inheritdoc />
    public bool Equals(Finding? other)
    {
        if (other is null || other.Code != Code || other.Subject != Subject || other.Field != Field
            || other.Facts.Length != Facts.Length)
        {
            return false;
        }

        for (int i = 0; i < Facts.Length; i++)
        {
            if (!EqualityComparer<Fact>.Default.Equals(Facts[i], other.Facts[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Finding);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Code, Subject, Field);

    /// <summary>The code, subject and English sentence, for logs and debuggers.</summary>
    public override string ToString() =>
        Subject.Length == 0 ? $"{Code}: {Text(Language.English)}" : $"{Code} ({Subject}): {Text(Language.English)}";
}
