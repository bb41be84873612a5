using System;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using OrderKernel.Adapters.Sql;
using OrderKernel.Findings;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>A store opens safely or not at all, and says what to do.</summary>
public class StartupTests
{
    [Fact]
    public void Open_MissingFile_IsRefusedUnlessAskedToCreate()
    {
        using var database = new TemporaryDatabase();
        OrderKernelException refused = Assert.Throws<OrderKernelException>(
            () => SqliteStore.Open(new SqliteStoreOptions(database.Path)));
        Assert.Contains("SchemaMode.Create", refused.Message, StringComparison.Ordinal);
        database.Open().Dispose();
        SqliteStore.Open(new SqliteStoreOptions(database.Path)).Dispose();
    }

    [Fact]
    public void Open_FileWithoutTables_IsRefusedByValidation()
    {
        using var database = new TemporaryDatabase();
        Execute(database.Path, "CREATE TABLE other (x)");
        OrderKernelException refused = Assert.Throws<OrderKernelException>(
            () => SqliteStore.Open(new SqliteStoreOptions(database.Path)));
        Assert.Contains("version 0", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TablesOfALaterVersion_IsRefused()
    {
        using var database = new TemporaryDatabase();
        database.Open().Dispose();
        Execute(database.Path, "INSERT INTO om_schema VALUES (99)");
        OrderKernelException refused = Assert.Throws<OrderKernelException>(() => database.Open());
        Assert.Contains("version 99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Twice_IsRefusedWhileTheFirstIsOpen()
    {
        using var database = new TemporaryDatabase();
        using (database.Open())
        {
            OrderKernelException refused = Assert.Throws<OrderKernelException>(() => database.Open());
            Assert.True(refused.IsTransient);
        }

        database.Open().Dispose();
    }

    [Fact]
    public void Open_DamagedFile_IsRefused()
    {
        using var database = new TemporaryDatabase();
        database.Open().Dispose();
        byte[] bytes = File.ReadAllBytes(database.Path);
        Array.Fill(bytes, (byte)0xA5, 4096, bytes.Length - 8192);
        File.WriteAllBytes(database.Path, bytes);
        Assert.ThrowsAny<Exception>(() => database.Open());
    }

    [Fact]
    public void Events_CannotBeChangedOrDeletedInTheDatabase()
    {
        using var database = new TemporaryDatabase();
        database.Open().Dispose();
        Execute(
            database.Path,
            "INSERT INTO om_event VALUES (1, 't', 'order', 'o', 1, 'e', 'x', 1, 0, 'c', 0, 'a', 's', 'p', 'h', '{}')");
        Assert.Throws<SqliteException>(() => Execute(database.Path, "UPDATE om_event SET payload = '{1}'"));
        Assert.Throws<SqliteException>(() => Execute(database.Path, "DELETE FROM om_event"));
    }

    [Fact]
    public async Task Read_AfterDispose_SaysSo()
    {
        using var database = new TemporaryDatabase();
        SqliteStore store = database.Open();
        store.Dispose();
        store.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
            await store.ReadFeedAsync(new OrderKernel.Measures.TenantId("t"), 0, 1, default));
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
