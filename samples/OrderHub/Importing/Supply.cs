using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderHub.Playing;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderHub.Importing;

/// <summary>Where the goods of a file's orders come from: its own receipts, or one declared receipt of what has left.</summary>
internal sealed class Supply
{
    private static readonly NodeId Main = new("MAIN");

    private Supply(ImmutableArray<StockReceipt> receipts, bool isDeclared)
    {
        Receipts = receipts;
        IsDeclared = isDeclared;
    }

    public ImmutableArray<StockReceipt> Receipts { get; }

    public bool IsDeclared { get; }

    public static Supply Of(string profile, Survey survey)
    {
        if (survey.Stock is not null)
        {
            return new Supply(StockDocuments.Receipts(survey.Stock), false);
        }

        if (survey.Left.Count == 0 || survey.First is not { } first)
        {
            return new Supply([], true);
        }

        ImmutableArray<StockLine> lines = ImmutableArray.CreateRange(survey.Left.Select(
            static entry => new StockLine(new StockCell(entry.Key, Main), new Quantity(entry.Value))));
        return new Supply([new StockReceipt(0, new DocumentId("OPENING-" + profile), first, lines)], true);
    }

    /// <summary>Posts the receipts, oldest first, before any order asks for goods.</summary>
    public async Task PostAsync(IOrderStore store, DeskOptions options, string prefix, Tally tally)
    {
        var clock = new PlayedClock();
        var desk = new OrderDesk(store, clock, options);
        foreach (StockReceipt receipt in Receipts)
        {
            clock.MoveTo(receipt.At);
            int part = 0;
            foreach (StockLine[] lines in receipt.Lines.Chunk(options.Limits.MaxEntries))
            {
                string name = $"{prefix}/stock/{receipt.Document}" + (++part == 1 ? string.Empty : $"/{part}");
                var command = new ReceiveStock(receipt.Document, [.. lines]);
                var submission = new Submission(CommandId.FromName(name), new Actor("import", "wms"), command);
                tally.Add(name, await desk.SubmitAsync(submission).ConfigureAwait(false));
            }
        }
    }
}
