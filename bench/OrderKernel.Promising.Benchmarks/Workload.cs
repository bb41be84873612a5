using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NodaTime;
using OrderKernel.Calendars;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Promising;
using OrderKernel.Scarcity;
using OrderKernel.Stock;

namespace OrderKernel.Promising.Benchmarks;

/// <summary>Ten thousand SKUs at one node over 120 days, each with stock, five receipts and ten promises; the same every time.</summary>
internal sealed class Workload
{
    public const int Skus = 10_000;
    public const int Days = 120;
    public static readonly LocalDate Today = new(2026, 12, 1);
    public static readonly NodeId Main = new("main");

    public Workload(bool withLife, int skus = Skus)
    {
        var random = new Random(7);
        Names = [.. Enumerable.Range(0, skus).Select(i => new Sku("sku-" + i.ToString("D5", CultureInfo.InvariantCulture)))];
        var supplies = new List<DatedSupply>();
        var holds = new List<DatedHold>();
        foreach (Sku sku in Names)
        {
            for (int lot = 0; lot < 6; lot++)
            {
                int from = lot == 0 ? 0 : random.Next(1, Days);
                supplies.Add(new DatedSupply(
                    new StockCell(sku, Main, new LotId("lot-" + lot.ToString(CultureInfo.InvariantCulture))),
                    lot == 0 ? SupplyKind.OnHand : SupplyKind.Receipt, new Quantity(1_000_000), Today.PlusDays(from),
                    withLife ? Today.PlusDays(from + random.Next(30, 200)) : null));
            }

            for (int i = 0; i < 10; i++)
            {
                holds.Add(new DatedHold(sku, Main, Today.PlusDays(random.Next(0, Days)), new Quantity(random.Next(1, 9))));
            }
        }

        Picture = new SupplyPicture(Today, Days, [.. supplies], [.. holds]);
        Queries = [.. Enumerable.Range(0, 1 << 16).Select(_ => (random.Next(skus), Today.PlusDays(random.Next(0, Days))))];
        var calendar = new WorkingCalendar(
            new Term("calendar.week", "Week", "周"), [new WorkingYear(2026, [], []), new WorkingYear(2027, [], [])]);
        var lane = new PromiseLane(Main, calendar, new TransitTime(2, [.. Enumerable.Range(0, 100).Select(i => 2 + (i % 7 / 5))]), 1);
        Small = new SupplyPicture(
            Today, Days, [.. supplies.Take(60)], [.. holds.Take(100)]);
        Request = new PromiseRequest(
            PromiseUse.Order, Instant.FromUtc(2026, 12, 1, 2, 0),
            [.. Names.Take(10).Select((sku, i) => new PromiseLine(i + 1, sku, new Quantity(5), Today.PlusDays(i)))], [lane]);
    }

    public Sku[] Names { get; }

    public SupplyPicture Picture { get; }

    public (int Sku, LocalDate Day)[] Queries { get; }

    /// <summary>The rows of ten SKUs, and a request for them.</summary>
    public SupplyPicture Small { get; }

    public PromiseRequest Request { get; }
}

/// <summary>What a query costs that sums the SKU's rows each time: what a table of receipts and orders gives.</summary>
internal sealed class NaiveSums
{
    private readonly Dictionary<Sku, (int From, long Units)[]> rows;

    public NaiveSums(SupplyPicture picture) => rows = picture.Supplies
        .Select(s => (s.Cell.Sku, Row: (Period.DaysBetween(Workload.Today, s.From), s.Quantity.Units)))
        .Concat(picture.Holds.Select(h => (h.Sku, Row: (Period.DaysBetween(Workload.Today, h.Day), -h.Quantity.Units))))
        .GroupBy(r => r.Sku).ToDictionary(g => g.Key, g => g.Select(r => r.Row).ToArray());

    /// <summary>The least cumulative sum from the day on.</summary>
    public long FreeOn(Sku sku, LocalDate day)
    {
        int index = Period.DaysBetween(Workload.Today, day);
        long least = long.MaxValue;
        for (int at = index; at < Workload.Days; at++)
        {
            long sum = 0;
            foreach ((int from, long units) in rows[sku])
            {
                sum += from <= at ? units : 0;
            }

            least = Math.Min(least, sum);
        }

        return Math.Max(0, least);
    }
}
