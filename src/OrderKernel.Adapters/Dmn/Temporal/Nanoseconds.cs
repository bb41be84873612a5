namespace OrderKernel.Adapters.Dmn.Temporal;

/// <summary>How many nanoseconds each unit has.</summary>
internal static class Nanoseconds
{
    public const long Second = 1_000_000_000L;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;
}
