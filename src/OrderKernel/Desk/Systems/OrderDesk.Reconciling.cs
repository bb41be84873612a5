using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Desk;

/// <summary>Comparing with the system that orders come from.</summary>
public sealed partial class OrderDesk
{
    /// <summary>Compares the orders of a window with the keys that the source system has for it.</summary>
    /// <param name="sourceKeys">The source's order numbers, as <see cref="OrderState.ExternalKey"/> has them.</param>
    /// <param name="from">The first moment of the window, inclusive.</param>
    /// <param name="until">The moment before which it ends.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <remarks><para>An order belongs to the window in which it was placed, or captured where the source did not say. Cost: every order is
    /// read, a page at a time.</para></remarks>
    public async Task<CompletenessReport> ReconcileAsync(
        IEnumerable<string> sourceKeys, Instant from, Instant until, CancellationToken cancellation = default)
    {
        const int page = 200;
        var keys = new List<string>();
        OrderId? after = null;
        while (true)
        {
            ImmutableArray<KeyValuePair<OrderId, OrderState>> orders =
                await ReadOrdersAsync(after, page, cancellation).ConfigureAwait(false);
            foreach (KeyValuePair<OrderId, OrderState> order in orders)
            {
                Instant placed = order.Value.PlacedAt ?? order.Value.CapturedAt;
                if (placed >= from && placed < until)
                {
                    keys.Add(order.Value.ExternalKey);
                }
            }

            if (orders.Length < page)
            {
                return CompletenessReport.Of(sourceKeys, keys);
            }

            after = orders[orders.Length - 1].Key;
        }
    }
}
