using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Orders;

namespace OrderKernel.Board;

/// <summary>One on-time figure with everything it rests on.</summary>
/// <param name="Name">Which figure.</param>
/// <param name="Definition">What is divided by what, as a sentence.</param>
/// <param name="OnTime">The numerator.</param>
/// <param name="Counted">The denominator: orders that came that far and had a promise.</param>
/// <param name="OverdueUnfinished">Beside it: orders whose promise has passed and that did not come that far yet.</param>
/// <param name="WithoutPromise">Beside it: orders that came that far without any promise; not in the rate.</param>
public sealed record OnTimeRate(
    Term Name, Term Definition, long OnTime, long Counted, long OverdueUnfinished, long WithoutPromise)
{
    /// <summary>The rate in percent with one decimal, half away from zero; null when nothing is counted.</summary>
    public decimal? Percent => Counted == 0 ? null : Math.Round(100m * OnTime / Counted, 1, MidpointRounding.AwayFromZero);
}

/// <summary>How punctual a set of orders was, seen from the warehouse and from the customer, against the first promise and
/// the current.</summary>
/// <remarks>
/// <para>Corrections that stand beside recorded moments are not used: figures rest on what was recorded first.</para>
/// <para>Orders cancelled in full and services that were performed are left out; so are, from the figures about leaving, orders of
/// which nobody states when they left. Source: requirement rows S2-54 and S0-48, traps T-01, T-06 and T-15.</para>
/// </remarks>
public sealed class OnTimeReport
{
    private OnTimeReport(ImmutableArray<OnTimeRate> rates) => Rates = rates;

    /// <summary>Shipped complete by the first promise.</summary>
    public OnTimeRate ShippedByFirst => Rates[0];

    /// <summary>Shipped complete by the current promise.</summary>
    public OnTimeRate ShippedByCurrent => Rates[1];

    /// <summary>Signed for by the first promise.</summary>
    public OnTimeRate DeliveredByFirst => Rates[2];

    /// <summary>Signed for by the current promise.</summary>
    public OnTimeRate DeliveredByCurrent => Rates[3];

    /// <summary>All four.</summary>
    public ImmutableArray<OnTimeRate> Rates { get; }

    /// <summary>The names and definitions, in the order of <see cref="Rates"/>, two terms each.</summary>
    public static ImmutableArray<Term> Definitions { get; } = ImmutableArray.Create(
        new Term("on_time.shipped_first", "Shipped on time, first promise (ERP view)", "准时发货率·首次承诺（ERP 口径）"),
        new Term(
            "on_time.shipped_first.definition",
            "orders whose last piece left by the first promise / orders that have left completely and had a promise",
            "最后一件在首次承诺前发出的订单 ÷ 已全部发出且有承诺的订单"),
        new Term("on_time.shipped_current", "Shipped on time, current promise", "准时发货率·当前承诺"),
        new Term(
            "on_time.shipped_current.definition",
            "orders whose last piece left by the current promise / orders that have left completely and had a promise",
            "最后一件在当前承诺前发出的订单 ÷ 已全部发出且有承诺的订单"),
        new Term("on_time.delivered_first", "Signed on time, first promise (customer view)", "真准时率·首次承诺（客户口径）"),
        new Term(
            "on_time.delivered_first.definition",
            "orders signed for completely by the first promise / orders signed for completely that had a promise",
            "在首次承诺前全部签收的订单 ÷ 已全部签收且有承诺的订单"),
        new Term("on_time.delivered_current", "Signed on time, current promise", "真准时率·当前承诺"),
        new Term(
            "on_time.delivered_current.definition",
            "orders signed for completely by the current promise / orders signed for completely that had a promise",
            "在当前承诺前全部签收的订单 ÷ 已全部签收且有承诺的订单"));

    /// <summary>Computes the figures.</summary>
    /// <param name="orders">The orders.</param>
    /// <param name="asOf">The moment that decides what is overdue.</param>
    /// <param name="grace">How much later than promised still counts as on time; zero unless agreed.</param>
    /// <remarks><para>Cost: O(orders x shipments).</para></remarks>
    public static OnTimeReport Of(IEnumerable<OrderState> orders, Instant asOf, Duration grace = default)
    {
        var counts = new Counter[4];
        foreach (OrderState order in orders ?? throw new ArgumentNullException(nameof(orders)))
        {
            if (!order.Exists || order.Commercial == CommercialState.Cancelled || IsPerformed(order))
            {
                continue;
            }

            (Instant? left, bool leftUnstated, Instant? signed) = Finished(order);
            Instant? first = order.FirstPromise?.PromisedAt;
            Instant? current = order.CurrentPromise?.PromisedAt;
            if (!leftUnstated)
            {
                counts[0].Add(left, first, asOf, grace);
                counts[1].Add(left, current, asOf, grace);
            }

            counts[2].Add(signed, first, asOf, grace);
            counts[3].Add(signed, current, asOf, grace);
        }

        var rates = ImmutableArray.CreateBuilder<OnTimeRate>(4);
        for (int i = 0; i < counts.Length; i++)
        {
            Counter c = counts[i];
            rates.Add(new OnTimeRate(
                Definitions[2 * i], Definitions[(2 * i) + 1], c.OnTime, c.Counted, c.Overdue, c.WithoutPromise));
        }

        return new OnTimeReport(rates.MoveToImmutable());
    }

    // Work leaves in no shipment and is signed for in none: nobody recorded when it was done.
    private static bool IsPerformed(OrderState order) => order.Shipments.IsEmpty && order.Fulfilment == FulfilmentState.Delivered;

    // When the last piece left and when the last piece was signed for; null while one is missing. Where all has left and nobody
    // states when, the order says nothing about leaving on time.
    private static (Instant? Left, bool LeftUnstated, Instant? Signed) Finished(OrderState order)
    {
        bool unstated = false;
        Instant? left = null;
        Instant? signed = null;
        bool allSigned = true;
        foreach (ShipmentRecord shipment in order.Shipments)
        {
            unstated |= shipment.ShippedAt is null;
            left = left is { } l && !(l < shipment.ShippedAt) ? left : shipment.ShippedAt;
            allSigned &= shipment.DeliveredAt is not null;
            signed = signed is { } s && s >= shipment.DeliveredAt ? signed : shipment.DeliveredAt ?? signed;
        }

        bool complete = order.Fulfilment >= FulfilmentState.Shipped;
        return complete ? (left, unstated, allSigned ? signed : null) : (null, false, null);
    }

    private struct Counter
    {
        public long OnTime;
        public long Counted;
        public long Overdue;
        public long WithoutPromise;

        // How late is compared, for a promise on the last day there is has no moment after it.
        public void Add(Instant? done, Instant? promised, Instant asOf, Duration grace)
        {
            if (done is null)
            {
                Overdue += asOf - promised > grace ? 1 : 0;
            }
            else if (promised is null)
            {
                WithoutPromise++;
            }
            else
            {
                Counted++;
                OnTime += done - promised <= grace ? 1 : 0;
            }
        }
    }
}
