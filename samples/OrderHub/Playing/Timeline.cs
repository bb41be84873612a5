using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Adapters.Csv.Documents;

namespace OrderHub.Playing;

/// <summary>One thing that is played: a new day, a receipt, a new order or a happening.</summary>
internal sealed record Step(Instant At, ImportedOrder? Order = null, StockReceipt? Receipt = null, Happening? Happening = null);

/// <summary>Everything of a business in the order of time.</summary>
internal static class Timeline
{
    /// <summary>The zone of all five businesses.</summary>
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    /// <summary>The moment at which the board is looked at.</summary>
    public static readonly Instant AsOf = Zone.AtStrictly(new LocalDateTime(2026, 10, 20, 18, 0)).ToInstant();

    /// <summary>The steps, no two at one moment: of two that are, the later in the file is played a millisecond later.</summary>
    public static ImmutableArray<Step> Of(Business business)
    {
        var ranked = new List<(int Rank, int Row, Step Step)>();
        ranked.AddRange(Days(business).Select(static day => (0, 0, new Step(day))));
        ranked.AddRange(business.Receipts.Select(static receipt => (1, receipt.Row, new Step(receipt.At, Receipt: receipt))));
        ranked.AddRange(business.Orders.Select(static order => (2, order.Head.Row, new Step(order.Head.FirstStated, order))));
        ranked.AddRange(business.Happenings.Select(static told => (3, told.Row, new Step(told.At, Happening: told))));
        var steps = ImmutableArray.CreateBuilder<Step>(ranked.Count);
        foreach ((int _, int _, Step step) in ranked.OrderBy(static entry => entry.Step.At)
            .ThenBy(static entry => entry.Rank).ThenBy(static entry => entry.Row))
        {
            Instant earliest = steps.Count == 0 ? step.At : steps[^1].At + Duration.FromMilliseconds(1);
            steps.Add(step with { At = Instant.Max(step.At, earliest) });
        }

        return steps.ToImmutable();
    }

    private static IEnumerable<Instant> Days(Business business)
    {
        LocalDate first = business.Orders.Min(static order => order.Head.FirstStated).InZone(Zone).Date;
        LocalDate last = AsOf.InZone(Zone).Date;
        for (LocalDate day = first; day <= last; day = day.PlusDays(1))
        {
            yield return Zone.AtStartOfDay(day).ToInstant();
        }
    }
}
