namespace OrderKernel.Journal;

/// <summary>The version of the kernel that decides, and the number of its decision rules; both recorded with every decision.</summary>
public static class KernelVersion
{
    /// <summary>The version, equal to the package's.</summary>
    public const string Current = "0.1.0";

    /// <summary>The number of the decision rules.</summary>
    /// <remarks><para>Raise it by one in a release that decides anything otherwise than the one before: another outcome, event, effect or
    /// order of findings from the same command, state and facts; never for what comes out the same. Decisions recorded under another
    /// number stay as they are and replay as decided by those rules, never as a difference. Facts without a number are of rules 1.</para>
    /// <para>2: serial numbers are out over all lines of an order until a return names them; a hold says its expiry for all that is held,
    /// and is refused where nothing is open or it is held elsewhere; what lies there is taken before what is borrowed, let go after it, and
    /// alone may leave; what is short is recorded; a block or a promise said anew with another role or planned time is recorded.</para>
    /// <para>3: a wake-up is cleared only when it was accepted and is over, and of an archived order it is accepted; a field of the
    /// tenant's own takes no code of a parameter or a column; findings end at a hundred.</para></remarks>
    public const int Rules = 3;
}
