using System;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>A row that was not taken, and every reason why. It never carries the value of a cell.</summary>
/// <param name="File">The name of the file, without its folder.</param>
/// <param name="Row">The line of the file at which the row begins; the header is line 1.</param>
/// <param name="Reasons">Every reason; the field of each names the column, and is empty when the whole row is meant.</param>
public sealed record DeadLetter(string File, int Row, ImmutableArray<Finding> Reasons)
{
    /// <summary>The text of its first field, for joining and never for output; null where that cannot be read.</summary>
    internal string? Key { get; init; }

    /// <summary>The columns at fault, each once, joined; empty when the whole row is.</summary>
    public string Columns => string.Join("; ", Reasons
        .Select(static reason => reason.Field).Where(static column => column.Length > 0).Distinct(StringComparer.Ordinal));

    /// <summary>The reasons as sentences; those about a column start with its name where there are several.</summary>
    /// <param name="language">The language to answer in.</param>
    public string Text(Language language) => string.Join(" ", Reasons.Select(reason =>
        Reasons.Length > 1 && reason.Field.Length > 0 ? reason.Field + ": " + reason.Text(language) : reason.Text(language)));
}
