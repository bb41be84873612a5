using System;
using System.Collections.Generic;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Evaluation;

/// <summary>How much one evaluation may cost. Counted in steps, never in time, so that every machine answers alike.</summary>
/// <param name="Steps">Nodes evaluated and items produced; default 5,000,000.</param>
/// <param name="Depth">Nodes within nodes, through calls and required decisions; default 1,000.</param>
/// <param name="TextLength">The longest text an operation may make; default 262,144 UTF-16 units.</param>
public sealed record Budget(int Steps = 5_000_000, int Depth = 1_000, int TextLength = 262_144)
{
    /// <summary>The default bounds.</summary>
    public static Budget Default { get; } = new();
}

/// <summary>Stops one evaluation whose budget is spent; caught where the evaluation began.</summary>
internal sealed class BudgetException(string what, int limit) : InvalidOperationException("dmn.budget_spent: " + what)
{
    public Finding Finding { get; } =
        DmnFindings.BudgetSpent.About(string.Empty, string.Empty, what,
            limit.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>One evaluation: what it may still spend, what time it believes it is, and every fault it met.</summary>
internal sealed class Run(Budget budget, FeelValue now)
{
    private const int MaxFaults = 100;

    private int steps = budget.Steps;
    private int depth;

    /// <summary>Date and time of the evaluation, an input like any other; null when the host gave none.</summary>
    public FeelValue Now { get; } = now;

    /// <summary>Every operation that had no answer, in order; at most a hundred.</summary>
    public List<Finding> Faults { get; } = new();

    /// <summary>What the tables met, when a trace was asked for.</summary>
    public Tables.TraceLog? Trace { get; init; }

    /// <summary>Makes the run as good as new, for a caller that keeps one.</summary>
    public void Restart()
    {
        steps = budget.Steps;
        depth = 0;
        Faults.Clear();
        IsQuiet = false;
    }

    public void Spend(int count)
    {
        steps -= Math.Min(count, budget.Steps);
        if (steps < 0)
        {
            throw new BudgetException("steps", budget.Steps);
        }
    }

    public void SpendText(long length)
    {
        if (length > budget.TextLength)
        {
            throw new BudgetException("text length", budget.TextLength);
        }

        Spend((int)(length / 8) + 1);
    }

    /// <summary>Goes into logic of a known depth, without going deeper than the budget allows.</summary>
    public void Enter(int nodes)
    {
        depth += nodes;
        if (depth > budget.Depth)
        {
            throw new BudgetException("depth", budget.Depth);
        }
    }

    public void Leave(int nodes) => depth -= nodes;

    /// <summary>True while cells are tested: a cell without an answer is a row that does not match, no fault.</summary>
    public bool IsQuiet { get; set; }

    public FeelValue Fault(FindingKind kind, string subject, params string[] facts)
    {
        if (!IsQuiet && Faults.Count < MaxFaults)
        {
            Faults.Add(kind.About(subject, string.Empty, facts));
        }

        return FeelValue.Null;
    }
}
