using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Scarcity;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>It was stated what the order's tier and rank rest on.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Standing">What was stated; it replaces what was stated before.</param>
public sealed record OrderStandingSet(Instant At, OrderStanding Standing) : OrderEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "order.standing_set";

    internal override void WriteBody(JsonText json) => TierJson.WriteStanding(json, Standing);
}

/// <summary>Another order took what this one held.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Takes">What it lost where, in the order of lines.</param>
/// <param name="By">The order that has it now.</param>
/// <param name="HeldAs">The tier it was held at.</param>
/// <param name="TakenAs">The tier of the one that took it.</param>
/// <param name="Rule">By which rule: <c>tier</c>, or the code of a reallocation segment.</param>
public sealed record OrderDisplaced(
    Instant At, ImmutableArray<Take> Takes, OrderId By, HoldTier HeldAs, HoldTier TakenAs, string Rule) : OrderEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "order.displaced";

    internal override void WriteBody(JsonText json) => json.WriteTakes("takes", Takes).Member("by", By.Text)
        .Member("held_as", HeldAs.Code()).Member("taken_as", TakenAs.Code()).Member("rule", Rule);
}

/// <summary>The promise no longer holds, and no other can be given yet. It stays in the history.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Reason">Why: a stable code, such as <c>displaced</c>.</param>
public sealed record OrderUnpromised(Instant At, string Reason) : OrderEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "order.unpromised";

    internal override void WriteBody(JsonText json) => json.Member("reason", Reason);
}

/// <summary>Reads the events of this file.</summary>
internal static class TierEvents
{
    public static OrderEvent? Read(string type, Instant at, JsonElement json) => type switch
    {
        "order.standing_set" => new OrderStandingSet(at, TierJson.ReadStanding(json)),
        "order.displaced" => new OrderDisplaced(
            at, json.Array("takes", OrderJson.ReadTake), new OrderId(json.Text("by")), HoldTiers.Parse(json.Text("held_as")),
            HoldTiers.Parse(json.Text("taken_as")), json.Text("rule")),
        "order.unpromised" => new OrderUnpromised(at, json.Text("reason")),
        _ => null,
    };
}
