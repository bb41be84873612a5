using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Measures;

namespace OrderKernel.Sourcing;

/// <summary>Turns a case into a problem, and the problem's plan back into the words of the case.</summary>
internal sealed class CaseBuilder(SourcingCase @case, ImmutableArray<ISourcingRule> rules)
{
    private readonly List<SourcingLine> lines = [];
    private readonly List<OfferStock> cells = [];
    private readonly List<SourcingLane> lanes = [];
    private readonly List<SourcingOffer> offers = [];
    private readonly ImmutableArray<RuleEffect>.Builder effects = ImmutableArray.CreateBuilder<RuleEffect>();

    /// <summary>By line, the demand it stands for; null for a group.</summary>
    private readonly List<SourcingDemand?> demandOf = [];

    /// <summary>By cell, the stock it stands for; null for a group's.</summary>
    private readonly List<SiteStock?> stockOf = [];

    /// <summary>By cell of a group, what its one piece is made of.</summary>
    private readonly Dictionary<int, ImmutableArray<DecidedPick>> madeOf = [];

    public ImmutableArray<RuleEffect> Effects => effects.ToImmutable();

    public SourcingProblem Build(int mostShipments)
    {
        foreach (SiteStock stock in @case.Stock)
        {
            cells.Add(new OfferStock(stock.Site + "|" + stock.Sku + "|" + stock.Lot, stock.Quantity, stock.ExpiryDay));
            stockOf.Add(stock);
        }

        foreach (SiteTransfer transfer in @case.Transfers)
        {
            lanes.Add(new SourcingLane(transfer.From + ">" + transfer.To, IndexOf(transfer.To), transfer.TransferCost));
        }

        var groups = new SortedDictionary<string, List<SourcingDemand>>(StringComparer.Ordinal);
        foreach (SourcingDemand demand in @case.Demands)
        {
            if (demand.ShipTogether is null)
            {
                AddDemand(demand);
            }
            else
            {
                if (!groups.TryGetValue(demand.ShipTogether, out List<SourcingDemand>? group))
                {
                    groups[demand.ShipTogether] = group = [];
                }

                group.Add(demand);
            }
        }

        foreach (KeyValuePair<string, List<SourcingDemand>> group in groups)
        {
            AddGroup(group.Key, group.Value);
        }

        ImmutableArray<SourcingNode> nodes = ImmutableArray.CreateRange(@case.Sites, site =>
            new SourcingNode(site.Id, site.ShipmentCost, site.Distance, site.MinimumValue, site.Tariff));
        return new SourcingProblem(
            lines.ToImmutableArray(), nodes, cells.ToImmutableArray(), offers.ToImmutableArray(), lanes.ToImmutableArray(), mostShipments);
    }

    public ImmutableArray<DecidedShipment> Tell(SourcingPlan plan) => ImmutableArray.CreateRange(plan.Shipments, shipment =>
    {
        var picks = ImmutableArray.CreateBuilder<DecidedPick>();
        foreach (PlannedPick pick in shipment.Picks)
        {
            if (demandOf[pick.Line] is { } demand)
            {
                NodeId? from = pick.Lane < 0 ? null : @case.Transfers[pick.Lane].From;
                SiteStock stock = stockOf[pick.Cell]!;
                int ready = stock.AvailableDay + (pick.Lane < 0 ? 0 : @case.Transfers[pick.Lane].Days);
                picks.Add(new DecidedPick(demand.Id, stock.Lot, pick.Quantity, from, ready));
            }
            else
            {
                picks.AddRange(madeOf[pick.Cell]);
            }
        }

        return new DecidedShipment(@case.Sites[shipment.Node].Id, picks.ToImmutable());
    });

    /// <summary>Parts shipments by the site that pieces are brought from and by the day they can leave.</summary>
    public ImmutableArray<DecidedSubOrder> SubOrders(ImmutableArray<DecidedShipment> shipments)
    {
        var all = ImmutableArray.CreateBuilder<DecidedSubOrder>();
        foreach (DecidedShipment shipment in shipments)
        {
            int transit = @case.Sites[IndexOf(shipment.Site)].TransitDays;
            foreach (IGrouping<(string From, int Ready), DecidedPick> way in shipment.Picks
                .GroupBy(static pick => (From: pick.BroughtFrom?.Text ?? string.Empty, Ready: pick.ReadyDay))
                .OrderBy(static way => way.Key.From, StringComparer.Ordinal).ThenBy(static way => way.Key.Ready))
            {
                ImmutableArray<DecidedPick> picks = way.ToImmutableArray();
                all.Add(new DecidedSubOrder(
                    shipment.Site, picks[0].BroughtFrom, way.Key.Ready, way.Key.Ready + transit, picks));
            }
        }

        return all.ToImmutable();
    }

