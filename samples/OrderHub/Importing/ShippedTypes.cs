using System.Linq;
using OrderHub.Playing;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Orders;
using OrderKernel.Packs;

namespace OrderHub.Importing;

/// <summary>The order types that a user's files may name, and their lifecycles: the wholesale pack has all of them.</summary>
internal static class ShippedTypes
{
    /// <summary>What the orders of a profile go through; nothing when it names no type.</summary>
    /// <exception cref="InputException">The profile names a type that is not shipped.</exception>
    public static OrderDefinitions For(ImportProfile profile, HubText text)
    {
        if (profile.OrderType.Length == 0)
        {
            return OrderDefinitions.Empty;
        }

        Pack pack = BusinessPack.Load("hardware").Pack;
        var definitions = new OrderDefinitions(pack.Lifecycles, pack.Types, pack.Calendars.FirstOrDefault());
        return definitions.Type(profile.OrderType) is not null
            ? definitions
            : throw new InputException(text.Say(
                HubText.UnknownType, profile.OrderType, string.Join(", ", definitions.Types.Select(static type => type.Code))));
    }
}
