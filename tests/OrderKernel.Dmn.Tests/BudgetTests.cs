using System;
using System.Linq;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Values;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>Text from anywhere: bounded, and never an exception.</summary>
public sealed class BudgetTests
{
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
    [InlineData("string(for i in 1..60 return [partial, partial])", "dmn.budget_spent")]
    [InlineData("(for i in 1..30 return [partial,partial]) = (for i in 1..30 return [partial,partial])", "dmn.budget_spent")]
    [InlineData("is(for i in 1..30 return [partial,partial], for i in 1..30 return [partial,partial])", "dmn.budget_spent")]
    [InlineData("list contains([for i in 1..30 return [partial,partial]], for i in 1..30 return [partial,partial])", "dmn.budget_spent")]
    [InlineData("for i in 1..20 return [partial, partial]", "dmn.budget_spent")]
    [InlineData("for i in 1..60 return {a: partial, b: partial}", "dmn.budget_spent")]
    [InlineData("flatten(for i in 1..60 return [partial, partial])", "dmn.budget_spent")]
    [InlineData("(for i in 1..60 return [partial, partial]) + 1", "dmn.operand_invalid")]
    [InlineData("(for i in 1..60 return [partial, partial]).a.a.a", "dmn.budget_spent")]
    [InlineData("for i in 1..100000000 return i", "dmn.budget_spent")]
    [InlineData("count(for d in date(\"0001-01-01\")..date(\"9999-12-31\") return d)", "dmn.budget_spent")]
    [InlineData("some d in date(\"0001-01-01\")..date(\"9999-12-31\") satisfies false", "")]
    [InlineData("{s: \"aaaaaaaaaaaaaaaa\", d: function(x) x + x, t: for i in 1..13 return if i = 1 then s else d(partial[-1]), "
        + "r: replace(t[-1], \"(a+)\", \"$1$1$1$1$1$1$1$1\")}.r", "dmn.budget_spent")]
    [InlineData("for i in 1..1000 return matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"(a+)+\\1$\")", "dmn.budget_spent")]
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

    [Theory]
    [InlineData("for i in 1..1000 return i", "Steps")]
    [InlineData("upper case(\"abcdefghij\") + \"abcdefghij\"", "TextLength")]
    [InlineData("count(for i in 1..200 return i)", "ListLength")]
    [InlineData("for i in 1..90 return \"abcdefghij\"", "AnswerSize")]
    [InlineData("count(for i in 1..90 return [i, i, i, i])", "Memory")]
    [InlineData("(((1 + 1) + 1) + 1) + 1", "Depth")]
    public void Bound_MadeSmall_StopsTheEvaluation(string expression, string bound)
    {
        Budget small = bound switch
        {
            "Steps" => new Budget(Steps: 500),
            "TextLength" => new Budget(TextLength: 19),
            "ListLength" => new Budget(ListLength: 100),
            "AnswerSize" => new Budget(AnswerSize: 500),
            "Memory" => new Budget(Memory: 10_000),
            _ => new Budget(Depth: 5),
        };
        DmnOutcome outcome = new Expression(expression).Outcome(FeelValue.Null, FeelValue.Null, small);
        Assert.Equal("dmn.budget_spent", Assert.Single(outcome.Faults).Code);
        Assert.True(outcome.Value.IsNull);
        Assert.True(new Expression(expression).Outcome(FeelValue.Null, FeelValue.Null).IsSound);
    }

    [Fact]
    public void TextsThatGrow_ArePaidOnce()
    {
        // What is long but within the bound is not refused for being made of many pieces.
        Assert.Equal("20000", Expression.Answer("string length(string join(for i in 1..10000 return \"ab\"))"));
        Assert.Equal("40000", Expression.Answer("string length(replace(string join(for i in 1..10000 return \"ab\"), \"a\", \"xyz\"))"));
        Assert.Equal("10001", Expression.Answer("count(split(string join(for i in 1..10000 return \"a,\"), \",\"))"));
    }

    [Fact]
    public void Allocation_IsBoundedBeforeTheWork()
    {
        foreach (string expression in new[]
        {
            "string(for i in 1..60 return [partial, partial])", "for i in 1..20 return [partial, partial]",
            "for i in 1..100000000 return i", "(for i in 1..30 return [partial,partial]) = (for i in 1..30 return [partial,partial])",
            "for i in 1..100000 return matches(\"abc\", \"a{1,9}\" + string(i))",
        })
        {
            var read = new Expression(expression);
            read.Outcome(FeelValue.Null, FeelValue.Null, new Budget(Steps: 1_000));
            long before = GC.GetAllocatedBytesForCurrentThread();
            read.Outcome(FeelValue.Null, FeelValue.Null, new Budget(Memory: 16 << 20));
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(bytes < 128L << 20, $"{expression}: {bytes} bytes in two evaluations");
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
}
