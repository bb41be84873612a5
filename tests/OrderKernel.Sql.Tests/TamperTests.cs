using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Cli;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>What somebody who may write to the database does to hide what happened, and who sees it.</summary>
public class TamperTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 2, 8, 0);
    private static readonly TenantId Tenant = new DeskOptions().Tenant;

    [Theory]
    [InlineData("om_event", "event_pos, tenant, category, stream_key, version", "actor", "'innocent'")]
    [InlineData("om_command", "command_pos, tenant, command_id", "actor", "'innocent'")]
    [InlineData("om_command", "tenant, command_id", "actor", "'innocent'")]
    [InlineData("om_facts", "facts_hash", "body", "'{}'")]
    [InlineData("om_feed", "tenant, feed_pos", "event_pos", "2")]
    [InlineData("om_posting", "posting_pos", "quantity", "1")]
    [InlineData("om_seal", "tenant, seal_pos", "hash", "'x'")]
    public async Task Replace_WithTheTriggersInPlace_ChangesNothing(string table, string key, string column, string value)
    {
        using var database = new TemporaryDatabase();
        await Fill(database);
        string columns = (string)database.Ask($"SELECT group_concat(name) FROM pragma_table_info('{table}')")!;
        string before = Dump(database, table, columns);
        string replaced = columns.Replace("," + column, "," + value, StringComparison.Ordinal);
        if (key == "tenant, command_id")
        {
            replaced = replaced.Replace("command_pos,", "command_pos + 1000,", StringComparison.Ordinal);
        }

        try
        {
            Execute(database.Path, $"INSERT OR REPLACE INTO {table} ({columns}) SELECT {replaced} FROM {table}");
        }
        catch (SqliteException refused)
        {
            Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Dump(database, table, columns));
        Assert.Throws<SqliteException>(() => Execute(database.Path, $"UPDATE {table} SET {column} = {value}"));
        Assert.Throws<SqliteException>(() => Execute(database.Path, $"DELETE FROM {table}"));
    }

    [PostgresFact]
    public async Task Postgres_WhatWasWrittenOnce_RefusesToChange()
    {
        using var database = new PostgresDatabase();
        using PostgresStore store = database.Open();
        await Play(store);
        Assert.Empty(await Desk(store).AuditHistoryAsync());
        foreach (string table in new[] { "om_command", "om_facts", "om_event", "om_feed", "om_posting", "om_seal" })
        {
            string key = table == "om_facts" ? "facts_hash" : table == "om_posting" ? "command_pos" : "tenant";
            foreach (string text in new[] { $"UPDATE {table} SET {key} = {key}", $"DELETE FROM {table}", $"TRUNCATE {table} CASCADE" })
            {
                Npgsql.PostgresException refused = Assert.Throws<Npgsql.PostgresException>(() => database.Execute(text));
                Assert.Contains("append-only", refused.MessageText, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("DELETE FROM om_command WHERE category = 'access'", "history.command_missing")]
    [InlineData("UPDATE om_command SET actor = 'innocent' WHERE category = 'access'", "history.command_differs")]
    [InlineData("UPDATE om_command SET decided_at = decided_at + 1 WHERE stream_key = 'NOBODY'", "history.command_differs")]
    [InlineData("DELETE FROM om_command WHERE stream_key = 'A-1'", "history.event_unclaimed")]
    [InlineData("DELETE FROM om_timer", "history.timer_differs")]
    [InlineData("UPDATE om_timer SET due = 4102444800000000", "history.timer_differs")]
    [InlineData("UPDATE om_outbox SET body = replace(body, 'A-1', 'A-9') WHERE stream_key = 'A-1'", "history.message_differs")]
    [InlineData(
        "UPDATE om_outbox SET body = replace(body, '2026-11-05', '2026-11-15') WHERE body LIKE '%write_back%'", "history.message_differs")]
    [InlineData("DELETE FROM om_outbox WHERE body LIKE '%write_back%'", "history.message_missing")]
    [InlineData(
        "INSERT INTO om_timer (tenant, category, stream_key, purpose, generation, due) VALUES ('main', 'order', 'A-1', 'bomb', 1, 1)",
        "history.timer_differs")]
    [InlineData("DELETE FROM om_outbox WHERE stream_key = 'A-1'", "history.message_missing")]
    [InlineData(
        "INSERT INTO om_posting (command_pos, from_cell, from_account, to_cell, to_account, quantity) VALUES (1, 1, 0, 1, 1, 1000);"
        + "UPDATE om_cell SET supply = supply - 1000, available = available + 1000 WHERE cell_id = 1",
        "history.postings_differ")]
    [InlineData(
        "INSERT INTO om_posting (command_pos, from_cell, from_account, to_cell, to_account, quantity) VALUES (9999, 1, 0, 1, 1, 1000);"
        + "UPDATE om_cell SET supply = supply - 1000, available = available + 1000 WHERE cell_id = 1",
        "history.posting_unclaimed")]
    [InlineData("UPDATE om_cell SET overdraft = 1000", "history.overdraft_differs")]
    [InlineData(
        "UPDATE om_feed SET event_pos = CASE feed_pos WHEN 3 THEN 5 ELSE 3 END WHERE feed_pos IN (3, 5)", "history.seal_broken")]
    [InlineData("DELETE FROM om_feed WHERE feed_pos > 3", "history.feed_differs")]
    [InlineData(
        "UPDATE om_facts SET body = replace(body, '\"available\":50', '\"available\":51')", "history.facts_differ")]
    [InlineData("UPDATE om_open_line SET priority = 9", "history.open_line_differs")]
    [InlineData("DELETE FROM om_open_line", "history.open_line_differs")]
    [InlineData("UPDATE om_board SET stage = 'stage.signed'", "history.board_differs")]
    [InlineData("UPDATE om_hold SET order_key = 'A-9'", "history.hold_differs")]
    [InlineData("UPDATE om_stream SET version = version + 1", "history.version_differs")]
    [InlineData("DELETE FROM om_seal", "history.commands_unsealed")]
    [InlineData("DELETE FROM om_seal WHERE seal_pos = 2", "history.seal_broken")]
    public async Task Audit_PastForgedBehindTheTriggers_IsNamed(string forgery, string code)
    {
        using var database = new TemporaryDatabase();
        await Fill(database);
        Forge(database.Path, forgery);
        (int rc, string said) = Run("audit", "--sqlite", database.Path);
        Assert.Equal(1, rc);
        Assert.Contains(code + " ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_OrderErasedWithEverythingOfIt_IsNamed()
    {
        using var database = new TemporaryDatabase();
        await Fill(database);
        Forge(
            database.Path,
            "DELETE FROM om_feed WHERE event_pos IN (SELECT event_pos FROM om_event WHERE stream_key = 'A-4');"
            + "DELETE FROM om_event WHERE stream_key = 'A-4'; DELETE FROM om_stream WHERE stream_key = 'A-4';"
            + "DELETE FROM om_command WHERE stream_key = 'A-4'; DELETE FROM om_open_line WHERE order_key = 'A-4';"
            + "DELETE FROM om_board WHERE order_key = 'A-4'; DELETE FROM om_snapshot WHERE order_key = 'A-4';"
            + "DELETE FROM om_outbox WHERE stream_key = 'A-4'");
        (int rc, string said) = Run("audit", "--sqlite", database.Path);
        Assert.Equal(1, rc);
        Assert.Contains("history.command_missing " + "Command " + CommandId.FromName("tamper A-4"), said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seals_TakenAwayAltogether_AreMissedAlsoWhenWorkGoesOn()
    {
        using var database = new TemporaryDatabase();
        await Fill(database);
        Forge(database.Path, "DELETE FROM om_seal");
        using (SqliteStore store = database.Open(SqliteDurability.UnsafeNormal))
        {
            await Submit(Desk(store), "later", Capture("A-5"));
        }

        (int rc, string said) = Run("audit", "--sqlite", database.Path);
        Assert.Equal(1, rc);
        Assert.Contains("history.commands_unsealed ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Against_PastMadeAnewWithAllItsHashes_NamesTheOrder()
    {
        using var honest = new TemporaryDatabase();
        await Fill(honest);
        string folder = Path.GetDirectoryName(honest.Path)!;
        (string heads, string key) = (Path.Combine(folder, "heads.json"), Path.Combine(folder, "key"));
        await File.WriteAllBytesAsync(key, Enumerable.Range(1, 32).Select(static i => (byte)i).ToArray());
        (int rc, string said) = Run("heads", "--sqlite", honest.Path, "--out", heads, "--key", key);
        Assert.True(rc == 0, said);
        (rc, said) = Run("audit", "--sqlite", honest.Path, "--against", heads, "--key", key);
        Assert.True(rc == 0, said);

        // The same life with another customer of A-2: every hash, seal and body fits, so nothing within the file tells.
        using var forged = new TemporaryDatabase();
        await Fill(forged, customer: "C-2");
        Assert.Equal(0, Run("audit", "--sqlite", forged.Path).Code);
        (rc, said) = Run("audit", "--sqlite", forged.Path, "--against", heads, "--key", key);
        Assert.Equal(1, rc);
        string[] lines = said.Split('\n');
        Assert.StartsWith("db.past_differs ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("checkpoint.seals_differ ", lines[1], StringComparison.Ordinal);
        Assert.EndsWith($"{CommandId.FromName("tamper A-2")} on order/A-2.", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("checkpoint.past_differs order/A-2 ", lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain("order/A-1 ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Against_RefusalErasedWithItsSeal_NamesWhere()
    {
        using var database = new TemporaryDatabase();
        await Fill(database);
        string heads = database.Path + ".heads";
        Assert.Equal(0, Run("heads", "--sqlite", database.Path, "--out", heads).Code);
        Forge(
            database.Path,
            "DELETE FROM om_command WHERE command_pos = (SELECT max(command_pos) FROM om_command);"
            + "DELETE FROM om_seal WHERE seal_pos = (SELECT max(seal_pos) FROM om_seal)");
        Assert.Equal(0, Run("audit", "--sqlite", database.Path).Code);
        (int rc, string said) = Run("audit", "--sqlite", database.Path, "--against", heads);
        Assert.Equal(1, rc);
        Assert.Contains("checkpoint.seals_missing Nothing is stored behind seal 8 ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tenant_ThatNobodyHas_IsNotCalledSound()
    {
        using var database = new TemporaryDatabase();
        await Fill(database);
        foreach (string command in new[] { "check", "audit", "replay", "feed", "heads" })
        {
            (int rc, string said) = Run(command, "--sqlite", database.Path, "--tenant", "TYPO");
            Assert.Equal(1, rc);
            Assert.StartsWith("db.tenant_unknown ", said, StringComparison.Ordinal);
            Assert.Contains("main", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void File_ThatIsNoDatabase_IsRefusedAndNothingIsLeftBesideIt()
    {
        string folder = Directory.CreateTempSubdirectory("orderkernel-").FullName;
        try
        {
            string text = Path.Combine(folder, "notes.txt"), broken = Path.Combine(folder, "broken.db");
            File.WriteAllText(text, "not a database, only some notes of somebody");
            File.WriteAllText(broken, "SQLite format 3\0 and then nothing that is one");
            foreach (string path in new[] { text, folder, Path.Combine(folder, "none.db") })
            {
                (int rc, string said) = Run("audit", "--sqlite", path);
                Assert.Equal(1, rc);
                Assert.StartsWith("db.unsafe ", said, StringComparison.Ordinal);
            }

            Assert.Equal(2, Directory.GetFiles(folder).Length);
            (int code, string answer) = Run("check", "--sqlite", broken);
            Assert.Equal(1, code);
            Assert.StartsWith("db.unsafe ", answer, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [PostgresFact]
    public async Task Postgres_ManyHostsAtOnce_MakeOneChainWithoutWaiting()
    {
        using var database = new PostgresDatabase();
        using PostgresStore one = database.Open(), other = database.Open();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            SqlStore store = i % 2 == 0 ? one : other;
            await Submit(Desk(store), "many " + i, Capture("M-" + i));
            if (i % 7 == 0)
            {
                await ((IStoredHistory)store).ReadSealsAsync(Tenant, 0, 1, default);
            }
        })));
        Assert.Empty(await Desk(one).AuditHistoryAsync());
        ImmutableArray<HistorySeal> seals = await one.ReadSealsAsync(Tenant, 0, 1_000, default);
        Assert.Equal(200, seals.Sum(static seal => seal.Commands.Length));
        database.Execute("SET session_replication_role = replica; DELETE FROM om_command WHERE stream_key = 'M-100'");
        ImmutableArray<Finding> found = await Desk(one).AuditHistoryAsync();
        Assert.Contains(found, static finding => finding.Code == "history.command_missing");
    }

    internal static void Forge(string path, string forgery)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Foreign Keys=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_master WHERE type = 'trigger'";
        command.CommandText = (string)command.ExecuteScalar()!;
        command.ExecuteNonQuery();
        command.CommandText = forgery;
        Assert.True(command.ExecuteNonQuery() > 0, "The forgery changes something.");
    }

    private static async Task Fill(TemporaryDatabase database, string customer = "C-1")
    {
        using SqliteStore store = database.Open(SqliteDurability.UnsafeNormal);
        await Play(store, customer);
    }

    private static async Task Play(SqlStore store, string customer = "C-1")
    {
        var desk = new OrderDesk(
            store, new FakeClock(Start), new DeskOptions { SnapshotEvery = 1 }.Announce("order.captured", "erp").Announce(
                "order.promised", "crm").Connect(new OuterSystem("crm", SystemAccess.ReadAndWrite, owns: [], takesBack: ["promised_at"])));
        var cell = new StockCell(new Sku("S"), new NodeId("W1"));
        await Submit(desk, "receipt", new ReceiveStock(new DocumentId("R"), [new StockLine(cell, new Quantity(50))]));
        foreach (string order in new[] { "A-1", "A-2", "A-3", "A-4" })
        {
            await Submit(desk, order, Capture(order, order == "A-2" ? customer : "C-1"));
        }

        await Submit(desk, "hold", new HoldStock(new OrderId("A-1"), ExpiresAt: Start + Duration.FromDays(1)));
        await Submit(desk, "promise", new PromiseOrder(new OrderId("A-3"), Start + Duration.FromDays(3), PromiseCause.First));
        await Submit(desk, "export", new ExportOrders(["order"], "curious"));
        await new BoardProjection(store, store, Tenant).CatchUpAsync();
        Assert.False((await desk.SubmitAsync(Submission("refused", new HoldStock(new OrderId("NOBODY"))))).IsAccepted);
    }

    private static OrderDesk Desk(IOrderStore store) => new(store, new FakeClock(Start));

    private static CaptureOrder Capture(string order, string customer = "C-1") => new(
        new OrderId(order), new PartnerId(customer), Start, [new NewLine(1, new Sku("S"), new Quantity(2))]);

    private static Submission Submission(string name, KernelCommand command) =>
        new(CommandId.FromName("tamper " + name), new Actor("clerk", "web"), command);

    private static async Task Submit(OrderDesk desk, string name, KernelCommand command)
    {
        DeskResult result = await desk.SubmitAsync(Submission(name, command));
        Assert.True(result.IsAccepted, string.Join("; ", result.Findings));
    }

    private static string Dump(TemporaryDatabase database, string table, string columns) => (string)database.Ask(
        $"SELECT group_concat(row, char(10)) FROM (SELECT {columns.Replace(",", " || ',' || ", StringComparison.Ordinal)} AS row "
        + $"FROM {table} ORDER BY 1)")!;

    private static void Execute(string path, string text)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private static (int Code, string Said) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        int code = DbCommand.Build().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = output });
        return (code, output.ToString());
    }
}
