using System;
using System.Diagnostics;
using System.Linq;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Strict;
using OrderKernel.Adapters.Dmn.Values;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>Text from anywhere: bounded, and never an exception.</summary>
public sealed class BudgetTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private static readonly string[] Pieces =
    {
        "a", "b", "xs", "c", "f", "t", "?", "1", "2.5", "1e9", "\"x\"", "\"(a+)+$\"", "@\"P1D\"", "@\"2026-01-01\"",
        "null", "true", "+", "-", "*", "/", "**", "=", "<", ">=", "!=", "(", ")", "[", "]", "{", "}", ",", ":", "..", ".",
        "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "function", "and", "or", "not",
        "between", "instance of", "number", "list<", ">", "matches", "replace", "split", "sort", "string join", "flatten",
        "sum", "count", "concatenate", "range", "date", "duration", "1..9", "item", "partial", "金额", "＞", "，", "\\", "//",
        "/*", "\u0000", "😀",
    };

    [Theory]
    [InlineData("for i in 1..1000000000 return i", "dmn.budget_spent")]
    [InlineData("count(for i in 1..100000, j in 1..100000 return 1)", "dmn.budget_spent")]
    [InlineData("{f: function(x) f(x), r: f(1)}.r", "")]
    [InlineData("{g: function(h, n) h(h, n), r: g(g, 1)}.r", "dmn.budget_spent")]
    [InlineData("{s: \"aaaaaaaaaaaaaaaa\", d: function(x) x + x, "
        + "r: for i in 1..40 return if i = 1 then s else d(partial[-1])}.r", "dmn.budget_spent")]
    [InlineData("matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"(a+)+$\")", "")]
    [InlineData("10 ** 400", "dmn.operand_invalid")]
    [InlineData("count(for i in 1..50000 return [partial[-1]])", "dmn.budget_spent")]
    [InlineData("{l: for i in 1..5000 return (= partial[-1]), r: l[-1] = l[-1]}.r", "dmn.budget_spent")]
    [InlineData("{g: function(h, n) 1+(1+(1+(1+(1+(1+(1+(1+(1+(1+h(h, n)))))))))), r: g(g, 1)}.r", "dmn.budget_spent")]
    public void Expression_WithoutEnd_IsStoppedByItsBudget(string expression, string code)
    {
        DmnModel model = DmnModel.Read(GeneratedModels.ExpressionModel(expression), DmnReadOptions.Spec).Model!;
        foreach (bool reference in new[] { false, true })
        {
            DmnOutcome outcome = model.Evaluate("d", FeelJson.Read("{}"), new EvaluationOptions { UsesReference = reference });
            Assert.True(code.Length == 0 || outcome.Faults.Any(f => f.Code == code),
                $"{expression}: {outcome.Faults.FirstOrDefault()}");
        }
    }

    [Fact]
    public void Nesting_BeyondTheBound_IsAFinding()
    {
        string deep = new string('(', 5_000) + "1" + new string(')', 5_000);
        DmnReading reading = DmnModel.Read(GeneratedModels.ExpressionModel(deep));
        Assert.Equal("dmn.too_deep", reading.Findings[0].Code);
        Assert.Equal("dmn.too_deep", DmnModel.Read(GeneratedModels.ExpressionModel(new string('-', 5_000) + "1"))
            .Findings[0].Code);
        string chain = "1" + string.Concat(Enumerable.Repeat("+1", 30_000));
        Assert.Equal("dmn.too_deep", DmnModel.Read(GeneratedModels.ExpressionModel(chain)).Findings[0].Code);
        string blown = "replace(\"" + new string('a', 30_000) + "\", \"a\", \"" + new string('b', 30_000) + "\")";
        Assert.Equal("dmn.null_by_error", DmnModel.Read(GeneratedModels.ExpressionModel(blown)).Findings[0].Code);
        Assert.Equal("dmn.expression_too_long",
            DmnModel.Read(GeneratedModels.ExpressionModel(new string('1', 70_000))).Findings[0].Code);
    }

    /// <summary>100,000 inputs as a rule; DMN_FUZZ names another number for a long run.</summary>
    [Fact]
    public void AnyText_ReadAndEvaluated_NeverThrowsNorRunsAway()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("DMN_FUZZ"), out int given) ? given : 100_000;
        int sound = 0;
        var slowest = TimeSpan.Zero;
        string culprit = string.Empty;
        for (int seed = 0; seed < count; seed++)
        {
            string expression = Text(seed);
            (TimeSpan took, long bytes, DmnOutcome? outcome) = Measure(seed, expression);

            // A busy machine interrupts; what is slow is slow every time.
            for (int again = 0; again < 4 && took >= Patience; again++)
            {
                TimeSpan next = Measure(seed, expression).Took;
                took = next < took ? next : took;
            }

            culprit = took > slowest ? expression : culprit;
            slowest = took > slowest ? took : slowest;
            sound += outcome is { IsSound: true } ? 1 : 0;
            Assert.True(bytes < 64L << 20, $"seed {seed} took {bytes} bytes: {expression}");
        }

        Assert.True(slowest < Patience, $"{slowest.TotalMilliseconds} ms: {culprit}");
        Assert.True(sound > count / 50, $"Only {sound} of {count} inputs meant anything.");
    }

    private static (TimeSpan Took, long Bytes, DmnOutcome? Outcome) Measure(int seed, string expression)
    {
        FeelValue scope = new GeneratedModels(seed).Scope();
        DmnReadOptions mode = seed % 4 == 0 ? DmnReadOptions.Strict : DmnReadOptions.Spec;
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        DmnModel? model = DmnModel.Read(GeneratedModels.ExpressionModel(expression), mode).Model;
        DmnOutcome? outcome = model?.Evaluate("d", scope, new EvaluationOptions(budget: new Budget(Steps: 200_000)));
        _ = outcome?.Value.ToLiteral();
        return (Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - bytes, outcome);
    }

    private static string Text(int seed)
    {
        var generated = new GeneratedModels(seed);
        if (generated.Next(3) == 0)
        {
            return string.Concat(Enumerable.Range(0, 1 + generated.Next(25))
                .Select(_ => Pieces[generated.Next(Pieces.Length)] + (generated.Next(3) == 0 ? string.Empty : " ")))
                .Replace("\u0000", generated.Next(2) == 0 ? "\t" : "§", StringComparison.Ordinal);
        }

        string expression = generated.Expression(1 + generated.Next(4));
        for (int change = generated.Next(3); change > 0; change--)
        {
            int at = generated.Next(expression.Length);
            expression = expression[..at] + Pieces[generated.Next(Pieces.Length)].Replace("\u0000", " ",
                StringComparison.Ordinal) + expression[(generated.Next(2) == 0 ? at : Math.Min(expression.Length, at + 1))..];
        }

        return expression;
    }
}
