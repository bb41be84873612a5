using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using NodaTime;
using OrderKernel.Calendars;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Promising;
using OrderKernel.Stock;

namespace OrderKernel.Cli;

/// <summary>A stock picture and what is asked of it, in one file; docs/promising.md has its form.</summary>
internal sealed class PromiseFile
{
    private PromiseFile(PromiseRequest request, SupplyPicture picture, SupplyPolicy policy) =>
        (Request, Picture, Policy) = (request, picture, policy);

    public PromiseRequest Request { get; }

    public SupplyPicture Picture { get; }

    public SupplyPolicy Policy { get; }

    /// <summary>Reads a file; null with every fault when it has any.</summary>
    public static PromiseFile? Read(JsonElement json, out ImmutableArray<Finding> faults, WorkingCalendar? calendar = null)
    {
        var noted = new List<Finding>();
        PromiseFile file = Read(new JsonPlace(json, "$", noted), calendar);
        faults = [.. noted];
        return faults.IsEmpty ? file : null;
    }

    private static PromiseFile Read(JsonPlace file, WorkingCalendar? stated)
    {
        file.Only(
            "today", "days", "asked_at", "use", "tier", "ship_complete", "windows", "calendar", "supplies", "holds", "safety", "quotas",
            "sources", "policy", "lanes", "lines");
        LocalDate today = file.Get("today").Date();
        int days = file.Int("days", 90);
        Instant askedAt = file.Get("asked_at").Moment();
        WorkingCalendar calendar = stated ?? Calendar(file.Find("calendar"), today, days);
        var picture = new SupplyPicture(
            today, days, [.. file.Each("supplies", place => Supply(place, today))], [.. file.Each("holds", Hold)],
            [.. file.Each("safety", Safety)], [.. file.Each("quotas", Quota)],
            new SourceHealth([.. file.Each("sources", Source)], askedAt));
        var request = new PromiseRequest(
            (PromiseUse)(file.Find("use")?.OneOf("inquiry", "quote", "order") ?? 2), askedAt,
            [.. file.Each("lines", Line)], [.. file.Each("lanes", place => Lane(place, calendar))])
        {
            ShipComplete = file.Flag("ship_complete"),
            Tier = file.Int("tier", 2),
            Windows = [.. file.Each("windows", Window)],
        };
        return new PromiseFile(request, picture, file.Find("policy") is { } policy ? PolicyOf(policy) : SupplyPolicy.Default);
    }

    private static WorkingCalendar Calendar(JsonPlace? place, LocalDate today, int days)
    {
        if (place is not { } given)
        {
            IEnumerable<int> years = Enumerable.Range(today.Year, today.PlusDays(days + 31).Year - today.Year + 1);
            return new WorkingCalendar(
                new Term("calendar.week", "Monday to Friday", "周一至周五"), [.. years.Select(year => new WorkingYear(year, [], []))]);
        }

        DefinitionReading<WorkingCalendar> reading = WorkingCalendar.Read(given.Json.GetRawText());
        given.Add(reading.Findings);
        return reading.Value ?? Calendar(null, today, days);
    }

    private static DatedSupply Supply(JsonPlace place, LocalDate today)
    {
        place.Only("sku", "node", "lot", "owner", "kind", "quantity", "reserved", "from", "good_until", "source", "confidence");
        var cell = new StockCell(
            SkuOf(place), NodeOf(place), LotId.FromText(place.Text("lot")), OwnerId.FromText(place.Text("owner")));
        int kind = place.Find("kind")?.OneOf("on_hand", "consignment", "in_transit", "receipt")
            ?? (cell.Owner == default ? (int)SupplyKind.OnHand : (int)SupplyKind.Consignment);
        return new DatedSupply(
            cell, (SupplyKind)kind, place.Quantity("quantity"), place.Date("from") ?? today, place.Date("good_until"),
            place.Quantity("reserved"), place.Text("source"), place.Int("confidence", 100));
    }

    private static DatedHold Hold(JsonPlace place)
    {
        place.Only("sku", "node", "day", "quantity", "good_until", "segment", "tier", "reference");
        return new DatedHold(
            SkuOf(place), NodeOf(place), place.Get("day").Date(), place.Quantity("quantity"), place.Date("good_until"),
            place.Text("segment"), place.Int("tier", 2), place.Text("reference"));
    }

    private static SafetyStock Safety(JsonPlace place)
    {
        place.Only("sku", "node", "quantity");
        return new SafetyStock(SkuOf(place), NodeOf(place), place.Quantity("quantity"));
    }

    private static SegmentQuota Quota(JsonPlace place)
    {
        place.Only("segment", "sku", "limit", "from", "to", "node");
        return new SegmentQuota(
            place.Get("segment").Text(), SkuOf(place), place.Quantity("limit"), place.Get("from").Date(), place.Get("to").Date(),
            place.Find("node") is null ? null : NodeOf(place));
    }

    private static StockSource Source(JsonPlace place)
    {
        place.Only("name", "refresh_seconds", "refreshed_at", "down");
        return new StockSource(
            place.Get("name").Text(), Duration.FromSeconds(place.Get("refresh_seconds").Number()), place.Get("refreshed_at").Moment(),
            place.Flag("down"));
    }

    private static SupplyPolicy PolicyOf(JsonPlace place)
    {
        place.Only("kinds", "least_confidence", "stale", "stale_buffer", "preempts_below_tier");
        ImmutableArray<SupplyKind> kinds = [.. place.Each(
            "kinds", static kind => (SupplyKind)kind.OneOf("on_hand", "consignment", "in_transit", "receipt"))];
        return new SupplyPolicy(
            kinds.IsEmpty ? default : kinds, place.Int("least_confidence", 0),
            (StaleTreatment)(place.Find("stale")?.OneOf("trust", "conservative", "exclude") ?? 0), place.Quantity("stale_buffer"),
            place.Int("preempts_below_tier", 0));
    }

    private static PromiseLane Lane(JsonPlace place, WorkingCalendar calendar)
    {
        place.Only("node", "handling_days", "transit_days", "trips", "permille", "least_trips", "stated_buffer_days");
        var transit = new TransitTime(
            place.Int("transit_days", 0), [.. place.Each("trips", static trip => trip.Int())],
            place.Int("permille", 900), place.Int("least_trips", 20), place.Int("stated_buffer_days", 0));
        return new PromiseLane(NodeOf(place), calendar, transit, place.Int("handling_days", 0));
    }

    private static PromiseLine Line(JsonPlace place)
    {
        place.Only(
            "line", "sku", "quantity", "asked", "latest", "minimum_life_days", "complete", "minimum_shipment", "group", "segment");
        return new PromiseLine(
            place.Get("line").Int(), SkuOf(place), place.Quantity("quantity"), place.Get("asked").Date())
        {
            Latest = place.Date("latest"),
            MinimumLifeDays = place.Int("minimum_life_days", 0),
            Complete = place.Flag("complete"),
            MinimumShipment = place.Quantity("minimum_shipment"),
            Group = place.Text("group"),
            Segment = place.Text("segment"),
        };
    }

    private static DeliveryWindow Window(JsonPlace place)
    {
        place.Only("from", "to");
        return new DeliveryWindow(place.Get("from").Date(), place.Get("to").Date());
    }

    private static Sku SkuOf(JsonPlace place) => new(place.Get("sku").Name());

    private static NodeId NodeOf(JsonPlace place) => new(place.Get("node").Name());
}
