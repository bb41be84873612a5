using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Promising;

/// <summary>Finds stocked articles for a typed model: "M12 bolt" gives what lies in stock of M12 bolts, and never an M10.</summary>
/// <remarks>
/// <para>Every typed word must be met. Words of letters and digits match a whole word of the article or nothing, so <c>M12</c> is neither
/// <c>M10</c> nor <c>M120</c>; words of other scripts match a part of its name, model or attributes.</para>
/// <para>Shape: fewest words of the model that were not typed first, then the most stock, then by SKU.</para>
/// </remarks>
public static class VariantSearch
{
    private const int PricesShown = 3;

    /// <summary>The route is the cheapest of those in time.</summary>
    public static readonly FindingKind CheapestInTime = new(
        "promise.route_cheapest_in_time", Severity.Note,
        "{carrier} from {node}: {cost}, {days} days; the cheapest of {count} ways that arrive by {day}.",
        "{node} 由 {carrier} 发运：{cost}，{days} 天；在 {day} 前可达的 {count} 条路线中最便宜。");

    /// <summary>No route is in time, so the fastest is proposed.</summary>
    public static readonly FindingKind FastestThoughLate = new(
        "promise.route_fastest_though_late", Severity.Note,
        "{carrier} from {node}: {cost}, {days} days; none of {count} ways arrives by {day}, this one is the fastest.",
        "{node} 由 {carrier} 发运：{cost}，{days} 天；{count} 条路线均无法在 {day} 前到达，此为最快。");

    /// <summary>Finds articles.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="catalog">The articles.</param>
    /// <param name="stock">What may be promised.</param>
    /// <param name="routes">The ways to the customer who asks; only stock at their nodes counts.</param>
    /// <param name="neededBy">The day it should arrive.</param>
    /// <returns>Only articles with something to promise today; empty when nothing fits.</returns>
    public static ImmutableArray<VariantOffer> Find(
        SearchText text, ICatalog catalog, SupplyBook stock, ImmutableArray<VariantRoute> routes, LocalDate neededBy)
    {
        if (text is null || catalog is null || stock is null)
        {
            throw new ArgumentNullException(text is null ? nameof(text) : catalog is null ? nameof(catalog) : nameof(stock));
        }

        var found = new List<(int Untyped, VariantOffer Offer)>();
        foreach (CatalogVariant variant in catalog.Candidates(text))
        {
            if (Untyped(text, variant) is int untyped && Offer(variant, stock, routes, neededBy) is { } offer)
            {
                found.Add((untyped, offer));
            }
        }

        found.Sort(static (a, b) =>
        {
            int order = a.Untyped.CompareTo(b.Untyped);
            order = order != 0 ? order : b.Offer.Free.CompareTo(a.Offer.Free);
            return order != 0 ? order : a.Offer.Variant.Sku.CompareTo(b.Offer.Variant.Sku);
        });
        return ImmutableArray.CreateRange(found.ConvertAll(static entry => entry.Offer));
    }

    /// <summary>What a decision needs to know about one article; null when nothing of it may be promised.</summary>
    /// <param name="variant">The article.</param>
    /// <param name="stock">What may be promised.</param>
    /// <param name="routes">The ways to the customer who asks.</param>
    /// <param name="neededBy">The day it should arrive.</param>
    public static VariantOffer? Offer(
        CatalogVariant variant, SupplyBook stock, ImmutableArray<VariantRoute> routes, LocalDate neededBy)
    {
        if (variant is null || stock is null)
        {
            throw new ArgumentNullException(variant is null ? nameof(variant) : nameof(stock));
        }

        LocalDate today = stock.Picture.Today;
        var nodes = new SortedSet<NodeId>();
        var usable = new List<VariantRoute>();
        long free = 0;
        foreach (VariantRoute route in routes)
        {
            long there = stock.At(variant.Sku, route.Node).FreeOn(today).Units;
            free += nodes.Add(route.Node) ? there : 0;
            if (there > 0)
            {
                usable.Add(route);
            }
        }

        if (free == 0)
        {
            return null;
        }

        List<VariantRoute> inTime = usable.FindAll(route => today.PlusDays(route.Days) <= neededBy);
        usable.Sort(static (a, b) => Compare(a, b, a.Days.CompareTo(b.Days), a.Cost.MinorUnits.CompareTo(b.Cost.MinorUnits)));
        inTime.Sort(static (a, b) => Compare(a, b, a.Cost.MinorUnits.CompareTo(b.Cost.MinorUnits), a.Days.CompareTo(b.Days)));
        VariantRoute best = inTime.Count > 0 ? inTime[0] : usable[0];
        Finding reason = (inTime.Count > 0 ? CheapestInTime : FastestThoughLate).About(
            variant.Sku.Text, string.Empty, best.Carrier.Text, best.Node.Text, best.Cost.ToString(), Text(best.Days),
            Text(inTime.Count > 0 ? inTime.Count : usable.Count), LocalDatePattern.Iso.Format(neededBy));
        ImmutableArray<PurchasePrice> prices = variant.Purchases.Length > PricesShown
            ? ImmutableArray.Create(variant.Purchases, 0, PricesShown)
            : variant.Purchases;
        return new VariantOffer(variant, new Quantity(free), prices, best, reason);
    }

    /// <summary>How many words of the model were not typed; null when a typed word is not met.</summary>
    private static int? Untyped(SearchText text, CatalogVariant variant)
    {
        ImmutableArray<string> model = new SearchText(variant.Model).Words;
        ImmutableArray<string> all = model.AddRange(new SearchText(variant.Name).Words);
        foreach (CatalogAttribute attribute in variant.Attributes)
        {
            all = string.IsNullOrWhiteSpace(attribute.Value) ? all : all.AddRange(new SearchText(attribute.Value).Words);
        }

        foreach (string word in text.Words)
        {
            bool met = false;
            foreach (string own in all)
            {
                met |= SearchText.IsExact(word) ? own == word : own.Contains(word);
            }

            if (!met)
            {
                return null;
            }
        }

        int untyped = 0;
        foreach (string own in model)
        {
            untyped += text.Words.Contains(own) ? 0 : 1;
        }

        return text.Words.IsEmpty ? null : untyped;
    }

    private static int Compare(VariantRoute a, VariantRoute b, int first, int second)
    {
        int order = first != 0 ? first : second;
        order = order != 0 ? order : a.Node.CompareTo(b.Node);
        return order != 0 ? order : a.Carrier.CompareTo(b.Carrier);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
