using System;
using System.Diagnostics;
using System.Linq;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Analysis;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>Anything from anywhere: expressions, values that share their parts, files, JSON. Never an exception.</summary>
/// <remarks>100,000 inputs as a rule; DMN_FUZZ names another number for a long run, which also holds the time that each takes.</remarks>
public sealed class FuzzTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly Budget Small = new(Steps: 200_000, AnswerSize: 100_000, Memory: 16 << 20);
    private static readonly int? Long = int.TryParse(Environment.GetEnvironmentVariable("DMN_FUZZ"), out int given) ? given : null;

    [Fact]
    public void AnyExpression_ReadAndEvaluated_NeverThrowsNorRunsAway() => Run(40, 1, (seed, input) =>
    {
        DmnReadOptions mode = seed % 4 == 0 ? DmnReadOptions.Strict : DmnReadOptions.Spec;
        DmnModel? model = DmnModel.Read(GeneratedModels.ExpressionModel(input), mode).Model;
        DmnOutcome? outcome = model?.Evaluate("d", new GeneratedModels(seed).Scope(), new EvaluationOptions(budget: Small));
        _ = outcome?.Value.ToLiteral();
        return outcome is { IsSound: true };
    }, GeneratedInputs.Expression);

    [Fact]
    public void AnyValueThatSharesItsParts_IsCountedInFull() => Run(20, 1, (seed, input) =>
    {
        DmnModel model = DmnModel.Read(GeneratedModels.ExpressionModel(input), DmnReadOptions.Spec).Model!;
        DmnOutcome outcome = model.Evaluate("d", new GeneratedModels(seed).Scope(),
            new EvaluationOptions(trace: Adapters.Dmn.Tables.TraceLevel.Full, budget: Small));
        _ = FeelJson.Write(outcome.Value);
        _ = outcome.Value.IsSameAs(outcome.Value);
        return outcome.IsSound || outcome.Faults.Any(f => f.Code == "dmn.budget_spent");
    }, GeneratedInputs.Sharing);

    [Fact]
    public void AnyFile_ReadAnalysedEvaluatedAndWritten_NeverThrowsNorRunsAway() => Run(20, 10, (seed, input) =>
    {
        DmnModel? model = DmnModel.Read(input, seed % 2 == 0 ? DmnReadOptions.Strict : DmnReadOptions.Spec).Model;
        _ = DmnFormat.TryFormat(input, out _);
        if (model is null)
        {
            return false;
        }

        _ = model.Analyse(new AnalysisBudget(Steps: 200_000)).SelectMany(a => a.Issues).Count(i =>
            i.Finding.Text(Language.Chinese).Length + i.Finding.Text(Language.English).Length > 0);
        _ = model.AnalyseRequirements();
        FeelValue inputs = new GeneratedModels(seed).Inputs(new[] { "number", "string", "boolean", "date" });
        foreach (string decision in model.Decisions.Take(3))
        {
            DmnOutcome outcome = model.Evaluate(decision, inputs, new EvaluationOptions(
                trace: Adapters.Dmn.Tables.TraceLevel.Full, budget: Small));
            _ = FeelJson.Write(outcome.Value);
            _ = outcome.Tables.SelectMany(t => t.Missed).Sum(m => m.Text(Language.Chinese).Length);
            if (model.Document(decision) is { } document)
            {
                _ = model.Write(document);
                _ = document.ToJson();
            }
        }

        return true;
    }, GeneratedInputs.File);

    [Fact]
    public void AnyJson_IsReadOrAnArgument() => Run(20, 10, (_, input) =>
    {
        FeelValue value;
        try
        {
            value = FeelJson.Read(input);
        }
        catch (ArgumentException)
        {
            return false;
        }

        string written = FeelJson.Write(value);
        Assert.Equal(written, FeelJson.Write(FeelJson.Read(written)));
        return true;
    }, GeneratedInputs.Json);

    /// <param name="percent">How many of a hundred inputs are of this kind.</param>
    /// <param name="meaning">How many of a hundred must mean something, or the inputs test nothing.</param>
    /// <param name="use">What is done with an input; true when it meant something.</param>
    /// <param name="make">Makes the input of a seed.</param>
    private static void Run(int percent, int meaning, Func<int, string, bool> use, Func<int, string> make)
    {
        int count = (Long ?? 100_000) / 100 * percent;
        int meant = 0;
        for (int seed = 0; seed < count; seed++)
        {
            string input = make(seed);
            (TimeSpan took, long bytes, bool means) = Measure(seed, input, use);
            long share = Math.Max(1, (input.Length + 65_535L) / 65_536);
            Assert.True(bytes < share * (64L << 20), $"seed {seed} took {bytes} bytes: {input}");

            // A busy machine interrupts; what is slow is slow every time.
            for (int again = 0; Long is not null && again < 4 && took >= Patience * share; again++)
            {
                TimeSpan next = Measure(seed, input, use).Took;
                took = next < took ? next : took;
            }

            Assert.True(Long is null || took < Patience * share, $"seed {seed} took {took.TotalMilliseconds} ms: {input}");
            meant += means ? 1 : 0;
        }

        Assert.True(meant * 100L >= (long)count * meaning, $"Only {meant} of {count} inputs meant anything.");
    }

    private static (TimeSpan Took, long Bytes, bool Means) Measure(int seed, string input, Func<int, string, bool> use)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        try
        {
            bool means = use(seed, input);
            return (Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - bytes, means);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"seed {seed}: {input}", error);
        }
    }
}
