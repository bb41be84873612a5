using System;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace OrderKernel.Lifecycles.Benchmarks;

/// <summary>Every figure in a few seconds, as one line of JSON: steps a second (best of nine), bytes a step,
/// ratio to the plain way.</summary>
internal static class QuickRun
{
    public static string Measure()
    {
        var walk = new Walk();
        if (walk.RunCompiled() != walk.RunPlain())
        {
            throw new InvalidOperationException("The two ways differ, so there is nothing to compare.");
        }

        double compiled = StepsPerSecond(walk.RunCompiled, walk.Triggers.Length, 200_000, out double bytes);
        double words = StepsPerSecond(walk.RunPlain, walk.Triggers.Length, 10_000, out double wordBytes);
        double actions = 1 / StepsPerSecond(
            () => walk.Compiled.Available(walk.Compiled.Start, walk.Facts).Length, 1, 2_000, out _);
        return new JsonObject
        {
            ["millionStepsPerSecond"] = Math.Round(compiled / 1e6, 1),
            ["bytesPerStep"] = Math.Round(bytes, 3),
            ["wordsMillionStepsPerSecond"] = Math.Round(words / 1e6, 2),
            ["wordsBytesPerStep"] = Math.Round(wordBytes, 1),
            ["timesFaster"] = Math.Round(compiled / words, 1),
            ["availableActionsMicroseconds"] = Math.Round(actions * 1e6, 1),
        }.ToJsonString();
    }

    private static double StepsPerSecond(Func<int> run, int steps, int rounds, out double bytes)
    {
        double best = 0;
        bytes = 0;
        for (int repeat = 0; repeat < 9; repeat++)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            int taken = 0;
            for (int i = 0; i < rounds; i++)
            {
                taken += run();
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)((long)rounds * steps);
            best = Math.Max(best, taken > 0 ? (long)rounds * steps / seconds : 0);
        }

        return best;
    }
}
