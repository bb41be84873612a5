using System.Collections.Generic;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Values;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>One expression over a and b, read once as a user's model and asked often; both back ends must agree.</summary>
internal sealed class Expression
{
    private readonly DmnModel model;

    public Expression(string text, bool strict = false) => model = DmnModel.Read(GeneratedModels.ExpressionModel(text),
        strict ? DmnReadOptions.Strict : DmnReadOptions.Spec).Model!;

    public static string Answer(string text) => new Expression(text).Ask(FeelValue.Null, FeelValue.Null).ToString();

    public FeelValue Ask(FeelValue a, FeelValue b) => Outcome(a, b).Value;

    public DmnOutcome Outcome(FeelValue a, FeelValue b, Budget? budget = null)
    {
        var inputs = FeelValue.Context(new Dictionary<string, FeelValue> { ["a"] = a, ["b"] = b });
        DmnOutcome fast = model.Evaluate("d", inputs, new EvaluationOptions(budget: budget));
        DmnOutcome reference = model.Evaluate("d", inputs, new EvaluationOptions(budget: budget) { UsesReference = true });
        Assert.Equal(reference.Value.ToLiteral(), fast.Value.ToLiteral());
        return fast;
    }
}
