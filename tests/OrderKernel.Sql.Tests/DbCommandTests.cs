using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using OrderKernel.Adapters.Sql;
using OrderKernel.Cli;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Sql.Tests.Faults;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary><c>orderkernel db</c> finds what is wrong, says so, and ends with 1.</summary>
public class DbCommandTests
{
    [Fact]
    public async Task Sqlite_SoundDatabase_PassesEveryCommand()
    {
        using var database = new TemporaryDatabase();
        await Fill(database);
        Passes("--sqlite", database.Path);
    }

    [PostgresFact]
    public async Task Postgres_SoundDatabase_PassesEveryCommand()
    {
        using var database = new PostgresDatabase();
        using (PostgresStore store = database.Open())
        {
            await Play(store);
        }

        Passes("--postgres", database.ConnectionString);
    }

    [Fact]
    public async Task Audit_TamperedEventLostEventAndWrongBalance_AreFound()
    {
        using var database = new TemporaryDatabase();
        await Fill(database);
        Execute(
            database.Path,
            "DROP TRIGGER om_event_no_update; DROP TRIGGER om_event_no_delete; DROP TRIGGER om_feed_no_delete; "
            + "UPDATE om_cell SET available = available + 1 WHERE cell_id = 1;"
            + "UPDATE om_event SET payload = replace(payload, '1', '2') WHERE event_pos = 3;"
            + "DELETE FROM om_feed WHERE event_pos = (SELECT max(event_pos) FROM om_event);"
            + "DELETE FROM om_event WHERE event_pos = (SELECT max(event_pos) FROM om_event)");
        (int code, string said) = Run("audit", "--sqlite", database.Path, "--json");
        Assert.Equal(1, code);
        Assert.Contains("\"code\":\"ledger.balance_differs\"", said, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"db.chain_broken\"", said, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"db.events_missing\"", said, StringComparison.Ordinal);
    }

