using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Calendars;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>An order whose time of keeping is known.</summary>
/// <param name="Order">The order.</param>
/// <param name="FinishedAt">When it reached its last stage.</param>
/// <param name="MayBeArchivedFrom">The day from which it need not be kept at hand any more.</param>
/// <param name="IsArchived">Whether it was put away already.</param>
public readonly record struct KeptOrder(OrderId Order, Instant FinishedAt, LocalDate MayBeArchivedFrom, bool IsArchived);

/// <summary>The audit: who did what, when, from what to what, and why.</summary>
public sealed partial class OrderDesk
{
    /// <summary>Everything that was done and everything that was refused, in one order, with the hash chains verified.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <remarks>
    /// <para>Shape: a command that changed several fields gives one entry a field. Behind the first altered event of a stream nothing of
    /// that stream is reported, because nothing of it can be believed.</para>
    /// <para>Cost: one order: its stream, and the tenant's commands, a page at a time; without an order: every stream.</para>
    /// </remarks>
    public async Task<AuditTrail> AuditAsync(AuditQuery query, CancellationToken cancellation = default)
    {
        if (query is null)
        {
            throw new ArgumentNullException(nameof(query));
        }

        var entries = new List<AuditEntry>();
        var tampered = ImmutableArray.CreateBuilder<TamperedEvent>();
        StreamId? only = query.Order is { } order ? new StreamId(StreamId.OrderCategory, order.Text) : null;
        foreach (StreamId name in await AuditedStreamsAsync(only, cancellation).ConfigureAwait(false))
        {
            ImmutableArray<EventEnvelope> stream =
                await store.ReadStreamAsync(options.Tenant, name, 0, cancellation).ConfigureAwait(false);
            if (HashChain.FirstTampered(stream) is { } version)
            {
                tampered.Add(new TamperedEvent(name, version));
                stream = ImmutableArray.Create(stream, 0, (int)version - 1);
            }

            // A number stands in its series and in its order; the trail tells it once.
            if (name.Category != StreamId.NumbersCategory)
            {
                entries.AddRange(AuditReader.Of(options.Forms.Lift(stream)).Where(entry => Matches(query, entry)));
            }
        }

        const int page = 500;
        for (CommandId? after = null; ;)
        {
            ImmutableArray<DecidedCommand> commands =
                await store.ReadCommandsAsync(options.Tenant, after, page, cancellation).ConfigureAwait(false);
            entries.AddRange(commands.Where(command => only is null || command.Stream == only)
                .SelectMany(AuditReader.Of).Where(entry => Matches(query, entry)));
            if (commands.Length < page)
            {
                return new AuditTrail(entries, tampered.ToImmutable());
            }

            after = commands[page - 1].Id;
        }
    }

    /// <summary>What may be put away when. The kernel deletes nothing; a host moves what it may to cheaper storage.</summary>
    /// <param name="keep">How long a finished order is kept at hand, such as 5 years.</param>
    /// <param name="calendar">Whose zone says what day it is.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The finished orders, by id; running ones are not among them.</returns>
    public async Task<ImmutableArray<KeptOrder>> ReadRetentionAsync(
        Period keep, WorkingCalendar calendar, CancellationToken cancellation = default)
    {
        if (keep is null || calendar is null)
        {
            throw new ArgumentNullException(nameof(keep));
        }

        const int page = 200;
        var kept = ImmutableArray.CreateBuilder<KeptOrder>();
        OrderId? after = null;
        while (true)
        {
            ImmutableArray<KeyValuePair<OrderId, OrderState>> orders =
                await ReadOrdersAsync(after, page, cancellation).ConfigureAwait(false);
            kept.AddRange(orders.Where(static order => order.Value.Stage.IsFinal).Select(order => new KeptOrder(
                order.Key, order.Value.StageSince, calendar.DayOf(order.Value.StageSince) + keep, order.Value.ArchivedAt is not null)));
            if (orders.Length < page)
            {
                return kept.ToImmutable();
            }

            after = orders[orders.Length - 1].Key;
        }
    }

    private async Task<ImmutableArray<StreamId>> AuditedStreamsAsync(StreamId? only, CancellationToken cancellation)
    {
        if (only is { } one)
        {
            return ImmutableArray.Create(one);
        }

        const int page = 500;
        var names = ImmutableArray.CreateBuilder<StreamId>();
        foreach (string category in StreamId.EventCategories)
        {
            for (string after = string.Empty; ;)
            {
                ImmutableArray<StreamId> found = await store.ReadStreamNamesAsync(
                    options.Tenant, category, after, page, cancellation).ConfigureAwait(false);
                names.AddRange(found);
                if (found.Length < page)
                {
                    break;
                }

                after = found[found.Length - 1].Key;
            }
        }

        return names.ToImmutable();
    }

    private static bool Matches(AuditQuery query, AuditEntry entry) =>
        (query.User is null || entry.Actor.Id == query.User)
        && (query.From is null || entry.At >= query.From)
        && (query.Until is null || entry.At < query.Until)
        && (query.Field is null || entry.Field == query.Field);
}
