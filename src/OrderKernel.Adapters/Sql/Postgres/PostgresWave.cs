using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>A stream within the database.</summary>
internal readonly record struct StreamKey(string Tenant, string Category, string Key)
{
    public static StreamKey Of(TenantId tenant, StreamId stream) => new(tenant.Text, stream.Category, stream.Key);
}

/// <summary>A cell within the database.</summary>
internal readonly record struct CellKey(TenantId Tenant, StockCell Cell);

/// <summary>What one line holds in one cell, within the database.</summary>
internal readonly record struct HoldKey(string Tenant, string Order, int Line, long Cell);

/// <summary>A cell under lock: as it was read, and as the units decided so far leave it.</summary>
internal sealed class LockedCell
{
    public LockedCell(long id, CellBalance balance)
    {
        Id = id;
        Before = balance;
        Now = balance;
    }

    public long Id { get; }

    public CellBalance Before { get; }

    public CellBalance Now { get; set; }
}

/// <summary>Units of one transaction, each command once, decided one after the other over rows that are locked already: what a
/// unit finds is what the units before it leave. Nothing is written for a unit that does not fit, so nothing is taken back.</summary>
internal sealed class PostgresWave
{
    /// <summary>The version of a stream that no unit can go on from: one that was to be new and is there, or the reverse.</summary>
    public const long NotThere = -1;

    private readonly Dictionary<HoldKey, long> holds = new();

    public PostgresWave(IReadOnlyList<UnitOfWork> units)
    {
        Units = units;
        Results = new UnitResult?[units.Count];
        Faults = new Exception?[units.Count];
        Positions = new long[units.Count];
    }

    public IReadOnlyList<UnitOfWork> Units { get; }

    /// <summary>The answers; null while undecided.</summary>
    public UnitResult?[] Results { get; }

    public Exception?[] Faults { get; }

    /// <summary>Where each command was put; 0 for one that is not new.</summary>
    public long[] Positions { get; }

    /// <summary>How the units decided so far leave the streams.</summary>
    public Dictionary<StreamKey, long> Versions { get; } = new();

    /// <summary>Streams that were put down new, as they will be if every unit fits.</summary>
    public HashSet<StreamKey> AddedStreams { get; } = new();

    /// <summary>The versions that are in the database while the units are decided.</summary>
    public Dictionary<StreamKey, long> StreamsBefore { get; } = new();

    public Dictionary<CellKey, LockedCell> Cells { get; } = new();

    /// <summary>What holds were before, as far as it matters.</summary>
    public Dictionary<HoldKey, long> HoldsBefore { get; } = new();

    /// <summary>Pieces added to holds that were not read.</summary>
    public Dictionary<HoldKey, long> Added { get; } = new();

    /// <summary>The holds that were read and changed, as they are now.</summary>
    public IReadOnlyDictionary<HoldKey, long> HoldsNow => holds;

    /// <summary>Decides every unit that is still undecided.</summary>
    public void Decide()
    {
        for (int i = 0; i < Units.Count; i++)
        {
            try
            {
                if (Results[i] is null)
                {
                    Decide(i, Units[i]);
                }
            }
            catch (OverflowException fault)
            {
                // More than can be counted does not fit either. Balances are counted first, so nothing of the unit has been applied.
                Results[i] = new UnitResult(UnitStatus.Committed);
                Faults[i] = fault;
            }
        }
    }

    public bool IsCommitted(int unit) => Faults[unit] is null && Results[unit]?.Status == UnitStatus.Committed;

    private void Decide(int i, UnitOfWork unit)
    {
        TenantId tenant = unit.Command.Tenant;
        foreach (StreamAppend append in unit.Appends)
        {
            Versions.TryGetValue(StreamKey.Of(tenant, append.Stream), out long version);
            if (version != append.ExpectedVersion)
            {
                Results[i] = new UnitResult(UnitStatus.StreamMoved);
                return;
            }
        }

        var next = new List<(LockedCell Cell, CellBalance Balance)>();
        foreach (CellDelta delta in CellDelta.Merge(unit.Postings, unit.Holds))
        {
            LockedCell cell = Cells[new CellKey(tenant, delta.Cell)];
            CellBalance? after = cell.Now.After(delta);
            if (after is null)
            {
                Results[i] = new UnitResult(UnitStatus.StockMoved);
                return;
            }

            next.Add((cell, after));
        }

        Results[i] = new UnitResult(UnitStatus.Committed);
        if (!FitsHolds(tenant, unit, out HoldChange wrong))
        {
            Faults[i] = new KernelInvariantException(
                $"{wrong.Order} line {wrong.Line} does not hold {-wrong.Change} in {wrong.Cell}.");
            return;
        }

        foreach ((LockedCell cell, CellBalance balance) in next)
        {
            cell.Now = balance;
        }

        foreach (OverdraftChange set in unit.Overdrafts)
        {
            LockedCell cell = Cells[new CellKey(tenant, set.Cell)];
            cell.Now = cell.Now.With(set.Overdraft);
        }

        foreach (StreamAppend append in unit.Appends)
        {
            Versions[StreamKey.Of(tenant, append.Stream)] = append.ExpectedVersion + append.Events.Length;
        }
    }

    // Applies the changes of holds, or none of them when one takes more than there is.
    private bool FitsHolds(TenantId tenant, UnitOfWork unit, out HoldChange wrong)
    {
        var undo = new List<(Dictionary<HoldKey, long> Where, HoldKey Key, long Before)>();
        foreach (HoldChange change in unit.Holds)
        {
            var key = new HoldKey(tenant.Text, change.Order.Text, change.Line, Cells[new CellKey(tenant, change.Cell)].Id);
            bool isRead = HoldsBefore.TryGetValue(key, out long before);
            Dictionary<HoldKey, long> where = isRead ? holds : Added;
            if (where.TryGetValue(key, out long known))
            {
                before = known;
            }

            undo.Add((where, key, before));
            where[key] = checked(before + change.Change);
            if (where[key] < 0)
            {
                undo.Reverse();
                undo.ForEach(static one => one.Where[one.Key] = one.Before);
                wrong = change;
                return false;
            }
        }

        wrong = default;
        return true;
    }
}
