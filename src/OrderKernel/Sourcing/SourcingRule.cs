using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Sourcing;

/// <summary>One way to serve one demand: this stock, from this site, over this transfer.</summary>
/// <param name="Demand">What is wanted.</param>
/// <param name="Site">The site whose shipment carries it.</param>
/// <param name="Stock">The stock drawn on.</param>
/// <param name="Transfer">The transfer that brings it to the site; null when it lies there.</param>
public sealed record SourcingCandidate(SourcingDemand Demand, SourcingSite Site, SiteStock Stock, SiteTransfer? Transfer)
{
    /// <summary>The day it would arrive.</summary>
    public int ArrivalDay => Stock.AvailableDay + (Transfer?.Days ?? 0) + Site.TransitDays;
}

/// <summary>What a rule says about a candidate.</summary>
/// <remarks><para>Shape: a finding removes the candidate; else the extra cost a piece is added, zero for none.</para></remarks>
public readonly record struct RuleVerdict
{
    private RuleVerdict(Finding? removal, long extraCost)
    {
        Removal = removal;
        ExtraCost = extraCost;
    }

    /// <summary>Nothing against it; also what <c>default</c> means.</summary>
    public static RuleVerdict Fine => default;

    /// <summary>Why the candidate is removed; null when it stays.</summary>
    public Finding? Removal { get; }

    /// <summary>What the rule adds to the cost of a piece.</summary>
    public long ExtraCost { get; }

    /// <summary>Removes the candidate.</summary>
    /// <param name="why">The reason, named.</param>
    public static RuleVerdict Remove(Finding why) => new(why, 0);

    /// <summary>Adds to the cost of a piece.</summary>
    /// <param name="extraCost">Zero or more.</param>
    public static RuleVerdict Price(long extraCost) => new(null, SourcingLine.NotNegative(extraCost, nameof(extraCost)));
}

/// <summary>Removes candidates or prices them. A host writes its own in one small class.</summary>
/// <remarks><para>A rule is pure: the same candidate always gets the same verdict.</para></remarks>
public interface ISourcingRule
{
    /// <summary>The stable dotted name it is reported by.</summary>
    string Name { get; }

    /// <summary>Judges one candidate.</summary>
    /// <param name="candidate">The candidate.</param>
    RuleVerdict Judge(SourcingCandidate candidate);
}

/// <summary>A candidate that a rule took out or made dearer.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Candidate">The candidate.</param>
/// <param name="Verdict">What the rule said.</param>
public sealed record RuleEffect(string Rule, SourcingCandidate Candidate, RuleVerdict Verdict);
