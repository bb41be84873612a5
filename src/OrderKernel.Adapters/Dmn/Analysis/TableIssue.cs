using System.Collections.Immutable;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Analysis;

/// <summary>One thing that the analysis of a table found.</summary>
/// <remarks><para>Shape: rows count from 1 and may be empty; the example has one value for each column and may be
/// empty.</para></remarks>
public sealed class TableIssue
{
    internal TableIssue(Finding finding, bool isCertain, ImmutableArray<int> rows, ImmutableArray<FeelValue> example)
    {
        Finding = finding;
        IsCertain = isCertain;
        Rows = rows;
        Example = example;
    }

    /// <summary>What it is, in both languages.</summary>
    public Finding Finding { get; }

    /// <summary>True when it holds for sure; false when a cell that uses <c>?</c> or a function decides it.</summary>
    public bool IsCertain { get; }

    /// <summary>The rows concerned.</summary>
    public ImmutableArray<int> Rows { get; }

    /// <summary>Inputs that show it.</summary>
    public ImmutableArray<FeelValue> Example { get; }
}
