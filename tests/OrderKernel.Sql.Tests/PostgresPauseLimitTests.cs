using System;
using System.Data.Common;
using System.Diagnostics;
using System.Threading.Tasks;
using NodaTime;
using Npgsql;
using OrderKernel.Adapters.Sql;
using OrderKernel.Findings;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>Who sets which limit, and what becomes of a host's own transaction that lies.</summary>
public class PostgresPauseLimitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(8);

    [PostgresFact]
    public async Task HostsTransaction_LeftLying_HoldsNobodyUp_AndItsHostIsTold()
    {
        using var database = new PostgresDatabase();
        using PostgresStore other = database.Open(options => options.PauseLimit = Limit);
        await other.CommitAsync([SampleUnits.Receipt("before", 10)], default);
        using DbConnection connection = database.Connect();
        await connection.OpenAsync();
        using DbTransaction transaction = await connection.BeginTransactionAsync();
        using var store = new SqlTransactionStore(SqlDialect.PostgreSql, connection, transaction, Limit);
        Assert.Equal(UnitStatus.Committed, (await store.CommitAsync([SampleUnits.Hold("late", "O1", 1)], default))[0].Status);
        UnitResult went = (await other.CommitAsync([SampleUnits.Hold("other", "O2", 1)], default).AsTask().WaitAsync(Bound))[0];
        Assert.Equal(UnitStatus.Committed, went.Status);
        OrderKernelException told = await Assert.ThrowsAsync<OrderKernelException>(
            async () => await store.CommitAsync([SampleUnits.Hold("later", "O3", 1)], default));
        Assert.True(told.IsTransient);
        Assert.ThrowsAny<Exception>(transaction.Commit);
        Assert.Equal(1L, database.Ask("SELECT count(*) FROM om_hold"));
    }

    [PostgresFact]
    public async Task HostsTransaction_WithoutALimit_IsWaitedForTwiceTheLimit_AndNothingIsStored()
    {
        using var database = new PostgresDatabase();
        using PostgresStore other = database.Open(options => options.PauseLimit = Limit);
        await other.CommitAsync([SampleUnits.Receipt("before", 10)], default);
        using DbConnection connection = database.Connect();
        await connection.OpenAsync();
        using DbTransaction transaction = await connection.BeginTransactionAsync();
        using var store = new SqlTransactionStore(SqlDialect.PostgreSql, connection, transaction, TimeSpan.Zero);
        await store.CommitAsync([SampleUnits.Hold("late", "O1", 1)], default);
        var clock = Stopwatch.StartNew();
        OrderKernelException told = await Assert.ThrowsAsync<OrderKernelException>(
            () => other.CommitAsync([SampleUnits.Hold("other", "O2", 1)], default).AsTask().WaitAsync(Bound));
        Assert.True(told.IsTransient && clock.Elapsed >= 2 * Limit, told.ToString());
        Assert.Contains("pg_stat_activity", told.Message, StringComparison.Ordinal);
        await transaction.CommitAsync();

        // Nothing was stored, so it is decided now, and the host that took its time lost nothing.
        Assert.Equal(UnitStatus.Committed, (await other.CommitAsync([SampleUnits.Hold("other", "O2", 1)], default))[0].Status);
        Assert.Equal(2L, database.Ask("SELECT count(*) FROM om_hold"));
    }

    [PostgresFact]
    public async Task HostsTransaction_KeepsWhatTheHostHasSet_AndHasNoMoreAfterwards()
    {
        using var database = new PostgresDatabase();
        database.Open().Dispose();
        using DbConnection connection = database.Connect();
        await connection.OpenAsync();
        Ask(connection, "SET lock_timeout = '42s'");
        using (DbTransaction transaction = await connection.BeginTransactionAsync())
        {
            using var store = new SqlTransactionStore(SqlDialect.PostgreSql, connection, transaction);
            Assert.Equal("0", Ask(connection, "SHOW idle_in_transaction_session_timeout"));
            await store.CommitAsync([SampleUnits.Receipt("before", 10)], default);
            Assert.Equal("42s", Ask(connection, "SHOW lock_timeout"));
            Assert.Equal("5s", Ask(connection, "SHOW idle_in_transaction_session_timeout"));
            await transaction.CommitAsync();
        }

        Assert.Equal("42s", Ask(connection, "SHOW lock_timeout"));
        Assert.Equal("0", Ask(connection, "SHOW idle_in_transaction_session_timeout"));
    }

    [PostgresFact]
    public async Task HostsTransaction_ThatRecordsWhatCameIn_IsLimitedToo()
    {
        using var database = new PostgresDatabase();
        database.Open().Dispose();
        using DbConnection connection = database.Connect();
        await connection.OpenAsync();
        using DbTransaction transaction = await connection.BeginTransactionAsync();
        using var store = new SqlTransactionStore(SqlDialect.PostgreSql, connection, transaction, Limit);
        await store.AddReceivedAsync(
            new Desk.DeskOptions().Tenant, new ReceivedMessage("erp", "orders", "1"), "n", SampleUnits.Now, default);
        Assert.Equal("1s", Ask(connection, "SHOW idle_in_transaction_session_timeout"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(3_600_001)]
    public void Limit_OutOfBounds_IsRefused(int milliseconds)
    {
        var options = new PostgresStoreOptions(() => new NpgsqlConnection()) { PauseLimit = TimeSpan.FromMilliseconds(milliseconds) };
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(() => PostgresStore.Open(options));
        Assert.Contains("100 milliseconds", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("25P03", true)]
    [InlineData("25P04", true)]
    [InlineData("55P03", true)]
    [InlineData("57014", true)]
    [InlineData("57P05", true)]
    [InlineData("25P02", false)]
    [InlineData("23505", false)]
    public void FailuresOfAPause_PassByThemselves(string state, bool passes) =>
        Assert.Equal(passes, SqlDialect.PostgreSql.IsTransient(new PostgresException("text", "ERROR", "ERROR", state)));

    private static string? Ask(DbConnection connection, string text)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar() as string;
    }
}
