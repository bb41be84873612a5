using System.Collections.Concurrent;
using OrderKernel.Measures;

namespace OrderKernel.Desk;

/// <summary>Orders that were folded lately, possibly not up to date: only a shortcut that the desk knows how far to trust.</summary>
internal sealed class OrderCache
{
    private readonly ConcurrentDictionary<OrderId, KnownOrder> orders = new();
    private readonly int most;

    public OrderCache(int most) => this.most = most;

    public KnownOrder Find(OrderId order) => orders.TryGetValue(order, out KnownOrder? known)
        ? known
        : OrderLoader.Unknown(order);

    public void Keep(KnownOrder known)
    {
        if (most > 0)
        {
            // Forgetting all at once is rare, costs nothing to get right, and the orders at work come back by themselves.
            if (orders.Count >= most)
            {
                orders.Clear();
            }

            orders[known.Order] = known;
        }
    }
}
