using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Adapters.Sql;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>A board that others write to while it is made.</summary>
public class BoardCatchUpTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;

    [Theory]
    [InlineData(7, 3, 4, 10)]
    [InlineData(6, 3, 3, 8)]
    [InlineData(2, 500, 1, 2)]
    public async Task CatchUp_EndsWhereTheFeedEnded_HoweverFastOthersWrite(int orders, int page, int saves, long end)
    {
        using var database = new TemporaryDatabase();
        using SqliteStore store = database.Open(SqliteDurability.UnsafeNormal);
        var desk = new OrderDesk(store, new FakeClock(SampleUnits.Now));
        for (int i = 1; i <= orders; i++)
        {
            await CaptureAsync(desk, "O" + i);
        }

        // With each page that is saved one more order is captured; a full page says that there may be more, a shorter one that it was all.
        var busy = new BusyBoard(store, desk);
        long reached = await new BoardProjection(store, busy, Tenant).CatchUpAsync(page);
        Assert.Equal((saves, end), (busy.Saves, reached));
        Assert.Equal(reached, await store.ReadBoardPositionAsync(Tenant, default));
        Assert.Equal(end + 1, await new BoardProjection(store, store, Tenant).CatchUpAsync(page));
        Assert.Equal(end + 1, (await store.ReadBoardAsync(Tenant, new BoardQuery(), default)).Length);
    }

    [Fact]
    public async Task CatchUp_WhereAnotherHostWasFaster_GoesOnWhereThatOneStopped()
    {
        using var database = new TemporaryDatabase();
        using SqliteStore store = database.Open(SqliteDurability.UnsafeNormal);
        var desk = new OrderDesk(store, new FakeClock(SampleUnits.Now));
        await CaptureAsync(desk, "O1");
        var late = new BusyBoard(store, desk, other: new BoardProjection(store, store, Tenant));
        Assert.Equal(2, await new BoardProjection(store, late, Tenant).CatchUpAsync());
    }

    private static async Task CaptureAsync(OrderDesk desk, string order)
    {
        var capture = new CaptureOrder(
            new OrderId(order), new PartnerId("P"), SampleUnits.Now, [new NewLine(1, new Sku("S"), new Quantity(1))]);
        Assert.True((await desk.SubmitAsync(new Submission(CommandId.FromName(order), new Actor("a", "test"), capture))).IsAccepted);
    }

    /// <summary>Has an order captured before each page is saved, and another host save it, if there is one.</summary>
    private sealed class BusyBoard(IOrderBoard board, OrderDesk desk, BoardProjection? other = null) : IOrderBoard
    {
        public int Saves { get; private set; }

        public ValueTask<ImmutableArray<BoardEntry>> ReadBoardAsync(
            TenantId tenant, BoardQuery query, CancellationToken cancellation) => board.ReadBoardAsync(tenant, query, cancellation);

        public ValueTask<long> ReadBoardPositionAsync(TenantId tenant, CancellationToken cancellation) =>
            board.ReadBoardPositionAsync(tenant, cancellation);

        public async ValueTask<bool> SaveBoardAsync(
            TenantId tenant, long from, long to, ImmutableArray<BoardEntry> entries, CancellationToken cancellation)
        {
            Assert.True(++Saves < 20, "The call does not end.");
            await CaptureAsync(desk, "N" + Saves);
            if (other is not null)
            {
                await other.CatchUpAsync(cancellation: cancellation);
            }

            return await board.SaveBoardAsync(tenant, from, to, entries, cancellation);
        }

        public ValueTask ClearBoardAsync(TenantId tenant, CancellationToken cancellation) => board.ClearBoardAsync(tenant, cancellation);
    }
}