    /// <summary>A name that was mistyped is not a database in which all is well.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ATenantThatIsNotKnown_IsTold_AlsoWhereNothingIsStored(bool filled)
    {
        using var database = new TemporaryDatabase();
        await Fill(database, filled ? 10 : 0);
        foreach (string verb in new[] { "check", "audit", "replay", "heads", "feed" })
        {
            (int code, string said) = Run(verb, "--sqlite", database.Path, "--tenant", "TYPO");
            Assert.Equal(1, code);
            Assert.StartsWith("db.tenant_unknown Nothing is stored of tenant TYPO.", said, StringComparison.Ordinal);
            Assert.Contains(filled ? "Tenants here: main." : "Tenants here: -.", said, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("no database", "The file is no SQLite database.")]
    [InlineData("SQLite format 3\0 and then something else", "cannot be")]
    [InlineData("", "The tables are of version 0")]
    [InlineData(null, "There is no such database file.")]
    [InlineData("other tables", "The tables are of version 0")]
    public void AFileThatIsNoDatabaseOfOurs_IsToldWithARemedy_AndStaysAsItWas(string? contents, string told)
    {
        string folder = Directory.CreateTempSubdirectory("orderkernel-any-").FullName;
        try
        {
            string file = Path.Combine(folder, "any");
            if (contents == "other tables")
            {
                Execute(file, "CREATE TABLE stranger (a)");
            }
            else if (contents is not null)
            {
                File.WriteAllText(file, contents);
            }

            byte[]? before = contents is null ? null : File.ReadAllBytes(file);
            foreach (string verb in new[] { "check", "audit", "replay", "heads", "feed" })
            {
                (int code, string said) = Run(verb, "--sqlite", file);
                Assert.Equal(1, code);
                Assert.StartsWith("db.unsafe ", said, StringComparison.Ordinal);
                Assert.Contains(told, said, StringComparison.Ordinal);
                Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
                Assert.Equal(contents is null ? [] : [file], Directory.GetFileSystemEntries(folder));
                Assert.Equal(before, contents is null ? null : File.ReadAllBytes(file));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("recorded_at = recorded_at + 1000000")]
    [InlineData("actor = actor || '2'")]
    [InlineData("ordinal = ordinal + 1")]
    [InlineData("event_type = 'order.archived'")]
    public async Task Audit_AnyAlteredPartOfAnEvent_IsFound(string altered)
    {
        using var database = new TemporaryDatabase();
        await Fill(database);
        Execute(database.Path, $"DROP TRIGGER om_event_no_update; UPDATE om_event SET {altered} WHERE event_pos = 3");
        (int code, string said) = Run("audit", "--sqlite", database.Path, "--json");
        Assert.Equal(1, code);
        Assert.Contains("\"code\":\"db.chain_broken\"", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_NumbersOfOrders_AreWalkedTooAndAlteredOnesNamed()
    {
        using var database = new TemporaryDatabase();
        var order = new OrderId("NUMBERED");
        using (SqliteStore store = database.Open(SqliteDurability.UnsafeNormal))
        {
            OrderDesk desk = await Play(store);
            await Accepted(desk, new CaptureOrder(
                order, new PartnerId("P"), null, [new NewLine(1, new Sku("S"), new Quantity(1))], Type: "t0"));
            await Accepted(desk, new NumberOrder(order, (await desk.ReadOrderAsync(order)).Numbering));
        }

        (int code, string said) = Run("audit", "--sqlite", database.Path);
        Assert.True(code == 0, said);
        Execute(
            database.Path,
            "DROP TRIGGER om_event_no_update; UPDATE om_event SET payload = replace(payload, 'T-001', 'T-002') WHERE category = 'numbers'");
        (code, said) = Run("audit", "--sqlite", database.Path, "--lang", "zh-CN");
        Assert.Equal(1, code);
        Assert.Contains("db.chain_broken numbers/", said, StringComparison.Ordinal);
        Assert.Contains("断裂的哈希链 1 条", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_ChangedOutcome_IsFound()
    {
        using var database = new TemporaryDatabase();
        await Fill(database);
        Execute(
            database.Path,
            "DROP TRIGGER om_command_no_update; "
            + "UPDATE om_command SET outcome = replace(outcome, '\"version\":', '\"version\":1') WHERE command_pos = 4");
        (int code, string said) = Run("replay", "--sqlite", database.Path);
        Assert.Equal(1, code);
        Assert.Contains("db.replay_differs", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_EventInAFormThatIsNotKnown_IsNamed()
    {
        using var database = new TemporaryDatabase();
        await Fill(database);
        Execute(database.Path, "DROP TRIGGER om_event_no_update; UPDATE om_event SET schema_version = 2 WHERE event_pos = 3");
        (int code, string said) = Run("check", "--sqlite", database.Path);
        Assert.Equal(1, code);
        Assert.StartsWith("event.form_unknown ", said, StringComparison.Ordinal);
        Assert.Contains("form 2: 1 events", said, StringComparison.Ordinal);
        Assert.DoesNotContain("ok ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_MissingFileOrNoPlace_SaysWhatToDo()
    {
        (int code, string said) = Run("check", "--sqlite", Path.Combine(Path.GetTempPath(), "no", "such.db"));
        Assert.Equal(1, code);
        Assert.Contains("db.unsafe", said, StringComparison.Ordinal);
        (code, said) = Run("check");
        Assert.Equal(1, code);
        Assert.Contains("--sqlite", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Script_PrintsEveryVersion()
    {
        (int code, string said) = Run("script", "--dialect", "postgres");
        Assert.Equal(0, code);
        Assert.Contains("CREATE TABLE om_feed_waiting", said, StringComparison.Ordinal);
        (_, string later) = Run("script", "--dialect", "sqlite", "--from", "3");
        Assert.DoesNotContain("CREATE TABLE om_event", later, StringComparison.Ordinal);
        Assert.Contains("CREATE TABLE om_inbox", later, StringComparison.Ordinal);
    }

    private static void Passes(string option, string place)
    {
        foreach (string command in new[] { "check", "audit", "replay" })
        {
            (int code, string said) = Run(command, option, place);
            Assert.True(code == 0 && said.StartsWith("ok ", StringComparison.Ordinal), said);
        }

        (_, string feed) = Run("feed", option, place, "--after", "2", "--most", "3", "--json");
        Assert.Equal([3, 4, 5], feed.Trim().Split('\n').Select(line =>
            System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("position").GetInt32()));
    }

    private static async Task Fill(TemporaryDatabase database, int steps = 60)
    {
        using SqliteStore store = database.Open(SqliteDurability.UnsafeNormal);
        if (steps > 0)
        {
            await Play(store, steps);
        }
    }

    private static async Task<OrderDesk> Play(SqlStore store, int steps = 60)
    {
        var play = new ScriptPlay(store, "cli");
        await play.PlayAsync(Scripts.Walk(steps));
        var desk = new OrderDesk(store, play.Clock, new DeskOptions { Definitions = ScriptTypes.Definitions });
        await Accepted(desk, new ActivatePack(BusinessFlows.StockLock));
        return desk;
    }

    private static async Task Accepted(OrderDesk desk, KernelCommand command) => Assert.True((await desk.SubmitAsync(
        new Submission(CommandId.FromName("db " + command.CommandType), new Actor("clerk", "web"), command))).IsAccepted);

    private static (int Code, string Said) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        int code = DbCommand.Build().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = output });
        return (code, output.ToString());
    }

    private static void Execute(string path, string text)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
