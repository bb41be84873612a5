using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Board;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>Whether the past that is stored is the past that happened.</summary>
public sealed partial class OrderDesk
{
    private const int HistoryPage = 1_000;

    /// <summary>Recomputes whatever can be recomputed and compares it with what is stored: every hash of events, bodies and facts, the
    /// seals over commands and feed, the ledger, holds, overdrafts, timers, messages, open lines and the board against the events.
    /// </summary>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>What does not agree; empty when all does. While others commit it is looked at three times at most, and only what was found
    /// each time is told, about streams that did not move meanwhile; what moves all the time is told when it rests.</returns>
    /// <remarks>
    /// <para>Shape: a store without <see cref="IStoredHistory"/> is compared as far as <see cref="IOrderStore"/> goes.</para>
    /// <para>Cost: everything is read once, and linear; some kilobytes of memory an order. Who may write to the database and takes the
    /// trouble to make all hashes anew is seen by <see cref="CompareAsync"/> alone.</para>
    /// </remarks>
    public async Task<ImmutableArray<Finding>> AuditHistoryAsync(CancellationToken cancellation = default)
    {
        const int attempts = 3;
        AuditedOnce? before = null;
        for (int attempt = 1; ; attempt++)
        {
            AuditedOnce once = await AuditOnceAsync(cancellation).ConfigureAwait(false);
            once = before is null ? once : once.Confirming(before);
            if (once.Found.IsEmpty || once.IsStill || attempt == attempts)
            {
                return once.Found;
            }

            before = once;
        }
    }

    private async Task<AuditedOnce> AuditOnceAsync(CancellationToken cancellation)
    {
        var history = store as IStoredHistory;
        HistoryAudit? audit = null;
        try
        {
            ImmutableArray<HistorySeal> seals = await ReadSealsAsync(cancellation).ConfigureAwait(false);
            StoredContents? contents = history is null
                ? null
                : await history.ReadContentsAsync(options.Tenant, cancellation).ConfigureAwait(false);
            LedgerContents ledger = await store.ReadLedgerAsync(options.Tenant, cancellation).ConfigureAwait(false);
            KeptBoard? board = store is IOrderBoard kept ? await ReadKeptAsync(kept, cancellation).ConfigureAwait(false) : null;
            audit = new HistoryAudit(options.Tenant, options.Forms, contents, board);
            await AuditFeedAsync(audit, cancellation).ConfigureAwait(false);
            await AuditStreamsAsync(audit, history is not null, cancellation).ConfigureAwait(false);
            await AuditCommandsAsync(audit, cancellation).ConfigureAwait(false);
            audit.Finish(ledger, seals);
            ImmutableArray<HistorySeal> now = history is null
                ? seals
                : await history.ReadSealsAsync(options.Tenant, seals.Length, 1, cancellation).ConfigureAwait(false);
            return new AuditedOnce(audit.Findings, audit.Lengths, history is null || now.IsEmpty);
        }
        catch (Exception fault) when (HistoryAudit.IsDamage(fault))
        {
            audit ??= new HistoryAudit(options.Tenant, options.Forms, null, null);
            audit.AddUnreadable(fault);
            return new AuditedOnce(audit.Findings, audit.Lengths, IsStill: true);
        }
    }

    /// <summary>What one reading of everything found, how long each stream was, and whether nobody wrote meanwhile.</summary>
    private sealed record AuditedOnce(ImmutableArray<Finding> Found, IReadOnlyDictionary<string, int> Lengths, bool IsStill)
    {
        /// <summary>What both found about streams that did not move between them. Whatever moved can differ for that alone.</summary>
        public AuditedOnce Confirming(AuditedOnce before)
        {
            var known = new HashSet<Finding>(before.Found);
            return this with
            {
                Found = Found.RemoveAll(one => !known.Contains(one) || Length(one.Subject) != before.Length(one.Subject)),
            };
        }

        private (int, int) Length(string subject) => (Of(subject), Of(StreamId.OrderCategory + "/" + subject));

        private int Of(string stream) => Lengths.TryGetValue(stream, out int length) ? length : 0;
    }

    private async Task<ImmutableArray<HistorySeal>> ReadSealsAsync(CancellationToken cancellation)
    {
        var all = ImmutableArray.CreateBuilder<HistorySeal>();
        while (store is IStoredHistory history)
        {
            long last = all.Count == 0 ? 0 : all[all.Count - 1].Number;
            ImmutableArray<HistorySeal> page =
                await history.ReadSealsAsync(options.Tenant, last, HistoryPage, cancellation).ConfigureAwait(false);
            all.AddRange(page);
            if (page.Length < HistoryPage)
            {
                break;
            }
        }

        return all.ToImmutable();
    }

    private async Task<KeptBoard> ReadKeptAsync(IOrderBoard kept, CancellationToken cancellation)
    {
        var entries = ImmutableArray.CreateBuilder<BoardEntry>();
        long position = await kept.ReadBoardPositionAsync(options.Tenant, cancellation).ConfigureAwait(false);
        for (BoardEntry? after = null; ;)
        {
            ImmutableArray<BoardEntry> page = await kept.ReadBoardAsync(
                options.Tenant, new BoardQuery(null, BoardSort.Order, BoardQuery.MaxSize, after), cancellation).ConfigureAwait(false);
            entries.AddRange(page);
            if (page.Length < BoardQuery.MaxSize)
            {
                return new KeptBoard(position, entries.ToImmutable());
            }

            after = page[page.Length - 1];
        }
    }

    private async Task AuditFeedAsync(HistoryAudit audit, CancellationToken cancellation)
    {
        for (long after = 0; ;)
        {
            ImmutableArray<FeedEntry> page =
                await store.ReadFeedAsync(options.Tenant, after, HistoryPage, cancellation).ConfigureAwait(false);
            foreach (FeedEntry entry in page)
            {
                audit.AddFeed(entry);
            }

            if (page.Length < HistoryPage)
            {
                return;
            }

            after = page[page.Length - 1].Position;
        }
    }

    private async Task AuditStreamsAsync(HistoryAudit audit, bool knowsVersions, CancellationToken cancellation)
    {
        if (knowsVersions)
        {
            foreach (StoredStream stream in audit.Streams)
            {
                audit.AddStream(stream.Stream, stream.Version, await ReadAllAsync(stream.Stream, cancellation).ConfigureAwait(false));
            }

            return;
        }

        foreach (StreamId name in await AuditedStreamsAsync(null, cancellation).ConfigureAwait(false))
        {
            audit.AddStream(name, null, await ReadAllAsync(name, cancellation).ConfigureAwait(false));
        }
    }

    private ValueTask<ImmutableArray<EventEnvelope>> ReadAllAsync(StreamId stream, CancellationToken cancellation) =>
        store.ReadStreamAsync(options.Tenant, stream, 0, cancellation);

    private async Task AuditCommandsAsync(HistoryAudit audit, CancellationToken cancellation)
    {
        for (CommandId? after = null; ;)
        {
            ImmutableArray<DecidedCommand> page =
                await store.ReadCommandsAsync(options.Tenant, after, HistoryPage, cancellation).ConfigureAwait(false);
            foreach (DecidedCommand command in page)
            {
                audit.AddCommand(command);
            }

            if (page.Length < HistoryPage)
            {
                return;
            }

            after = page[page.Length - 1].Id;
        }
    }
}
