using System.Collections.Generic;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Models;

/// <summary>What was found in a model: of each severity the first thousand, so that what refuses it is never crowded out.</summary>
internal sealed class FindingList
{
    public const int MaxEach = 1_000;

    private readonly Dictionary<Severity, int> counts = new();
    private readonly List<Finding> findings = new();

    public IReadOnlyList<Finding> All => findings;

    /// <summary>Whether another of this severity would still be kept.</summary>
    public bool Takes(Severity severity) => !counts.TryGetValue(severity, out int count) || count < MaxEach;

    public void Add(Finding finding)
    {
        if (Takes(finding.Severity))
        {
            counts[finding.Severity] = counts.TryGetValue(finding.Severity, out int count) ? count + 1 : 1;
            findings.Add(finding);
        }
    }
}
