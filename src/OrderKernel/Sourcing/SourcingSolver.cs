using System;
using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Sourcing;

/// <summary>Finds the cheapest plan of a sourcing problem and says how sure it is.</summary>
/// <remarks>
/// <para>Few nodes, and every problem with lanes, limits, tariffs, minimum values or shared stock, are searched completely
/// within a budget; many plain nodes are priced, and searched as far as the effort allows.</para>
/// <para>Ties: lowest cost; where at most twelve nodes compete then fewest shipments, then nearest, then lowest id.</para>
/// <para>A minimum value or a tariff is judged on the cheapest filling of a set of nodes: pieces are never moved to a dearer
/// place to reach a minimum or a better step. Where that turned a cheaper set away, the proof is a certificate, not exact.</para>
/// <para>Source: docs/adr/0005-sourcing-solver.md. Cost: see docs/sourcing.md.</para>
/// </remarks>
public static class SourcingSolver
{
    /// <summary>The most nodes that are searched without a long walk of prices first.</summary>
    internal const int FewNodes = 12;

    private const int SmallBudget = 200_000;

    /// <summary>Solves a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="effort">The budget; null for <see cref="SourcingEffort.Exact"/>.</param>
    public static SourcingPlan Solve(SourcingProblem problem, SourcingEffort? effort = null)
    {
        if (problem is null)
        {
            throw new ArgumentNullException(nameof(problem));
        }

        var run = new SolveRun(problem, effort ?? SourcingEffort.Exact);
        return run.Model.IsPlain ? run.Plain(SmallBudget) : run.Rich(SmallBudget);
    }

    /// <summary>The cheapest plan with at least one shipment fewer; null when the plan has at most one.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="effort">The budget; null for <see cref="SourcingEffort.Exact"/>.</param>
    public static SourcingPlan? WithOneShipmentFewer(SourcingProblem problem, SourcingPlan plan, SourcingEffort? effort = null)
    {
        if (problem is null || plan is null)
        {
            throw new ArgumentNullException(problem is null ? nameof(problem) : nameof(plan));
        }

        return plan.Shipments.Length <= 1 ? null : Solve(problem.WithMostShipments(plan.Shipments.Length - 1), effort);
    }
}
