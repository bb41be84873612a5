using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>The compiled back ends against the interpreter, on models nobody wrote.</summary>
public sealed class DifferentialTests
{
    private static readonly EvaluationOptions Fast = new(trace: TraceLevel.Full);
    private static readonly EvaluationOptions Reference = new(trace: TraceLevel.Full) { UsesReference = true };

    [Fact]
    public void Table_IndexAndInterpreter_AnswerAlike() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var generated = new GeneratedModels(seed);
            (string xml, string[] kinds) = generated.Table(maxRows: 90);
            DmnModel model = DmnModel.Read(xml, DmnReadOptions.Spec).Model!;
            for (int i = 0; i < 20; i++)
            {
                AssertAlike(model, generated.Inputs(kinds), seed);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Expression_ClosuresAndInterpreter_AnswerAlike() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var generated = new GeneratedModels(seed);
            string expression = generated.Expression(4);
            DmnModel model = DmnModel.Read(GeneratedModels.ExpressionModel(expression), DmnReadOptions.Spec).Model!;
            AssertAlike(model, generated.Scope(), seed, expression);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void GeneratedModels_ManySeeds_ReachHitsMissesAndConflicts()
    {
        var counts = Enumerable.Range(0, 300).SelectMany(seed =>
        {
            var generated = new GeneratedModels(seed);
            (string xml, string[] kinds) = generated.Table(maxRows: 20);
            DmnModel model = DmnModel.Read(xml, DmnReadOptions.Spec).Model!;
            return Enumerable.Range(0, 5).Select(_ => model.Evaluate("d", generated.Inputs(kinds), Fast));
        }).ToList();
        Assert.True(counts.Count(o => o.Tables.Any(t => t.Hits.Length > 1)) > 50);
        Assert.True(counts.Count(o => o.Tables.Any(t => t.Hits.IsEmpty)) > 50);
        Assert.True(counts.Count(o => o.Faults.Any(f => f.Code == "dmn.hits_conflict")) > 20);
    }

    private static void AssertAlike(DmnModel model, FeelValue inputs, int seed, string what = "")
    {
        DmnOutcome fast = model.Evaluate("d", inputs, Fast);
        DmnOutcome reference = model.Evaluate("d", inputs, Reference);
        Assert.True(fast.Value.ToLiteral() == reference.Value.ToLiteral(),
            $"seed {seed}, {what} inputs {inputs.ToLiteral()}: {fast.Value.ToLiteral()} "
                + $"but by interpreter {reference.Value.ToLiteral()}");
        Assert.Equal(reference.Faults.Select(f => f.ToString()), fast.Faults.Select(f => f.ToString()));
        Assert.Equal(reference.Tables.Select(t => string.Join(",", t.Hits)), fast.Tables.Select(t => string.Join(",", t.Hits)));
        Assert.Equal(reference.Tables.SelectMany(t => t.Missed), fast.Tables.SelectMany(t => t.Missed), (a, b) => a.Row == b.Row
            && a.Column == b.Column);
    }
}
