using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Stock;

public class StockDocumentTests
{
    private static readonly StockCell Here = new(new Sku("S"), new NodeId("A"));
    private readonly MemoryStore store = new();
    private int commands;

    [Fact]
    public async Task Receipt_PostedTwiceUnderAnotherCommand_ChangesNothing()
    {
        await Do(Receive("R1", 12));
        DeskResult again = await Submit(Receive("R1", 12));
        Assert.True(again.IsAccepted);
        Assert.Empty(again.Outcome.Events);
        Assert.Equal(12, (await Balance(Here))[StockAccount.Available]);
        DeskResult other = await Submit(Receive("R1", 13));
        Assert.Equal(StockRefusals.DocumentExists.Code, Assert.Single(other.Findings).Code);
    }

    [Fact]
    public async Task Transfer_ArrivesInPartsAndLosesSome_Conserves()
    {
        await Do(Receive("R1", 10));
        await Do(new DispatchTransfer(new DocumentId("T1"), new NodeId("B"), ImmutableArray.Create(new StockLine(Here, new Quantity(8)))));
        Assert.Equal(8, (await Balance(Here.At(new NodeId("B"))))[StockAccount.InTransit]);
        await Do(Arrive(5, 0));
        await Do(Arrive(2, 1));
        DeskResult more = await Submit(Arrive(1, 0));
        Assert.Equal(StockRefusals.ArrivalExceedsTransit.Code, Assert.Single(more.Findings).Code);
        CellBalance there = await Balance(Here.At(new NodeId("B")));
        Assert.Equal((7L, 0L, 1L), (there[StockAccount.Available], there[StockAccount.InTransit], there[StockAccount.Scrap]));
        await KernelLaws.LedgerConserves(store, new DeskOptions().Tenant);
    }

    [Fact]
    public async Task Adjust_BelowWhatIsFree_IsRefused()
    {
        await Do(Receive("R1", 3));
        DeskResult result = await Submit(new AdjustStock(new DocumentId("A1"), Here, -4, "count", "V1"));
        Assert.Equal(StockRefusals.Insufficient.Code, Assert.Single(result.Findings).Code);
    }

    [Fact]
    public async Task Inspect_MoreThanQuarantine_IsRefused()
    {
        DeskResult result = await Submit(new InspectReturns(new DocumentId("I1"), Here, new Quantity(1), Quantity.Zero));
        Assert.Equal(StockRefusals.QuarantineInsufficient.Code, Assert.Single(result.Findings).Code);
    }

    [Fact]
    public async Task Return_InspectedInPart_IsGoodAgainOrScrap()
    {
        await Do(Receive("R1", 5));
        var order = new OrderId("O1");
        Instant at = Instant.FromUtc(2026, 9, 1, 0, 0);
        var shipment = new ShipmentId("S1");
        await Do(new CaptureOrder(order, new PartnerId("P"), at, ImmutableArray.Create(new NewLine(1, Here.Sku, new Quantity(5)))));
        await Do(new HoldStock(order));
        await Do(new ShipOrder(order, shipment, at, ImmutableArray.Create(new ShipLine(1, new Quantity(5)))));
        await Do(new ConfirmDelivery(order, shipment, at));
        await Do(new ReturnLines(order, ImmutableArray.Create(new LineQuantity(1, new Quantity(3))), "broken"));
        await Do(new InspectReturns(new DocumentId("I1"), Here, new Quantity(2), new Quantity(1)));
        CellBalance balance = await Balance(Here);
        Assert.Equal((2L, 0L, 1L, 2L), (
            balance[StockAccount.Available], balance[StockAccount.Quarantine], balance[StockAccount.Scrap],
            balance[StockAccount.Shipped]));
        await KernelLaws.LedgerConserves(store, new DeskOptions().Tenant);
    }

    [Fact]
    public async Task Malformed_IsAnsweredWithAllFaultsAndNotStored()
    {
        var command = new AdjustStock(new DocumentId("A1"), Here, 0, "", "a\0b");
        DeskResult result = await Submit(command);
        Assert.Equal(DeskStatus.Malformed, result.Status);
        Assert.Equal(3, result.Findings.Length);
        Assert.Empty(await store.ReadCommandsAsync(new DeskOptions().Tenant, null, 10, CancellationToken.None));
    }

    private static ReceiveStock Receive(string document, long units) => new(
        new DocumentId(document), ImmutableArray.Create(new StockLine(Here, new Quantity(units))));

    private static ArriveTransfer Arrive(long whole, long lost) => new(
        new DocumentId("T1"), ImmutableArray.Create(new TransferArrival(1, new Quantity(whole), new Quantity(lost))));

    private async Task<CellBalance> Balance(StockCell cell) =>
        (await store.ReadLedgerAsync(new DeskOptions().Tenant, CancellationToken.None)).Balances.Single(b => b.Cell == cell);

    private async Task Do(KernelCommand command) => (await Submit(command)).ThrowIfRefused();

    private Task<DeskResult> Submit(KernelCommand command) =>
        new OrderDesk(store, new FakeClock(Instant.FromUtc(2026, 9, 1, 0, 0))).SubmitAsync(
            new Submission(CommandId.FromName("s" + commands++), new Actor("clerk", "wms"), command));
}
