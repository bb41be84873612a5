using System.Collections.Immutable;
using System.Text.Json;
using OrderKernel.Fields;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;

namespace OrderKernel.Desk;

/// <summary>The definitions a decision was made under, and the part of the actor's standing it used: recorded with the decision.</summary>
/// <param name="Definitions">What was in force.</param>
/// <param name="Roles">The actor's roles; default while no policy is in force.</param>
/// <param name="OwnsCustomer">Whether the order was of one of the actor's customers, and would be after the command.</param>
/// <param name="OwnsNode">Whether it was at one of the actor's nodes, and the command moved stock of no other.</param>
internal sealed record DecisionBasis(
    ActiveDefinitions Definitions, ImmutableArray<string> Roles = default, bool OwnsCustomer = false, bool OwnsNode = false)
{
    public static DecisionBasis None { get; } = new(ActiveDefinitions.None);

    /// <summary>Whether the host's directory failed to say who the actor is.</summary>
    public bool IsUnanswered { get; init; }

    /// <summary>The nodes that are the actor's own, while it is decided; null when it is decided again, and what was found then
    /// counts.</summary>
    public ImmutableHashSet<NodeId>? Nodes { get; init; }

    /// <summary>Whether the packs give rights alone, to a desk that takes neither fields nor types from them.</summary>
    public bool IsRightsOnly { get; init; }

    /// <summary>The extension fields in force.</summary>
    public FieldSet Fields => (IsRightsOnly ? ActiveDefinitions.None : Definitions).Fields;

    /// <summary>The same for a desk that takes rights alone.</summary>
    public DecisionBasis ForRightsOnly() => this with { IsRightsOnly = true, Orders = null };

    /// <summary>The types and lifecycles of the packs in force; null when no pack is, and then those of the options count.</summary>
    public OrderDefinitions? Orders { get; init; } = Definitions.Version == 0 ? null : Definitions.Orders;

    /// <summary>The canonical JSON; null while nothing is defined, so that such decisions keep their bytes.</summary>
    public string? ToJson()
    {
        if (Definitions.Version == 0)
        {
            return null;
        }

        JsonText json = JsonText.Start().Member("version", Definitions.Version);
        json = IsRightsOnly ? json.Member("rights_only", true) : json;
        if (!Roles.IsDefault)
        {
            json.OpenArray("roles");
            foreach (string role in Roles)
            {
                json.Element(role);
            }

            json.CloseArray().Member("own_customer", OwnsCustomer).Member("own_node", OwnsNode);
            json = IsUnanswered ? json.Member("unanswered", true) : json;
        }

        return json.Finish();
    }

    /// <summary>The version that recorded facts name; 0 when they name none.</summary>
    public static long VersionOf(string facts)
    {
        using JsonDocument document = JsonDocument.Parse(facts);
        return document.RootElement.TryGetProperty("definitions", out JsonElement basis) ? basis.Long("version") : 0;
    }

    public static DecisionBasis Read(string facts, ActiveDefinitions definitions)
    {
        using JsonDocument document = JsonDocument.Parse(facts);
        if (!document.RootElement.TryGetProperty("definitions", out JsonElement basis))
        {
            return None;
        }

        DecisionBasis read = basis.Has("roles")
            ? new DecisionBasis(
                definitions, basis.Array("roles", static role => role.GetString() ?? string.Empty), basis.Bool("own_customer"),
                basis.Bool("own_node")) { IsUnanswered = basis.Has("unanswered") }
            : new DecisionBasis(definitions);
        return basis.Has("rights_only") ? read.ForRightsOnly() : read;
    }
}
