using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;

namespace OrderKernel.Orders;

/// <summary>What can be done with an order now, by whom, and if not, why not.</summary>
public static class OrderActions
{
    /// <summary>Everything that the order's lifecycle knows.</summary>
    /// <param name="state">The order as it is.</param>
    /// <param name="definitions">The lifecycles and order types.</param>
    /// <param name="roles">The roles of whoever asks; null to leave roles aside.</param>
    /// <returns>Commands of the kernel in their usual order, then signals; empty for an order without a lifecycle.</returns>
    /// <exception cref="OrderKernelException">The version the order runs on is not among the definitions.</exception>
    public static ImmutableArray<LifecycleAction> Of(
        OrderState state, OrderDefinitions definitions, IReadOnlyCollection<string>? roles = null)
    {
        if (state is null || definitions is null)
        {
            throw new ArgumentNullException(state is null ? nameof(state) : nameof(definitions));
        }

        if (state.LifecycleVersion.Length == 0)
        {
            return ImmutableArray<LifecycleAction>.Empty;
        }

        CompiledLifecycle lifecycle = definitions.Of(state);
        return lifecycle.Available(OrderLifecycle.Position(lifecycle, state), OrderLifecycle.Facts(lifecycle, state), roles);
    }
}
