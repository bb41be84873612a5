namespace OrderKernel.Adapters.Dmn.Analysis;

/// <summary>How much the analysis of one table may cost. Counted in steps, never in time, so that every machine says alike.</summary>
/// <param name="Steps">Words of 64 rows or values looked at; default 50,000,000, which is about a second.</param>
/// <param name="Shown">Gaps, and pairs of rows, that are shown at most; default 50.</param>
public sealed record AnalysisBudget(long Steps = 50_000_000, int Shown = 50)
{
    /// <summary>The default bounds.</summary>
    public static AnalysisBudget Default { get; } = new();
}

/// <summary>What is left of a budget; spent once, it stays spent.</summary>
internal sealed class Effort(AnalysisBudget budget)
{
    private long left = budget.Steps;

    public AnalysisBudget Budget { get; } = budget;

    public bool IsSpent => left < 0;

    /// <summary>Takes steps; false when there are not so many left.</summary>
    public bool Spend(long steps)
    {
        left = left < 0 || steps > left ? -1 : left - steps;
        return left >= 0;
    }
}
