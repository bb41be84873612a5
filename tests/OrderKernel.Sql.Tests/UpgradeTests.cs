using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using OrderKernel.Adapters.Sql;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>A database of every earlier version is brought up to date with the orders it holds.</summary>
public class UpgradeTests
{
    private static readonly string[] FirstTables =
    [
        "om_facts", "om_command", "om_stream", "om_event", "om_feed", "om_cell", "om_posting", "om_hold", "om_timer", "om_outbox",
    ];

    [Fact]
    public async Task Sqlite_FromEveryEarlierVersion_KeepsItsOrders()
    {
        foreach (int version in SqlDialect.Sqlite.Versions.SkipLast(1))
        {
            using var now = new TemporaryDatabase();
            (ScriptPlay play, ImmutableArray<FeedEntry> expected) = await Played(now.Open());
            using var old = new TemporaryDatabase();
            MakeOld(old.Path, now.Path, version);
            Assert.Throws<OrderKernelException>(() => SqliteStore.Open(new SqliteStoreOptions(old.Path)));
            using SqliteStore upgraded = old.Open();
            await KeptAndWorks(upgraded, play, expected);
        }
    }

    [PostgresFact]
    public async Task Postgres_FromEveryEarlierVersion_KeepsItsOrders()
    {
        SqlDialect old = SqlDialect.PostgreSql.WithTables("earlier", "om_");
        foreach (int version in SqlDialect.PostgreSql.Versions.SkipLast(1))
        {
            using var database = new PostgresDatabase();
            (ScriptPlay play, ImmutableArray<FeedEntry> expected) = await Played(database.Open());
            MakeOld(database, old, version);
            var refusal = Assert.Throws<OrderKernelException>(() => database.Open(options =>
            {
                options.Dialect = old;
                options.Schema = SchemaMode.Validate;
            }));
            Assert.Contains($"version {version}", refusal.Message, StringComparison.Ordinal);
            using PostgresStore upgraded = database.Open(options => options.Dialect = old);
            await KeptAndWorks(upgraded, play, expected);
        }
    }

    private static async Task<(ScriptPlay Play, ImmutableArray<FeedEntry> Feed)> Played<TStore>(TStore store)
        where TStore : SqlStore, IDisposable
    {
        using (store)
        {
            var play = new ScriptPlay(store, "up", new DeskOptions().Announce("order.captured", "erp"));
            await play.PlayAsync(Scripts.Walk(60));
            return (play, await store.ReadFeedAsync(new DeskOptions().Tenant, 0, int.MaxValue, default));
        }
    }

    // Everything that was stored is there and says the same, what came later works on it, and new orders go on beside the old.
    private static async Task KeptAndWorks(SqlStore upgraded, ScriptPlay play, ImmutableArray<FeedEntry> expected)
    {
        TenantId tenant = new DeskOptions().Tenant;
        Assert.Equal(expected.AsEnumerable(), (await upgraded.ReadFeedAsync(tenant, 0, int.MaxValue, default)).AsEnumerable());
        await KernelLaws.LedgerConserves(upgraded, tenant);
        await KernelLaws.OpenLinesAgree(upgraded, tenant);
        Assert.Empty((await new OrderDesk(upgraded, play.Clock).ReplayAsync()).Differing);
        await KernelLaws.HistoryAudits(upgraded, tenant);
        Assert.Equal(
            (await upgraded.ReadCommandsAsync(tenant, null, int.MaxValue, default)).Length,
            (await upgraded.ReadSealsAsync(tenant, 0, int.MaxValue, default)).Sum(static seal => seal.Commands.Length));
        var lease = new Lease("after", play.Clock.Now, NodaTime.Duration.FromMinutes(1));
        Assert.NotEmpty(await upgraded.ClaimMessagesAsync(tenant, lease, 10, default));
        await new BoardProjection(upgraded, upgraded, tenant).CatchUpAsync();
        Assert.NotEmpty(await upgraded.ReadBoardAsync(tenant, new BoardQuery(), default));

        var later = new ScriptPlay(upgraded, "later", new DeskOptions { SnapshotEvery = 1, CachedOrders = 0 });
        await later.PlayAsync(Scripts.Walk(60, seed: 5));
        Assert.Contains(later.Results, static result => result.IsAccepted);
        ImmutableArray<FeedEntry> feed = await upgraded.ReadFeedAsync(tenant, 0, int.MaxValue, default);
        Assert.True(feed.Length > expected.Length);
        Assert.Equal(Enumerable.Range(1, feed.Length).Select(static i => (long)i), feed.Select(static entry => entry.Position));
        await KernelLaws.LedgerConserves(upgraded, tenant);
        await KernelLaws.HistoryReplays(later, upgraded, tenant);
        await KernelLaws.HistoryAudits(upgraded, tenant);
    }

    // The tables as the old scripts made them, in a schema beside the newest, with the rows and counters of that one.
    private static void MakeOld(PostgresDatabase database, SqlDialect old, int version)
    {
        database.Execute("CREATE SCHEMA earlier");
        foreach (int script in old.Versions.Where(script => script <= version))
        {
            database.Execute(old.Script(script));
        }

        database.Execute("""
            DO $$
            DECLARE t record; c text; s text;
            BEGIN
              FOR t IN SELECT table_name FROM information_schema.tables WHERE table_schema = 'earlier' AND table_name <> 'om_schema'
                ORDER BY table_name <> 'om_facts', table_name <> 'om_command', table_name <> 'om_event' LOOP
                SELECT string_agg(column_name, ', ') INTO c FROM information_schema.columns
                  WHERE table_schema = 'earlier' AND table_name = t.table_name;
                EXECUTE format('INSERT INTO earlier.%1$I (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM public.%1$I', t.table_name, c);
              END LOOP;
              FOR s IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'earlier' LOOP
                EXECUTE format(
                  'SELECT setval(''earlier.%1$I'', (SELECT last_value FROM public.%1$I), (SELECT is_called FROM public.%1$I))', s);
              END LOOP;
            END $$
            """);
    }

    // The tables as the old scripts made them, with the rows a store of that version would hold.
    private static void MakeOld(string path, string from, int version)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        foreach (int script in SqlDialect.Sqlite.Versions.Where(script => script <= version))
        {
            Execute(connection, SqlDialect.Sqlite.Script(script));
        }

        Execute(connection, $"ATTACH '{from}' AS newer");
        foreach (string table in FirstTables)
        {
            string columns = (string)Ask(connection, $"SELECT group_concat(name) FROM pragma_table_info('{table}')")!;
            Execute(connection, $"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}");
        }

        // From version 2 on, lines that are open are listed.
        if (version >= 2)
        {
            Execute(connection, "INSERT INTO main.om_open_line SELECT * FROM newer.om_open_line");
        }
    }

    private static object? Ask(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
