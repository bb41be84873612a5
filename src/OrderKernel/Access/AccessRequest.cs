using System.Collections.Immutable;

namespace OrderKernel.Access;

/// <summary>What an actor wants to do, as far as rights are concerned.</summary>
/// <param name="Command">The command type.</param>
/// <param name="Fields">The fields that the command changes; empty when it changes none by name.</param>
/// <param name="OwnsCustomer">Whether the order is of one of the actor's customers.</param>
/// <param name="OwnsNode">Whether the order or the stock is at one of the actor's nodes.</param>
public sealed record AccessRequest(string Command, ImmutableArray<string> Fields, bool OwnsCustomer, bool OwnsNode);
