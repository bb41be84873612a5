using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;
using Xunit;
using static OrderKernel.Promising.Tests.Stock.SmallPictures;

namespace OrderKernel.Promising.Tests.Stock;

/// <summary>A picture over days pays what cells owe before it promises, and says the same as the desk once the goods are there.</summary>
public class DebtTests
{
    private static readonly StockCell Cell = new(Bolt, Main);
    private readonly OrderDesk desk = new(new MemoryStore(), new FakeClock(Instant.FromUtc(2026, 12, 1, 0, 0)));

    [Theory]
    [InlineData(10, 0)]
    [InlineData(15, 5)]
    public async Task FreeOn_CellOwesMoreThanItMay_PromisesWhatTheDeskHasAfterTheReceipt(long comes, long free)
    {
        await Submit(new SetOverdraft(new DocumentId("D1"), Cell, new Quantity(20)));
        await Hold("O1", 20);
        await Submit(new SetOverdraft(new DocumentId("D2"), Cell, new Quantity(10)));
        var receipt = new DatedSupply(Cell, SupplyKind.Receipt, new Quantity(comes), Today.PlusDays(2));
        SupplyPicture now = SupplyPicture.Of(await desk.ReadStockAsync([Bolt]), Today, Days);
        var book = new SupplyBook(new SupplyPicture(Today, Days, now.Supplies.Add(receipt)));

        Assert.Equal(0, book.FreeOn(Bolt, Main, Today).Units);
        Assert.Equal(free, book.FreeOn(Bolt, Main, Today.PlusDays(2)).Units);
        AtpBreakdown terms = book.At(Bolt, Main).Explain(Today.PlusDays(2));
        Assert.Equal(
            (free, free), (terms.Free.Units, terms.OnHand.Units + terms.Incoming.Units - terms.Reserved.Units - terms.KeptForLater.Units));
        await Submit(new ReceiveStock(new DocumentId("R1"), [new StockLine(Cell, new Quantity(comes))]));
        Assert.Equal(free, (await desk.ReadStockAsync([Bolt])).FreeIn(Cell));
    }

    [Fact]
    public async Task Explain_SomeIsHeld_SaysWhatLiesThereAndWhatIsHeld()
    {
        await Submit(new ReceiveStock(new DocumentId("R1"), [new StockLine(Cell, new Quantity(8))]));
        await Hold("O1", 3);
        AtpBreakdown terms = new SupplyBook(SupplyPicture.Of(await desk.ReadStockAsync([Bolt]), Today)).At(Bolt, Main).Explain(Today);
        Assert.Equal((8, 3, 5), (terms.OnHand.Units, terms.Reserved.Units, terms.Free.Units));
    }

    /// <summary>Promise and reservation are one, with debts, overdrafts and holds in every cell and receipts into each of them.</summary>
    [Fact]
    public void TryHold_CellsThatOwe_HoldsExactlyWhatTheLedgerGivesThatDay() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        ImmutableArray<FreeStock> cells = [.. Enumerable.Range(0, random.Next(1, 4)).Select(lot =>
        {
            int available = random.Next(-9, 6);
            return new FreeStock(
                new StockCell(Bolt, Main, new LotId("l" + lot)), available, new Quantity(random.Next(0, 6)), default,
                new Quantity(Math.Max(0, -available) + random.Next(0, 3)));
        })];
        ImmutableArray<DatedSupply> receipts = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => new DatedSupply(
            cells[random.Next(cells.Length)].Cell, SupplyKind.Receipt, new Quantity(random.Next(0, 8)),
            Today.PlusDays(random.Next(1, Days))))];
        SupplyPicture now = SupplyPicture.Of(new StockPicture(cells), Today, Days);
        var picture = new SupplyPicture(Today, Days, now.Supplies.AddRange(receipts));
        LocalDate day = Today.PlusDays(random.Next(0, Days));
        var then = new StockPicture([.. cells.Select(cell => cell with
        {
            Available = cell.Available + receipts.Where(r => r.Cell == cell.Cell && r.From <= day).Sum(r => r.Quantity.Units),
        })]);
        var asked = new Quantity(random.Next(1, 20));
        Allocation held = Allocation.Serve([new Demand(1, Bolt, asked)], then, default);
        var book = new SupplyBook(picture);

        Assert.Equal(then.Cells.Sum(cell => cell.Free), book.FreeOn(Bolt, Main, day).Units);
        Assert.Equal(
            held.Takes.AsEnumerable().Sum(take => take.Quantity.Units),
            new SupplyBook(picture).Serve([new Demand(1, Bolt, asked)], day, default).Takes.Sum(take => take.Quantity.Units));
        AtpBreakdown terms = book.At(Bolt, Main).Explain(day);
        Assert.Equal(terms.Free.Units, terms.OnHand.Units + terms.Incoming.Units - terms.Reserved.Units - terms.KeptForLater.Units);
        Assert.Equal(held.Shortages.IsEmpty, book.TryHold(new DatedHold(Bolt, Main, day, asked)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(2_000)));

    private async Task Hold(string order, long units)
    {
        await Submit(new CaptureOrder(
            new OrderId(order), new PartnerId("P"), Instant.FromUtc(2026, 12, 1, 0, 0), [new NewLine(1, Bolt, new Quantity(units))]));
        await Submit(new HoldStock(new OrderId(order)));
    }

    private async Task Submit(KernelCommand command)
    {
        DeskResult result = await desk.SubmitAsync(
            new Submission(CommandId.FromName(command.ToJson()), new Actor("a", "s"), command));
        Assert.True(result.IsAccepted, string.Join("; ", result.Findings));
    }
}
