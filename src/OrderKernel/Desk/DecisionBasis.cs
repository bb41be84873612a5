using System.Collections.Immutable;
using System.Text.Json;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;

namespace OrderKernel.Desk;

/// <summary>The definitions a decision was made under, and the part of the actor's standing it used: recorded with the decision.</summary>
/// <param name="Definitions">What was in force.</param>
/// <param name="Roles">The actor's roles; default while no policy is in force.</param>
/// <param name="OwnsCustomer">Whether the order was of one of the actor's customers.</param>
/// <param name="OwnsNode">Whether it was at one of the actor's nodes.</param>
internal sealed record DecisionBasis(
    ActiveDefinitions Definitions, ImmutableArray<string> Roles = default, bool OwnsCustomer = false, bool OwnsNode = false)
{
    public static DecisionBasis None { get; } = new(ActiveDefinitions.None);

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
        if (!Roles.IsDefault)
        {
            json.OpenArray("roles");
            foreach (string role in Roles)
            {
                json.Element(role);
            }

            json.CloseArray().Member("own_customer", OwnsCustomer).Member("own_node", OwnsNode);
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

        return basis.Has("roles")
            ? new DecisionBasis(
                definitions, basis.Array("roles", static role => role.GetString() ?? string.Empty), basis.Bool("own_customer"),
                basis.Bool("own_node"))
            : new DecisionBasis(definitions);
    }
}
