using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
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
            ScriptPlay play;
            ImmutableArray<FeedEntry> expected;
            TenantId tenant = new DeskOptions().Tenant;
            using (SqliteStore store = now.Open())
            {
                play = new ScriptPlay(store, "up", new DeskOptions().Announce("order.captured", "erp"));
                await play.PlayAsync(Scripts.Walk(60));
                expected = await store.ReadFeedAsync(tenant, 0, int.MaxValue, default);
            }

            using var old = new TemporaryDatabase();
            MakeOld(old.Path, now.Path, version);
            Assert.Throws<OrderKernelException>(() => SqliteStore.Open(new SqliteStoreOptions(old.Path)));
            using SqliteStore upgraded = old.Open();
            Assert.Equal(expected.AsEnumerable(), (await upgraded.ReadFeedAsync(tenant, 0, int.MaxValue, default)).AsEnumerable());
            await KernelLaws.LedgerConserves(upgraded, tenant);
            await KernelLaws.OpenLinesAgree(upgraded, tenant);
            Assert.Empty(await new OrderDesk(upgraded, play.Clock).ReplayAsync());
            var lease = new Lease("after", play.Clock.Now, NodaTime.Duration.FromMinutes(1));
            Assert.NotEmpty(await upgraded.ClaimMessagesAsync(tenant, lease, 10, default));
            await new BoardProjection(upgraded, upgraded, tenant).CatchUpAsync();
            Assert.NotEmpty(await upgraded.ReadBoardAsync(tenant, new BoardQuery(), default));
        }
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
