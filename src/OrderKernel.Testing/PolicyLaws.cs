using System;
using System.Collections.Immutable;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Measures;
using OrderKernel.Sourcing;
using OrderKernel.Stock;

namespace OrderKernel.Testing;

/// <summary>The laws that a host's own policy for holding stock or for sourcing must keep, whatever it prefers.</summary>
/// <remarks>
/// <para>Each law is tried on generated small cases. What breaks it is made as small as it gets and stands in the message of the
/// <see cref="LawBrokenException"/>.</para>
/// <para>Holding: takes fit their lines and cells; the ledger accepts them (plan = reservation); the same input gives the same
/// answer; the order of demands does not change how much of a SKU is taken; more stock never serves less.</para>
/// <para>Sourcing: picks fit their lines, cells and offers; the same input gives the same answer; the order of the lists does not
/// change the cost; more stock never costs more; no plan is cheaper than the proved optimum.</para>
/// </remarks>
public static class PolicyLaws
{
    /// <summary>Tries a policy for holding stock.</summary>
    /// <param name="policy">What each demand takes from which cell.</param>
    /// <param name="cases">How many cases are tried.</param>
    /// <exception cref="LawBrokenException">A law is broken; the message holds the smallest case found.</exception>
    public static void CheckHolding(Func<ImmutableArray<Demand>, StockPicture, ImmutableArray<Take>> policy, int cases = 500) =>
        Try(HoldingCase.Arbitrary(), cases, found => Holding(policy, found));

    /// <summary>Tries a policy for sourcing.</summary>
    /// <param name="policy">Which node ships what.</param>
    /// <param name="cases">How many cases are tried.</param>
    /// <exception cref="LawBrokenException">A law is broken; the message holds the smallest case found.</exception>
    public static void CheckSourcing(Func<SourcingProblem, ImmutableArray<PlannedShipment>> policy, int cases = 500) =>
        Try(SourcingTrial.Arbitrary(), cases, found => Sourcing(policy, found));

    private static void Try<T>(Arbitrary<T> arbitrary, int cases, Action<T> law)
    {
        try
        {
            Prop.ForAll(arbitrary, law).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            throw new LawBrokenException(broken.Message, broken);
        }
    }

    private static void Holding(Func<ImmutableArray<Demand>, StockPicture, ImmutableArray<Take>> policy, HoldingCase found)
    {
        ImmutableArray<Take> takes = policy(found.Demands, found.Picture);
        foreach (Demand demand in found.Demands)
        {
            long taken = takes.Where(t => t.Line == demand.Line).Sum(t => t.Quantity.Units);
            LawBrokenException.Unless(
                taken <= demand.Quantity.Units, $"Conservation: line {demand.Line} wants {demand.Quantity} and takes {taken}.");
        }

        foreach (Take take in takes)
        {
            LawBrokenException.Unless(
                found.Demands.Any(d => d.Line == take.Line && d.Sku == take.Cell.Sku) && take.Quantity > Quantity.Zero,
                $"Conservation: line {take.Line} takes {take.Quantity} from {take.Cell}, which it does not want.");
        }

        foreach (IGrouping<StockCell, Take> cell in takes.GroupBy(t => t.Cell))
        {
            long taken = cell.Sum(t => t.Quantity.Units), free = found.Picture.FreeIn(cell.Key);
            LawBrokenException.Unless(taken <= free, $"Never more than free: {cell.Key} has {free} and gives {taken}.");
            LawBrokenException.Unless(
                Reserves(found.Picture, cell.Key, taken), $"Plan = reservation: the ledger refuses {taken} from {cell.Key}.");
        }

        LawBrokenException.Unless(
            policy(found.Demands, found.Picture).SequenceEqual(takes), "Determinism: the same input gives another answer.");
        ImmutableArray<Take> reversed = policy(found.Demands.Reverse().ToImmutableArray(), found.Picture);
        foreach (Sku sku in found.Demands.Select(d => d.Sku).Distinct())
        {
            long one = Of(takes, sku), other = Of(reversed, sku);
            LawBrokenException.Unless(one == other, $"Order independence: {one} of {sku} are taken, and {other} with demands reversed.");
        }

        for (int cell = 0; cell < found.Picture.Cells.Length; cell++)
        {
            HoldingCase richer = found.WithMore(cell, 1);
            Sku sku = found.Picture.Cells[cell].Cell.Sku;
            long more = Of(policy(richer.Demands, richer.Picture), sku);
            LawBrokenException.Unless(
                more >= Of(takes, sku),
                $"Monotonicity: one piece more in {found.Picture.Cells[cell].Cell} serves {more} instead of {Of(takes, sku)}.");
        }
    }

