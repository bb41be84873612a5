using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Desk;

/// <summary>How a desk works. Every value has a default; a desk reads its options once.</summary>
public sealed class DeskOptions
{
    private readonly SortedDictionary<string, ImmutableArray<string>> announcements = new(StringComparer.Ordinal);

    /// <summary>Whose orders the desk handles.</summary>
    /// <value>The default is <c>main</c>.</value>
    public TenantId Tenant { get; set; } = new("main");

    /// <summary>The bounds of an order.</summary>
    /// <value>The default is <see cref="OrderLimits.Default"/>.</value>
    public OrderLimits Limits { get; set; } = OrderLimits.Default;

    /// <summary>How often a command is decided anew when its stream or its stock moved in between.</summary>
    /// <value>The default is 8. Beyond it the desk throws a transient <see cref="OrderKernelException"/>.</value>
    public int MaxAttempts { get; set; } = 8;

    /// <summary>How many folded orders a desk remembers to spare reading them; no answer ever rests on an old one.</summary>
    /// <value>The default is 4,096; 0 remembers none.</value>
    public int CachedOrders { get; set; } = 4_096;

    /// <summary>Whether commands are decided under the packs that are active for the tenant.</summary>
    /// <value>The default is false: no pack is looked at and every command is allowed. With true each decision reads whether the
    /// definitions moved, which is one short read.</value>
    public bool UsePacks { get; set; }

    /// <summary>Who the actors are. Needed where a pack has a policy: without it nobody has a role, so nothing is granted.</summary>
    /// <value>The default is null.</value>
    public IActorDirectory? Actors { get; set; }

    /// <summary>The order types and lifecycles that orders go through.</summary>
    /// <value>The default is <see cref="OrderDefinitions.Empty"/>: orders have no type, and nothing but their own rules binds
    /// them.</value>
    public OrderDefinitions Definitions { get; set; } = OrderDefinitions.Empty;

    /// <summary>Has every event of a type announced to a destination, through the outbox.</summary>
    /// <param name="eventType">The dotted type, such as <c>order.shipped</c>.</param>
    /// <param name="destination">A host's name for the receiver.</param>
    /// <returns>The options, for chaining.</returns>
    public DeskOptions Announce(string eventType, string destination)
    {
        ImmutableArray<string> before = DestinationsOf(eventType);
        announcements[eventType] = before.Contains(destination) ? before : before.Add(destination);
        return this;
    }

    internal ImmutableArray<string> DestinationsOf(string eventType) =>
        announcements.TryGetValue(eventType, out ImmutableArray<string> destinations)
            ? destinations
            : ImmutableArray<string>.Empty;
}
