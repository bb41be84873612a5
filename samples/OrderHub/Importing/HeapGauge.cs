using System;
using System.Globalization;
using System.Threading;

namespace OrderHub.Importing;

/// <summary>How much memory a run holds on to: what lives on the managed heap after a collection, at its highest.</summary>
internal sealed class HeapGauge
{
    private const int Every = 1024;
    private readonly object gate = new();
    private long steps;
    private long peak;

    /// <summary>The highest so far, in MiB with one decimal.</summary>
    public string Peak => (peak / 1_048_576m).ToString("F1", CultureInfo.InvariantCulture);

    /// <summary>Counts a step, and looks at every 1,024th.</summary>
    public void Step()
    {
        if (Interlocked.Increment(ref steps) % Every == 0)
        {
            Look();
        }
    }

    /// <summary>Collects, and looks.</summary>
    public void Look()
    {
        lock (gate)
        {
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
        }
    }
}
