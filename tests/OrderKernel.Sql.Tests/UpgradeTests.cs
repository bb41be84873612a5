using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>A file that an earlier release wrote opens with everything in it.</summary>
public class UpgradeTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;

    [Fact]
    public async Task Open_FileOfVersionOne_FoldsItsOrdersIntoTheIndexOnce()
    {
        using var database = new TemporaryDatabase();
        using (SqliteStore store = database.Open())
        {
            await KernelLaws.PlaysToTheEnd(new ScriptPlay(store, "old"), Some());
        }

        BackToVersionOne(database.Path);
        OrderKernelException refused = Assert.Throws<OrderKernelException>(
            () => SqliteStore.Open(new SqliteStoreOptions(database.Path)));
        Assert.Contains("version 1", refused.Message, System.StringComparison.Ordinal);
        for (int opened = 0; opened < 2; opened++)
        {
            using SqliteStore store = database.Open();
            Assert.NotEmpty(await store.ReadOpenLinesAsync(
                Tenant, [new Sku("old-S0"), new Sku("old-S1"), new Sku("old-S2")], default));
            await KernelLaws.OpenLinesAgree(store, Tenant);
        }

        using SqliteStore upgraded = database.Open();
        await KernelLaws.PlaysToTheEnd(new ScriptPlay(upgraded, "new"), Some());
        await KernelLaws.OpenLinesAgree(upgraded, Tenant);
        await KernelLaws.LedgerConserves(upgraded, Tenant);
    }

    private static Script Some()
    {
        var steps = new ScriptStep[60];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = new ScriptStep((i * 5) % 16, i % 3, (i * 7) % 12, (i * 3) % 12, (i * 11) % 12);
        }

        return Script.Of(steps);
    }

    // Scripts are append-only, so what version 2 added is exactly what version 1 lacked.
    private static void BackToVersionOne(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "DROP TABLE om_open_line; DROP TABLE om_rebuild; DELETE FROM om_schema WHERE version = 2;";
        command.ExecuteNonQuery();
    }
}
