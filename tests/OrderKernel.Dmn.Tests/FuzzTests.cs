using System;
using System.Linq;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Analysis;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>Anything from anywhere: expressions, values that share their parts, files, JSON. Never an exception.</summary>
public sealed class FuzzTests
{
    private static readonly Budget Small = new(Steps: 200_000, AnswerSize: 100_000, Memory: 16 << 20);

    [Fact]
    public void AnyExpression_ReadAndEvaluated_NeverThrowsNorRunsAway() => FuzzRun.Of(22_000, 55, 1, (seed, input) =>
    {
        DmnReadOptions mode = seed % 4 == 0 ? DmnReadOptions.Strict : DmnReadOptions.Spec;
        DmnModel? model = DmnModel.Read(GeneratedModels.ExpressionModel(input), mode).Model;
        DmnOutcome? outcome = model?.Evaluate("d", new GeneratedModels(seed).Scope(), new EvaluationOptions(budget: Small));
        _ = outcome?.Value.ToLiteral();
        return outcome is { IsSound: true };
    }, GeneratedInputs.Expression);

    [Fact]
    public void AnyValueThatSharesItsParts_IsCountedInFull() => FuzzRun.Of(2_000, 5, 1, (seed, input) =>
    {
        DmnModel model = DmnModel.Read(GeneratedModels.ExpressionModel(input), DmnReadOptions.Spec).Model!;
        DmnOutcome outcome = model.Evaluate("d", new GeneratedModels(seed).Scope(),
            new EvaluationOptions(trace: Adapters.Dmn.Tables.TraceLevel.Full, budget: Small));
        _ = FeelJson.Write(outcome.Value);
        _ = outcome.Value.IsSameAs(outcome.Value);
        return outcome.IsSound || outcome.Faults.Any(f => f.Code == "dmn.budget_spent");
    }, GeneratedInputs.Sharing);

    [Fact]
    public void AnyFile_ReadAnalysedEvaluatedAndWritten_NeverThrowsNorRunsAway() => FuzzRun.Of(8_000, 20, 10, (seed, input) =>
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
    public void AnyJson_IsReadOrAnArgument() => FuzzRun.Of(8_000, 20, 10, (_, input) =>
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
}
