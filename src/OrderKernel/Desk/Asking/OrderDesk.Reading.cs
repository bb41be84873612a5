using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>What can be asked of the desk.</summary>
public sealed partial class OrderDesk
{
    /// <summary>An order as it is now; <see cref="OrderState.None"/> when it was never captured.</summary>
    /// <param name="order">Which.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<OrderState> ReadOrderAsync(OrderId order, CancellationToken cancellation = default) =>
        (await loader.LoadAsync(OrderLoader.Unknown(order), cancellation).ConfigureAwait(false)).State;

    /// <summary>An order as it was after its first so many events; every revision stays readable.</summary>
    /// <param name="order">Which.</param>
    /// <param name="version">The revision, from 1; a later one than there is gives the order as it is now.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<OrderState> ReadRevisionAsync(OrderId order, long version, CancellationToken cancellation = default) =>
        await loader.LoadRevisionAsync(order, version, cancellation).ConfigureAwait(false);

    /// <summary>Everything that ever happened to an order, who did it, when, from which system; in order.</summary>
    /// <param name="order">Which.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<ImmutableArray<EventEnvelope>> ReadTrailAsync(OrderId order, CancellationToken cancellation = default) =>
        await store.ReadStreamAsync(options.Tenant, new StreamId(StreamId.OrderCategory, order.Text), 0, cancellation)
            .ConfigureAwait(false);

    /// <summary>A page of orders.</summary>
    /// <param name="after">The id after which to go on; null for the first page.</param>
    /// <param name="most">How many to return at most.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>In ordinal order of ids; empty after the last.</returns>
    public async Task<ImmutableArray<KeyValuePair<OrderId, OrderState>>> ReadOrdersAsync(
        OrderId? after, int most, CancellationToken cancellation = default)
    {
        ImmutableArray<StreamId> names = await store.ReadStreamNamesAsync(
            options.Tenant, StreamId.OrderCategory, after?.Text ?? string.Empty, most, cancellation).ConfigureAwait(false);
        var page = ImmutableArray.CreateBuilder<KeyValuePair<OrderId, OrderState>>(names.Length);
        foreach (StreamId name in names)
        {
            var id = new OrderId(name.Key);
            page.Add(new KeyValuePair<OrderId, OrderState>(id, await ReadOrderAsync(id, cancellation).ConfigureAwait(false)));
        }

        return page.MoveToImmutable();
    }

    /// <summary>What may be taken of some SKUs now: the picture that a hold issued now would be computed from.</summary>
    /// <param name="skus">Which.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<StockPicture> ReadStockAsync(IEnumerable<Sku> skus, CancellationToken cancellation = default) =>
        await ReadStockAsync(ImmutableArray.CreateRange(new SortedSet<Sku>(skus)), cancellation).ConfigureAwait(false);

    /// <summary>Recomputes the ledger from its journal and compares it with the balances and holds that are kept.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>What does not agree; empty when all does.</returns>
    public async Task<ImmutableArray<Finding>> AuditLedgerAsync(CancellationToken cancellation = default)
    {
        LedgerContents ledger = await store.ReadLedgerAsync(options.Tenant, cancellation).ConfigureAwait(false);
        return LedgerAudit.Check(ledger.Journal, ledger.Balances, ledger.Holds);
    }

    /// <summary>Decides every stored command again from its recorded facts and compares outcome and events byte by byte.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>What differs, which must be nothing, and apart from it what was decided by other rules than this kernel's.</returns>
    public async Task<ReplayReport> ReplayAsync(CancellationToken cancellation = default)
    {
        const int page = 500;
        var count = new ReplayReport.Count();
        var versions = new DefinitionVersions();
        for (CommandId? after = null; ;)
        {
            ImmutableArray<DecidedCommand> commands =
                await store.ReadCommandsAsync(options.Tenant, after, page, cancellation).ConfigureAwait(false);

            // Read after the commands: what they were decided under is there by then, also while others go on deciding.
            versions.Add(options.Forms.Lift(await store.ReadStreamAsync(
                options.Tenant, DefinitionCommand.Definitions, versions.Count, cancellation).ConfigureAwait(false)));
            foreach (DecidedCommand command in commands)
            {
                ImmutableArray<EventEnvelope> stream =
                    await store.ReadStreamAsync(options.Tenant, command.Stream, 0, cancellation).ConfigureAwait(false);
                var others = ImmutableArray.CreateBuilder<ImmutableArray<EventEnvelope>>();
                foreach (OrderId other in Replay.OrdersLookedAt(command))
                {
                    others.Add(await ReadTrailAsync(other, cancellation).ConfigureAwait(false));
                }

                count.Add(
                    command, Replay.IsSame(command, stream, others.ToImmutable(), options.Definitions, versions.Find, options.Forms));
            }

            if (commands.Length < page)
            {
                return count.Report();
            }

            after = commands[page - 1].Id;
        }
    }
}