    private void AddDemand(SourcingDemand demand)
    {
        lines.Add(demand.ToLine());
        demandOf.Add(demand);
        for (int cell = 0; cell < @case.Stock.Length; cell++)
        {
            SiteStock stock = @case.Stock[cell];
            if (stock.Sku != demand.Sku)
            {
                continue;
            }

            Offer(demand, cell, IndexOf(stock.Site), -1);
            for (int lane = 0; lane < @case.Transfers.Length; lane++)
            {
                if (@case.Transfers[lane].From == stock.Site)
                {
                    Offer(demand, cell, IndexOf(@case.Transfers[lane].To), lane);
                }
            }
        }
    }

    private void Offer(SourcingDemand demand, int cell, int site, int lane)
    {
        var candidate = new SourcingCandidate(demand, @case.Sites[site], @case.Stock[cell], lane < 0 ? null : @case.Transfers[lane]);
        if (CostOf(candidate) is long cost)
        {
            offers.Add(new SourcingOffer(lines.Count - 1, site, cell, cost, lane));
        }
    }

    /// <summary>What a piece costs this way; null when a rule took the candidate out. Every rule is asked.</summary>
    private long? CostOf(SourcingCandidate candidate)
    {
        SourcingSite site = candidate.Site;
        SourcingDemand demand = candidate.Demand;
        long lateDays = Math.Max(0, (long)candidate.ArrivalDay - demand.DueDay);
        long cost = (site.CostPerGram * demand.UnitWeight) + site.HandlingCost + (candidate.Transfer?.UnitCost ?? 0)
            + (lateDays * demand.LateCostPerDay);
        bool removed = false;
        foreach (ISourcingRule rule in rules)
        {
            RuleVerdict verdict = rule.Judge(candidate);
            if (verdict != RuleVerdict.Fine)
            {
                effects.Add(new RuleEffect(rule.Name, candidate, verdict));
                removed |= verdict.Removal is not null;
                cost += verdict.ExtraCost;
            }
        }

        return removed ? null : cost;
    }

    /// <summary>A group is one piece of one line: a site that can fill all of it offers that piece, others offer nothing.</summary>
    private void AddGroup(string name, List<SourcingDemand> group)
    {
        long unfilled = 0, weight = 0, value = 0;
        foreach (SourcingDemand demand in group)
        {
            unfilled += demand.Quantity.Units * demand.UnfilledCost;
            weight += demand.Quantity.Units * demand.UnitWeight;
            value += demand.Quantity.Units * demand.UnitValue;
        }

        lines.Add(new SourcingLine("together|" + name, new Quantity(1), unfilled, weight, value));
        demandOf.Add(null);

        // The least demanding first and the earliest lots first leaves the longest life to whom it matters.
        group.Sort((a, b) =>
        {
            int order = (a.GoodUntilDay ?? int.MinValue).CompareTo(b.GoodUntilDay ?? int.MinValue);
            return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
        });
        for (int site = 0; site < @case.Sites.Length; site++)
        {
            var picks = ImmutableArray.CreateBuilder<DecidedPick>();
            if (FillGroup(group, @case.Sites[site], picks) is long cost)
            {
                madeOf[cells.Count] = picks.ToImmutable();
                offers.Add(new SourcingOffer(lines.Count - 1, site, cells.Count, cost));
                cells.Add(new OfferStock("together|" + name + "|" + site.ToString(CultureInfo.InvariantCulture), new Quantity(1)));
                stockOf.Add(null);
            }
        }
    }

    private long? FillGroup(List<SourcingDemand> group, SourcingSite site, ImmutableArray<DecidedPick>.Builder picks)
    {
        var lots = new List<SiteStock>();
        foreach (SiteStock stock in @case.Stock)
        {
            if (stock.Site == site.Id)
            {
                lots.Add(stock);
            }
        }

        lots.Sort((a, b) => a.ExpiryDay != b.ExpiryDay ? a.ExpiryDay.CompareTo(b.ExpiryDay) : string.CompareOrdinal(a.Lot, b.Lot));
        var left = new long[lots.Count];
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = lots[i].Quantity.Units;
        }

        long cost = 0;
        foreach (SourcingDemand demand in group)
        {
            long need = demand.Quantity.Units;
            for (int i = 0; i < left.Length && need > 0; i++)
            {
                if (lots[i].Sku == demand.Sku && left[i] > 0 && CostOf(new SourcingCandidate(demand, site, lots[i], null)) is long unit)
                {
                    long take = Math.Min(need, left[i]);
                    picks.Add(new DecidedPick(demand.Id, lots[i].Lot, new Quantity(take), null, lots[i].AvailableDay));
                    cost += take * unit;
                    left[i] -= take;
                    need -= take;
                }
            }

            if (need > 0)
            {
                return null;
            }
        }

        return cost;
    }

    private int IndexOf(NodeId site)
    {
        for (int i = 0; i < @case.Sites.Length; i++)
        {
            if (@case.Sites[i].Id == site)
            {
                return i;
            }
        }

        throw new ArgumentException($"Stock or a transfer names the site {site}, which is not in the case.", nameof(site));
    }
}
