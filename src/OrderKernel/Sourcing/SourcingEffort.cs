using System;

namespace OrderKernel.Sourcing;

/// <summary>How much work a solve may do, counted in steps and never in time, so that every machine gives the same answer.</summary>
public sealed class SourcingEffort
{
    private const int FullBudgetOffers = 1_500;

    /// <summary>Prices, their bound and a good plan, without a search where there are many nodes.</summary>
    public static readonly SourcingEffort Root = new(0);

    /// <summary>A search to the proved optimum, cut after 400,000 branches.</summary>
    public static readonly SourcingEffort Exact = new(400_000);

    /// <summary>Makes a budget.</summary>
    /// <param name="branches">The greatest number of branches of a search among many nodes; zero for none. Problems with more
    /// than 1,500 offers get proportionally fewer, since each branch looks at all offers.</param>
    public SourcingEffort(int branches) =>
        Branches = branches >= 0 ? branches : throw new ArgumentOutOfRangeException(nameof(branches), "A budget is never negative.");

    /// <summary>The greatest number of branches of a search among many nodes.</summary>
    public int Branches { get; }

    internal long BranchesFor(int offers) => offers <= FullBudgetOffers ? Branches : (long)Branches * FullBudgetOffers / offers;
}
