using System.Collections.Immutable;
using System.Data.Common;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>A board that is thrown away while another host saves its first page.</summary>
public class BoardClearTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;

    [PostgresFact]
    public async Task Postgres_ClearedWhileTheFirstPageIsSaved_IsMadeAgainWhole()
    {
        using var database = new PostgresDatabase();
        using PostgresStore store = database.Open();
        var desk = new OrderDesk(store, new FakeClock(SampleUnits.Now));
        foreach (string order in new[] { "O1", "O2" })
        {
            var capture = new CaptureOrder(
                new OrderId(order), new PartnerId("P"), SampleUnits.Now, [new NewLine(1, new Sku("S"), new Quantity(1))]);
            Assert.True((await desk.SubmitAsync(new Submission(CommandId.FromName(order), new Actor("a", "test"), capture))).IsAccepted);
        }

        // Another host has saved and not committed. Whoever empties the board cannot pass its rows.
        using DbConnection other = database.Connect();
        other.Open();
        using DbTransaction saving = other.BeginTransaction();
        Task clearing;
        using (var inside = new SqlTransactionStore(SqlDialect.PostgreSql, other, saving))
        {
            Execute(other, saving, "LOCK TABLE om_board IN EXCLUSIVE MODE");
            var order = new OrderId("O1");
            BoardEntry entry = BoardEntry.Of(order, await desk.ReadOrderAsync(order));
            Assert.True(await inside.SaveBoardAsync(Tenant, 0, 1, [entry], default));
            clearing = Task.Run(() => store.ClearBoardAsync(Tenant, default).AsTask());
            while ((long)database.Ask(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")! == 0)
            {
                await Task.Delay(5);
            }
        }

        saving.Commit();
        await clearing;
        Assert.Equal(2, await new BoardProjection(store, store, Tenant).CatchUpAsync());
        Assert.Equal(2, (await store.ReadBoardAsync(Tenant, new BoardQuery(), default)).Length);
    }

    private static void Execute(DbConnection connection, DbTransaction transaction, string text)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
