namespace OrderKernel.Lifecycles;

/// <summary>A fact of an order that guards may ask about; by place in <see cref="LifecycleWords.Flags"/>.</summary>
public enum LifecycleFlag
{
    /// <summary>A date is promised.</summary>
    Promised = 0,

    /// <summary>Something is held.</summary>
    HeldAny = 1,

    /// <summary>All that is open is held.</summary>
    HeldAll = 2,

    /// <summary>Something has left.</summary>
    ShippedAny = 3,

    /// <summary>All that was not cancelled has left.</summary>
    ShippedAll = 4,

    /// <summary>All that was not cancelled is signed for.</summary>
    DeliveredAll = 5,

    /// <summary>All is cancelled.</summary>
    CancelledAll = 6,

    /// <summary>Something came back.</summary>
    ReturnedAny = 7,

    /// <summary>Something blocks it.</summary>
    Blocked = 8,

    /// <summary>The deposit that the type asks for is paid, or it asks for none.</summary>
    DepositPaid = 9,

    /// <summary>All that is owed is paid.</summary>
    PaidAll = 10,

    /// <summary>An old part has come in.</summary>
    TradedIn = 11,

    /// <summary>All that was signed for was consumed or came back.</summary>
    ConsumedAll = 12,

    /// <summary>The order is split, and every sub-order is at its end.</summary>
    PartsEnded = 13,
}

/// <summary>What guards may ask, as bits: facts of the order, evidence on file, signals given. Made for one compiled
/// lifecycle.</summary>
/// <remarks><para><c>default</c> says that nothing holds. Immutable: each change makes a new value.</para></remarks>
public readonly record struct LifecycleFacts
{
    internal LifecycleFacts(ulong order, ulong signals)
    {
        Order = order;
        Signals = signals;
    }

    // Facts of the order in the low bits, kinds of evidence from EvidenceBit on.
    internal ulong Order { get; }

    internal ulong Signals { get; }

    internal const int EvidenceBit = 24;

    /// <summary>These facts with one more, or one less.</summary>
    /// <param name="flag">Which.</param>
    /// <param name="holds">Whether it holds.</param>
    public LifecycleFacts With(LifecycleFlag flag, bool holds = true) => new(Set(Order, (int)flag, holds), Signals);

    internal LifecycleFacts WithEvidence(int kind) => new(Set(Order, EvidenceBit + kind, true), Signals);

    internal LifecycleFacts WithSignals(ulong given, ulong cleared) => new(Order, (Signals & ~cleared) | given);

    private static ulong Set(ulong bits, int bit, bool on) => on ? bits | (1UL << bit) : bits & ~(1UL << bit);
}

/// <summary>In which state each region is. Made by one compiled lifecycle and understood by it alone.</summary>
public readonly record struct LifecyclePosition
{
    internal LifecyclePosition(ulong packed) => Packed = packed;

    // One byte a region: the state's number from 1; 0 for a region that the lifecycle does not have.
    internal ulong Packed { get; }

    internal int StateOf(int region) => (int)((Packed >> (8 * region)) & 0xFF) - 1;

    internal LifecyclePosition With(int region, int state) =>
        new((Packed & ~(0xFFUL << (8 * region))) | ((ulong)(state + 1) << (8 * region)));

}

/// <summary>What became of a trigger.</summary>
public enum StepStatus
{
    /// <summary>The lifecycle does not mention it; nothing changed.</summary>
    Free = 0,

    /// <summary>At least one region took a way, perhaps one that stays where it is.</summary>
    Taken = 1,

    /// <summary>No region knows it in its state; nothing changed.</summary>
    NotHere = 2,

    /// <summary>A region knows it, and its guard does not hold; nothing changed.</summary>
    GuardUnmet = 3,

    /// <summary>A way is open, and evidence is missing to leave by it; nothing changed.</summary>
    EvidenceMissing = 4,
}

/// <summary>The answer to one step.</summary>
public readonly struct LifecycleStep
{
    internal LifecycleStep(StepStatus status, LifecyclePosition position, ulong ways)
    {
        Status = status;
        Position = position;
        Ways = ways;
    }

    /// <summary>What became of the trigger.</summary>
    public StepStatus Status { get; }

    /// <summary>The position after it; the position before it when nothing was taken.</summary>
    public LifecyclePosition Position { get; }

    // Ten bits a region: the number of the way taken from 1; 0 for none.
    internal ulong Ways { get; }

    internal int WayOf(int region) => (int)((Ways >> (10 * region)) & 0x3FF) - 1;
}
