using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Measures;

namespace OrderHub.Playing;

/// <summary>Something that happened to an order, as the business's file tells it: one or more rows.</summary>
internal sealed class Happening
{
    private readonly ImmutableArray<CsvRow> rows;

    private Happening(ImmutableArray<CsvRow> rows) => this.rows = rows;

    /// <summary>A kind of document of the sample's own: hosts may define theirs as well.</summary>
    public static DocumentShape Shape { get; } = new(
        "happenings",
        new FieldShape("at", FieldKind.Moment, true),
        new FieldShape("what", FieldKind.Text, true),
        new FieldShape("order", FieldKind.Key, true),
        new FieldShape("ref", FieldKind.Key),
        new FieldShape("line", FieldKind.Number),
        new FieldShape("quantity", FieldKind.Quantity),
        new FieldShape("carrier", FieldKind.Text),
        new FieldShape("waybill", FieldKind.Text),
        new FieldShape("promise", FieldKind.Promise),
        new FieldShape("cause", FieldKind.Text),
        new FieldShape("block", FieldKind.Text),
        new FieldShape("reason", FieldKind.Text),
        new FieldShape("role", FieldKind.Text),
        new FieldShape("field", FieldKind.Text),
        new FieldShape("value", FieldKind.Text),
        new FieldShape("voucher", FieldKind.Text),
        new FieldShape("note", FieldKind.Text),
        new FieldShape("by", FieldKind.Key));

    public int Row => rows[0].Row;

    public Instant At => rows[0].Moment("at")!.Value;

    public string What => rows[0].Text("what")!;

    public OrderId Order => new(rows[0].Text("order")!);

    public Instant? Promise => rows[0].Moment("promise");

    public ImmutableArray<CsvRow> Rows => rows;

    public string Text(string field) => rows[0].Text(field) ?? string.Empty;

    /// <summary>The happenings of a file, in its order; neighbours with one time, order, kind and reference are one.</summary>
    public static ImmutableArray<Happening> Of(CsvDocument document)
    {
        var happenings = ImmutableArray.CreateBuilder<Happening>();
        var run = new List<CsvRow>();
        foreach (CsvRow row in document.Rows)
        {
            if (run.Count > 0 && Key(run[0]) != Key(row))
            {
                happenings.Add(new Happening(ImmutableArray.CreateRange(run)));
                run.Clear();
            }

            run.Add(row);
        }

        if (run.Count > 0)
        {
            happenings.Add(new Happening(ImmutableArray.CreateRange(run)));
        }

        return happenings.ToImmutable();
    }

    private static (Instant?, string?, string?, string?) Key(CsvRow row) =>
        (row.Moment("at"), row.Text("what"), row.Text("order"), row.Text("ref"));
}
