using System;
using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace OrderKernel.Tests.Shared;

/// <summary>Inputs that nobody means well with, one a seed: no exception but those that are the answer, none larger than 64 MB for each
/// 64 KB of input.</summary>
/// <remarks>As a rule 100,000 inputs of all kinds together; ORDERKERNEL_FUZZ names the number for each subject of a long run, which also
/// holds that none takes 250 ms for each 64 KB.</remarks>
internal static class FuzzRun
{
    private const int Share = 65_536;
    private const long MostBytes = 64L << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private static readonly int? Long =
        int.TryParse(Environment.GetEnvironmentVariable("ORDERKERNEL_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int given)
            ? given
            : null;

    /// <param name="usual">How many inputs as a rule.</param>
    /// <param name="percent">How many of a hundred inputs of the subject are of this kind in a long run.</param>
    /// <param name="meaning">How many of a hundred must mean something, or the inputs test nothing.</param>
    /// <param name="use">What is done with an input; true when it meant something.</param>
    /// <param name="make">Makes the input of a seed.</param>
    public static void Of(int usual, int percent, int meaning, Func<int, string, bool> use, Func<int, string> make)
    {
        int count = Long / 100 * percent ?? usual;
        int meant = 0;
        for (int seed = 0; seed < count; seed++)
        {
            string input = make(seed);
            (TimeSpan took, long bytes, bool means) = Measure(seed, input, use);
            long shares = Math.Max(1, (input.Length + Share - 1L) / Share);
            Assert.True(bytes < shares * MostBytes, $"seed {seed} took {bytes} bytes: {input}");

            // A busy machine interrupts; what is slow is slow every time.
            for (int again = 0; Long is not null && again < 4 && took >= Patience * shares; again++)
            {
                TimeSpan next = Measure(seed, input, use).Took;
                took = next < took ? next : took;
            }

            Assert.True(Long is null || took < Patience * shares, $"seed {seed} took {took.TotalMilliseconds} ms: {input}");
            meant += means ? 1 : 0;
        }

        Assert.True(meant * 100L >= (long)count * meaning, $"Only {meant} of {count} inputs meant anything.");
    }

    private static (TimeSpan Took, long Bytes, bool Means) Measure(int seed, string input, Func<int, string, bool> use)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        try
        {
            bool means = use(seed, input);
            return (Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - bytes, means);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"seed {seed}: {input}", error);
        }
    }
}
