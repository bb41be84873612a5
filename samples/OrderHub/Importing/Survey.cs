using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderHub.Importing;

/// <summary>What is known of the files after reading them once, part by part, before the first order is played.</summary>
internal sealed class Survey
{
    private readonly List<DeadLetter> deadOrders = [];
    private readonly List<DeadLetter> deadLines = [];
    private readonly List<FileSeen> files = [];
    private readonly SortedDictionary<Sku, long> left = [];

    private Survey()
    {
    }

    public long Rows { get; private set; }

    public int Orders { get; private set; }

    /// <summary>How many of the orders the source has cancelled.</summary>
    public int Cancelled { get; private set; }

    public int OrphanLines { get; private set; }

    /// <summary>The dead rows of the orders document, in its order.</summary>
    public IReadOnlyList<DeadLetter> DeadOrders => deadOrders;

    /// <summary>The dead rows of the lines document, in its order.</summary>
    public IReadOnlyList<DeadLetter> DeadLines => deadLines;

    public CsvDocument? Stock { get; private set; }

    /// <summary>How much of what has left.</summary>
    public IReadOnlyDictionary<Sku, long> Left => left;

    /// <summary>The first moment that the source states of any order; null without orders.</summary>
    public Instant? First { get; private set; }

    /// <summary>The last moment that the source states as a fact; null when it states none.</summary>
    public Instant? Last { get; private set; }

    /// <summary>The files as they were read: orders, lines, stock.</summary>
    public IReadOnlyList<FileSeen> Files => files;

    /// <summary>Whether every file has the columns it needs and stays within its bounds.</summary>
    public bool AreUsable => files.TrueForAll(static file => file.Faults.IsEmpty);

    public static Survey Of(SourceFiles source)
    {
        var survey = new Survey();
        for (int part = 0; part < source.Parts; part++)
        {
            (OrderDocuments documents, CsvDocument orders, CsvDocument? lines) = source.ReadPart(part);
            survey.See(0, orders);
            survey.See(1, lines);
            survey.Add(documents);
        }

        survey.Stock = source.ReadStock();
        survey.See(2, survey.Stock);
        survey.deadOrders.Sort(static (a, b) => a.Row.CompareTo(b.Row));
        survey.deadLines.Sort(static (a, b) => a.Row.CompareTo(b.Row));
        return survey;
    }

    private void Add(OrderDocuments documents)
    {
        Rows += documents.Rows;
        Orders += documents.Orders.Length;
        OrphanLines += documents.OrphanLines;
        deadOrders.AddRange(documents.DeadOrders);
        deadLines.AddRange(documents.DeadLines);
        foreach (ImportedOrder order in documents.Orders)
        {
            OrderRow head = order.Head;
            Cancelled += head.IsCancelled ? 1 : 0;
            First = First < head.FirstStated ? First : head.FirstStated;
            Last = new[] { Last, head.PlacedAt, head.ShippedAt, head.DeliveredAt }.Max();
            foreach (NewLine line in head.LeftAt is null ? [] : order.Lines)
            {
                left[line.Sku] = left.GetValueOrDefault(line.Sku) + line.Quantity.Units;
            }
        }
    }

    private void See(int place, CsvDocument? document)
    {
        if (document is null)
        {
            return;
        }

        int at = files.FindIndex(file => file.Place == place);
        var seen = new FileSeen(place, document.File, document.Encoding, document.Count, document.Faults, document.UnusedColumns);
        if (at < 0)
        {
            files.Add(seen);
        }
        else
        {
            files[at] = seen with { Rows = files[at].Rows + seen.Rows };
        }
    }
}

/// <summary>A file as it was read.</summary>
internal sealed record FileSeen(
    int Place, string Name, string Encoding, long Rows, ImmutableArray<Finding> Faults, ImmutableArray<string> Unused);
