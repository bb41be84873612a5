using System.Collections.Generic;
using System.Linq;
using OrderKernel.Desk;
using OrderKernel.Findings;

namespace OrderHub.Playing;

/// <summary>Counts what came of the commands of a run. Safe to share between threads.</summary>
internal sealed class Tally
{
    private readonly object gate = new();
    private readonly SortedDictionary<string, Finding> refusals = new(System.StringComparer.Ordinal);

    public long Fresh { get; private set; }

    public long Repeated { get; private set; }

    public long Events { get; private set; }

    /// <summary>How many of the fresh commands were issued by timers.</summary>
    public long Woken { get; private set; }

    public long Conflicts { get; private set; }

    public long Commands => Fresh + Repeated;

    /// <summary>The first reason of every refused command, by what it was about.</summary>
    public IReadOnlyList<KeyValuePair<string, Finding>> Refusals
    {
        get
        {
            lock (gate)
            {
                return refusals.ToArray();
            }
        }
    }

    /// <summary>Counts the answer to a command.</summary>
    /// <param name="about">Where the command came from, for people: an order and the place in a file.</param>
    /// <param name="result">The answer.</param>
    public void Add(string about, DeskResult result)
    {
        lock (gate)
        {
            Fresh += result.Status == DeskStatus.Decided ? 1 : 0;
            Repeated += result.Status == DeskStatus.Repeated ? 1 : 0;
            Conflicts += result.Status == DeskStatus.KeyReused ? 1 : 0;
            Events += result.Outcome.Events.Length;
            if (!result.IsAccepted && result.Status != DeskStatus.KeyReused)
            {
                refusals[about] = result.Findings[0];
            }
        }
    }

    /// <summary>Counts timers that woke up; each was one new command.</summary>
    public void AddWoken(int woken)
    {
        lock (gate)
        {
            Fresh += woken;
            Woken += woken;
        }
    }
}
