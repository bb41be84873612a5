using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Promising;
using OrderKernel.Scarcity;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>An order as its events made it. Only <see cref="OrderFold.Evolve"/> makes a new one.</summary>
public sealed partial record OrderState
{
    private OrderState()
    {
    }

    /// <summary>An order that was never captured.</summary>
    public static OrderState None { get; } = new()
    {
        Lines = ImmutableArray<OrderLine>.Empty,
        Promises = ImmutableArray<PromiseRecord>.Empty,
        Shipments = ImmutableArray<ShipmentRecord>.Empty,
        Blocks = ImmutableArray<BlockRecord>.Empty,
        Amendments = ImmutableArray<AmendmentRecord>.Empty,
        Corrections = ImmutableArray<CorrectionRecord>.Empty,
        Fields = ImmutableArray<FieldValue>.Empty,
        Cancellations = ImmutableArray<CancellationRecord>.Empty,
        ExternalKey = string.Empty,
        Stage = OrderStage.None,
    };

    /// <summary>The number of its events; 0 when it was never captured.</summary>
    public long Version { get; internal init; }

    /// <summary>Whether it was ever captured.</summary>
    public bool Exists => Version > 0;

    /// <summary>Who ordered.</summary>
    public PartnerId Customer { get; internal init; }

    /// <summary>Where the receiver's personal data are kept; null when there are none.</summary>
    public SubjectReference? ShipTo { get; internal init; }

    /// <summary>The order's number in the source system; may be empty.</summary>
    public string ExternalKey { get; internal init; } = string.Empty;

    /// <summary>When the customer placed it, as the source states.</summary>
    public Instant? PlacedAt { get; internal init; }

    /// <summary>When it was taken in here.</summary>
    public Instant CapturedAt { get; internal init; }

    /// <summary>The latest moment the customer asked for; null when not stated.</summary>
    public Instant? RequestedAt { get; internal init; }

    /// <summary>What ends it.</summary>
    public SignOff SignOff { get; internal init; }

    /// <summary>Its lines, in the order in which they were added.</summary>
    public ImmutableArray<OrderLine> Lines { get; internal init; }

    /// <summary>The promise history, first to current; may be empty.</summary>
    public ImmutableArray<PromiseRecord> Promises { get; internal init; }

    /// <summary>What left, in the order in which it was recorded; may be empty.</summary>
    public ImmutableArray<ShipmentRecord> Shipments { get; internal init; }

    /// <summary>What stops it from shipping, oldest first; may be empty.</summary>
    public ImmutableArray<BlockRecord> Blocks { get; internal init; }

    /// <summary>The amendment history, oldest first; may be empty.</summary>
    public ImmutableArray<AmendmentRecord> Amendments { get; internal init; }

    /// <summary>The corrections that stand beside recorded moments, oldest first; may be empty.</summary>
    public ImmutableArray<CorrectionRecord> Corrections { get; internal init; }

    /// <summary>The known values of extension fields, by line and code; what is not here is unknown.</summary>
    public ImmutableArray<FieldValue> Fields { get; internal init; }

    /// <summary>What was cancelled and why, oldest first; may be empty.</summary>
    public ImmutableArray<CancellationRecord> Cancellations { get; internal init; }

    /// <summary>Counts how often stock was held.</summary>
    public int HoldGeneration { get; internal init; }

    /// <summary>When everything held falls free again; null for never.</summary>
    public Instant? HoldsExpireAt { get; internal init; }

    /// <summary>How firmly everything is held; null when it was held without a tier, which counts as firm, or never.</summary>
    public HoldTier? HoldTier { get; internal init; }

    /// <summary>What its tier and rank rest on.</summary>
    public OrderStanding Standing { get; internal init; } = OrderStanding.Unknown;

    /// <summary>Why the last promise no longer holds though no other was given; null while it holds.</summary>
    public string? UnpromisedFor { get; internal init; }

    /// <summary>When it was put away; null when it was not.</summary>
    public Instant? ArchivedAt { get; internal init; }

    /// <summary>Where it is now: the roll-up of everything above.</summary>
    public OrderStage Stage { get; internal init; } = OrderStage.None;

    /// <summary>Since when it is there.</summary>
    public Instant StageSince { get; internal init; }

    /// <summary>The first promise; null when none was given. It never changes.</summary>
    public PromiseRecord? FirstPromise => Promises.IsEmpty ? null : Promises[0];

    /// <summary>The promise that holds now; null when none was given or it was taken back.</summary>
    public PromiseRecord? CurrentPromise => Promises.IsEmpty || UnpromisedFor is not null ? null : Promises[Promises.Length - 1];

    /// <summary>The line with a number, or null.</summary>
    /// <param name="number">The line number.</param>
    public OrderLine? Line(int number)
    {
        int at = IndexOfLine(number);
        return at < 0 ? null : Lines[at];
    }

    /// <summary>The shipment with an id, or null.</summary>
    /// <param name="id">The id.</param>
    public ShipmentRecord? Shipment(ShipmentId id)
    {
        foreach (ShipmentRecord shipment in Shipments)
        {
            if (shipment.Id == id)
            {
                return shipment;
            }
        }

        return null;
    }

    // Lines are nearly always numbered from 1 without holes, so the place is guessed before it is searched.
    internal int IndexOfLine(int number)
    {
        if (number >= 1 && number <= Lines.Length && Lines[number - 1].Number == number)
        {
            return number - 1;
        }

        for (int i = 0; i < Lines.Length; i++)
        {
            if (Lines[i].Number == number)
            {
                return i;
            }
        }

        return -1;
    }
}
