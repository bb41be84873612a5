using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Scarcity;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Another order that a decision looks at, as it was read.</summary>
/// <param name="Order">The order.</param>
/// <param name="State">Its state; its version is recorded with the decision.</param>
public sealed record SeenOrder(OrderId Order, OrderState State);

/// <summary>Pieces that are expected.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="At">When they can be held.</param>
/// <param name="Quantity">How many.</param>
public sealed record ExpectedSupply(Sku Sku, Instant At, Quantity Quantity);

/// <summary>What a decision looks at beyond its own order: others, in the order in which they shall be served or displaced, the tier
/// policy, and what is expected. Recorded with the decision, the other orders by their versions.</summary>
/// <param name="Others">The other orders.</param>
/// <param name="Tiers">The tier policy; null when holds have no tiers.</param>
/// <param name="Expected">What comes, by SKU and moment.</param>
/// <param name="Waiting">How much other open lines wait for already, per SKU.</param>
public sealed record DecisionSight(
    ImmutableArray<SeenOrder> Others, TierPolicy? Tiers, ImmutableArray<ExpectedSupply> Expected,
    ImmutableArray<KeyValuePair<Sku, long>> Waiting)
{
    /// <summary>How much all orders together borrowed in a cell, by cell; only where that was asked.</summary>
    internal ImmutableArray<KeyValuePair<StockCell, long>> Borrowed { get; init; } = ImmutableArray<KeyValuePair<StockCell, long>>.Empty;

    /// <summary>Nothing beyond the order itself.</summary>
    public static DecisionSight None { get; } = new(
        ImmutableArray<SeenOrder>.Empty, null, ImmutableArray<ExpectedSupply>.Empty, ImmutableArray<KeyValuePair<Sku, long>>.Empty);

    /// <summary>Adds itself to the recorded facts; nothing when there is nothing.</summary>
    internal void WriteTo(JsonText json)
    {
        if (Others.IsEmpty && Tiers is null && Expected.IsEmpty)
        {
            return;
        }

        json.OpenObject("sight").OpenArray("orders");
        foreach (SeenOrder other in Others)
        {
            json.OpenObject().Member("order", other.Order.Text).Member("version", other.State.Version).CloseObject();
        }

        json.CloseArray().OpenArray("expected");
        foreach (ExpectedSupply supply in Expected)
        {
            json.OpenObject().Member("sku", supply.Sku.Text).Member("at", supply.At)
                .Member("quantity", supply.Quantity.Units).CloseObject();
        }

        json.CloseArray().OpenArray("waiting");
        foreach (KeyValuePair<Sku, long> waiting in Waiting)
        {
            json.OpenObject().Member("sku", waiting.Key.Text).Member("quantity", waiting.Value).CloseObject();
        }

        json.CloseArray();
        if (!Borrowed.IsEmpty)
        {
            json.OpenArray("borrowed");
            foreach (KeyValuePair<StockCell, long> cell in Borrowed)
            {
                cell.Key.WriteTo(json.OpenObject()).Member("quantity", cell.Value).CloseObject();
            }

            json.CloseArray();
        }

        if (Tiers is not null)
        {
            TierJson.WritePolicy(json.OpenObject("tiers"), Tiers);
            json.CloseObject();
        }

        json.CloseObject();
    }

    /// <summary>The other orders that recorded facts name, with the versions that were looked at; may be empty.</summary>
    internal static ImmutableArray<(OrderId Order, long Version)> OrdersIn(string facts)
    {
        using JsonDocument document = JsonDocument.Parse(facts);
        return document.RootElement.TryGetProperty("sight", out JsonElement sight)
            ? sight.Array("orders", static order => (new OrderId(order.Text("order")), order.Long("version")))
            : ImmutableArray<(OrderId, long)>.Empty;
    }

    /// <summary>Reads recorded facts back; the states of the others are given, in the recorded order.</summary>
    internal static DecisionSight Read(string facts, ImmutableArray<SeenOrder> others)
    {
        using JsonDocument document = JsonDocument.Parse(facts);
        return !document.RootElement.TryGetProperty("sight", out JsonElement sight)
            ? None
            : new DecisionSight(
                others, sight.TryGetProperty("tiers", out JsonElement tiers) ? TierJson.ReadPolicy(tiers) : null,
                sight.Array("expected", static s => new ExpectedSupply(new Sku(s.Text("sku")), s.Instant("at"), s.Quantity("quantity"))),
                sight.Array("waiting", static w => new KeyValuePair<Sku, long>(new Sku(w.Text("sku")), w.Long("quantity"))))
            {
                Borrowed = sight.OptionalArray(
                    "borrowed", static cell => new KeyValuePair<StockCell, long>(StockCell.Read(cell), cell.Long("quantity"))),
            };
    }
}
