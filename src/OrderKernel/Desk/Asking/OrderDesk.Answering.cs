using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;

namespace OrderKernel.Desk;

/// <summary>What a customer who asks for an order is told.</summary>
public sealed partial class OrderDesk
{
    /// <summary>State, whose turn it is, current blocker, expected times and last track of an order, in one call.</summary>
    /// <param name="order">Which.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The answer, or null when the order was never captured.</returns>
    public async Task<OrderAnswer?> ReadAnswerAsync(OrderId order, CancellationToken cancellation = default)
    {
        OrderState state = await ReadOrderAsync(order, cancellation).ConfigureAwait(false);
        ActiveDefinitions packs = await DefinitionsInForceAsync(cancellation).ConfigureAwait(false);
        LifecycleDefinition? lifecycle =
            (packs.Version == 0 ? options.Definitions : packs.Orders).Find(state.LifecycleVersion)?.Definition;
        return state.Exists ? new OrderAnswer(order, state, packs, lifecycle, Now()) : null;
    }
}
