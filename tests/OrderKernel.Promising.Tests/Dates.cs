using System.Linq;
using NodaTime;
using OrderKernel.Calendars;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Scarcity;
using OrderKernel.Stock;

namespace OrderKernel.Promising.Tests;

/// <summary>What promise tests share: Tuesday 2026-12-01, a week of working days, a cut-off at four.</summary>
internal static class Dates
{
    public static readonly LocalDate Tuesday = new(2026, 12, 1);
    public static readonly Sku Bolt = new("bolt");
    public static readonly Sku Nut = new("nut");
    public static readonly NodeId Main = new("main");
    public static readonly NodeId Shop = new("shop");

    public static readonly WorkingCalendar Calendar = new(
        new Term("calendar.test", "Test", "测试"),
        [new WorkingYear(2026, [], []), new WorkingYear(2027, [], [])], cutOff: new LocalTime(16, 0));

    /// <summary>A moment of 2026-12-01, local time.</summary>
    public static Instant At(int hour, int minute = 0) =>
        Tuesday.At(new LocalTime(hour, minute)).InZoneStrictly(Calendar.Zone).ToInstant();

    public static LocalDate December(int day) => new(2026, 12, day);

    public static Quantity Q(long units) => new(units);

    public static PromiseLane Lane(NodeId node, int transit = 2, int handling = 1, int buffer = 0) =>
        new(node, Calendar, new TransitTime(transit, [.. Enumerable.Repeat(transit + buffer, 20)]), handling);

    public static DatedSupply Lot(Sku sku, NodeId node, long units, int from = 1, LocalDate? until = null) => new(
        new StockCell(sku, node, new LotId("l" + from)), from == 1 ? SupplyKind.OnHand : SupplyKind.Receipt, Q(units),
        December(from), until);

    public static SupplyPicture Picture(params DatedSupply[] supplies) => new(Tuesday, 40, [.. supplies]);

    public static PromiseLine Line(int number, Sku sku, long units, int asked) => new(number, sku, Q(units), December(asked));

    public static PromiseRequest Request(params PromiseLine[] lines) =>
        new(PromiseUse.Order, At(10), [.. lines], [Lane(Main)]);

    /// <summary>Such as <c>7@12-05 3@12-08</c>.</summary>
    public static string Told(LinePromise line) => string.Join(
        " ", line.Shipments.Select(s => $"{s.Quantity}@{s.Delivery.Month:00}-{s.Delivery.Day:00}"));

    /// <summary>Such as <c>promise.pieces_short 12-05..12-07</c>.</summary>
    public static string[] Whys(LinePromise line) => [.. line.Constraints.Select(c =>
        $"{c.Finding.Code} {c.From.Month:00}-{c.From.Day:00}..{c.To.Month:00}-{c.To.Day:00}")];
}
