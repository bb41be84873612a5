using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>How a desk works. Every value has a default; a desk reads its options once.</summary>
public sealed partial class DeskOptions
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

    /// <summary>After how many events of an order its state is kept in the store, to spare folding it from its first event. Only where
    /// the store offers <see cref="ISnapshots"/>; no answer ever rests on a snapshot alone.</summary>
    /// <value>The default is 0: never, because orders are short as a rule and each load looks for a snapshot first. 100 suits orders
    /// of a thousand events and more.</value>
    public int SnapshotEvery { get; set; }

    /// <summary>The older forms of events that are read.</summary>
    /// <value>The default is <see cref="EventForms.Kernel"/>; add the steps of your own to it.</value>
    public EventForms Forms { get; set; } = EventForms.Kernel;

    /// <summary>Which orders hold how firmly, how long, and who may take from whom.</summary>
    /// <value>The default is null: holds have no tier and nobody is displaced.</value>
    public TierPolicy? Tiers { get; set; }

    /// <summary>Whether what falls free is held at once for the lines that wait for it, best rank first.</summary>
    /// <value>The default is false: what falls free stays free until somebody holds it.</value>
    public bool ServesWaiting { get; set; }

    /// <summary>The order in which waiting lines are served; the reverse is the order in which holds of one tier are displaced.</summary>
    /// <value>The default is <see cref="PriorityPolicy.ByAge"/>.</value>
    public PriorityPolicy Priority { get; set; } = PriorityPolicy.ByAge;

    /// <summary>How many orders one unit of work serves, displaces or reallocates at most.</summary>
    /// <value>The default is 50.</value>
    public int MaxOrdersInUnit { get; set; } = 50;

    /// <summary>What is expected to come, for the new promise of a displaced order.</summary>
    /// <value>The default is null: a displaced order stays without a promise until somebody gives one.</value>
    public ISupplyOutlook? Outlook { get; set; }

    /// <summary>The destination that hears of every displaced order.</summary>
    /// <value>The default is <c>notices</c>.</value>
    public string Notices { get; set; } = "notices";

    /// <summary>Whether commands are decided under the packs that are active for the tenant.</summary>
    /// <value>The default is false: of the packs that are active only their rights count. With either each decision reads whether the
    /// definitions moved, which is one short read.</value>
    public bool UsePacks { get; set; }

    /// <summary>Whether the desk lets everybody do everything, although rights are stored for the tenant; for a host that holds rights of
    /// its own before it comes to the desk. Not together with <see cref="UsePacks"/>.</summary>
    /// <value>The default is false: a policy that any desk has activated is held by every desk of the tenant.</value>
    public bool IgnoresStoredRights { get; set; }

    /// <summary>Who the actors are. Needed where a pack has a policy: without it nobody has a role, so nothing is granted.</summary>
    /// <value>The default is null.</value>
    public IActorDirectory? Actors { get; set; }

    /// <summary>The order types and lifecycles that orders go through.</summary>
    /// <value>The default is <see cref="OrderDefinitions.Empty"/>: orders have no type, and nothing but their own rules binds
    /// them.</value>
    public OrderDefinitions Definitions { get; set; } = OrderDefinitions.Empty;

    /// <summary>Watches the desk at work.</summary>
    /// <value>The default is null, nobody.</value>
    public IDeskWatch? Watch { get; set; }

    /// <summary>Has every event of a type announced to a destination, through the outbox.</summary>
    /// <param name="eventType">The dotted type, such as <c>order.shipped</c>.</param>
    /// <param name="destination">A host's name for the receiver.</param>
    /// <returns>The options, for chaining.</returns>
    public DeskOptions Announce(string eventType, string destination)
    {
        ImmutableArray<string> before = DestinationsOf(eventType);
        announcements[eventType] = before.Contains(destination) ? before : before.Add(destination);
        CheckReadOnly();
        return this;
    }

    /// <summary>The same options for a desk inside a host's transaction: a conflict is the host's to see, and what is not committed
    /// yet is not remembered.</summary>
    /// <returns>A copy with one attempt, no remembered orders and no snapshots.</returns>
    public DeskOptions InsideTransaction()
    {
        var copy = (DeskOptions)MemberwiseClone();
        copy.MaxAttempts = 1;
        copy.CachedOrders = 0;
        copy.SnapshotEvery = 0;
        return copy;
    }

    internal ImmutableArray<string> DestinationsOf(string eventType) =>
        announcements.TryGetValue(eventType, out ImmutableArray<string> destinations)
            ? destinations
            : ImmutableArray<string>.Empty;
}
