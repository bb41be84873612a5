using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.CrashWriter;

/// <summary>A board that says how far it is made each time that it is moved on. A board that is written to faster than it is made never
/// reaches the end of the feed, and yet goes on.</summary>
internal sealed class HeardBoard(IOrderBoard board, Action<string> say) : IOrderBoard
{
    public ValueTask<ImmutableArray<BoardEntry>> ReadBoardAsync(
        TenantId tenant, BoardQuery query, CancellationToken cancellation) => board.ReadBoardAsync(tenant, query, cancellation);

    public ValueTask<long> ReadBoardPositionAsync(TenantId tenant, CancellationToken cancellation) =>
        board.ReadBoardPositionAsync(tenant, cancellation);

    public async ValueTask<bool> SaveBoardAsync(
        TenantId tenant, long from, long to, ImmutableArray<BoardEntry> entries, CancellationToken cancellation)
    {
        bool isSaved = await board.SaveBoardAsync(tenant, from, to, entries, cancellation);
        if (isSaved)
        {
            say("board " + to.ToString(CultureInfo.InvariantCulture));
        }

        return isSaved;
    }

    public ValueTask ClearBoardAsync(TenantId tenant, CancellationToken cancellation) => board.ClearBoardAsync(tenant, cancellation);
}
