using System;
using System.Collections.Generic;
using System.Linq;
using OrderKernel.Stock;

namespace OrderKernel.Adapters.Sql;

/// <summary>Leaves locked rows as the units that fit leave them. Every update says what it expects, and how many rows it found must
/// agree.</summary>
internal sealed class PostgresSettlement : IDisposable
{
    private readonly Trip trip;
    private readonly RowStatement dropCommands;
    private readonly RowStatement moveStreams;
    private readonly RowStatement dropStreams;
    private readonly RowStatement changeCells;
    private readonly RowStatement addHolds;
    private readonly RowStatement changeHolds;
    private readonly RowStatement dropHolds;

    public PostgresSettlement(SqlSession session, Trip trip)
    {
        this.trip = trip;

        // Stored commands refuse to go; one that was put down by this very transaction says that it may.
        dropCommands = new RowStatement(
            session,
            "DELETE FROM om_command c USING {rows} WHERE c.command_pos = t.pos "
            + "AND set_config('orderkernel.unfit', 'dropped', true) = 'dropped'",
            "pos");
        moveStreams = new RowStatement(
            session,
            "UPDATE om_stream s SET version = t.v FROM {rows} "
            + "WHERE s.tenant = t.a AND s.category = t.b AND s.stream_key = t.c AND s.version = t.w",
            "a, b, c, v, w");
        dropStreams = new RowStatement(
            session,
            "DELETE FROM om_stream s USING {rows} "
            + "WHERE s.tenant = t.a AND s.category = t.b AND s.stream_key = t.c",
            "a, b, c");
        changeCells = new RowStatement(
            session,
            "UPDATE om_cell c SET supply = c.supply + t.a, available = c.available + t.b, reserved = c.reserved + t.c, "
            + "committed = c.committed + t.d, in_transit = c.in_transit + t.e, shipped = c.shipped + t.f, "
            + "quarantine = c.quarantine + t.g, scrap = c.scrap + t.h, overdraft = t.o "
            + "FROM {rows} "
            + "WHERE c.cell_id = t.id AND (t.b >= 0 OR c.available + t.b >= -greatest(c.overdraft, t.o)) AND c.reserved + t.c >= 0 "
            + "AND c.committed + t.d >= 0 AND c.in_transit + t.e >= 0 AND c.shipped + t.f >= 0 AND c.quarantine + t.g >= 0 "
            + "AND c.scrap + t.h >= 0 AND (t.b + t.c >= 0 OR c.available + t.b + c.reserved + t.c >= 0)",
            "id, a, b, c, d, e, f, g, h, o");
        addHolds = new RowStatement(
            session,
            "INSERT INTO om_hold AS h (tenant, order_key, line, cell_id, quantity) SELECT a, b, c, d, q "
            + "FROM {rows} ORDER BY a COLLATE \"C\", b COLLATE \"C\", c, d "
            + "ON CONFLICT (tenant, order_key, line, cell_id) DO UPDATE SET quantity = h.quantity + excluded.quantity",
            "a, b, c, d, q");
        changeHolds = new RowStatement(
            session,
            "UPDATE om_hold h SET quantity = t.q FROM {rows} "
            + "WHERE h.tenant = t.a AND h.order_key = t.b AND h.line = t.c AND h.cell_id = t.d AND h.quantity = t.w",
            "a, b, c, d, w, q");
        dropHolds = new RowStatement(
            session,
            "DELETE FROM om_hold h USING {rows} "
            + "WHERE h.tenant = t.a AND h.order_key = t.b AND h.line = t.c AND h.cell_id = t.d AND h.quantity = t.w",
            "a, b, c, d, w");
    }

    public void Settle(PostgresWave wave)
    {
        var dropped = new RowSet(1);
        for (int i = 0; i < wave.Units.Count; i++)
        {
            if (wave.Positions[i] > 0 && !wave.IsCommitted(i))
            {
                dropped.Add(wave.Positions[i]);
            }
        }

        trip.Add(dropCommands, dropped, dropped.Count);
        SettleStreams(wave);
        SettleCells(wave);
        SettleHolds(wave);
    }

    private void SettleStreams(PostgresWave wave)
    {
        var moved = new RowSet(5);
        foreach (KeyValuePair<StreamKey, long> stream in wave.Versions)
        {
            if (wave.StreamsBefore.TryGetValue(stream.Key, out long stored) && stored != stream.Value && stream.Value > 0)
            {
                moved.Add(stream.Key.Tenant, stream.Key.Category, stream.Key.Key, stream.Value, stored);
            }
        }

        trip.Add(moveStreams, moved, moved.Count);
        RowSet unused = PostgresLocks.Rows(wave.AddedStreams.Where(key => wave.Versions[key] == 0));
        trip.Add(dropStreams, unused, unused.Count);
    }

    private void SettleCells(PostgresWave wave)
    {
        var rows = new RowSet(2 + CellBalance.Accounts);
        foreach (LockedCell cell in wave.Cells.Values.Where(static cell => !ReferenceEquals(cell.Now, cell.Before)))
        {
            var row = new object[2 + CellBalance.Accounts];
            row[0] = cell.Id;
            for (int i = 0; i < CellBalance.Accounts; i++)
            {
                row[1 + i] = cell.Now[(StockAccount)i] - cell.Before[(StockAccount)i];
            }

            row[1 + CellBalance.Accounts] = cell.Now.Overdraft.Units;
            rows.Add(row);
        }

        trip.Add(changeCells, rows, rows.Count);
    }

    private void SettleHolds(PostgresWave wave)
    {
        var more = new RowSet(5);
        var other = new RowSet(6);
        var gone = new RowSet(5);
        foreach (KeyValuePair<HoldKey, long> hold in wave.Added.Where(static hold => hold.Value > 0))
        {
            more.Add(hold.Key.Tenant, hold.Key.Order, hold.Key.Line, hold.Key.Cell, hold.Value);
        }

        foreach (KeyValuePair<HoldKey, long> hold in wave.HoldsNow)
        {
            (HoldKey key, long was) = (hold.Key, wave.HoldsBefore[hold.Key]);
            if (hold.Value == was)
            {
                continue;
            }

            if (was == 0)
            {
                more.Add(key.Tenant, key.Order, key.Line, key.Cell, hold.Value);
            }
            else if (hold.Value == 0)
            {
                gone.Add(key.Tenant, key.Order, key.Line, key.Cell, was);
            }
            else
            {
                other.Add(key.Tenant, key.Order, key.Line, key.Cell, was, hold.Value);
            }
        }

        trip.Add(addHolds, more, more.Count);
        trip.Add(changeHolds, other, other.Count);
        trip.Add(dropHolds, gone, gone.Count);
    }

    public void Dispose()
    {
        foreach (RowStatement statement in new[]
        {
            dropCommands, moveStreams, dropStreams, changeCells, addHolds, changeHolds, dropHolds,
        })
        {
            statement.Dispose();
        }
    }
}
