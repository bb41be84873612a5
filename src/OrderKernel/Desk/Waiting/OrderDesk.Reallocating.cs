using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Stock;

namespace OrderKernel.Desk;

/// <summary>Reallocation of what is held: simulated first, then committed as it was simulated.</summary>
public sealed partial class OrderDesk
{
    /// <summary>Works out who would hold what if the segments were applied now. Nothing is changed.</summary>
    /// <param name="skus">The SKUs to share anew.</param>
    /// <param name="segments">The segments; an open line that none takes keeps what it holds.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The plan: one day, each open line a demand of its own, what is confirmed is what is held. Lines of blocked orders keep
    /// what they hold.</returns>
    public async Task<SegmentedPlan> SimulateReallocationAsync(
        IEnumerable<Sku> skus, ImmutableArray<ReallocationSegment> segments, CancellationToken cancellation = default)
    {
        ImmutableArray<Sku> each = ImmutableArray.CreateRange(new SortedSet<Sku>(skus));
        ImmutableArray<OpenLine> lines = await store.ReadOpenLinesAsync(options.Tenant, each, cancellation).ConfigureAwait(false);
        StockPicture stock = await ReadStockAsync(each, cancellation).ConfigureAwait(false);
        Instant now = Now();
        ImmutableArray<OpenLine> moving = ImmutableArray.CreateRange(lines.Where(static line => !line.IsBlocked));
        ImmutableArray<SkuSupply> supply = ImmutableArray.CreateRange(each, sku => new SkuSupply(sku, Today(Total(moving
            .Where(line => line.Sku == sku).Select(static line => line.Held.Units).Append(WaitingLines.FreeOf(stock, sku))))));
        ImmutableArray<WaitingDemand> demands = ImmutableArray.CreateRange(moving, line => new WaitingDemand(
            line.Facts, options.Priority.Score(line.Facts, now),
            ImmutableArray.Create(new WaitingLine(line.Line, line.Sku, line.Unheld + line.Held, 0, Today(line.Held.Units)))));
        return SegmentedReallocation.Simulate(1, supply, demands, segments);
    }

    /// <summary>Makes a simulated plan true, in chunks of which each is all or nothing.</summary>
    /// <param name="run">Names the reallocation; the same run committed again changes nothing more.</param>
    /// <param name="plan">What <see cref="SimulateReallocationAsync"/> answered.</param>
    /// <param name="actor">Who commits it.</param>
    /// <param name="cancellation">Gives up waiting; chunks already committed stay, and the same run goes on where it stopped.</param>
    /// <returns>One answer per chunk, in order. A chunk whose lines hold something else than was simulated is refused with
    /// <c>order.reallocation_moved</c>; the others stand.</returns>
    /// <remarks>
    /// <para>Shape: a SKU's moves stay in one chunk while they fit; of more than <see cref="DeskOptions.MaxOrdersInUnit"/> lines
    /// everybody lets go before anybody takes.</para>
    /// </remarks>
    public async Task<ImmutableArray<DeskResult>> CommitReallocationAsync(
        DocumentId run, SegmentedPlan plan, Actor actor, CancellationToken cancellation = default)
    {
        var results = ImmutableArray.CreateBuilder<DeskResult>();
        foreach (ImmutableArray<ReallocationMove> moves in Chunks(plan ?? throw new ArgumentNullException(nameof(plan))))
        {
            string name = string.Format(CultureInfo.InvariantCulture, "{0}/reallocation/{1}/{2}", options.Tenant, run, results.Count);
            var id = new CommandId(DerivedId.Of(DerivedId.Commands, name));
            results.Add(await SubmitAsync(new Submission(id, actor, new ReallocateStock(run, results.Count, moves)), cancellation)
                .ConfigureAwait(false));
        }

        return results.ToImmutable();
    }

    private IEnumerable<ImmutableArray<ReallocationMove>> Chunks(SegmentedPlan plan)
    {
        var by = new Dictionary<int, OrderId>();
        foreach (Displacement displacement in plan.Displacements)
        {
            if (displacement is { Loser: { } loser, Taker: { } taker } && !by.ContainsKey(loser))
            {
                by.Add(loser, plan.Lines[taker].Order);
            }
        }

        var bySku = new SortedDictionary<Sku, List<ReallocationMove>>();
        for (int i = 0; i < plan.Lines.Length; i++)
        {
            LineReallocation line = plan.Lines[i];
            var move = new ReallocationMove(
                line.Order, line.Line, Sum(line.Before), Sum(line.After), line.Segment,
                by.TryGetValue(i, out OrderId taker) ? taker : null);
            if (move.Before != move.After)
            {
                if (!bySku.TryGetValue(line.Sku, out List<ReallocationMove>? ofSku))
                {
                    bySku.Add(line.Sku, ofSku = new List<ReallocationMove>());
                }

                ofSku.Add(move);
            }
        }

        var chunk = ImmutableArray.CreateBuilder<ReallocationMove>();
        foreach (List<ReallocationMove> ofSku in bySku.Values)
        {
            if (chunk.Count > 0 && chunk.Count + ofSku.Count > options.MaxOrdersInUnit)
            {
                yield return chunk.ToImmutable();
                chunk.Clear();
            }

            foreach (ReallocationMove move in ofSku.OrderBy(static move => move.After > move.Before))
            {
                chunk.Add(move);
                if (chunk.Count == options.MaxOrdersInUnit)
                {
                    yield return chunk.ToImmutable();
                    chunk.Clear();
                }
            }
        }

        if (chunk.Count > 0)
        {
            yield return chunk.ToImmutable();
        }
    }

    private static ImmutableArray<DayQuantity> Today(long units) => units == 0
        ? ImmutableArray<DayQuantity>.Empty
        : ImmutableArray.Create(new DayQuantity(0, new Quantity(units)));

    private static Quantity Sum(ImmutableArray<DayQuantity> parts)
    {
        Quantity sum = Quantity.Zero;
        foreach (DayQuantity part in parts)
        {
            sum += part.Quantity;
        }

        return sum;
    }
}
