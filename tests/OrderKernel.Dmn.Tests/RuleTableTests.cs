using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Values;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>A table asked directly: without garbage, and by many threads.</summary>
public sealed class RuleTableTests
{
    [Fact]
    public void Match_WithoutTrace_AllocatesNothing()
    {
        RuleMatcher matcher = Sample.Read("live-credit-check").Table("实时信用校验")!.NewMatcher();
        FeelValue[] order = { FeelValue.Of("终端零售商"), FeelValue.Of("超时") };
        matcher.Match(order);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int hits = 0;
        for (int i = 0; i < 1_000; i++)
        {
            hits += matcher.Match(order);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1_000, hits);
        Assert.Equal(3, matcher.Row(0));
        Assert.Equal("待信用校验", matcher.Output(0, 0).ToString());
        Assert.Equal(new[] { 3 }, matcher.Trace().Hits);
    }

    [Fact]
    public void Model_EvaluatedByManyThreads_AnswersAsOneDoes()
    {
        DmnModel model = Sample.Read("priority-score");
        string[] tiers = { "三甲医院", "二甲医院", "VIP", "普通" };
        FeelValue[] inputs = Enumerable.Range(0, 400).Select(i => FeelValue.Context(new Dictionary<string, FeelValue>
        {
            ["客户等级"] = FeelValue.Of(tiers[i % 4]),
            ["加急"] = FeelValue.Of(i % 3 == 0),
            ["订单金额"] = FeelValue.Of(i * 500m),
        })).ToArray();
        string[] alone = inputs.Select(i => model.Evaluate("优先级得分", i).Value.ToLiteral()).ToArray();
        string[] together = new string[inputs.Length];
        Parallel.For(0, inputs.Length, i => together[i] = model.Evaluate("优先级得分", inputs[i]).Value.ToLiteral());
        Assert.Equal(alone, together);
        Assert.True(alone.Distinct().Count() > 3);
    }

    [Fact]
    public void Match_WrongNumberOfValues_IsAProgrammersError() =>
        Assert.Throws<ArgumentException>(() => Sample.Read("credit-review").Table("信用审核")!.NewMatcher()
            .Match(Array.Empty<FeelValue>()));
}
