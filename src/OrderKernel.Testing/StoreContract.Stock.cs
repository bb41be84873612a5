using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

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
        Expect((await One(store, SampleUnits.Hold("h1", "O1", 4))).Status == UnitStatus.StockMoved, "Four is more than three.");
        Expect((await One(store, SampleUnits.Hold("h2", "O1", 3))).Status == UnitStatus.Committed, "Three is permitted.");
        Expect((await One(store, SampleUnits.Hold("h3", "O1", 1))).Status == UnitStatus.StockMoved, "And no more.");
        StockPicture stock = await store.ReadStockAsync(Tenant, ImmutableArray.Create(SampleUnits.Sku), CancellationToken.None);
        Expect(stock.Cells.Single() == new FreeStock(SampleUnits.Cell, -3, new Quantity(3)), "The picture shows both.");
        await KernelLaws.LedgerConserves(store, Tenant);
    }

    private static async Task OverdraftLowered(IOrderStore store)
    {
        await One(store, Overdraft("o1", "O1", 3));
        Expect((await One(store, SampleUnits.Hold("h1", "A", 3))).Status == UnitStatus.Committed, "Three is permitted.");
        Expect((await One(store, Overdraft("o2", "O2", 0))).Status == UnitStatus.Committed, "A permission can always be taken back.");
        Expect((await One(store, SampleUnits.Hold("h2", "B", 1))).Status == UnitStatus.StockMoved, "Nothing more is given.");
        await One(store, SampleUnits.Receipt("r1", 3));
        Expect((await One(store, SampleUnits.Hold("h3", "B", 1))).Status == UnitStatus.StockMoved, "What came was owed.");
        await One(store, SampleUnits.Receipt("r2", 1));
        Expect((await One(store, SampleUnits.Hold("h4", "B", 1))).Status == UnitStatus.Committed, "One came besides.");
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
