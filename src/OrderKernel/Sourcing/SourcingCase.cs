using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Sourcing;

/// <summary>A sourcing decision in business words: demands, sites, lots, transfers and rules. Immutable once made.</summary>
/// <remarks>
/// <para>Rules take candidates out or price them; what is left becomes a <see cref="SourcingProblem"/> and is solved
/// exactly as that page says. Lots at one site go first-expired-first-out within a demand.</para>
/// <para>Errors: two demands that ship together and share their SKU with a demand outside the group are refused with
/// <c>sourcing.together_shares_stock</c>.</para>
/// </remarks>
public sealed class SourcingCase
{
    /// <summary>A group that ships together and a demand outside it want the same SKU.</summary>
    public static readonly FindingKind TogetherSharesStock = new(
        "sourcing.together_shares_stock", Severity.Refusal,
        "Group {group} ships together, but {sku} is also wanted outside it; put both into one group or into two cases.",
        "分组 {group} 要求一起发货，但组外也需要 {sku}；请放入同一分组，或拆成两个方案。");

    private readonly ImmutableArray<ISourcingRule> rules;
    private readonly int mostShipments;

    /// <summary>Makes a case.</summary>
    /// <param name="demands">What is wanted; ids unique.</param>
    /// <param name="sites">The sites; ids unique.</param>
    /// <param name="stock">Free stock by lot.</param>
    /// <param name="transfers">Transfers between sites; default for none.</param>
    /// <param name="rules">The rules; default for <see cref="SourcingRules.Needs"/> and <see cref="SourcingRules.RemainingLife"/>.</param>
    /// <param name="mostShipments">The greatest number of shipments.</param>
    public SourcingCase(
        ImmutableArray<SourcingDemand> demands, ImmutableArray<SourcingSite> sites, ImmutableArray<SiteStock> stock,
        ImmutableArray<SiteTransfer> transfers = default, ImmutableArray<ISourcingRule> rules = default,
        int mostShipments = int.MaxValue)
    {
        if (demands.IsDefault || sites.IsDefault || stock.IsDefault)
        {
            throw new ArgumentException("Demands, sites and stock are given, if only as empty lists.", nameof(demands));
        }

        Demands = demands;
        Sites = sites;
        Stock = stock;
        Transfers = transfers.IsDefault ? ImmutableArray<SiteTransfer>.Empty : transfers;
        this.rules = rules.IsDefault ? ImmutableArray.Create(SourcingRules.Needs, SourcingRules.RemainingLife) : rules;
        this.mostShipments = mostShipments;
    }

    /// <summary>What is wanted.</summary>
    public ImmutableArray<SourcingDemand> Demands { get; }

    /// <summary>The sites.</summary>
    public ImmutableArray<SourcingSite> Sites { get; }

    /// <summary>Free stock by lot.</summary>
    public ImmutableArray<SiteStock> Stock { get; }

    /// <summary>Transfers between sites.</summary>
    public ImmutableArray<SiteTransfer> Transfers { get; }

    /// <summary>Finds the cheapest plan.</summary>
    /// <param name="effort">The budget; null for <see cref="SourcingEffort.Exact"/>.</param>
    public SourcingDecision Decide(SourcingEffort? effort = null) => Decide(
        SourcingPolicy.LeastCost, problem => SourcingSolver.Solve(problem, effort),
        static problem => NearestFirst.Applies(problem) ? NearestFirst.Solve(problem) : null);

    /// <summary>Fills by nearness alone, among the candidates the rules leave; see <see cref="NearestFirst"/>.</summary>
    public SourcingDecision DecideNearestFirst() => Decide(
        SourcingPolicy.NearestFirst, NearestFirst.Solve, static problem => SourcingSolver.Solve(problem));

    /// <summary>What a plan takes from our own stock, as a hold states it.</summary>
    /// <param name="decision">The plan, decided from this case.</param>
    /// <param name="lineOf">The order line that a demand id stands for.</param>
    /// <returns>In the order of shipments and picks; empty when refused. Pieces that a transfer brings are held when they have come, and
    /// what a supplier ships lies in no stock of ours: neither is among them.</returns>
    public ImmutableArray<Take> TakesOf(SourcingDecision decision, Func<string, int> lineOf)
    {
        if (decision is null || lineOf is null)
        {
            throw new ArgumentNullException(decision is null ? nameof(decision) : nameof(lineOf));
        }

        var takes = ImmutableArray.CreateBuilder<Take>();
        foreach (DecidedShipment shipment in decision.Shipments)
        {
            bool isOurs = Sites.Any(site => site.Id == shipment.Site && site.Kind != SiteKind.Supplier);
            foreach (DecidedPick pick in shipment.Picks.Where(pick => isOurs && pick.BroughtFrom is null))
            {
                Sku sku = Demands.First(demand => demand.Id == pick.Demand).Sku;
                LotId lot = pick.Lot.Length == 0 ? default : new LotId(pick.Lot);
                takes.Add(new Take(lineOf(pick.Demand), new StockCell(sku, shipment.Site, lot), pick.Quantity));
            }
        }

        return takes.ToImmutable();
    }

    private SourcingDecision Decide(
        SourcingPolicy policy, Func<SourcingProblem, SourcingPlan> solve, Func<SourcingProblem, SourcingPlan?> other)
    {
        ImmutableArray<Finding> refusals = Refusals();
        if (refusals.Length > 0)
        {
            return new SourcingDecision(
                null, null, ImmutableArray<DecidedShipment>.Empty, ImmutableArray<RuleEffect>.Empty, refusals, policy, null,
                ImmutableArray<DecidedSubOrder>.Empty);
        }

        var builder = new CaseBuilder(this, rules);
        SourcingProblem problem = builder.Build(mostShipments);
        SourcingPlan plan = solve(problem);
        ImmutableArray<DecidedShipment> shipments = builder.Tell(plan);
        return new SourcingDecision(
            problem, plan, shipments, builder.Effects, refusals, policy, other(problem), builder.SubOrders(shipments));
    }

    private ImmutableArray<Finding> Refusals()
    {
        var refusals = ImmutableArray.CreateBuilder<Finding>();
        for (int i = 0; i < Demands.Length; i++)
        {
            for (int j = 0; j < Demands.Length && Demands[i].ShipTogether is not null; j++)
            {
                if (Demands[j].Sku == Demands[i].Sku && Demands[j].ShipTogether != Demands[i].ShipTogether)
                {
                    refusals.Add(TogetherSharesStock.About(
                        Demands[i].Id, nameof(SourcingDemand.ShipTogether), Demands[i].ShipTogether!, Demands[i].Sku.Text));
                    break;
                }
            }
        }

        return refusals.ToImmutable();
    }
}
