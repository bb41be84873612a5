namespace OrderKernel.Stock;

/// <summary>Where goods of a cell stand. Every movement takes from one account and gives to another, so all accounts sum to zero.</summary>
public enum StockAccount
{
    /// <summary>The outside that goods come from; minus everything ever received. The only account that is usually negative.</summary>
    Supply = 0,

    /// <summary>Free to be promised and held.</summary>
    Available = 1,

    /// <summary>Held for order lines.</summary>
    Reserved = 2,

    /// <summary>Bound to one customer and no longer exchangeable: consigned, at the customer's, and still ours.</summary>
    Committed = 3,

    /// <summary>On the way to this node from another one.</summary>
    InTransit = 4,

    /// <summary>Gone to customers and not come back.</summary>
    Shipped = 5,

    /// <summary>Came back or is in doubt; waits for inspection.</summary>
    Quarantine = 6,

    /// <summary>Written off.</summary>
    Scrap = 7,
}
