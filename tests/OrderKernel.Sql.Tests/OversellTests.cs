using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;
using Xunit.Abstractions;

namespace OrderKernel.Sql.Tests;

/// <summary>Sixteen writers in four processes want the same pieces: none is sold twice, and none is withheld.</summary>
public class OversellTests
{
    private readonly ITestOutputHelper output;

    public OversellTests(ITestOutputHelper output) => this.output = output;

    private static int Attempts => int.Parse(
        Environment.GetEnvironmentVariable("ORDERKERNEL_ATTEMPTS") ?? "25", CultureInfo.InvariantCulture);

    [PostgresFact]
    public async Task SixteenWritersInFourProcesses_Mixed_NeverOversell()
    {
        using var database = new PostgresDatabase();
        using PostgresStore store = database.Open();
        var desk = new OrderDesk(store, SystemClock.Instance);
        var hot = new StockCell(new Sku("HOT"), new NodeId("N"));
        IEnumerable<StockLine> stock = Enumerable.Range(0, 5)
            .Select(i => new StockLine(new StockCell(new Sku("COLD-" + i), new NodeId("N")), new Quantity(1 + (i * 20))))
            .Prepend(new StockLine(hot, new Quantity(120)));
        await Submit(desk, new ReceiveStock(new DocumentId("R"), [.. stock]));
        Process[] contenders = Enumerable.Range(0, 4).Select(i => Process.Start(CrashWriter.Command(
            "dotnet", CrashWriter.Assembly, database.ConnectionString, "mixed", "4",
            Attempts.ToString(CultureInfo.InvariantCulture), "P" + i))!).ToArray();
        foreach (Process contender in contenders)
        {
            output.WriteLine(await contender.StandardOutput.ReadToEndAsync() + await contender.StandardError.ReadToEndAsync());
            await contender.WaitForExitAsync();
            Assert.Equal(0, contender.ExitCode);
            contender.Dispose();
        }

        // The ledger agrees with its journal and with every hold, no balance is below zero, and the database met no deadlock.
        await KernelLaws.LedgerConserves(store, new DeskOptions().Tenant);
        LedgerContents ledger = await store.ReadLedgerAsync(new DeskOptions().Tenant, default);
        Assert.All(ledger.Balances, balance => Assert.True(balance[StockAccount.Available] >= 0, balance.Cell.ToString()));
        Assert.Equal(0L, database.Ask("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
        Assert.Empty(await desk.ReplayAsync());

        // Nobody contends any more: whatever is free can be had, to the last piece, and not one more.
        foreach (CellBalance balance in ledger.Balances.Where(balance => balance[StockAccount.Available] > 0))
        {
            var order = new OrderId("LAST-" + balance.Cell.Sku);
            var line = new NewLine(1, balance.Cell.Sku, new Quantity(balance[StockAccount.Available]));
            await Submit(desk, new CaptureOrder(order, new PartnerId("P"), SystemClock.Instance.GetCurrentInstant(), [line]));
            Assert.True((await Submit(desk, new HoldStock(order))).IsAccepted);
        }

        var none = new OrderId("NONE");
        var last = new NewLine(1, hot.Sku, new Quantity(1));
        await Submit(desk, new CaptureOrder(none, new PartnerId("P"), SystemClock.Instance.GetCurrentInstant(), [last]));
        Assert.False((await Submit(desk, new HoldStock(none))).IsAccepted);
    }

    private static Task<DeskResult> Submit(OrderDesk desk, KernelCommand command) =>
        desk.SubmitAsync(new Submission(CommandId.FromName(command.ToJson()), new Actor("t", "t"), command));
}
