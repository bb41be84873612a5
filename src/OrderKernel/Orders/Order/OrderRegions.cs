using System.Text.Json.Serialization;
using OrderKernel.Findings;

namespace OrderKernel.Orders;

/// <summary>How far an order's goods are secured.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SupplyState>))]
public enum SupplyState
{
    /// <summary>Nothing that is open is held.</summary>
    NotHeld = 0,

    /// <summary>Part of what is open is held.</summary>
    PartiallyHeld = 1,

    /// <summary>All that is open is held, or nothing is open.</summary>
    Held = 2,
}

/// <summary>How far an order's goods have come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FulfilmentState>))]
public enum FulfilmentState
{
    /// <summary>Nothing has left.</summary>
    NotShipped = 0,

    /// <summary>Part has left, part is open.</summary>
    PartiallyShipped = 1,

    /// <summary>All that was not cancelled has left.</summary>
    Shipped = 2,

    /// <summary>All that was not cancelled is signed for.</summary>
    Delivered = 3,
}

/// <summary>Whether the deal stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CommercialState>))]
public enum CommercialState
{
    /// <summary>Never captured.</summary>
    None = 0,

    /// <summary>Captured and not finished.</summary>
    Open = 1,

    /// <summary>Signed off.</summary>
    Completed = 2,

    /// <summary>Every piece was cancelled.</summary>
    Cancelled = 3,
}


public sealed partial record OrderState
{
    /// <summary>Whether the deal stands.</summary>
    public CommercialState Commercial
    {
        get
        {
            bool open = false;
            bool anything = false;
            foreach (OrderLine line in Lines)
            {
                open |= !line.Open.IsZero || (SignOff == SignOff.Delivery && line.Delivered < line.Shipped);
                anything |= line.Cancelled < line.Ordered;
            }

            return !Exists ? CommercialState.None
                : !anything ? CommercialState.Cancelled
                : open ? CommercialState.Open
                : CommercialState.Completed;
        }
    }

    /// <summary>How far the goods are secured.</summary>
    public SupplyState Supply
    {
        get
        {
            bool held = false;
            bool unheld = false;
            foreach (OrderLine line in Lines)
            {
                held |= !line.Held.IsZero;
                unheld |= !line.Unheld.IsZero || !line.Borrowed.IsEmpty;
            }

            return !unheld ? SupplyState.Held : held ? SupplyState.PartiallyHeld : SupplyState.NotHeld;
        }
    }

    /// <summary>How far the goods have come.</summary>
    public FulfilmentState Fulfilment
    {
        get
        {
            bool shipped = false, open = false, unsigned = false;
            foreach (OrderLine line in Lines)
            {
                shipped |= !line.Shipped.IsZero;
                open |= !line.Open.IsZero;
                unsigned |= line.Delivered < line.Shipped;
            }

            return !shipped ? FulfilmentState.NotShipped
                : open ? FulfilmentState.PartiallyShipped
                : unsigned ? FulfilmentState.Shipped
                : FulfilmentState.Delivered;
        }
    }
}
