using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Measures;
using OrderKernel.Sourcing;

namespace OrderKernel.Testing;

/// <summary>A sourcing problem small enough to read: what the laws of sourcing try a policy on.</summary>
/// <param name="Problem">The problem: one cell and one offer for each line at each node that has it; no lanes, limits or tariffs.</param>
public sealed record SourcingTrial(SourcingProblem Problem)
{
    /// <summary>Problems of up to three lines and four nodes; shrinks by leaving out and by making numbers smaller.</summary>
    public static Arbitrary<SourcingTrial> Arbitrary() => Arb.From(
        from lines in Gen.Choose(1, 5).ListOf().Select(list => list.Take(3).DefaultIfEmpty(2).ToArray())
        from nodes in Gen.Zip(Gen.Choose(0, 900), Gen.Choose(0, 3)).ListOf().Select(list => list.Take(4).ToArray())
        from offers in Gen.Zip(Gen.Choose(0, 4), Gen.Choose(1, 400)).ListOf(lines.Length * nodes.Length)
        select Make(lines, nodes.Select(n => (n.Item1, n.Item2)).ToArray(), offers.Select(o => (o.Item1, o.Item2)).ToArray()),
        Shrink);

    /// <summary>Lines, nodes and offers, one after the other.</summary>
    public override string ToString() =>
        "lines: " + string.Join(", ", Problem.Lines.Select(l => $"{l.Id} {l.Quantity} (unfilled {Number(l.UnfilledCost)})"))
        + "; nodes: " + string.Join(", ", Problem.Nodes.Select(n => $"{n.Id} {Number(n.ShipmentCost)} at {Number(n.Distance)}"))
        + "; offers: " + string.Join(", ", Problem.Offers.Select(o =>
            $"{Problem.Lines[o.Line].Id} from {Problem.Nodes[o.Node].Id} {Problem.Cells[o.Cell].Units} at {Number(o.UnitCost)}"));

    /// <summary>The same problem with more in one of its cells.</summary>
    /// <param name="cell">The index of the cell.</param>
    /// <param name="units">How much more.</param>
    public SourcingTrial WithMore(int cell, long units)
    {
        OfferStock old = Problem.Cells[cell];
        return With(cells: Problem.Cells.SetItem(cell, new OfferStock(old.Id, new Quantity(old.Units.Units + units), old.UseFirst)));
    }

    /// <summary>The same problem with every list the other way round.</summary>
    public SourcingTrial Reversed()
    {
        int lines = Problem.Lines.Length - 1, nodes = Problem.Nodes.Length - 1, cells = Problem.Cells.Length - 1;
        return new SourcingTrial(new SourcingProblem(
            Problem.Lines.Reverse().ToImmutableArray(), Problem.Nodes.Reverse().ToImmutableArray(),
            Problem.Cells.Reverse().ToImmutableArray(),
            Problem.Offers.Reverse().Select(o =>
                new SourcingOffer(lines - o.Line, nodes - o.Node, cells - o.Cell, o.UnitCost)).ToImmutableArray()));
    }

    private SourcingTrial With(
        ImmutableArray<SourcingLine>? lines = null, ImmutableArray<SourcingNode>? nodes = null, ImmutableArray<OfferStock>? cells = null,
        ImmutableArray<SourcingOffer>? offers = null) => new(new SourcingProblem(
            lines ?? Problem.Lines, nodes ?? Problem.Nodes, cells ?? Problem.Cells, offers ?? Problem.Offers));

    private static SourcingTrial Make(
        int[] lines, (int Cost, int Distance)[] nodes, (int Units, int Cost)[] offers) => new(new SourcingProblem(
        lines.Select((units, i) => new SourcingLine("line-" + Number(i + 1), new Quantity(units), 1_000)).ToImmutableArray(),
        nodes.Select((n, i) => new SourcingNode(new NodeId("node-" + Number(i + 1)), n.Cost, n.Distance)).ToImmutableArray(),
        offers.Select((o, i) => new OfferStock("cell-" + Number(i + 1), new Quantity(o.Units))).ToImmutableArray(),
        offers.Select((o, i) => new SourcingOffer(i / nodes.Length, i % nodes.Length, i, o.Cost)).ToImmutableArray()));

    private static IEnumerable<SourcingTrial> Shrink(SourcingTrial found)
    {
        SourcingProblem problem = found.Problem;
        for (int i = 0; i < problem.Offers.Length; i++)
        {
            yield return found.With(offers: problem.Offers.RemoveAt(i));
        }

        for (int i = 0; i < problem.Cells.Length; i++)
        {
            if (problem.Cells[i].Units.Units > 0 && problem.Offers.Any(o => o.Cell == i))
            {
                yield return found.WithMore(i, -1);
            }
        }

        for (int i = 0; i < problem.Lines.Length; i++)
        {
            SourcingLine line = problem.Lines[i];
            if (line.Quantity.Units > 0)
            {
                yield return found.With(lines: problem.Lines.SetItem(
                    i, new SourcingLine(line.Id, new Quantity(line.Quantity.Units - 1), line.UnfilledCost)));
            }
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
