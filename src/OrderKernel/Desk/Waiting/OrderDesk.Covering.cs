using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>The timer that follows a change which raised a cell that may be borrowed from.</summary>
internal static class Covering
{
    private const string Purpose = "cover_borrowed/";

    /// <summary>Sets the timer of one cause and SKU, or clears it.</summary>
    public static TimerChange WakeUp(StreamId stream, CommandId cause, Sku sku, Instant? due) =>
        new(stream, Purpose + cause + "/" + sku.Text, 0, due);

    /// <summary>Whether a timer is of this kind.</summary>
    public static bool IsFor(TimerChange timer) => timer.Purpose.StartsWith(Purpose, StringComparison.Ordinal);

    /// <summary>What a timer of this kind is about; null for others.</summary>
    public static (CommandId Cause, Sku Sku)? Read(TimerChange timer)
    {
        if (!IsFor(timer))
        {
            return null;
        }

        string[] parts = timer.Purpose.Substring(Purpose.Length).Split(new[] { '/' }, 2);
        return (new CommandId(Guid.Parse(parts[0])), new Sku(parts[1]));
    }
}

/// <summary>Goods that come belong to who borrowed them first, and the orders hear of it.</summary>
public sealed partial class OrderDesk
{
    // A change that raises a cell which may be owed something leaves a timer in its own unit, so that a crash right after it loses
    // nothing. Where nobody may borrow, it costs a look at the cells before the commit and one after it, and no more.
    private async Task<(Decided Decided, ImmutableArray<Sku> Raised)> RemindAsync(
        Submission submission, Decided decided, CancellationToken cancellation)
    {
        ImmutableArray<Sku> raised = await MayBeOwedAsync(WaitingLines.Freed(decided.Unit.Postings), cancellation).ConfigureAwait(false);
        return raised.IsEmpty ? (decided, raised) : (decided with
        {
            Unit = decided.Unit with
            {
                Timers = decided.Unit.Timers.AddRange(raised.Select(sku =>
                    Covering.WakeUp(submission.Command.Stream, submission.Id, sku, decided.Unit.Command.DecidedAt))),
            },
        }, raised);
    }

    // A cell may have become one to borrow from, and somebody may have borrowed, between the look and the commit: no store refuses a
    // unit that only adds. So what had nobody to remind of is looked at again.
    private async Task CoverAsync(Submission cause, UnitOfWork unit, ImmutableArray<Sku> raised, CancellationToken cancellation)
    {
        try
        {
            ImmutableArray<Sku> meanwhile = await MayBeOwedAsync(
                WaitingLines.Freed(unit.Postings).RemoveAll(raised.Contains), cancellation).ConfigureAwait(false);
            foreach (Sku sku in raised.AddRange(meanwhile))
            {
                await CoverAsync(cause.Command.Stream, cause.Id, sku, cause.Actor, CommandOrigin.FollowUp, cancellation)
                    .ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is OrderKernelException { IsTransient: true } or OperationCanceledException)
        {
            // The change is committed and its answer is due; those who borrowed hear of it when its timer wakes up.
        }
    }

    private async Task<ImmutableArray<Sku>> MayBeOwedAsync(ImmutableArray<Sku> skus, CancellationToken cancellation)
    {
        if (skus.IsEmpty)
        {
            return skus;
        }

        StockPicture stock = await ReadStockAsync(skus, cancellation).ConfigureAwait(false);
        return skus.RemoveAll(sku => !stock.Cells.Any(cell => cell.Cell.Sku == sku && stock.MayBeOwed(cell.Cell)));
    }

    private async Task CoverAsync(
        StreamId stream, CommandId cause, Sku sku, Actor actor, CommandOrigin origin, CancellationToken cancellation)
    {
        for (int chunk = 0; ; chunk++)
        {
            string name = $"{options.Tenant}/cover/{cause}/{options.MaxOrdersInUnit}/{chunk}/{sku}";
            var cover = new CoverBorrowed(stream, cause, sku, chunk, options.MaxOrdersInUnit);
            DeskResult result = await IssueAsync(name, actor, cover, origin, cancellation).ConfigureAwait(false);

            // At least one event an order, so a chunk that was not full has fewer; it was the last.
            if (result.Outcome.Events.Length < options.MaxOrdersInUnit)
            {
                return;
            }
        }
    }

    // Who holds is read before the stock and again after it: what nobody changed meanwhile is one picture of both. A debt that grew in
    // between would hide what came, and the timer of what came would be cleared for nothing. Null when somebody moved.
    private async Task<Decided?> DecideCoverAsync(
        Submission submission, CoverBorrowed cover, StreamHead head, Instant now, DecisionBasis basis, CancellationToken cancellation)
    {
        ImmutableArray<Sku> skus = ImmutableArray.Create(cover.Sku);
        ImmutableArray<OpenLine> lines = await store.ReadOpenLinesAsync(options.Tenant, skus, cancellation).ConfigureAwait(false);
        ImmutableArray<KnownOrder> holders = await LoadAllAsync(
            lines.Where(static line => !line.Held.IsZero).Select(static line => line.Order).Distinct().ToList(), cancellation)
            .ConfigureAwait(false);
        List<BorrowedPieces> borrowed = BorrowedPieces.Of(Seen(holders), cover.Sku);
        StockPicture stock = borrowed.Count == 0 ? NoStock : await ReadStockAsync(skus, cancellation).ConfigureAwait(false);
        if (!HeldAlike(lines, await store.ReadOpenLinesAsync(options.Tenant, skus, cancellation).ConfigureAwait(false)))
        {
            return null;
        }

        ImmutableArray<KeyValuePair<StockCell, long>> sums = BorrowedPieces.Sum(borrowed);
        var next = new List<OrderId>();
        if (BorrowedPieces.Come(stock, sums).Values.Any(static come => come > 0))
        {
            var waiting = new HashSet<OrderId>(borrowed.Select(static one => one.Order));
            foreach (KnownOrder known in holders.Where(known => waiting.Contains(known.Order)))
            {
                if (await loader.LoadAsync(known, cancellation).ConfigureAwait(false) != known)
                {
                    return null;
                }
            }

            next.AddRange(borrowed.Select(static one => one.Order).Distinct().Take(cover.Most));
        }

        ImmutableArray<KnownOrder> orders = ImmutableArray.CreateRange(
            next.Select(order => holders.First(known => known.Order == order)));
        DecisionSight sight = DecisionSight.None with { Others = Seen(orders), Borrowed = sums };
        return Deciding.Decide(options, submission, now, new Reading(head, orders, stock, options.Limits, sight, basis));
    }

    private static bool HeldAlike(ImmutableArray<OpenLine> before, ImmutableArray<OpenLine> after) =>
        Held(before).SequenceEqual(Held(after));

    private static IEnumerable<(OrderId Order, int Line, Quantity Held)> Held(ImmutableArray<OpenLine> lines) => lines
        .Where(static line => !line.Held.IsZero).Select(static line => (line.Order, line.Line, line.Held))
        .OrderBy(static held => held.Order.Text, StringComparer.Ordinal).ThenBy(static held => held.Line);
}
