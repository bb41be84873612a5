using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Desk;

/// <summary>What to look for in the audit; everything that is left out matches everything.</summary>
/// <param name="Order">The order.</param>
/// <param name="User">The id of the actor.</param>
/// <param name="From">The first moment, inclusive.</param>
/// <param name="Until">The moment before which it happened.</param>
/// <param name="Field">The code of the field that was changed, or was to be changed.</param>
public sealed record AuditQuery(
    OrderId? Order = null, string? User = null, Instant? From = null, Instant? Until = null, string? Field = null);

/// <summary>One thing that was done, or was to be done: who, when, what, before and after, and why.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Stream">Whose history it belongs to.</param>
/// <param name="Version">The version of the stream after it; what was refused left the version as it was, and what rights denied is
/// kept without it and without its contents, so there it is 0.</param>
/// <param name="What">The type of the event, or of the command that was refused.</param>
/// <param name="Actor">Who.</param>
/// <param name="Field">The field; empty when none was changed by name.</param>
/// <param name="Line">The line number; 0 for the order itself.</param>
/// <param name="Before">The value before; the stage before where no field was changed by name.</param>
/// <param name="After">The value after; the stage after where no field was changed by name.</param>
/// <param name="Reason">Why; empty when nobody said.</param>
/// <param name="Voucher">The paper that proves it; empty when there is none.</param>
/// <param name="Command">The command that did it.</param>
/// <param name="Refusals">Why it was refused; empty when it was done.</param>
public sealed record AuditEntry(
    Instant At, StreamId Stream, long Version, string What, Actor Actor, string Field, int Line, string Before, string After,
    string Reason, string Voucher, CommandId Command, ImmutableArray<Finding> Refusals);

/// <summary>A stored event that is not as it was written.</summary>
/// <param name="Stream">Whose history.</param>
/// <param name="Version">The first version at fault.</param>
public readonly record struct TamperedEvent(StreamId Stream, long Version);

/// <summary>The answer to an audit: entries in one order of time, and whether the history they come from is intact.</summary>
/// <remarks><para>Nothing is ever deleted, so an audit of any time can be repeated at any later time.</para></remarks>
public sealed class AuditTrail
{
    private static readonly ImmutableArray<string> Columns = ImmutableArray.Create(
        "at", "stream", "version", "what", "actor", "source", "field", "line", "before", "after", "reason",
        "voucher", "command", "refused");

    internal AuditTrail(IEnumerable<AuditEntry> entries, ImmutableArray<TamperedEvent> tampered)
    {
        Entries = entries.OrderBy(static e => e.At).ThenBy(static e => e.Stream).ThenBy(static e => e.Version)
            .ThenBy(static e => e.Refusals.Length).ToImmutableArray();
        Tampered = tampered;
    }

    /// <summary>What was found, by time, then stream and version.</summary>
    public ImmutableArray<AuditEntry> Entries { get; }

    /// <summary>The first altered event of every stream that was looked at; empty when all is as it was written.</summary>
    public ImmutableArray<TamperedEvent> Tampered { get; }

    /// <summary>The entries as CSV with a header (RFC 4180).</summary>
    public string ToCsv() => RowText.Csv(Columns, Entries.Select(Row));

    /// <summary>The entries as JSON, one object a line.</summary>
    public string ToJsonLines() => RowText.JsonLines(Columns, Entries.Select(Row));

    private static ImmutableArray<string> Row(AuditEntry entry) => ImmutableArray.Create(
        InstantPattern.ExtendedIso.Format(entry.At), entry.Stream.ToString(), Digits(entry.Version), entry.What, entry.Actor.Id,
        entry.Actor.SourceSystem, entry.Field, Digits(entry.Line), entry.Before, entry.After, entry.Reason, entry.Voucher,
        entry.Command.ToString(), string.Join(" ", entry.Refusals.Select(static finding => finding.Code)));

    private static string Digits(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
