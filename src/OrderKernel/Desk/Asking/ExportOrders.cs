using System.Collections.Immutable;
using System.Text.Json;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Desk;

/// <summary>Asks for orders to leave the system as rows. A right of its own; granted or denied, it stands in the audit.</summary>
/// <param name="Columns">The fields wanted, by code, in their order.</param>
/// <param name="Reason">What for.</param>
public sealed record ExportOrders(ImmutableArray<string> Columns, string Reason) : KernelCommand
{
    /// <summary>The stream that exports are asked on; it never holds events.</summary>
    public static StreamId Exports { get; } = new("access", "export");

    /// <inheritdoc />
    public override string CommandType => "access.export";

    /// <inheritdoc />
    public override StreamId Stream => Exports;

    internal override void WriteBody(JsonText json)
    {
        json.OpenArray("columns");
        foreach (string column in Columns)
        {
            json.Element(column);
        }

        json.CloseArray().Member("reason", Reason);
    }

    internal override void Size(CommandSize size) => size.Of(Columns, "columns");

    internal override void Check(CommandCheck check)
    {
        check.NotEmpty(Columns, "columns");
        foreach (string column in Columns.IsDefault ? ImmutableArray<string>.Empty : Columns)
        {
            check.Needed(column, "columns");
        }

        check.Needed(Reason, "reason");
    }

    internal static ExportOrders? Read(string type, JsonElement json) => type == "access.export"
        ? new ExportOrders(json.Array("columns", static column => column.GetString() ?? string.Empty), json.Text("reason"))
        : null;
}
