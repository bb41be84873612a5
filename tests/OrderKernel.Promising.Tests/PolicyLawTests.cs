using System;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Measures;
using OrderKernel.Sourcing;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Promising.Tests;

/// <summary>Our own policies keep the laws, and every law catches a policy that breaks it, with a case that can be read.</summary>
public class PolicyLawTests
{
    [Fact]
    public void OurPolicies_KeepTheLaws()
    {
        PolicyLaws.CheckHolding((demands, picture) => Allocation.Serve(demands, picture, default).Takes);
        PolicyLaws.CheckHolding((demands, picture) =>
            new SupplyBook(SupplyPicture.Of(picture, Dates.Tuesday)).Serve(demands, Dates.Tuesday, default).Takes);
        PolicyLaws.CheckSourcing(problem => SourcingSolver.Solve(problem).Shipments);
    }

    [Theory]
    [InlineData("greedy", "Never more than free")]
    [InlineData("doubled", "Conservation")]
    [InlineData("moody", "Determinism")]
    [InlineData("stubborn", "Order independence")]
    [InlineData("shy", "Monotonicity")]
    public void BrokenHolding_IsCaughtByItsLaw(string policy, string law)
    {
        int calls = 0;
        ImmutableArray<Take> Hold(ImmutableArray<Demand> demands, StockPicture picture)
        {
            ImmutableArray<Take> takes = Allocation.Serve(demands, picture, default).Takes;
            return policy switch
            {
                "greedy" => [.. demands.SelectMany(d => picture.Cells.Where(c => c.Cell.Sku == d.Sku).Take(1)
                    .Select(c => new Take(d.Line, c.Cell, d.Quantity)))],
                "doubled" => [.. takes, .. takes],
                "moody" => calls++ % 2 == 0 ? takes : [],
                "stubborn" => [.. takes.Where(t => t.Line == demands[0].Line)],
                _ => [.. takes.Where(t => picture.FreeIn(t.Cell) < 5)],
            };
        }

        string message = Assert.Throws<LawBrokenException>(() => PolicyLaws.CheckHolding(Hold)).Message;
        Assert.Contains(law, message, StringComparison.Ordinal);
        string shrunk = Shrunk(message, "stock: ");
        Assert.True(shrunk.Length < 130, shrunk);
    }

    [Theory]
    [InlineData("forgetful", "Order independence")]
    [InlineData("inventive", "Never more than free")]
    [InlineData("doubled", "Conservation")]
    [InlineData("nearest", "Monotonicity")]
    public void BrokenSourcing_IsCaughtByItsLaw(string policy, string law)
    {
        ImmutableArray<PlannedShipment> Source(SourcingProblem problem) => policy switch
        {
            "forgetful" => WithoutTheFirstLine(problem),
            "inventive" => [.. problem.Nodes.Take(1).Select(_ => new PlannedShipment(0, [new PlannedPick(0, new Quantity(1_000), 0, -1)]))],
            "doubled" => [.. SourcingSolver.Solve(problem).Shipments, .. SourcingSolver.Solve(problem).Shipments],
            _ => NearestFirst.Solve(problem).Shipments,
        };

        string message = Assert.Throws<LawBrokenException>(() => PolicyLaws.CheckSourcing(Source, 5_000)).Message;
        Assert.Contains(law, message, StringComparison.Ordinal);
        Assert.True(Shrunk(message, "lines: ").Length < 400, message);
    }

    /// <summary>Which line is the first depends on the order of the lists.</summary>
    private static ImmutableArray<PlannedShipment> WithoutTheFirstLine(SourcingProblem problem) =>
    [
        .. SourcingSolver.Solve(problem).Shipments
            .Select(s => new PlannedShipment(s.Node, [.. s.Picks.Where(p => p.Line > 0)])).Where(s => s.Picks.Length > 0),
    ];

    /// <summary>The last case the message holds is the smallest found.</summary>
    private static string Shrunk(string message, string start) =>
        message.Split('\n').Last(line => line.StartsWith(start, StringComparison.Ordinal));
}
