using System;
using System.Collections.Generic;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Evaluation;

/// <summary>How much one evaluation may cost. Counted, never timed, so that every machine answers alike; what exceeds it stops the
/// evaluation with <c>dmn.budget_spent</c> before the work is done.</summary>
/// <param name="Steps">Nodes evaluated, items looked at, and one for every eight characters; default 5,000,000.</param>
/// <param name="Depth">Nodes within nodes, through calls and required decisions; default 1,000.</param>
/// <param name="TextLength">The longest text an operation may make; default 262,144 UTF-16 units.</param>
/// <param name="ListLength">The longest list an operation may make; default 1,000,000 items.</param>
/// <param name="AnswerSize">Values and characters that an answer may hold when written down in full; default 1,000,000.</param>
/// <param name="Memory">Bytes of the values made, in use or not, by a fixed count: 128 an iteration, 16 an item, 2 a character;
/// default 134,217,728.</param>
public sealed record Budget(int Steps = 5_000_000, int Depth = 1_000, int TextLength = 262_144, int ListLength = 1_000_000,
    int AnswerSize = 1_000_000, long Memory = 128L << 20)
{
    /// <summary>The default bounds.</summary>
    public static Budget Default { get; } = new();
}

/// <summary>Stops one evaluation whose budget is spent; caught where the evaluation began.</summary>
internal sealed class BudgetException(string what, long limit) : InvalidOperationException("dmn.budget_spent: " + what)
{
    public Finding Finding { get; } =
        DmnFindings.BudgetSpent.About(string.Empty, string.Empty, what,
            limit.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>One evaluation: what it may still spend, what time it believes it is, and every fault it met.</summary>
internal sealed class Run(Budget budget, FeelValue now)
{
    private const int MaxFaults = 100;
    private const int MaxFact = 200;
    private const int MaxPatterns = 100;

    private long steps = budget.Steps;
    private long memory = budget.Memory;
    private Dictionary<string, Functions.Pattern?>? patterns;
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
        memory = budget.Memory;
        depth = 0;
        Faults.Clear();
        IsQuiet = false;
    }

    /// <summary>True when no step is left.</summary>
    public bool IsSpent => steps < 0;

    /// <summary>Begins another expression on what is left.</summary>
    public void Begin()
    {
        depth = 0;
        Faults.Clear();
    }

    public void Spend(long count)
    {
        steps = steps < 0 ? -1 : steps - Math.Min(count, budget.Steps + 1L);
        if (steps < 0)
        {
            throw new BudgetException("steps", budget.Steps);
        }
    }

    /// <summary>Takes bytes for values about to be made.</summary>
    public void Keep(long bytes)
    {
        memory -= Math.Min(bytes, budget.Memory + 1);
        if (memory < 0)
        {
            memory = 0;
            throw new BudgetException("memory", budget.Memory);
        }
    }

    /// <summary>The longest text that may be made.</summary>
    public int MaxText => budget.TextLength;

    /// <summary>Takes what a text of this length costs, before it is made.</summary>
    public void SpendText(long length) => Grow(length, length);

    /// <summary>Takes what a text costs that grows by a piece to a length.</summary>
    public void Grow(long length, long piece)
    {
        if (length > budget.TextLength)
        {
            throw new BudgetException("text length", budget.TextLength);
        }

        Spend((piece / 8) + 1);
        Keep((2 * piece) + 32);
    }

    /// <summary>Takes what a list costs that grows by some items to a length, before it does.</summary>
    public void SpendList(long length, long more)
    {
        if (length > budget.ListLength)
        {
            throw new BudgetException("list length", budget.ListLength);
        }

        Spend(more);
        Keep(16 * more);
    }

    /// <summary>Takes what one turn of a loop costs whose results so far are this many.</summary>
    public void Turn(int results)
    {
        if (results >= budget.ListLength)
        {
            throw new BudgetException("list length", budget.ListLength);
        }

        Keep(128);
    }

    /// <summary>Holds the answer against the budget: what is shared inside counts as often as it would be written.</summary>
    public FeelValue Answer(FeelValue value) =>
        IsSmall(value) ? value : throw new BudgetException("answer size", budget.AnswerSize);

    /// <summary>Whether a value is small enough to be an answer.</summary>
    public bool IsSmall(FeelValue value) => ValueSize.Of(value, budget.AnswerSize) <= budget.AnswerSize;

    /// <summary>The regular expression, made once an evaluation; null when it is not valid.</summary>
    public Functions.Pattern? Pattern(string text, string flags)
    {
        patterns ??= new Dictionary<string, Functions.Pattern?>(StringComparer.Ordinal);
        string key = flags + "/" + text;
        if (!patterns.TryGetValue(key, out Functions.Pattern? pattern))
        {
            Spend(1_000 + (10L * text.Length));
            Keep(65_536 + (64L * text.Length));
            pattern = Functions.Pattern.Read(text, flags);
            if (patterns.Count < MaxPatterns)
            {
                patterns.Add(key, pattern);
            }
        }

        return pattern;
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

    /// <summary>Whether a fault would still be written down.</summary>
    public bool Listens => !IsQuiet && Faults.Count < MaxFaults;

    public FeelValue Fault(FindingKind kind, string subject, params string[] facts)
    {
        if (Listens)
        {
            Faults.Add(kind.About(Cut(subject), string.Empty, Array.ConvertAll(facts, Cut)));
        }

        return FeelValue.Null;
    }

    /// <summary>Writes down why something that could not be read has no value.</summary>
    public FeelValue Fault(Finding finding)
    {
        if (Listens)
        {
            Faults.Add(finding);
        }

        return FeelValue.Null;
    }

    private static string Cut(string text) => text.Length <= MaxFact ? text : text.Substring(0, MaxFact) + "…";
}
