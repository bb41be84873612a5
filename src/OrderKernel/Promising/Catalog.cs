using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Promising;

/// <summary>A property of an article, such as its surface, material or pieces in a pack.</summary>
/// <param name="Name">The name, as people read it.</param>
/// <param name="Value">The value, as people read it.</param>
public readonly record struct CatalogAttribute(string Name, string Value);

/// <summary>What was paid for an article once.</summary>
/// <param name="Day">When.</param>
/// <param name="Price">For one piece.</param>
public readonly record struct PurchasePrice(LocalDate Day, UnitPrice Price);

/// <summary>One article of a family: its model, its name and what tells it from its siblings.</summary>
public sealed class CatalogVariant
{
    /// <summary>Makes a variant.</summary>
    /// <param name="sku">The SKU.</param>
    /// <param name="model">The model, such as <c>M12×40</c>.</param>
    /// <param name="name">The name of the family.</param>
    /// <param name="attributes">What tells it from its siblings, in the order people read it.</param>
    /// <param name="purchases">What was paid for it, in any order; default for nothing known.</param>
    public CatalogVariant(
        Sku sku, string model, string name, ImmutableArray<CatalogAttribute> attributes,
        ImmutableArray<PurchasePrice> purchases = default)
    {
        _ = sku.Text;
        Sku = sku;
        Model = TextRule.CheckName(model, nameof(model));
        Name = TextRule.CheckName(name, nameof(name));
        Attributes = attributes.IsDefault ? ImmutableArray<CatalogAttribute>.Empty : attributes;
        Purchases = purchases.IsDefault
            ? ImmutableArray<PurchasePrice>.Empty
            : purchases.Sort(static (a, b) => a.Day != b.Day ? b.Day.CompareTo(a.Day) : a.Price.Amount.CompareTo(b.Price.Amount));
    }

    /// <summary>The SKU.</summary>
    public Sku Sku { get; }

    /// <summary>The model.</summary>
    public string Model { get; }

    /// <summary>The name of the family.</summary>
    public string Name { get; }

    /// <summary>What tells it from its siblings.</summary>
    public ImmutableArray<CatalogAttribute> Attributes { get; }

    /// <summary>What was paid for it, newest first.</summary>
    public ImmutableArray<PurchasePrice> Purchases { get; }
}

/// <summary>The articles of the host.</summary>
public interface ICatalog
{
    /// <summary>The articles that may be meant by a text.</summary>
    /// <param name="text">What was typed, folded and cut into words; see <see cref="SearchText"/>.</param>
    /// <returns>In any order. It may hold too many, which the search drops, and never too few.</returns>
    ImmutableArray<CatalogVariant> Candidates(SearchText text);
}

/// <summary>A way an article may take to the customer who asks.</summary>
/// <param name="Node">The node it leaves from.</param>
/// <param name="Carrier">Who carries it.</param>
/// <param name="Cost">What that costs.</param>
/// <param name="Days">How many days it takes.</param>
public sealed record VariantRoute(NodeId Node, PartnerId Carrier, Money Cost, int Days);

/// <summary>A stocked article that fits what was typed, with what a decision needs.</summary>
/// <param name="Variant">The article.</param>
/// <param name="Free">What may be promised of it at the nodes of the routes together; above zero.</param>
/// <param name="LastPrices">What was last paid, newest first; at most three.</param>
/// <param name="Route">The way that is proposed.</param>
/// <param name="Reason">Why that way.</param>
public sealed record VariantOffer(
    CatalogVariant Variant, Quantity Free, ImmutableArray<PurchasePrice> LastPrices, VariantRoute Route, Finding Reason);
