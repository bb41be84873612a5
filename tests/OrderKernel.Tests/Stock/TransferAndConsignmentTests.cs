using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using OrderKernel.Tests.Desk;
using Xunit;

namespace OrderKernel.Tests.Stock;

public class TransferAndConsignmentTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;
    private static readonly Sku Sku = new("SKU-A");
    private static readonly StockCell A = new(Sku, new NodeId("W1"));
    private static readonly NodeId B = new("W2");
    private static readonly NodeId Hospital = new("HOSPITAL-1");
    private readonly MemoryStore store = new();
    private readonly DeskPlay play;

    public TransferAndConsignmentTests() =>
        play = new DeskPlay(store, new FakeClock(Instant.FromUtc(2026, 9, 1, 0, 0)), new DeskOptions());

    [Fact]
    [Trait("Req", "S4-04")]
    public async Task Transfer_RequestedShippedAndReceivedTwoShort_ConservesAndIsCounted()
    {
        await play.Receive(Sku, 5_000);
        DocumentId document = new("T0");
        Assert.True((await play.Submit(new RequestTransfer(document, B, Lines(50)))).IsAccepted);
        Assert.Equal(5_000, (await Balance(A))[StockAccount.Available]);
        Assert.Equal("stock.document_exists", (await play.Submit(new DispatchTransfer(document, B, Lines(51)))).Findings[0].Code);
        Assert.True((await play.Submit(new DispatchTransfer(document, B, Lines(50)))).IsAccepted);
        Assert.Equal(4_950, (await Balance(A))[StockAccount.Available]);
        Assert.Equal(50, (await Balance(A.At(B)))[StockAccount.InTransit]);
        Assert.True((await play.Submit(Arrive(document, 48, 2))).IsAccepted);
        CellBalance received = await Balance(A.At(B));
        Assert.Equal((48, 0, 2), (received[StockAccount.Available], received[StockAccount.InTransit], received[StockAccount.Scrap]));
        await play.CheckLaws();

        // A hundred transfers, eighteen of them booked with less than was dispatched.
        for (int i = 1; i < 100; i++)
        {
            DocumentId next = new("T" + i.ToString(CultureInfo.InvariantCulture));
            await play.Submit(new DispatchTransfer(next, B, Lines(10)));
            await play.Submit(Arrive(next, i < 18 ? 9 : 10, i < 18 ? 1 : 0));
        }

        await play.Submit(new DispatchTransfer(new DocumentId("UNDERWAY"), B, Lines(10)));
        TransferReport report = TransferReport.Of(await Documents());
        Assert.Equal((100, 18, 19, 18.0m), (report.Arrived, report.Differing, report.Missing, report.Percent));
        await play.CheckLaws();
    }

    [Fact]
    [Trait("Req", "S2-07")]
    public async Task Consignment_SentConsumedAndCounted_StaysOursUntilItIsUsed()
    {
        await play.Receive(Sku, 100);
        DocumentId document = new("C1");
        Assert.True((await play.Submit(new SendConsignment(document, Hospital, Lines(100)))).IsAccepted);
        StockCell there = A.At(Hospital);
        Assert.Equal((100, 0, 0), await AtHospital(there));
        await play.Order("O1", Sku, 1);
        Assert.False((await play.Hold("O1")).IsAccepted);

        await Report(document, "used-1", ConsignmentReport.Consumed, 40);
        StockDocument state = await Document(document);
        Assert.Equal((60, 40), (state.Consigned[0].There.Units, state.Consigned[0].Consumed.Units));
        Assert.Equal(40, state.Reports.Sum(report => report.Billable.Units));
        Assert.Equal((60, 40, 0), await AtHospital(there));

        await Report(document, "count-1", ConsignmentReport.Counted, 55);
        Assert.Equal(5, (await Document(document)).Reports[^1].Discrepancy);
        Assert.Equal((60, 40, 0), await AtHospital(there));

        // The same report again is already true; under the same name with other figures, or beyond what is there, it is refused.
        Assert.Empty((await play.Submit(Reported(document, "used-1", ConsignmentReport.Consumed, 40))).Outcome.Events);
        Assert.Equal(
            "stock.document_exists", (await play.Submit(Reported(document, "used-1", ConsignmentReport.Consumed, 41))).Findings[0].Code);
        DeskResult more = await play.Submit(Reported(document, "used-2", ConsignmentReport.Consumed, 61));
        Assert.Equal("stock.consignment_exceeded", more.Findings[0].Code);

        // What is left comes back to be inspected.
        await Report(document, "back-1", ConsignmentReport.Returned, 55);
        Assert.Equal(55, (await Balance(A))[StockAccount.Quarantine]);
        Assert.Equal((5, 40, 0), await AtHospital(there));
        await play.CheckLaws();
    }

    private static ImmutableArray<StockLine> Lines(long units) => ImmutableArray.Create(new StockLine(A, new Quantity(units)));

    private static ArriveTransfer Arrive(DocumentId document, long whole, long lost) =>
        new(document, ImmutableArray.Create(new TransferArrival(1, new Quantity(whole), new Quantity(lost))));

    private static ReportConsignment Reported(DocumentId document, string report, ConsignmentReport kind, long units) => new(
        document, report, 1, kind, new Quantity(units), kind == ConsignmentReport.Returned ? A.Node : null);

    private async Task Report(DocumentId document, string report, ConsignmentReport kind, long units) =>
        Assert.True((await play.Submit(Reported(document, report, kind, units))).IsAccepted);

    private async Task<(long Ours, long Used, long Free)> AtHospital(StockCell cell)
    {
        CellBalance balance = await Balance(cell);
        return (balance[StockAccount.Committed], balance[StockAccount.Shipped], balance[StockAccount.Available]);
    }

    private async Task<CellBalance> Balance(StockCell cell) =>
        (await store.ReadLedgerAsync(Tenant, CancellationToken.None)).Balances.Single(balance => balance.Cell == cell);

    private async Task<StockDocument> Document(DocumentId document) => StoredForms.FoldDocument(
        await store.ReadStreamAsync(Tenant, new StreamId(StreamId.StockCategory, document.Text), 0, CancellationToken.None));

    private async Task<List<StockDocument>> Documents()
    {
        var documents = new List<StockDocument>();
        foreach (StreamId name in await store.ReadStreamNamesAsync(
            Tenant, StreamId.StockCategory, string.Empty, 999, CancellationToken.None))
        {
            documents.Add(await Document(new DocumentId(name.Key)));
        }

        return documents;
    }
}
