using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;

namespace OrderKernel.Orders;

/// <summary>What sub-orders say of their order, and what can be done with each.</summary>
/// <remarks>
/// <para>The roll-up: the stage of the sub-order that is furthest behind on its fulfilment side, cancelled ones left out; cancelled when
/// all are. The order itself moves on its own lifecycle by the same commands, whose guards see all sub-orders together (<c>shipped_all</c>,
/// <c>delivered_all</c>) and, with <c>parts_ended</c>, whether each has come to its end.</para>
/// </remarks>
public static class PartRollUp
{
    /// <summary>The stage that all sub-orders have reached.</summary>
    /// <param name="state">The order.</param>
    /// <param name="definitions">The lifecycles.</param>
    /// <returns>The stage, or null for an order that was not split.</returns>
    /// <exception cref="OrderKernelException">A version that a sub-order runs on is not among the definitions.</exception>
    public static LifecycleStage? StageOf(OrderState state, OrderDefinitions definitions)
    {
        if (state is null || definitions is null)
        {
            throw new ArgumentNullException(state is null ? nameof(state) : nameof(definitions));
        }

        LifecycleStage? behind = null;
        foreach (OrderPart part in state.Parts)
        {
            LifecycleDefinition lifecycle = definitions.OfPart(part).Definition;
            RegionState? there = part.Regions.FirstOrDefault(static region => region.Region == LifecycleRegion.Fulfilment);
            LifecycleStage stage = lifecycle.State((there ?? part.Regions[0]).State)!.Stage;
            behind = behind is null || stage < behind ? stage : behind;
        }

        return behind;
    }

    /// <summary>What can be done with a sub-order now, by whom, and if not, why not.</summary>
    /// <param name="state">The order as it is.</param>
    /// <param name="part">The number of the sub-order.</param>
    /// <param name="definitions">The lifecycles and order types.</param>
    /// <param name="roles">The roles of whoever asks; null to leave roles aside.</param>
    /// <returns>Commands of the kernel in their usual order, then signals; empty for a sub-order that is not there.</returns>
    /// <exception cref="OrderKernelException">The version it runs on is not among the definitions.</exception>
    public static ImmutableArray<LifecycleAction> Actions(
        OrderState state, int part, OrderDefinitions definitions, IReadOnlyCollection<string>? roles = null)
    {
        if (state is null || definitions is null)
        {
            throw new ArgumentNullException(state is null ? nameof(state) : nameof(definitions));
        }

        if (state.Part(part) is not { } one)
        {
            return ImmutableArray<LifecycleAction>.Empty;
        }

        CompiledLifecycle lifecycle = definitions.OfPart(one);
        return lifecycle.Available(
            lifecycle.At(one.Regions.Select(static region => region.State)), OrderLifecycle.Facts(lifecycle, state, one), roles);
    }
}
