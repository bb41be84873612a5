using System;
using System.Linq;

namespace OrderKernel.Scarcity;

/// <summary>A demand while it is served: what it had and has, per line and cumulatively by day.</summary>
internal sealed class SegmentedDemand
{
    private readonly int days;

    public SegmentedDemand(WaitingDemand demand, ReallocationSegment segment, int days)
    {
        this.days = days;
        Demand = demand;
        Segment = segment;
        Before = demand.Lines.Select(line => Cumulative(line, days)).ToArray();
        After = demand.Lines.Select(_ => new long[days]).ToArray();
        IsException = new bool[Before.Length];
    }

    public WaitingDemand Demand { get; }

    public ReallocationSegment Segment { get; }

    public ReallocationStrategy Strategy => Segment.Strategy;

    public long[][] Before { get; }

    public long[][] After { get; private set; }

    /// <summary>Per line whether its strategy could not be kept.</summary>
    public bool[] IsException { get; }

    /// <summary>The place of its first line in the report.</summary>
    public int FirstLine { get; set; }

    /// <summary>Stays as it is, whether or not there is enough.</summary>
    public void KeepAll(SegmentedSupply free) => Set(free, Before);

    /// <summary>Keeps what is still there of what it has; a complete demand all or nothing.</summary>
    public void KeepWhatIsThere(SegmentedSupply free)
    {
        Confirm(free, line => Before[line]);
        Except(line => !After[line].SequenceEqual(Before[line]));
        if (Demand.IsComplete && IsException[0])
        {
            LetGo(free);
        }
    }

    /// <summary>Serves it by its strategy.</summary>
    public void Serve(SegmentedSupply free)
    {
        switch (Strategy)
        {
            case ReallocationStrategy.Win:
                Anew(free);
                Except(line => !IsAllOnItsDay(line));
                break;
            case ReallocationStrategy.Redistribute:
                Anew(free);
                break;
            case ReallocationStrategy.Gain or ReallocationStrategy.Improve:
                More(free);
                break;
            case ReallocationStrategy.Fill:
                NoMoreThanBefore(free);
                break;
        }
    }

    private void Anew(SegmentedSupply free)
    {
        if (Demand.IsComplete)
        {
            Whole(free, free.FirstDayWithAll(Demand.Lines, Demand.Lines.Max(static line => line.RequestedDay)));
            return;
        }

        Confirm(free, line => Cap(line, beforeRequested: false));
    }

    // With a line's own pieces back in reach the earliest plan is nowhere behind what it kept; a complete demand must be asked.
    private void More(SegmentedSupply free)
    {
        if (!Demand.IsComplete)
        {
            for (int line = 0; line < After.Length; line++)
            {
                free.GiveBack(Demand.Lines[line].Sku, After[line]);
                After[line] = free.Earliest(Demand.Lines[line].Sku, Cap(line, beforeRequested: true));
                free.Take(Demand.Lines[line].Sku, After[line]);
            }

            return;
        }

        long[][] kept = After;
        LetGo(free);
        Whole(free, free.FirstDayWithAll(Demand.Lines, Demand.Lines.Max(static line => line.RequestedDay)));
        if (IsBehind(kept))
        {
            LetGo(free);
            Set(free, kept);
        }
    }

    private void NoMoreThanBefore(SegmentedSupply free)
    {
        if (!Demand.IsComplete)
        {
            Confirm(free, line => Before[line]);
            return;
        }

        // Only a demand that was whole can stay so; it may be whole later than before, never earlier.
        int whole = Array.FindIndex(Enumerable.Range(0, days).ToArray(), IsWholeBy);
        Whole(free, whole < 0 ? -1 : free.FirstDayWithAll(Demand.Lines, whole));
    }

    private bool IsWholeBy(int day)
    {
        for (int line = 0; line < Before.Length; line++)
        {
            if (Before[line][day] < Demand.Lines[line].Quantity.Units)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsAllOnItsDay(int line)
    {
        int day = Demand.Lines[line].RequestedDay;
        long wanted = Demand.Lines[line].Quantity.Units;
        return wanted == 0 || (day < days && After[line][day] >= wanted);
    }

    // A complete demand stands and falls with its worst line.
    private void Except(Func<int, bool> isException)
    {
        bool any = false;
        for (int line = 0; line < IsException.Length; line++)
        {
            any |= IsException[line] = isException(line);
        }

        for (int line = 0; line < IsException.Length && Demand.IsComplete; line++)
        {
            IsException[line] = any;
        }
    }

    private long[] Cap(int line, bool beforeRequested)
    {
        var most = new long[days];
        for (int day = 0; day < days; day++)
        {
            most[day] = day >= Demand.Lines[line].RequestedDay ? Demand.Lines[line].Quantity.Units
                : beforeRequested ? Before[line][day]
                : 0;
        }

        return most;
    }

    // Lines of one SKU are served one after the other, so each sees what the one before took.
    private void Confirm(SegmentedSupply free, Func<int, long[]> cap)
    {
        After = new long[Demand.Lines.Length][];
        for (int line = 0; line < After.Length; line++)
        {
            After[line] = free.Earliest(Demand.Lines[line].Sku, cap(line));
            free.Take(Demand.Lines[line].Sku, After[line]);
        }
    }

    private void Whole(SegmentedSupply free, int day)
    {
        var all = Demand.Lines.Select(line =>
            Enumerable.Range(0, days).Select(d => day >= 0 && d >= day ? line.Quantity.Units : 0).ToArray()).ToArray();
        Set(free, all);
    }

    private void Set(SegmentedSupply free, long[][] confirmed)
    {
        for (int line = 0; line < confirmed.Length; line++)
        {
            free.Take(Demand.Lines[line].Sku, confirmed[line]);
        }

        After = confirmed;
    }

    private void LetGo(SegmentedSupply free)
    {
        for (int line = 0; line < After.Length; line++)
        {
            free.GiveBack(Demand.Lines[line].Sku, After[line]);
        }

        After = Demand.Lines.Select(_ => new long[days]).ToArray();
    }

    private bool IsBehind(long[][] other)
    {
        for (int line = 0; line < After.Length; line++)
        {
            for (int day = 0; day < days; day++)
            {
                if (After[line][day] < other[line][day])
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static long[] Cumulative(WaitingLine line, int days)
    {
        var confirmed = new long[days];
        foreach (DayQuantity part in line.Confirmed)
        {
            for (int day = part.Day; day < days; day++)
            {
                confirmed[day] += part.Quantity.Units;
            }
        }

        return confirmed;
    }
}
