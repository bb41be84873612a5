using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

/// <summary>Promises about stock under contention, and all laws over scripts.</summary>
public static partial class StoreContract
{
    private static async Task LastPiecesAreGivenOnce(IOrderStore store)
    {
        await One(store, SampleUnits.Receipt("r1", 10));
        var tasks = new List<Task<UnitResult>>();
        for (int i = 0; i < 16; i++)
        {
            string name = i.ToString(CultureInfo.InvariantCulture);
            tasks.Add(Task.Run(() => One(store, SampleUnits.Hold("h" + name, "O" + name, 1))));
        }

        UnitResult[] results = await Task.WhenAll(tasks);
        Expect(results.Count(static r => r.Status == UnitStatus.Committed) == 10, "Ten pieces are given ten times.");
        Expect(results.Count(static r => r.Status == UnitStatus.StockMoved) == 6, "The others are told that stock moved.");
        await KernelLaws.LedgerConserves(store, Tenant);
    }

    private static async Task OverdraftPermitsExactly(IOrderStore store)
    {
        await One(store, Overdraft("o1", "O1", 3));
        Expect((await One(store, SampleUnits.Hold("h1", "O1", 4, 4))).Status == UnitStatus.StockMoved, "Four is more than three.");
        Expect((await One(store, SampleUnits.Hold("h2", "O1", 3, 3))).Status == UnitStatus.Committed, "Three is permitted.");
        Expect((await One(store, SampleUnits.Hold("h3", "O1", 1, 1))).Status == UnitStatus.StockMoved, "And no more.");
        StockPicture stock = await store.ReadStockAsync(Tenant, ImmutableArray.Create(SampleUnits.Sku), CancellationToken.None);
        Expect(
            stock.Cells.Single() == new FreeStock(SampleUnits.Cell, -3, new Quantity(3), default, new Quantity(3)),
            "The picture shows what is available, what may be overdrawn, and what is held.");
        await KernelLaws.LedgerConserves(store, Tenant);
    }

    private static async Task OverdraftLowered(IOrderStore store)
    {
        await One(store, Overdraft("o1", "O1", 3));
        Expect((await One(store, SampleUnits.Hold("h1", "A", 3, 3))).Status == UnitStatus.Committed, "Three is permitted.");
        Expect((await One(store, Overdraft("o2", "O2", 0))).Status == UnitStatus.Committed, "A permission can always be taken back.");
        Expect((await One(store, SampleUnits.Hold("h2", "B", 1, 1))).Status == UnitStatus.StockMoved, "Nothing more is given.");
        await One(store, SampleUnits.Receipt("r1", 3));
        Expect((await One(store, SampleUnits.Hold("h3", "B", 1))).Status == UnitStatus.StockMoved, "What came was owed.");
        await One(store, SampleUnits.Receipt("r2", 1));
        Expect((await One(store, SampleUnits.Hold("h4", "B", 1))).Status == UnitStatus.Committed, "One came besides.");
        await KernelLaws.LedgerConserves(store, Tenant);
    }

    private static async Task NothingLeavesThatIsNotThere(IOrderStore store)
    {
        await One(store, SampleUnits.Receipt("r1", 3));
        await One(store, Overdraft("o1", "O1", 5));
        await One(store, SampleUnits.Hold("h1", "A", 8, 5));
        Expect((await One(store, SampleUnits.Ship("s1", "A", 8))).Status == UnitStatus.StockMoved, "Three lie there, not eight.");
        Expect((await One(store, SampleUnits.Ship("s2", "A", 4))).Status == UnitStatus.StockMoved, "Nor four.");
        Expect((await One(store, SampleUnits.Ship("s3", "A", 3))).Status == UnitStatus.Committed, "Three may go.");
        Expect((await One(store, SampleUnits.Ship("s4", "A", 1))).Status == UnitStatus.StockMoved, "Then nothing lies there.");
        await KernelLaws.LedgerConserves(store, Tenant);
    }

    private static async Task NobodyButAnOrderBorrows(IOrderStore store)
    {
        await One(store, SampleUnits.Receipt("r1", 3));
        await One(store, Overdraft("o1", "O1", 5));
        await One(store, SampleUnits.Hold("h1", "A", 2));
        foreach (StockAccount to in new[]
        {
            StockAccount.Supply, StockAccount.InTransit, StockAccount.Committed, StockAccount.Scrap, StockAccount.Quarantine,
        })
        {
            Expect(
                (await One(store, SampleUnits.Leave("l" + to, to, 2))).Status == UnitStatus.StockMoved,
                $"Only one piece is nobody's; the other would be taken from who holds it ({to}).");
        }

        Expect((await One(store, SampleUnits.Leave("l2", StockAccount.InTransit, 1))).Status == UnitStatus.Committed, "One may go.");
        await KernelLaws.LedgerConserves(store, Tenant);
    }

    private static async Task BorrowedPiecesAreWhatTheyAreSaidToBe(IOrderStore store)
    {
        await One(store, SampleUnits.Receipt("r1", 2));
        await One(store, Overdraft("o1", "O1", 5));
        Expect((await One(store, SampleUnits.Hold("h1", "A", 3))).Status == UnitStatus.StockMoved, "Two of three lie there, not all.");
        Expect((await One(store, SampleUnits.Hold("h2", "A", 3, 2))).Status == UnitStatus.StockMoved, "And two, not one.");
        Expect((await One(store, SampleUnits.Hold("h3", "A", 3, 1))).Status == UnitStatus.Committed, "Two lie there, one is borrowed.");
        Expect((await One(store, SampleUnits.Hold("h4", "B", 1))).Status == UnitStatus.StockMoved, "Nothing lies there any more.");
        Expect((await One(store, SampleUnits.Hold("h5", "B", 1, 1))).Status == UnitStatus.Committed, "It may be borrowed.");
        await KernelLaws.LedgerConserves(store, Tenant);
    }

