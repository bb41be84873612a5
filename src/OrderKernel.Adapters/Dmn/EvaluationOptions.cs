using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn;

/// <summary>What one evaluation may use besides its inputs.</summary>
public sealed class EvaluationOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="now">Date and time for <c>now()</c> and <c>today()</c>; null leaves both without an answer.</param>
    /// <param name="trace">What is written down.</param>
    /// <param name="budget">What it may cost; null for <see cref="Evaluation.Budget.Default"/>.</param>
    public EvaluationOptions(FeelValue? now = null, TraceLevel trace = TraceLevel.Off, Budget? budget = null)
    {
        Now = now ?? FeelValue.Null;
        Trace = trace;
        Budget = budget ?? Budget.Default;
    }

    /// <summary>No time, no trace, the default budget.</summary>
    public static EvaluationOptions Default { get; } = new();

    /// <summary>Date and time of the evaluation.</summary>
    public FeelValue Now { get; }

    /// <summary>What is written down.</summary>
    public TraceLevel Trace { get; }

    /// <summary>What it may cost.</summary>
    public Budget Budget { get; }

    /// <summary>True to walk the nodes instead of running what was compiled; tests compare the two.</summary>
    internal bool UsesReference { get; init; }
}
