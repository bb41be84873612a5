using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Scarcity;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Writes and reads standings and tier policies.</summary>
internal static class TierJson
{
    public static void WriteStanding(JsonText json, OrderStanding standing) => json
        .Member("customer_level", standing.CustomerLevel).Member("payment_method", standing.PaymentMethod)
        .Member("paid", standing.IsPaid).Member("priority", standing.Priority);

    public static OrderStanding ReadStanding(JsonElement json) => new(
        json.Text("customer_level"), json.Text("payment_method"), json.Bool("paid"), json.Int("priority"));

    public static void WritePolicy(JsonText json, TierPolicy policy)
    {
        json.OpenArray("rules");
        foreach (TierRule rule in policy.Rules)
        {
            json.OpenObject().Member("tier", rule.Tier.Code()).Member("customer_level", rule.CustomerLevel);
            if (rule.IsPaid is { } paid)
            {
                json.Member("paid", paid);
            }

            json.Member("least_priority", rule.LeastPriority).CloseObject();
        }

        json.CloseArray().OpenArray("minutes");
        foreach (int minutes in policy.Minutes)
        {
            json.OpenObject().Member("lasts", minutes).CloseObject();
        }

        json.CloseArray().Optional("least_taker", policy.LeastTaker?.Code()).Member("most_displaced", policy.MostDisplaced.Code());
    }

    public static TierPolicy ReadPolicy(JsonElement json) => new(
        json.Array("rules", static rule => new TierRule(
            HoldTiers.Parse(rule.Text("tier")), rule.Text("customer_level"), rule.Has("paid") ? rule.Bool("paid") : null,
            rule.Int("least_priority"))),
        json.Array("minutes", static entry => entry.Int("lasts")),
        json.OptionalText("least_taker") is { } least ? HoldTiers.Parse(least) : null,
        HoldTiers.Parse(json.Text("most_displaced")));
}
