using System;
using System.Collections.Immutable;

namespace OrderKernel.Desk;

/// <summary>The answer to a wish to export: rows of what the actor may see, or the denial.</summary>
public sealed class OrderExport
{
    /// <summary>Stands in place of a value that the actor may not see.</summary>
    public const string Masked = "***";

    internal OrderExport(DeskResult result, ImmutableArray<string> columns, ImmutableArray<ImmutableArray<string>> rows)
    {
        Result = result;
        Columns = columns;
        Rows = rows;
    }

    /// <summary>Granted or denied, as it stands in the audit.</summary>
    public DeskResult Result { get; }

    /// <summary>The columns, as asked for.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>One row an order line, in the order of orders and lines; empty when denied, and when
    /// the command was repeated (<see cref="DeskStatus.Repeated"/>): ask again under a new id. What is unknown is empty.</summary>
    public ImmutableArray<ImmutableArray<string>> Rows { get; }

    /// <summary>The rows as CSV with a header (RFC 4180, lines end in CR LF).</summary>
    public string ToCsv() => RowText.Csv(Columns, Rows);

    /// <summary>The rows as JSON, one object a line.</summary>
    public string ToJsonLines() => RowText.JsonLines(Columns, Rows);
}
