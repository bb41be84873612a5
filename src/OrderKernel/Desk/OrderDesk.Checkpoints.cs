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

namespace OrderKernel.Desk;

/// <summary>Anchoring the past outside the database.</summary>
public sealed partial class OrderDesk
{
    /// <summary>The heads of all chains as they are now. Keep them outside the database, often: what is changed before the next one is
    /// taken is seen by none.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <remarks><para>Cost: one event of every stream, and every seal.</para></remarks>
    public async Task<HistoryCheckpoint> TakeCheckpointAsync(CancellationToken cancellation = default)
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
    /// <returns>By stream, then the first commands that differ; empty when all is as it was. Heads alone are compared: that what stands
    /// before them fits them is for <see cref="AuditHistoryAsync"/> to say.</returns>
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
        foreach ((StreamId stream, long version, string mark) in checkpoint.Streams)
        {
            ImmutableArray<EventEnvelope> from =
                await store.ReadStreamAsync(options.Tenant, stream, version - 1, cancellation).ConfigureAwait(false);
            if (from.IsEmpty || from[0].Version != version || HistoryCheckpoint.MarkOf(from[0].Hash) != mark)
            {
                findings.Add(HistoryFindings.PastDiffers.About(
                    stream.ToString(), string.Empty, stream.ToString(), OrderDecider.Digits(version)));
            }
        }

        ImmutableArray<HistorySeal> seals = await ReadSealsAsync(cancellation).ConfigureAwait(false);
        if (FirstDiffering(checkpoint, seals) is { } differing)
        {
            findings.Add(differing);
        }

        return findings.ToImmutable();
    }

    private static Finding? FirstDiffering(HistoryCheckpoint checkpoint, ImmutableArray<HistorySeal> seals)
    {
        Dictionary<long, HistorySeal> byNumber = seals.ToDictionary(static seal => seal.Number);
        long good = 0;
        foreach ((long number, string hash) in checkpoint.Seals)
        {
            if (!byNumber.TryGetValue(number, out HistorySeal? seal) || seal.Hash != hash)
            {
                HistorySeal? first = seals.FirstOrDefault(one => one.Number > good && !one.Commands.IsEmpty);
                return HistoryFindings.SealsDiffer.About(
                    OrderDecider.Digits(number), string.Empty, OrderDecider.Digits(good), OrderDecider.Digits(number),
                    first is null ? "-" : first.Commands[0].Id.ToString());
            }

            good = number;
        }

        return null;
    }
}