    private static async Task LastRealPieceLeavesOnce(IOrderStore store)
    {
        await One(store, Overdraft("o1", "O1", 8));
        for (int i = 0; i < 8; i++)
        {
            string name = i.ToString(CultureInfo.InvariantCulture);
            await One(store, SampleUnits.Hold("h" + name, "O" + name, 1, 1));
        }

        await One(store, SampleUnits.Receipt("r1", 3));
        UnitResult[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
        {
            string name = i.ToString(CultureInfo.InvariantCulture);
            return One(store, SampleUnits.Ship("s" + name, "O" + name, 1));
        })));
        Expect(results.Count(static r => r.Status == UnitStatus.Committed) == 3, "Three pieces came, so three leave.");
        Expect(results.Count(static r => r.Status == UnitStatus.StockMoved) == 5, "The others are told that stock moved.");
        await KernelLaws.LedgerConserves(store, Tenant);
    }

    private static UnitOfWork Overdraft(string command, string document, long units) => SampleUnits.Empty(command, document) with
    {
        Overdrafts = ImmutableArray.Create(new OverdraftChange(SampleUnits.Cell, new Quantity(units))),
    };

    private static async Task ManyDesksDoNotOversell(IOrderStore store)
    {
        await One(store, SampleUnits.Receipt("r1", 20));
        var tasks = new List<Task<bool>>();
        for (int i = 0; i < 16; i++)
        {
            string name = i.ToString(CultureInfo.InvariantCulture);
            tasks.Add(Task.Run(() => BuyTwo(store, name)));
        }

        bool[] bought = await Task.WhenAll(tasks);
        Expect(bought.Count(static b => b) == 10, $"Twenty pieces serve ten orders of two, not {bought.Count(static b => b)}.");
        await KernelLaws.LedgerConserves(store, Tenant);
    }

    private static async Task ManyDesksShipWhatCame(IOrderStore store)
    {
        await One(store, Overdraft("o1", "O1", 8));
        var desk = new OrderDesk(store, new FakeClock(SampleUnits.Now));
        bool[] shipped = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            string name = "O" + i.ToString(CultureInfo.InvariantCulture);
            var order = new OrderId(name);
            var own = new OrderDesk(store, new FakeClock(SampleUnits.Now));
            await Submit(own, "c" + name, new CaptureOrder(order, new PartnerId("P"), SampleUnits.Now, Lines(1)));
            Expect((await Submit(own, "h" + name, new HoldStock(order))).IsAccepted, "Eight may be borrowed.");
            if (i < 3)
            {
                var line = new StockLine(SampleUnits.Cell, new Quantity(1));
                await Submit(own, "r" + name, new ReceiveStock(new DocumentId("R" + name), ImmutableArray.Create(line)));
            }

            return (await Submit(own, "s" + name, Ship(order))).IsAccepted;
        })));
        int early = shipped.Count(static one => one);
        await desk.WakeAsync(SampleUnits.Actor);
        int late = 0;
        for (int i = 0; i < 8; i++)
        {
            string name = "O" + i.ToString(CultureInfo.InvariantCulture);
            late += !shipped[i] && (await Submit(desk, "t" + name, Ship(new OrderId(name)))).IsAccepted ? 1 : 0;
        }

        Expect(early + late == 3, $"Three pieces came, so three leave, not {early} and {late}.");
        await KernelLaws.LedgerConserves(store, Tenant);
        await KernelLaws.BorrowedIsOwed(store, Tenant);

        static ImmutableArray<NewLine> Lines(long units) =>
            ImmutableArray.Create(new NewLine(1, SampleUnits.Sku, new Quantity(units)));

        static ShipOrder Ship(OrderId order) => new(
            order, new ShipmentId("SH"), SampleUnits.Now, ImmutableArray.Create(new ShipLine(1, new Quantity(1))));

        static Task<DeskResult> Submit(OrderDesk at, string name, KernelCommand command) =>
            at.SubmitAsync(new Submission(CommandId.FromName(name), SampleUnits.Actor, command));
    }

    private static async Task<bool> BuyTwo(IOrderStore store, string name)
    {
        var desk = new OrderDesk(store, new FakeClock(SampleUnits.Now));
        var order = new OrderId("O" + name);
        var line = new NewLine(1, SampleUnits.Sku, new Quantity(2));
        await Submit(new CaptureOrder(order, new PartnerId("P"), SampleUnits.Now, ImmutableArray.Create(line)));
        return (await Submit(new HoldStock(order))).IsAccepted;

        Task<DeskResult> Submit(OrderCommand command) => desk.SubmitAsync(
            new Submission(CommandId.FromName(name + command.CommandType), SampleUnits.Actor, command));
    }

    private static async Task ScriptsKeepLaws(IOrderStore store)
    {
        // A fixed script that walks through most kinds of command; the properties generate the others.
        var steps = ImmutableArray.CreateBuilder<ScriptStep>();
        for (int i = 0; i < 120; i++)
        {
            steps.Add(new ScriptStep((i * 7) % ScriptPlay.Kinds, i % 3, (i * 5) % 12, (i * 3) % 12, (i * 11) % 12));
        }

        await KernelLaws.CheckAll(store, new Script(steps.ToImmutable()));
    }
}
