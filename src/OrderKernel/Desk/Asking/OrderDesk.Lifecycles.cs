using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Access;
using OrderKernel.Board;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;

namespace OrderKernel.Desk;

/// <summary>What can be asked of the desk about lifecycles.</summary>
public sealed partial class OrderDesk
{
    /// <summary>What can be done with an order now, by whom, and if not, why not.</summary>
    /// <param name="order">Which.</param>
    /// <param name="roles">The roles of whoever asks; null to leave roles aside.</param>
    /// <param name="part">The number of the sub-order that is asked about; 0 for the order itself.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Everything that its lifecycle knows, without the commands that the rights in force grant to none of the roles; empty for
    /// an order without a lifecycle.</returns>
    public async Task<ImmutableArray<LifecycleAction>> ReadActionsAsync(
        OrderId order, IReadOnlyCollection<string>? roles = null, int part = 0, CancellationToken cancellation = default)
    {
        OrderState state = await ReadOrderAsync(order, cancellation).ConfigureAwait(false);
        ActiveDefinitions packs = await DefinitionsInForceAsync(cancellation).ConfigureAwait(false);
        OrderDefinitions definitions = packs.Version == 0 ? options.Definitions : packs.Orders;
        ImmutableArray<LifecycleAction> actions = part == 0
            ? OrderActions.Of(state, definitions, roles)
            : PartRollUp.Actions(state, part, definitions, roles);
        AccessPolicy? policy = await RightsInForceAsync(cancellation).ConfigureAwait(false);
        return roles is null || policy is null
            ? actions
            : actions.RemoveAll(action => !policy.May(roles, CommandTypes.OfTrigger(action.Trigger)));
    }

    /// <summary>The board: every order that is not finished, what is late first, then by when it should move on.</summary>
    /// <param name="owner">The role whose turn it is; null for all.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <remarks><para>Cost: reads every order of the tenant.</para></remarks>
    public Task<ImmutableArray<BoardRow>> ReadBoardAsync(string? owner = null, CancellationToken cancellation = default) =>
        ReadReachedAsync(owner, static _ => true, cancellation);

    internal async Task<ImmutableArray<BoardRow>> ReadReachedAsync(
        string? owner, Func<OrderState, bool> isInReach, CancellationToken cancellation)
    {
        const int page = 200;
        var rows = new List<BoardRow>();
        OrderId? after = null;
        while (true)
        {
            ImmutableArray<KeyValuePair<OrderId, OrderState>> orders =
                await ReadOrdersAsync(after, page, cancellation).ConfigureAwait(false);
            foreach (KeyValuePair<OrderId, OrderState> order in orders)
            {
                BoardRow row = BoardRow.Of(order.Key, order.Value, Now());
                if (!order.Value.Stage.IsFinal && isInReach(order.Value)
                    && (owner is null || string.Equals(owner, row.Role, StringComparison.Ordinal)))
                {
                    rows.Add(row);
                }

                after = order.Key;
            }

            if (orders.Length < page)
            {
                rows.Sort(BoardRow.CompareUrgency);
                return rows.ToImmutableArray();
            }
        }
    }
}
