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
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;
using Xunit.Abstractions;

namespace OrderKernel.Sql.Tests;

/// <summary>Sixteen writers want the same pieces, reserve, edit, cancel, ship and let expire: no piece is sold twice, none is withheld.
/// On PostgreSQL they sit in four processes; a file of SQLite admits one, and the others hear why.</summary>
public class OversellTests
{
    private const int Writers = 16;

    // Written over the tables alone, so that an error in the kernel's own audit would not hide itself.
    private static readonly string[] Laws =
    [
        "SELECT count(*) FROM om_cell WHERE available < 0 OR reserved < 0 OR committed < 0 OR shipped < 0",
        "SELECT count(*) FROM om_cell c WHERE reserved <> (SELECT coalesce(sum(h.quantity), 0) FROM om_hold h WHERE h.cell_id = c.cell_id)",
        "SELECT count(*) FROM om_cell WHERE supply + available + reserved + committed + in_transit + shipped + quarantine + scrap <> 0",
        "SELECT count(*) FROM om_event e WHERE version > 1 AND NOT EXISTS (SELECT 1 FROM om_event b WHERE b.tenant = e.tenant "
        + "AND b.category = e.category AND b.stream_key = e.stream_key AND b.version = e.version - 1)",
    ];

    private readonly ITestOutputHelper output;

    public OversellTests(ITestOutputHelper output) => this.output = output;

    /// <summary>Of each writer; <c>eng/long.sh</c> asks for more.</summary>
    private static int Attempts => int.Parse(
        Environment.GetEnvironmentVariable("ORDERKERNEL_ATTEMPTS") ?? "125", CultureInfo.InvariantCulture);

    [PostgresFact]
    public async Task Postgres_SixteenWritersInFourProcesses_Mixed_NeverOversell()
    {
        using var database = new PostgresDatabase();
        using (PostgresStore store = database.Open())
        {
            await Stock(new OrderDesk(store, SystemClock.Instance));
        }

        long started = Stopwatch.GetTimestamp();
        Process[] contenders = [.. Enumerable.Range(0, 4).Select(i => Start(database.ConnectionString, Writers / 4, "P" + i))];
        foreach (Process contender in contenders)
        {
            await Ends(contender, 0);
        }

        Report(started);
        Assert.Equal(0L, database.Ask("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
        Assert.All(Laws, law => Assert.Equal(0L, database.Ask(law)));
        using PostgresStore after = database.Open();
        await Check(after);
    }

    [Fact]
    public async Task Sqlite_SixteenWriters_Mixed_NeverOversell_AndOtherProcessesAreRefused()
    {
        using var database = new TemporaryDatabase();
        using (SqliteStore store = database.Open())
        {
            await Stock(new OrderDesk(store, SystemClock.Instance));

            // The file is open here, so every other process is refused.
            foreach (Process refused in Enumerable.Range(0, 3).Select(i => Start(database.Path, Writers, "X" + i)).ToArray())
            {
                Assert.Contains("open in another process", await Ends(refused, null), StringComparison.Ordinal);
            }
        }

        long started = Stopwatch.GetTimestamp();
        await Ends(Start(database.Path, Writers, "P"), 0);
        Report(started);
        Assert.All(Laws, law => Assert.Equal(0L, database.Ask(law)));
        using SqliteStore after = database.Open();
        await Check(after);
    }

    private static Process Start(string database, int lanes, string name) => Process.Start(CrashWriter.Command(
        "dotnet", CrashWriter.Assembly, database, "mixed", lanes.ToString(CultureInfo.InvariantCulture),
        Attempts.ToString(CultureInfo.InvariantCulture), name))!;

    private async Task<string> Ends(Process contender, int? code)
    {
        using (contender)
        {
            Task<string> errors = contender.StandardError.ReadToEndAsync();
            string said = await contender.StandardOutput.ReadToEndAsync() + await errors;
            output.WriteLine(said.Split('\n')[0]);
            await contender.WaitForExitAsync();
            Assert.True(code is null ? contender.ExitCode != 0 : contender.ExitCode == code, said);
            return said;
        }
    }

    private void Report(long started) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{Writers * Attempts} attempts in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s"));

    private static async Task Stock(OrderDesk desk)
    {
        IEnumerable<StockLine> stock = Enumerable.Range(0, 5)
            .Select(i => new StockLine(new StockCell(new Sku("COLD-" + i), new NodeId("N")), new Quantity(1 + (i * 20))))
            .Prepend(new StockLine(new StockCell(new Sku("HOT"), new NodeId("N")), new Quantity(60)));
        Assert.True((await Submit(desk, new ReceiveStock(new DocumentId("R"), [.. stock]))).IsAccepted);
    }

    private static async Task Check(IOrderStore store)
    {
        // The ledger agrees with its journal and with every hold, and every decision comes out again.
        var desk = new OrderDesk(store, SystemClock.Instance);
        await KernelLaws.LedgerConserves(store, new DeskOptions().Tenant);
        await KernelLaws.OpenLinesAgree(store, new DeskOptions().Tenant);
        await KernelLaws.HistoryAudits(store, new DeskOptions().Tenant);
        Assert.Empty((await desk.ReplayAsync()).Differing);

        // Nobody contends any more: whatever is free can be had, to the last piece, and not one more.
        LedgerContents ledger = await store.ReadLedgerAsync(new DeskOptions().Tenant, default);
        foreach (CellBalance balance in ledger.Balances)
        {
            long free = balance[StockAccount.Available];
            Assert.Equal(free > 0, free > 0 && await Reserve(desk, "ALL-" + balance.Cell.Sku, balance.Cell.Sku, free));
            Assert.False(await Reserve(desk, "MORE-" + balance.Cell.Sku, balance.Cell.Sku, 1));
        }
    }

    private static async Task<bool> Reserve(OrderDesk desk, string order, Sku sku, long units)
    {
        var line = new NewLine(1, sku, new Quantity(units));
        await Submit(desk, new CaptureOrder(
            new OrderId(order), new PartnerId("P"), SystemClock.Instance.GetCurrentInstant(), [line]));
        return (await Submit(desk, new HoldStock(new OrderId(order)))).IsAccepted;
    }

    private static Task<DeskResult> Submit(OrderDesk desk, KernelCommand command) =>
        desk.SubmitAsync(new Submission(CommandId.FromName(command.ToJson()), new Actor("t", "t"), command));
}
