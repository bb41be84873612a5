using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using NodaTime;
using Npgsql;
using OrderKernel.Adapters.Sql;
using OrderKernel.Cli;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>Somebody writes to the database past the kernel, one column of one row at a time: <c>orderkernel db audit</c> sees it, or the
/// page on rights and audit says that it does not and why.</summary>
public class EveryColumnTests
{
    // Columns that follow from nothing stored. The page names each with its reason; a column that is here and seen fails the test too.
    private static readonly Dictionary<string, string> NotSeen = new()
    {
        ["om_inbox"] = "consumer message_id note received_at source tenant",
        ["om_outbox"] = "attempts failure fence free_at lease_owner parked sent",
        ["om_posting"] = "posting_pos",
        ["om_rebuild"] = "name",
        ["om_snapshot"] = "checksum last_hash order_key schema_hash state tenant version",
        ["om_timer"] = "fence free_at lease_owner",
    };

    private static readonly string[] Flags = ["paid", "blocked", "is_final", "sent", "parked"];
    private static readonly string[] Json = ["body", "outcome", "payload", "state", "failure"];

    [Fact]
    public async Task Sqlite_EveryColumnEditedOnce_IsSeenOrSaidNotToBe()
    {
        using var database = new TemporaryDatabase();
        using (SqliteStore store = database.Open(SqliteDurability.UnsafeNormal))
        {
            await Fill(store);
        }

        Assert.Equal(0, Audit("--sqlite", database.Path).Code);
        byte[] sound = File.ReadAllBytes(database.Path);
        using var connection = new SqliteConnection($"Data Source={database.Path};Pooling=False");
        connection.Open();
        ImmutableArray<string> columns = SqlSchema.FoundColumns(new SqlSession(connection, SqlDialect.Sqlite));
        connection.Close();
        var wrong = new List<string>();
        foreach (string column in columns)
        {
            (string table, string name, bool isText) = Parts(column);
            File.WriteAllBytes(database.Path, sound);
            File.Delete(database.Path + "-wal");
            int changed = EditSqlite(database.Path, table, name, isText);
            Judge(wrong, table, name, changed, Audit("--sqlite", database.Path));
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [PostgresFact]
    public async Task Postgres_EveryColumnEditedOnce_IsSeenOrSaidNotToBe()
    {
        using var database = new PostgresDatabase();
        ImmutableArray<string> columns;
        using (PostgresStore store = database.Open())
        {
            await Fill(store);
            Assert.Equal(0, Audit("--postgres", database.ConnectionString).Code);
            using var connection = new NpgsqlConnection(database.ConnectionString);
            connection.Open();
            columns = SqlSchema.FoundColumns(new SqlSession(connection, SqlDialect.PostgreSql));
            var wrong = new List<string>();
            foreach (string column in columns)
            {
                (string table, string name, bool isText) = Parts(column);
                await EditPostgres(database, store, wrong, table, name, isText);
            }

            Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        }
    }

    [Fact]
    public void WhatIsNotSeen_StandsOnThePage()
    {
        foreach (string page in new[] { "access-and-audit.md", "access-and-audit.zh-CN.md" })
        {
            string[] lines = File.ReadAllLines(Repository.Path("docs", page));
            foreach ((string table, string names) in NotSeen)
            {
                string line = lines.FirstOrDefault(line => line.StartsWith($"| `{table}` |", StringComparison.Ordinal)) ?? string.Empty;
                Assert.All(names.Split(' '), name => Assert.Contains($"`{name}`", line, StringComparison.Ordinal));
            }
        }
    }

    private static async Task EditPostgres(
        PostgresDatabase database, PostgresStore store, List<string> wrong, string table, string name, bool isText)
    {
        // What waits to be numbered or sealed waits only until somebody looks.
        if (table is "om_feed_waiting" or "om_seal_waiting")
        {
            var desk = new OrderDesk(store, new FakeClock(Start));
            await Accepted(desk, "late " + table + name, Capture("LATE-" + table + name));
        }

        database.Execute($"DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT * FROM {table}");
        int changed;
        try
        {
            using var connection = new NpgsqlConnection(database.ConnectionString);
            connection.Open();
            using NpgsqlCommand command = connection.CreateCommand();
            command.CommandText = $"SET session_replication_role = replica; {Update(table, name, isText)}";
            changed = command.ExecuteNonQuery();
        }
        catch (PostgresException refused) when (refused.SqlState == "428C9")
        {
            return;
        }

        (int code, string said) = Audit("--postgres", database.ConnectionString);
        Judge(wrong, table, name, changed, (code, said));
        if (table is "om_feed_waiting" or "om_seal_waiting")
        {
            // Numbering and sealing went on with what was there; put right what is left, so that the next edit is seen alone.
            database.Execute(
                "SET session_replication_role = replica; DELETE FROM om_seal_waiting; DELETE FROM om_feed_waiting; "
                + "DELETE FROM om_seal; DELETE FROM om_feed; INSERT INTO om_feed (tenant, feed_pos, event_pos) SELECT tenant, "
                + "row_number() OVER (ORDER BY event_pos), event_pos FROM om_event; DELETE FROM om_board; DELETE FROM om_projection;"
                + SqlDialect.PostgreSql.Script(4).Split("\n\n").Single(static text =>
                    text.StartsWith("INSERT INTO om_seal_waiting", StringComparison.Ordinal)));
            await new BoardProjection(store, store, Tenant).CatchUpAsync();
        }
        else
        {
            string columns = (string)database.Ask(
                $"SELECT string_agg(column_name, ', ') FROM information_schema.columns WHERE table_name = '{table}'")!;
            database.Execute(
                $"SET session_replication_role = replica; DELETE FROM {table}; "
                + $"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM kept");
        }

        (code, said) = Audit("--postgres", database.ConnectionString);
        if (code != 0)
        {
            wrong.Add($"{table}.{name} was not put right: {said}");
        }
    }

    private static void Judge(List<string> wrong, string table, string name, int changed, (int Code, string Said) audit)
    {
        bool isListed = NotSeen.TryGetValue(table, out string? names) && names.Split(' ').Contains(name);
        if (changed != 1 && table != "om_rebuild")
        {
            wrong.Add($"{table}.{name}: {changed} rows were edited; the database of this test needs one.");
        }
        else if (audit.Said.Contains("   at ", StringComparison.Ordinal))
        {
            wrong.Add($"{table}.{name}: {audit.Said}");
        }
        else if (isListed == (audit.Code != 0))
        {
            wrong.Add($"{table}.{name}: {(isListed ? "is listed as not seen, and is" : "is not seen")}: {audit.Said}");
        }
    }

    private static (string Table, string Name, bool IsText) Parts(string column)
    {
        string[] parts = column.Split('.', ' ');
        return (parts[0], parts[1], parts[2] == "text");
    }

    private static int EditSqlite(string path, string table, string name, bool isText)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Foreign Keys=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_master WHERE type = 'trigger'";
        command.CommandText = (string)command.ExecuteScalar()!;
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA ignore_check_constraints = ON";
        command.ExecuteNonQuery();
        command.CommandText = Update(table, name, isText);
        return command.ExecuteNonQuery();
    }

    // One row, always the same.
    private static string Update(string table, string name, bool isText)
    {
        string key = table switch
        {
            "om_schema" => "version",
            "om_facts" => "facts_hash",
            "om_command" => "command_pos",
            "om_stream" => "tenant, category, stream_key",
            "om_event" => "event_pos",
            "om_feed" => "tenant, feed_pos",
            "om_seal" => "tenant, seal_pos",
            "om_seal_waiting" => "tenant, command_id",
            "om_feed_waiting" => "tenant, event_pos",
            "om_cell" => "cell_id",
            "om_posting" => "posting_pos",
            "om_hold" => "tenant, order_key, line, cell_id",
            "om_open_line" => "tenant, sku, order_key, line",
            "om_timer" => "tenant, category, stream_key, purpose",
            "om_outbox" => "message_pos",
            "om_inbox" => "tenant, consumer, source, message_id",
            "om_board" or "om_snapshot" => "tenant, order_key",
            "om_projection" or "om_rebuild" => "name",
            _ => throw new InvalidOperationException($"Say by which key a row of {table} is found, and what an audit of it sees."),
        };
        string which = table switch
        {
            "om_command" => "WHERE command_pos IN (SELECT command_pos FROM om_posting) ",
            "om_outbox" => "WHERE stream_key IN (SELECT stream_key FROM om_outbox GROUP BY stream_key HAVING count(*) > 1) ",
            _ => string.Empty,
        };
        string value = name == "tenant" ? "'other'"
            : Flags.Contains(name) ? $"CASE WHEN {name} = 0 THEN 1 ELSE 0 END"
            : name.EndsWith("_account", StringComparison.Ordinal) || name == "tier" ? $"{name} + 1"
            : !isText ? $"CASE WHEN {name} > 9000000000000000000 THEN {name} - 100000 ELSE coalesce({name}, 0) + 100000 END"
            : Json.Contains(name) ? $"{name} || ' '"
            : name is "command_id" or "event_id" or "message_id" or "commands" || name.EndsWith("hash", StringComparison.Ordinal)
                ? $"substr({name}, 1, length({name}) - 1) || CASE WHEN substr({name}, length({name})) = '0' THEN '1' ELSE '0' END"
            : name == "messages" ? "'6f9619ff-8b86-d011-b42d-00cf4fc964ff'"
            : $"{name} || '2'";
        return $"UPDATE {table} SET {name} = {value} WHERE ({key}) = (SELECT {key} FROM {table} {which}ORDER BY {key} LIMIT 1)";
    }

    private static readonly Instant Start = Instant.FromUtc(2026, 11, 2, 8, 0);
    private static readonly TenantId Tenant = new DeskOptions().Tenant;

    // A row in every table, and in each a history behind it.
    private static async Task Fill(SqlStore store)
    {
        var options = new DeskOptions { SnapshotEvery = 1, ServesWaiting = true };
        options = options.Announce("order.captured", "erp").Announce("order.stock_held", "erp");
        var desk = new OrderDesk(store, new FakeClock(Start), options);
        var cell = new StockCell(new Sku("S"), new NodeId("W1"));
        await Accepted(desk, "receipt", new ReceiveStock(new DocumentId("R"), [new StockLine(cell, new Quantity(50))]));
        await Accepted(desk, "overdraft", new SetOverdraft(new DocumentId("V"), cell, new Quantity(7)));
        foreach (string order in new[] { "A-1", "A-2", "A-3" })
        {
            await Accepted(desk, "capture " + order, Capture(order));
            await Accepted(desk, "hold " + order, new HoldStock(new OrderId(order), ExpiresAt: Start + Duration.FromDays(1)));
        }

        DeskResult refused = await desk.SubmitAsync(Submission("refused", new HoldStock(new OrderId("NOBODY"))));
        Assert.False(refused.IsAccepted);
        await Accepted(desk, "export", new ExportOrders(["order"], "audit"));
        var received = new ReceivedMessage("shop", "web", "m-1");
        Assert.True((await desk.SubmitAsync(
            new Submission(CommandId.FromName("received"), new Actor("clerk", "web"), Capture("A-4"), received))).IsAccepted);
        await new BoardProjection(store, store, Tenant).CatchUpAsync();
    }

    private static CaptureOrder Capture(string order) => new(
        new OrderId(order), new PartnerId("P"), Start, [new NewLine(1, new Sku("S"), new Quantity(2))]);

    private static Submission Submission(string name, KernelCommand command) =>
        new(CommandId.FromName("every " + name), new Actor("clerk", "web"), command);

    private static async Task Accepted(OrderDesk desk, string name, KernelCommand command)
    {
        DeskResult result = await desk.SubmitAsync(Submission(name, command));
        Assert.True(result.IsAccepted, string.Join("; ", result.Findings));
    }

    private static (int Code, string Said) Audit(string option, string place)
    {
        using var output = new StringWriter();
        int code = DbCommand.Build().Parse(["audit", option, place]).Invoke(
            new InvocationConfiguration { Output = output, Error = output });
        return (code, output.ToString());
    }
}
