using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Board;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>Makes the stored board from the feed, as far as it goes. Any number of hosts may do so at once.</summary>
/// <remarks>
/// <para>An order is folded up to the last of its events in the page, never further, so that the board at a position is always the
/// same board, made in one go or in many.</para>
/// </remarks>
public sealed class BoardProjection
{
    private readonly IOrderStore store;
    private readonly IOrderBoard board;
    private readonly TenantId tenant;
    private readonly OrderLoader loader;

    /// <summary>Prepares a projection.</summary>
    /// <param name="store">Where the events are.</param>
    /// <param name="board">Where the board is.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="options">The desk's options: which older forms of events are read, and whether snapshots are; null for the
    /// defaults.</param>
    public BoardProjection(IOrderStore store, IOrderBoard board, TenantId tenant, DeskOptions? options = null)
    {
        this.store = store ?? throw new ArgumentNullException(nameof(store));
        this.board = board ?? throw new ArgumentNullException(nameof(board));
        this.tenant = tenant;
        loader = new OrderLoader(store, tenant, options ?? new DeskOptions());
    }

    /// <summary>Brings the board up to the end of the feed, as it was when the last page of it was read.</summary>
    /// <param name="page">How many events share a transaction at most.</param>
    /// <param name="cancellation">Gives up waiting; what is saved stays saved.</param>
    /// <returns>The position that the board has then.</returns>
    /// <exception cref="OrderKernelException">The store failed, or answered older than its own feed; a later call goes on.</exception>
    /// <remarks><para>What is written meanwhile is for the next call, so that a call ends however fast others write.</para></remarks>
    public async Task<long> CatchUpAsync(int page = 500, CancellationToken cancellation = default)
    {
        while (true)
        {
            long from = await board.ReadBoardPositionAsync(tenant, cancellation).ConfigureAwait(false);
            ImmutableArray<FeedEntry> feed = await store.ReadFeedAsync(tenant, from, page, cancellation).ConfigureAwait(false);
            if (feed.IsEmpty)
            {
                return from;
            }

            // When another host was faster, the next turn goes on where that one stopped.
            long to = feed[feed.Length - 1].Position;
            ImmutableArray<BoardEntry> entries = await EntriesAsync(feed, cancellation).ConfigureAwait(false);
            bool isSaved = await board.SaveBoardAsync(tenant, from, to, entries, cancellation).ConfigureAwait(false);
            if (isSaved && feed.Length < page)
            {
                return to;
            }
        }
    }

    /// <summary>Throws the board away and makes it again.</summary>
    /// <param name="cancellation">Gives up waiting; a later call goes on.</param>
    /// <returns>The position that the board has then.</returns>
    public async Task<long> RebuildAsync(CancellationToken cancellation = default)
    {
        await board.ClearBoardAsync(tenant, cancellation).ConfigureAwait(false);
        return await CatchUpAsync(500, cancellation).ConfigureAwait(false);
    }

    private async Task<ImmutableArray<BoardEntry>> EntriesAsync(ImmutableArray<FeedEntry> feed, CancellationToken cancellation)
    {
        var last = new SortedDictionary<StreamId, long>();
        foreach (FeedEntry entry in feed)
        {
            if (entry.Event.Stream.Category == StreamId.OrderCategory)
            {
                last[entry.Event.Stream] = entry.Event.Version;
            }
        }

        var entries = ImmutableArray.CreateBuilder<BoardEntry>(last.Count);
        foreach (KeyValuePair<StreamId, long> changed in last)
        {
            var order = new OrderId(changed.Key.Key);
            OrderState state = await loader.LoadRevisionAsync(order, changed.Value, cancellation).ConfigureAwait(false);
            if (state.Version < changed.Value)
            {
                throw new OrderKernelException(
                    $"{changed.Key} was read up to {state.Version}, though the feed tells of {changed.Value}. Read from the primary.",
                    isTransient: true);
            }

            entries.Add(BoardEntry.Of(order, state));
        }

        return entries.MoveToImmutable();
    }
}
