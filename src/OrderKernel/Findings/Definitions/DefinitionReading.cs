using System;
using System.Collections.Immutable;
using System.Linq;

namespace OrderKernel.Findings;

/// <summary>What came of reading a definition: the definition, or everything that is wrong with the text.</summary>
/// <typeparam name="T">What is defined.</typeparam>
public sealed class DefinitionReading<T>
    where T : class
{
    /// <summary>Makes a reading.</summary>
    /// <param name="value">The definition; dropped when a finding refuses it.</param>
    /// <param name="findings">Everything that was found, in the order of the text.</param>
    public DefinitionReading(T? value, ImmutableArray<Finding> findings)
    {
        Findings = findings;
        Value = findings.Any(static finding => finding.Severity == Severity.Refusal) ? null : value;
    }

    /// <summary>The definition; null when <see cref="Findings"/> refuse it.</summary>
    public T? Value { get; }

    /// <summary>Everything that was found, each with its place as a JSON path; may hold warnings beside a definition.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>The definition, or an exception; for definitions that ship with a program.</summary>
    /// <exception cref="FormatException">The text was refused; the message holds every finding.</exception>
    public T OrThrow() => Value ?? throw new FormatException(
        string.Join(" ", Findings.Select(static finding => finding.Text(Language.English))));
}
