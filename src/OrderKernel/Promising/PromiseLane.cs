using System;
using System.Collections.Immutable;
using OrderKernel.Calendars;
using OrderKernel.Measures;

namespace OrderKernel.Promising;

/// <summary>How long a lane takes: what is planned, and how much longer it took before.</summary>
/// <remarks>
/// <para>Units: calendar days from leaving to arriving.</para>
/// <para>The buffer is the quantile of what the lane took, by nearest rank and in integers, less the planned days. Where fewer trips are
/// known than asked for it is the stated buffer, and <see cref="IsMeasured"/> says so.</para>
/// </remarks>
public sealed class TransitTime
{
    /// <summary>Makes a transit time.</summary>
    /// <param name="plannedDays">What is planned; zero or more.</param>
    /// <param name="history">What earlier trips took, in any order; default for none.</param>
    /// <param name="permille">How many of a thousand trips the promise shall cover, 1 to 1000.</param>
    /// <param name="leastTrips">How many trips must be known for the quantile to count; one or more.</param>
    /// <param name="statedBufferDays">The buffer used otherwise; zero or more.</param>
    public TransitTime(
        int plannedDays, ImmutableArray<int> history = default, int permille = 900, int leastTrips = 20, int statedBufferDays = 0)
    {
        if (plannedDays < 0 || statedBufferDays < 0 || leastTrips < 1 || permille is < 1 or > 1_000)
        {
            throw new ArgumentOutOfRangeException(
                nameof(plannedDays), "Days are never negative, at least one trip is asked for, and the quantile is 1 to 1000 permille.");
        }

        PlannedDays = plannedDays;
        Permille = permille;
        LeastTrips = leastTrips;
        Trips = history.IsDefault ? 0 : history.Length;
        IsMeasured = Trips >= leastTrips;
        BufferDays = IsMeasured ? Math.Max(0, Quantile(history, permille) - plannedDays) : statedBufferDays;
    }

    /// <summary>What is planned.</summary>
    public int PlannedDays { get; }

    /// <summary>How many of a thousand trips the promise covers.</summary>
    public int Permille { get; }

    /// <summary>How many trips must be known.</summary>
    public int LeastTrips { get; }

    /// <summary>How many trips are known: the sample size.</summary>
    public int Trips { get; }

    /// <summary>Whether the buffer comes from trips; false when it is the stated one.</summary>
    public bool IsMeasured { get; }

    /// <summary>What is added to the planned days.</summary>
    public int BufferDays { get; }

    private static int Quantile(ImmutableArray<int> history, int permille)
    {
        ImmutableArray<int> sorted = history.Sort();
        int rank = (int)((((long)permille * sorted.Length) + 999) / 1_000);
        return sorted[rank - 1];
    }
}

/// <summary>A way from a node to this customer: who works when, how long handling takes, how long the trip.</summary>
public sealed class PromiseLane
{
    /// <summary>Makes a lane.</summary>
    /// <param name="node">The node it leaves from.</param>
    /// <param name="calendar">When the node works, with its cut-off.</param>
    /// <param name="transit">How long the trip takes.</param>
    /// <param name="handlingDays">Working days from goods and order being there to leaving; zero or more.</param>
    public PromiseLane(NodeId node, WorkingCalendar calendar, TransitTime transit, int handlingDays = 0)
    {
        _ = node.Text;
        Node = node;
        Calendar = calendar ?? throw new ArgumentNullException(nameof(calendar));
        Transit = transit ?? throw new ArgumentNullException(nameof(transit));
        HandlingDays = handlingDays >= 0
            ? handlingDays
            : throw new ArgumentOutOfRangeException(nameof(handlingDays), "Handling days are never negative.");
    }

    /// <summary>The node it leaves from.</summary>
    public NodeId Node { get; }

    /// <summary>When the node works.</summary>
    public WorkingCalendar Calendar { get; }

    /// <summary>How long the trip takes.</summary>
    public TransitTime Transit { get; }

    /// <summary>Working days of handling.</summary>
    public int HandlingDays { get; }
}
