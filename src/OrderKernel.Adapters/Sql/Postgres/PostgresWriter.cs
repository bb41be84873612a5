using System;
using System.Collections.Generic;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Writes many units in an open transaction with a few statements over whole sets, each unit with its own outcome.</summary>
/// <remarks>
/// <para>The order of locks, here and nowhere else: facts, commands, streams, cells, holds, then inserts; within each by key. Rows are
/// locked and read, the units are decided over them one by one, and only what fits is written: no savepoint, nothing taken back.</para>
/// </remarks>
internal sealed class PostgresWriter : IDisposable
{
    private readonly Trip trip;
    private readonly PostgresLocks locks;
    private readonly PostgresSettlement settlement;
    private readonly PostgresInserts inserts;

    public PostgresWriter(SqlSession session)
    {
        trip = new Trip(session);
        locks = new PostgresLocks(session, trip);
        settlement = new PostgresSettlement(session, trip);
        inserts = new PostgresInserts(session, trip);
    }

    /// <summary>Writes the units that fit; the caller commits when <paramref name="changed"/> says so.</summary>
    public (UnitResult Result, Exception? Fault)[] Write(IReadOnlyList<UnitOfWork> units, out bool changed)
    {
        var answers = new (UnitResult, Exception?)[units.Count];
        changed = false;
        int from = 0;
        while (from < units.Count)
        {
            PostgresWave wave = NextWave(units, from);
            Write(wave);
            for (int i = 0; i < wave.Units.Count; i++)
            {
                answers[from + i] = (wave.Results[i]!.Value, wave.Faults[i]);
                changed |= wave.IsCommitted(i);
            }

            from += wave.Units.Count;
        }

        return answers;
    }

    /// <summary>Forgets what was remembered about rows that are not committed after all.</summary>
    public void Forget()
    {
        trip.Clear();
        locks.Forget();
    }

    // A command that comes twice waits for the next wave, where it meets its own stored outcome.
    private static PostgresWave NextWave(IReadOnlyList<UnitOfWork> units, int from)
    {
        var seen = new HashSet<(TenantId, CommandId)>();
        var wave = new List<UnitOfWork>();
        for (int i = from; i < units.Count && seen.Add((units[i].Command.Tenant, units[i].Command.Id)); i++)
        {
            wave.Add(units[i]);
        }

        return new PostgresWave(wave);
    }

    private void Write(PostgresWave wave)
    {
        locks.Take(wave);
        wave.Decide();
        settlement.Settle(wave);
        inserts.Write(wave);
        trip.Run();
    }

    public void Dispose()
    {
        locks.Dispose();
        settlement.Dispose();
        inserts.Dispose();
    }
}
