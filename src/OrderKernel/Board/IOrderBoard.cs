using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Measures;

namespace OrderKernel.Board;

/// <summary>The board of all orders as a table of its own, made from the feed and kept with the place in the feed up to which it
/// is made.</summary>
public interface IOrderBoard
{
    /// <summary>One page of the board.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="query">Which entries, in which order, which page.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>What <see cref="BoardQuery.Evaluate"/> answers over the whole board.</returns>
    ValueTask<ImmutableArray<BoardEntry>> ReadBoardAsync(TenantId tenant, BoardQuery query, CancellationToken cancellation);

    /// <summary>The position of the feed up to which the board is made; 0 when it is not made yet.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    ValueTask<long> ReadBoardPositionAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>Puts entries on the board and moves its position on, both or neither.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="from">The position the board must still have.</param>
    /// <param name="to">The position it has then.</param>
    /// <param name="entries">The entries that changed, each order once.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False when another has moved the board on; nothing changed.</returns>
    ValueTask<bool> SaveBoardAsync(
        TenantId tenant, long from, long to, ImmutableArray<BoardEntry> entries, CancellationToken cancellation);

    /// <summary>Empties the board and takes its position back to 0, so that it is made again.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    ValueTask ClearBoardAsync(TenantId tenant, CancellationToken cancellation);
}
