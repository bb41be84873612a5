using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>The unit a dwell limit is counted in.</summary>
public enum DwellUnit
{
    /// <summary>Minutes.</summary>
    Minute = 0,

    /// <summary>Hours.</summary>
    Hour = 1,

    /// <summary>Days: 24 hours of clock time, or one working day.</summary>
    Day = 2,
}

/// <summary>How long something may stay in a state before it is late.</summary>
public sealed class DwellLimit
{
    /// <summary>Makes a limit; whether it is above zero is checked with the definition.</summary>
    /// <param name="amount">How many units.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="workingTime">Whether only working time counts; otherwise the clock runs through.</param>
    public DwellLimit(long amount, DwellUnit unit, bool workingTime)
    {
        Amount = amount;
        Unit = unit;
        WorkingTime = workingTime;
    }

    /// <summary>How many units.</summary>
    public long Amount { get; }

    /// <summary>The unit.</summary>
    public DwellUnit Unit { get; }

    /// <summary>Whether only working time counts.</summary>
    public bool WorkingTime { get; }

    /// <summary>The limit as a definition writes it, such as <c>48h</c>.</summary>
    public string Text => Amount.ToString(System.Globalization.CultureInfo.InvariantCulture) + "mhd"[(int)Unit];

    /// <summary>Reads <c>30m</c>, <c>48h</c> or <c>3d</c>; null when the text is none of these or has more than nine
    /// digits.</summary>
    internal static DwellLimit? Parse(string text, bool workingTime)
    {
        if (text.Length is < 2 or > 11)
        {
            return null;
        }

        int unit = "mhd".IndexOf(text[text.Length - 1]);
        int from = text.Length > 2 && text[0] == '-' ? 1 : 0;
        long amount = 0;
        for (int i = from; i < text.Length - 1; i++)
        {
            unit = text[i] is >= '0' and <= '9' ? unit : -1;
            amount = (amount * 10) + (text[i] - '0');
        }

        return unit < 0 ? null : new DwellLimit(from == 1 ? -amount : amount, (DwellUnit)unit, workingTime);
    }
}

/// <summary>Where a state stands on a drawing; no part of how a lifecycle behaves.</summary>
/// <param name="X">From the left, in the units of the canvas.</param>
/// <param name="Y">From the top.</param>
public readonly record struct CanvasPosition(int X, int Y);

/// <summary>A place that an order can be in: who acts there, how long it may take, and what must be on file before it may
/// leave.</summary>
public sealed class LifecycleState
{
    internal LifecycleState(
        Term name, LifecycleRegion region, LifecycleStage stage, string owner, DwellLimit? dwell, ImmutableArray<string> requires,
        bool isInitial, bool isFinal, CanvasPosition? position, string place)
    {
        Name = name;
        Region = region;
        Stage = stage;
        Owner = owner;
        Dwell = dwell;
        Requires = requires;
        IsInitial = isInitial;
        IsFinal = isFinal;
        Position = position;
        Place = place;
    }

    /// <summary>The code and both names.</summary>
    public Term Name { get; }

    /// <summary>The code.</summary>
    public string Code => Name.Code;

    /// <summary>The side of the order that it belongs to.</summary>
    public LifecycleRegion Region { get; }

    /// <summary>The stage it counts as.</summary>
    public LifecycleStage Stage { get; }

    /// <summary>The role that acts here; empty only in a final state.</summary>
    public string Owner { get; }

    /// <summary>How long it may stay; null for no limit.</summary>
    public DwellLimit? Dwell { get; }

    /// <summary>The kinds of evidence without which it may not leave, in ordinal order; may be empty.</summary>
    public ImmutableArray<string> Requires { get; }

    /// <summary>Whether its region begins here.</summary>
    public bool IsInitial { get; }

    /// <summary>Whether its region may end here; nothing leads on from a final state.</summary>
    public bool IsFinal { get; }

    /// <summary>Where it stands on a drawing; null when nobody placed it.</summary>
    public CanvasPosition? Position { get; }

    /// <summary>Where it was read, such as <c>$.states[3]</c>; otherwise its code.</summary>
    internal string Place { get; }

    /// <summary>The code.</summary>
    public override string ToString() => Code;
}
