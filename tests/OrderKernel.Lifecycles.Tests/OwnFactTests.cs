using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>What a command itself brings about is not what it waits for.</summary>
public class OwnFactTests
{
    [Theory]
    [InlineData("deposit-order.json", "pay", "deposit_paid")]
    [InlineData("trade-in-order.json", "trade_in", "traded_in")]
    [InlineData("service-order.json", "perform", "delivered_all")]
    [InlineData("consignment-order.json", "consume", "consumed_all")]
    public void TheOnlyWay_WhoseGuardTheCommandFulfils_IsPossible(string file, string trigger, string fact)
    {
        string[] lines = File.ReadAllLines(Repository.Path("samples", "packs", "lifecycles", file));
        string text = string.Join("\n", lines.Where(line => !(line.Contains("\"" + trigger + "\"", StringComparison.Ordinal)
            && line.Contains("\"not " + fact + "\"", StringComparison.Ordinal))));
        LifecycleReading reading = LifecycleDefinition.Read(text);
        var lifecycle = new CompiledLifecycle(reading.Definition!);
        LifecycleTransition way = lifecycle.Definition.Transitions.First(way => way.Trigger == trigger && way.Guard.Length > 0);
        LifecycleAction action = lifecycle.Available(lifecycle.At([way.From]), default).Single(action => action.Trigger == trigger);
        Assert.DoesNotContain("lifecycle.guard_unmet", action.WhyNot.Select(static why => why.Code));
    }
}
