using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>Anchoring the past outside the database.</summary>
public sealed partial class OrderDesk
{
    /// <summary>The heads of all chains as they are now. Keep them outside the database, often: what is changed before the next one is
    /// taken is seen by none.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="OrderKernelException">What is stored cannot even be read; <see cref="AuditHistoryAsync"/> says what.</exception>
    /// <remarks><para>Cost: one event of every stream, and every seal.</para></remarks>
    public async Task<HistoryCheckpoint> TakeCheckpointAsync(CancellationToken cancellation = default)
    {
        try
        {
            return await ReadHeadsAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (HistoryAudit.IsDamage(fault))
        {
            throw new OrderKernelException(
                "What is stored cannot be read, so no heads can be taken. Run the audit, which says where.", isTransient: false, fault);
        }
    }

    private async Task<HistoryCheckpoint> ReadHeadsAsync(CancellationToken cancellation)
    {
        ImmutableArray<HistorySeal> seals = await ReadSealsAsync(cancellation).ConfigureAwait(false);
        int step = Math.Max(1, (seals.Length + HistoryCheckpoint.MostSeals - 1) / HistoryCheckpoint.MostSeals);
        var marks = ImmutableArray.CreateRange(seals
            .Where((_, i) => (i + 1) % step == 0 || i == seals.Length - 1).Select(static seal => (seal.Number, seal.Hash)));
        var heads = ImmutableArray.CreateBuilder<(StreamId, long, string)>();
        ImmutableArray<StoredStream> kept = store is IStoredHistory history
            ? (await history.ReadContentsAsync(options.Tenant, cancellation).ConfigureAwait(false)).Streams
            : ImmutableArray.CreateRange(
                await AuditedStreamsAsync(null, cancellation).ConfigureAwait(false), static name => new StoredStream(name, 1));
        foreach (StoredStream stream in kept)
        {
            ImmutableArray<EventEnvelope> tail = await store.ReadStreamAsync(
                options.Tenant, stream.Stream, Math.Max(0, stream.Version - 1), cancellation).ConfigureAwait(false);

            // A version that says more than there is must not keep the stream out of the checkpoint.
            tail = tail.IsEmpty ? await ReadAllAsync(stream.Stream, cancellation).ConfigureAwait(false) : tail;
            if (!tail.IsEmpty)
            {
                EventEnvelope head = tail[tail.Length - 1];
                heads.Add((stream.Stream, head.Version, HistoryCheckpoint.MarkOf(head.Hash)));
            }
        }

        return new HistoryCheckpoint(options.Tenant, Now(), KernelVersion.Current, marks, heads.ToImmutable());
    }

    /// <summary>Whether the past is still the one that a checkpoint was taken of. What came since is not looked at.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Where in time commands or feed begin to differ, then the streams that do, by name, 1,000 at most; empty when all is as it
    /// was. Heads alone are compared: that what stands before them fits them is for <see cref="AuditHistoryAsync"/> to say.</returns>
    public async Task<ImmutableArray<Finding>> CompareAsync(HistoryCheckpoint checkpoint, CancellationToken cancellation = default)
    {
        if (checkpoint is null)
        {
            throw new ArgumentNullException(nameof(checkpoint));
        }

        if (checkpoint.Tenant != options.Tenant)
        {
            return ImmutableArray.Create(HistoryFindings.CheckpointOfAnother.About(
                string.Empty, string.Empty, checkpoint.Tenant.Text, options.Tenant.Text));
        }

        var findings = ImmutableArray.CreateBuilder<Finding>();
        try
        {
            if (await FirstDifferingAsync(checkpoint, cancellation).ConfigureAwait(false) is { } differing)
            {
                findings.Add(differing);
            }

            await CompareStreamsAsync(checkpoint, findings, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (HistoryAudit.IsDamage(fault))
        {
            findings.Add(HistoryFindings.Unreadable.About(string.Empty, string.Empty, fault.Message));
        }

        return findings.ToImmutable();
    }

    private async Task CompareStreamsAsync(
        HistoryCheckpoint checkpoint, ImmutableArray<Finding>.Builder findings, CancellationToken cancellation)
    {
        int more = 0;
        foreach ((StreamId stream, long version, string mark) in checkpoint.Streams)
        {
            ImmutableArray<EventEnvelope> from =
                await store.ReadStreamAsync(options.Tenant, stream, version - 1, cancellation).ConfigureAwait(false);
            if (!from.IsEmpty && from[0].Version == version && HistoryCheckpoint.MarkOf(from[0].Hash) == mark)
            {
                continue;
            }

            if (findings.Count >= HistoryAudit.MostFindings)
            {
                more++;
                continue;
            }

            findings.Add(HistoryFindings.PastDiffers.About(
                stream.ToString(), string.Empty, stream.ToString(), OrderDecider.Digits(version)));
        }

        if (more > 0)
        {
            findings.Add(HistoryFindings.More.About(string.Empty, string.Empty, OrderDecider.Digits(more)));
        }
    }

    // Seals stand in the order in which things happened, so the first that differs says where to begin.
    private async Task<Finding?> FirstDifferingAsync(HistoryCheckpoint checkpoint, CancellationToken cancellation)
    {
        ImmutableArray<HistorySeal> seals = await ReadSealsAsync(cancellation).ConfigureAwait(false);
        ILookup<long, HistorySeal> byNumber = seals.ToLookup(static seal => seal.Number);
        long good = 0;
        foreach ((long number, string hash) in checkpoint.Seals)
        {
            if (byNumber[number].Any(seal => seal.Hash == hash))
            {
                good = number;
                continue;
            }

            (string after, string until) = (OrderDecider.Digits(good), OrderDecider.Digits(number));
            SealedCommand? first = seals.Where(seal => seal.Number > good && seal.Number <= number)
                .SelectMany(static seal => seal.Commands).FirstOrDefault();
            if (first is null)
            {
                return HistoryFindings.SealsMissing.About(until, string.Empty, after, until);
            }

            DecidedCommand? command = await store.ReadCommandAsync(options.Tenant, first.Id, cancellation).ConfigureAwait(false);
            return HistoryFindings.SealsDiffer.About(
                until, string.Empty, after, until, first.Id.ToString(), command?.Stream.ToString() ?? "-");
        }

        return null;
    }
}
