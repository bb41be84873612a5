using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Packs;

/// <summary>What a later version of a pack means for orders that are running.</summary>
public static class UpgradeReport
{
    /// <summary>Every running order that holds something which the later version lacks. It keeps that until it is migrated; the
    /// report is for the person who decides.</summary>
    /// <param name="before">The version in force.</param>
    /// <param name="after">The later one; null when the pack shall be withdrawn.</param>
    /// <param name="orders">The orders; finished ones are passed over.</param>
    /// <returns>One finding an order and thing, in the order of the orders; empty when nothing is concerned.</returns>
    public static ImmutableArray<Finding> Of(
        Pack before, Pack? after, IEnumerable<KeyValuePair<OrderId, OrderState>> orders)
    {
        if (before is null || orders is null)
        {
            throw new ArgumentNullException(nameof(orders));
        }

        return orders.Where(static order => order.Value.Exists && !order.Value.Stage.IsFinal)
            .SelectMany(order => Concerned(order.Key, order.Value, before, after)).ToImmutableArray();
    }

    private static IEnumerable<Finding> Concerned(OrderId id, OrderState order, Pack before, Pack? after)
    {
        LifecycleDefinition? started = before.Lifecycles.FirstOrDefault(lifecycle => lifecycle.Id == order.Lifecycle);
        LifecycleDefinition? next = after?.Lifecycles.FirstOrDefault(lifecycle => lifecycle.Id == order.Lifecycle);
        if (started is not null && next is null)
        {
            yield return PackFindings.OrderConcerned.About(id.Text, "lifecycle", id.Text, "lifecycle", order.Lifecycle);
        }

        foreach (RegionState region in order.Regions.Where(region => next is not null && next.State(region.State) is null))
        {
            yield return PackFindings.OrderConcerned.About(id.Text, "state", id.Text, "state", order.Lifecycle + "/" + region.State);
        }

        foreach (FieldValue held in order.Fields.Where(held => before.Fields.Find(held.Field) is not null))
        {
            FieldDefinition? field = after?.Fields.Find(held.Field);
            if (field is null)
            {
                yield return PackFindings.OrderConcerned.About(id.Text, held.Field, id.Text, "field", held.Field);
            }
            else if (field.Canonical(held.Value) != held.Value)
            {
                yield return PackFindings.OrderConcerned.About(id.Text, held.Field, id.Text, "value", held.Field + "=" + held.Value);
            }
        }
    }
}
