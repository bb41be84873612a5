using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using Npgsql;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Benchmarks;

/// <summary>The figures of the PostgreSQL store, each beside what it is measured against. The server comes from
/// <c>eng/postgres.sh</c>.</summary>
internal static class PostgresRun
{
    private static int databases;

    private static string? Server => Environment.GetEnvironmentVariable("ORDERKERNEL_POSTGRES");

    public static async Task RunAsync(SortedDictionary<string, double> figures, string? only = null)
    {
        if (Server is null)
        {
            Console.Error.WriteLine("No PostgreSQL server: run under eng/postgres.sh for its figures.");
            return;
        }

        Dictionary<string, Func<Task>> parts = new()
        {
            ["single"] = () => Beside(figures, "single", orders: 250, group: 1),
            ["groups128"] = () => Beside(figures, "groups128", orders: 2_560, group: 128),
            ["hotSku"] = () => HotSku(figures),
            ["board"] = () => Board(figures),
            ["long"] = () => LongOrderAndLag(figures),
        };
        foreach (string name in only is null ? ["single", "groups128", "hotSku", "board", "long"] : new[] { only })
        {
            await parts[name]();
        }
    }

    public static async Task LongOrderAndLag(SortedDictionary<string, double> figures)
    {
        if (Server is not null)
        {
            using var database = new OneDatabase(Server);
            using PostgresStore store = database.Open();
            await LongOrderRun.RunAsync(figures, "postgres", store);
            await OutboxLagRun.RunAsync(figures, "postgres", store, store);
        }
    }

    private static async Task Beside(SortedDictionary<string, double> figures, string name, int orders, int group)
    {
        double ours = 0;
        double raw = 0;
        double batched = 0;
        for (int round = 0; round < 3; round++)
        {
            using var database = new OneDatabase(Server!);
            using (PostgresStore store = database.Open())
            {
                ours = Math.Max(ours, await QuickRun.Desk(store, orders, 3, group, "s"));
            }

            var rows = new RawPostgres(database.Text);
            using var floor = new OneDatabase(Server!);
            floor.Open().Dispose();
            raw = Math.Max(raw, rows.Count / rows.Write(floor.Text, group, inOneTrip: false));
            using var trips = new OneDatabase(Server!);
            trips.Open().Dispose();
            batched = Math.Max(batched, rows.Count / rows.Write(trips.Text, group, inOneTrip: true));
        }

        figures[$"postgres.{name}.perSecond"] = ours;
        figures[$"postgres.{name}.rawPerSecond"] = raw;
        figures[$"postgres.{name}.rawInOneTripPerSecond"] = batched;
        figures[$"postgres.{name}.ratio"] = ours / raw;
        figures[$"postgres.{name}.ratioToOneTrip"] = ours / batched;
    }

    /// <summary>Many orders want pieces of one cell; units are made by hand, so that the store alone is measured.</summary>
    private static async Task HotSku(SortedDictionary<string, double> figures)
    {
        const int wanted = 20_000, stock = 15_000;
        double best = 0;
        for (int round = 0; round < 3; round++)
        {
            using var database = new OneDatabase(Server!);
            using PostgresStore store = database.Open();
            var desk = new OrderDesk(store, new Workload.FixedClock());
            var cell = new StockCell(new Sku("HOT"), new NodeId("N"));
            (await desk.SubmitAsync(new Submission(
                CommandId.FromName("hot"), Workload.Actor,
                new ReceiveStock(new DocumentId("R"), [new StockLine(cell, new Quantity(stock))])))).ThrowIfRefused();
            UnitOfWork[] units = Enumerable.Range(0, wanted).Select(i => Workload.Reservation(i, cell)).ToArray();
            long started = Stopwatch.GetTimestamp();
            var answers = new List<Task<ImmutableArray<UnitResult>>>(wanted);
            foreach (UnitOfWork unit in units)
            {
                answers.Add(store.CommitAsync([unit], default).AsTask());
            }

            int reserved = 0;
            foreach (Task<ImmutableArray<UnitResult>> answer in answers)
            {
                reserved += (await answer)[0].Status == UnitStatus.Committed ? 1 : 0;
            }

            best = Math.Max(best, wanted / Stopwatch.GetElapsedTime(started).TotalSeconds);
            ImmutableArray<Finding> audit = await desk.AuditLedgerAsync();
            if (reserved != stock || !audit.IsEmpty)
            {
                throw new InvalidOperationException($"Reserved {reserved} of {stock}: {string.Join("; ", audit)}");
            }
        }

        figures["postgres.hotSku.reservationsPerSecond"] = best;
        figures["postgres.hotSku.oversold"] = 0;
    }

    /// <summary>A page of 50 out of 100,000 orders: the slowest of the usual questions. The server has looked at the table before, as
    /// its autovacuum does by itself.</summary>
    private static async Task Board(SortedDictionary<string, double> figures)
    {
        using var database = new OneDatabase(Server!);
        using PostgresStore store = database.Open();
        figures["postgres.boardPage50of100000.milliseconds"] = await BoardRun.SlowestPage(
            store, () => database.Execute("VACUUM ANALYZE om_board"));
    }

    private sealed class OneDatabase : IDisposable
    {
        private readonly string server;
        private readonly string name;

        public OneDatabase(string server)
        {
            this.server = server;
            name = string.Create(CultureInfo.InvariantCulture, $"bench_{Environment.ProcessId}_{databases++}");
            Execute(server, $"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'");
            Text = new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString();
        }

        public string Text { get; }

        public PostgresStore Open() => PostgresStore.Open(
            new PostgresStoreOptions(() => new NpgsqlConnection(Text)) { Schema = SchemaMode.Create });

        public void Dispose()
        {
            NpgsqlConnection.ClearAllPools();
            Execute(server, $"DROP DATABASE {name} WITH (FORCE)");
        }

        public void Execute(string text) => Execute(Text, text);

        private static void Execute(string database, string text)
        {
            using var connection = new NpgsqlConnection(database);
            connection.Open();
            using NpgsqlCommand command = connection.CreateCommand();
            command.CommandText = text;
            command.ExecuteNonQuery();
        }
    }
}
