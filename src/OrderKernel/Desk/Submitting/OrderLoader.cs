using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>Folds orders out of a store: from what is known of them, from a snapshot, or from their first event.</summary>
internal sealed class OrderLoader
{
    private readonly IOrderStore store;
    private readonly TenantId tenant;
    private readonly EventForms forms;
    private readonly ISnapshots? snapshots;
    private readonly int every;
    private readonly string schema;

    public OrderLoader(IOrderStore store, TenantId tenant, DeskOptions options)
        : this(store, tenant, options, options.SnapshotEvery > 0 ? store as ISnapshots : null)
    {
    }

    public OrderLoader(IOrderStore store, TenantId tenant, DeskOptions options, ISnapshots? snapshots)
    {
        this.store = store;
        this.tenant = tenant;
        this.snapshots = snapshots;
        forms = options.Forms;
        every = options.SnapshotEvery;
        schema = OrderSnapshot.SchemaOf(forms);
    }

    /// <summary>An order of which nothing is known.</summary>
    public static KnownOrder Unknown(OrderId order) => new(order, new StreamHead(0, ContentHash.None), OrderState.None);

    /// <summary>The order as the store has it now.</summary>
    public async ValueTask<KnownOrder> LoadAsync(KnownOrder known, CancellationToken cancellation)
    {
        if (known.Head.Version > 0 || snapshots is null)
        {
            return Fold(known, await ReadAsync(known.Order, known.Head.Version, cancellation).ConfigureAwait(false));
        }

        (KnownOrder basis, ImmutableArray<EventEnvelope> newer) =
            await FromSnapshotAsync(known.Order, long.MaxValue, cancellation).ConfigureAwait(false);
        return Fold(basis, newer);
    }

    /// <summary>The order as its first so many events made it.</summary>
    public async ValueTask<OrderState> LoadRevisionAsync(OrderId order, long version, CancellationToken cancellation)
    {
        (KnownOrder basis, ImmutableArray<EventEnvelope> newer) = snapshots is null
            ? (Unknown(order), await ReadAsync(order, 0, cancellation).ConfigureAwait(false))
            : await FromSnapshotAsync(order, version, cancellation).ConfigureAwait(false);
        long wanted = Math.Max(0, version - basis.Head.Version);
        return Fold(basis, wanted < newer.Length ? ImmutableArray.Create(newer, 0, (int)wanted) : newer).State;
    }

    /// <summary>The version of a snapshot that is believed and yet is not what the events make; null when there is none.</summary>
    public async ValueTask<long?> FindWrongAsync(OrderId order, CancellationToken cancellation)
    {
        (KnownOrder kept, _) = await FromSnapshotAsync(order, long.MaxValue, cancellation).ConfigureAwait(false);
        if (kept.Head.Version == 0)
        {
            return null;
        }

        ImmutableArray<EventEnvelope> events = await ReadAsync(order, 0, cancellation).ConfigureAwait(false);
        OrderState folded = Fold(Unknown(order), ImmutableArray.Create(events, 0, (int)kept.Head.Version)).State;
        return OrderStateJson.Write(folded) == OrderStateJson.Write(kept.State) ? null : kept.Head.Version;
    }

    /// <summary>Keeps the orders that a committed decision carried over a multiple of the option. What cannot be kept is not missed:
    /// the decision stands, and the next load folds a little more.</summary>
    public async ValueTask KeepAsync(Decided decided, CancellationToken cancellation)
    {
        if (snapshots is null)
        {
            return;
        }

        foreach (KnownOrder after in decided.After)
        {
            long before = after.Head.Version;
            foreach (StreamAppend append in decided.Unit.Appends)
            {
                before = append.Stream.Category == StreamId.OrderCategory && append.Stream.Key == after.Order.Text
                    ? append.ExpectedVersion
                    : before;
            }

            if (after.Head.Version / every > before / every)
            {
                OrderSnapshot snapshot = OrderSnapshot.Of(after.Order, after.State, after.Head.LastHash, forms);
                try
                {
                    await snapshots.SaveSnapshotAsync(tenant, snapshot, cancellation).ConfigureAwait(false);
                }
                catch (Exception fault) when (fault is OrderKernelException or OperationCanceledException)
                {
                    // The order is committed and its answer is due; only a cache is missing.
                }
            }
        }
    }

    // The stream is read from the last event that the snapshot covers: when that is not there, or is another, the snapshot is of
    // another history, such as one that a restored backup has not got, and everything is folded.
    private async ValueTask<(KnownOrder Basis, ImmutableArray<EventEnvelope> Newer)> FromSnapshotAsync(
        OrderId order, long most, CancellationToken cancellation)
    {
        OrderSnapshot? snapshot = await snapshots!.FindSnapshotAsync(tenant, order, schema, cancellation).ConfigureAwait(false);
        if (snapshot is not null && snapshot.Version >= 1 && snapshot.Version <= most && snapshot.Order == order
            && snapshot.Schema == schema && snapshot.Read() is { } state)
        {
            ImmutableArray<EventEnvelope> tail = await ReadAsync(order, snapshot.Version - 1, cancellation).ConfigureAwait(false);
            if (!tail.IsEmpty && tail[0].Version == snapshot.Version && tail[0].Hash == snapshot.LastHash)
            {
                return (new KnownOrder(order, new StreamHead(snapshot.Version, snapshot.LastHash), state), tail.RemoveAt(0));
            }
        }

        return (Unknown(order), await ReadAsync(order, 0, cancellation).ConfigureAwait(false));
    }

    private KnownOrder Fold(KnownOrder known, ImmutableArray<EventEnvelope> newer) => newer.IsEmpty
        ? known
        : new KnownOrder(known.Order, StreamHead.Of(newer), StoredForms.FoldOrder(known.State, forms.Lift(newer)));

    private ValueTask<ImmutableArray<EventEnvelope>> ReadAsync(OrderId order, long after, CancellationToken cancellation) =>
        store.ReadStreamAsync(tenant, new StreamId(StreamId.OrderCategory, order.Text), after, cancellation);
}
