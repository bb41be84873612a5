using System;
using NodaTime;
using Npgsql;
using OrderKernel.Adapters.Sql;
using OrderKernel.Findings;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>A server that would not keep promises is refused, with what to do about it.</summary>
public class PostgresStartupTests
{
    [PostgresFact]
    public void Open_WithoutTables_IsRefusedByValidation()
    {
        using var database = new PostgresDatabase();
        OrderKernelException refused = Assert.Throws<OrderKernelException>(() => database.Open(o => o.Schema = SchemaMode.Validate));
        Assert.Contains("version 0", refused.Message, StringComparison.Ordinal);
        Assert.Contains("SchemaMode.Create", refused.Message, StringComparison.Ordinal);
        database.Open().Dispose();
        database.Open(o => o.Schema = SchemaMode.Validate).Dispose();
    }

    [PostgresFact]
    public void Open_TablesThatWereChangedByHand_IsRefusedAndNamesTheColumn()
    {
        using var database = new PostgresDatabase();
        database.Open().Dispose();
        database.Execute("ALTER TABLE om_outbox DROP COLUMN fence");
        OrderKernelException refused = Assert.Throws<OrderKernelException>(() => database.Open());
        Assert.Contains("om_outbox.fence", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public void Open_ServerThatDoesNotWaitForTheDisk_IsRefusedUnlessAskedFor()
    {
        using var database = new PostgresDatabase();
        string name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;
        database.Execute($"ALTER DATABASE {name} SET synchronous_commit = off");
        OrderKernelException refused = Assert.Throws<OrderKernelException>(() => OpenFresh(database, PostgresDurability.Full));
        Assert.Contains("synchronous_commit", refused.Message, StringComparison.Ordinal);
        OpenFresh(database, PostgresDurability.AsConfigured).Dispose();
    }

    [PostgresFact]
    public void Open_ReadOnlyDatabase_IsRefused()
    {
        using var database = new PostgresDatabase();
        string name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;
        database.Execute($"ALTER DATABASE {name} SET default_transaction_read_only = on");
        OrderKernelException refused = Assert.Throws<OrderKernelException>(() => OpenFresh(database, PostgresDurability.Full));
        Assert.Contains("read-only", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public void Open_ClocksApart_IsRefused()
    {
        using var database = new PostgresDatabase();
        var clock = new FakeClock(SystemClock.Instance.GetCurrentInstant() - Duration.FromSeconds(5));
        OrderKernelException refused = Assert.Throws<OrderKernelException>(() => database.Open(o => o.Clock = clock));
        Assert.Contains("NTP", refused.Message, StringComparison.Ordinal);
    }

    [PostgresServerFact]
    public void Open_UnsafeServers_AreRefused()
    {
        using var server = new PrivatePostgres("fsync=off", "full_page_writes=off");
        Assert.Contains("fsync is off", Refused(server), StringComparison.Ordinal);
        server.RestartAsReplica();
        Assert.Contains("replica", Refused(server), StringComparison.Ordinal);
        server.Kill();
        var gone = Assert.Throws<OrderKernelException>(() => PostgresStore.Open(Options(server)));
        Assert.True(gone.IsTransient);
    }

    [PostgresFact]
    public void Events_CannotBeChangedDeletedOrTruncated()
    {
        using var database = new PostgresDatabase();
        using PostgresStore store = database.Open();
        store.CommitAsync([SampleUnits.Events("c", "O", 0)], default).AsTask().GetAwaiter().GetResult();
        foreach (string text in new[] { "UPDATE om_event SET payload = '{}'", "DELETE FROM om_event", "TRUNCATE om_event CASCADE" })
        {
            PostgresException refused = Assert.Throws<PostgresException>(() => database.Execute(text));
            Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        }
    }

    private static string Refused(PrivatePostgres server) =>
        Assert.Throws<OrderKernelException>(() => PostgresStore.Open(Options(server))).Message;

    private static PostgresStoreOptions Options(PrivatePostgres server) =>
        new(() => new NpgsqlConnection(server.ConnectionString + ";Pooling=false")) { Schema = SchemaMode.Create };

    // Settings of a database hold for new connections only, so the pool must not give an old one.
    private static PostgresStore OpenFresh(PostgresDatabase database, PostgresDurability durability) => PostgresStore.Open(
        new PostgresStoreOptions(() => new NpgsqlConnection(database.ConnectionString + ";Pooling=false"))
        {
            Schema = SchemaMode.Create,
            Durability = durability,
        });
}