    private static bool Reserves(StockPicture picture, StockCell cell, long units)
    {
        FreeStock free = picture.Cells.First(c => c.Cell == cell);
        var balance = new CellBalance(cell, ImmutableArray.Create(-free.Available, free.Available, 0, 0, 0, 0, 0, 0), free.Overdraft);
        var posting = new Posting(cell, StockAccount.Available, cell, StockAccount.Reserved, new Quantity(units));
        var hold = new HoldChange(new OrderId("O"), 1, cell, units, Math.Max(0, units - free.Real));
        return balance.After(CellDelta.Merge(ImmutableArray.Create(posting), ImmutableArray.Create(hold))[0]) is not null;
    }

    private static long Of(ImmutableArray<Take> takes, Sku sku) => takes.Where(t => t.Cell.Sku == sku).Sum(t => t.Quantity.Units);

    private static void Sourcing(Func<SourcingProblem, ImmutableArray<PlannedShipment>> policy, SourcingTrial found)
    {
        long cost = Cost(policy, found.Problem);
        LawBrokenException.Unless(Cost(policy, found.Problem) == cost, "Determinism: the same problem gets a plan of another cost.");
        long reversed = Cost(policy, found.Reversed().Problem);
        LawBrokenException.Unless(reversed == cost, $"Order independence: the plan costs {cost}, and {reversed} with the lists reversed.");
        long optimum = SourcingSolver.Solve(found.Problem).LowerBound;
        LawBrokenException.Unless(cost >= optimum, $"Conservation: the plan costs {cost}, less than the proved optimum {optimum}.");
        for (int cell = 0; cell < found.Problem.Cells.Length; cell++)
        {
            long richer = Cost(policy, found.WithMore(cell, 1).Problem);
            LawBrokenException.Unless(
                richer <= cost, $"Monotonicity: one piece more in {found.Problem.Cells[cell].Id} costs {richer} instead of {cost}.");
        }
    }

    /// <summary>What a plan costs, recomputed from the problem; a plan that does not fit it is a broken law.</summary>
    private static long Cost(Func<SourcingProblem, ImmutableArray<PlannedShipment>> policy, SourcingProblem problem)
    {
        ImmutableArray<PlannedShipment> plan = policy(problem);
        var lines = problem.Lines.Select(l => l.Quantity.Units).ToArray();
        var cells = problem.Cells.Select(c => c.Units.Units).ToArray();
        long cost = plan.Select(s => s.Node).Distinct().Sum(node => problem.Nodes[node].ShipmentCost);
        foreach (PlannedShipment shipment in plan)
        {
            foreach (PlannedPick pick in shipment.Picks)
            {
                ImmutableArray<SourcingOffer> offers = problem.Offers.Where(o =>
                    o.Line == pick.Line && o.Node == shipment.Node && o.Cell == pick.Cell && o.Lane == pick.Lane).ToImmutableArray();
                LawBrokenException.Unless(
                    !offers.IsEmpty,
                    $"Never more than free: {problem.Nodes[shipment.Node].Id} does not offer cell {pick.Cell} for line {pick.Line}.");
                lines[pick.Line] -= pick.Quantity.Units;
                cells[pick.Cell] -= pick.Quantity.Units;
                LawBrokenException.Unless(lines[pick.Line] >= 0, $"Conservation: {problem.Lines[pick.Line].Id} gets more than it wants.");
                LawBrokenException.Unless(
                    cells[pick.Cell] >= 0, $"Never more than free: {problem.Cells[pick.Cell].Id} gives more than it has.");
                cost += pick.Quantity.Units * offers.Min(o => o.UnitCost);
            }
        }

        return cost + lines.Select((left, i) => left * problem.Lines[i].UnfilledCost).Sum();
    }
}
