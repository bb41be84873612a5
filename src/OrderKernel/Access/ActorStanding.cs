using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Measures;

namespace OrderKernel.Access;

/// <summary>What a host knows of an actor: roles, and what is the actor's own.</summary>
/// <remarks>
/// <para>Immutable. Only what a decision used of it is recorded: the roles, and whether the order was the actor's own.</para>
/// </remarks>
public sealed class ActorStanding
{
    /// <summary>Makes a standing.</summary>
    /// <param name="roles">The roles, by code.</param>
    /// <param name="customers">The actor's own customers; null for none.</param>
    /// <param name="nodes">The actor's own nodes; null for none.</param>
    public ActorStanding(IEnumerable<string> roles, IEnumerable<PartnerId>? customers = null, IEnumerable<NodeId>? nodes = null)
    {
        Roles = (roles ?? throw new ArgumentNullException(nameof(roles))).Distinct(StringComparer.Ordinal)
            .OrderBy(static role => role, StringComparer.Ordinal).ToImmutableArray();
        Customers = (customers ?? Array.Empty<PartnerId>()).ToImmutableHashSet();
        Nodes = (nodes ?? Array.Empty<NodeId>()).ToImmutableHashSet();
    }

    /// <summary>Nobody in particular: no roles, so no rights where a policy is in force.</summary>
    public static ActorStanding Unknown { get; } = new(Array.Empty<string>());

    /// <summary>The roles, in ordinal order.</summary>
    public ImmutableArray<string> Roles { get; }

    /// <summary>The actor's own customers.</summary>
    public ImmutableHashSet<PartnerId> Customers { get; }

    /// <summary>The actor's own nodes.</summary>
    public ImmutableHashSet<NodeId> Nodes { get; }
}
