using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Data.Common;
using System.Linq;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Locks and reads the rows that a wave of units decides over.</summary>
internal sealed class PostgresLocks : IDisposable
{
    private const string Accounts = "c.supply, c.available, c.reserved, c.committed, c.in_transit, c.shipped, c.quarantine, c.scrap";

    // Lots come and go for as long as a process runs.
    private const int MostKnownCells = 100_000;

    private readonly Trip trip;
    private readonly RowStatement addFacts;
    private readonly RowStatement addCommands;
    private readonly RowStatement findCommands;
    private readonly RowStatement addStreams;
    private readonly RowStatement lockStreams;
    private readonly RowStatement addCells;
    private readonly RowStatement lockCells;
    private readonly RowStatement lockHolds;
    private readonly HashSet<string> knownFacts = new(StringComparer.Ordinal);
    private readonly HashSet<CellKey> knownCells = new();

    public PostgresLocks(SqlSession session, Trip trip)
    {
        this.trip = trip;
        addFacts = new RowStatement(
            session,
            "INSERT INTO om_facts (facts_hash, body) SELECT h, b FROM {rows} ORDER BY h ON CONFLICT DO NOTHING", "h, b");
        addCommands = new RowStatement(
            session,
            "INSERT INTO om_command (command_pos, tenant, command_id, category, stream_key, read_version, body, body_hash, actor, source, "
            + "decided_at, facts_hash, outcome) SELECT pos, a, b, c, d, e, f, g, h, i, j, k, l "
            + "FROM (SELECT nextval('om_command_seq') AS pos, u.* FROM (SELECT * "
            + "FROM {rows} ORDER BY place) u) v ORDER BY a COLLATE \"C\", b COLLATE \"C\" "
            + "ON CONFLICT (tenant, command_id) DO NOTHING RETURNING command_pos, tenant, command_id",
            "a, b, c, d, e, f, g, h, i, j, k, l");
        findCommands = new RowStatement(
            session,
            "SELECT c.tenant, c.command_id, c.body_hash, c.outcome FROM om_command c "
            + "JOIN {rows} ON c.tenant = t.a AND c.command_id = t.b",
            "a, b");
        addStreams = new RowStatement(
            session,
            "INSERT INTO om_stream (tenant, category, stream_key, version) SELECT a, b, c, v FROM {rows} "
            + "ORDER BY a COLLATE \"C\", b COLLATE \"C\", c COLLATE \"C\" ON CONFLICT DO NOTHING "
            + "RETURNING tenant, category, stream_key, version",
            "a, b, c, v");
        lockStreams = new RowStatement(
            session,
            "SELECT s.tenant, s.category, s.stream_key, s.version FROM om_stream s JOIN {rows} "
            + "ON s.tenant = t.a AND s.category = t.b AND s.stream_key = t.c ORDER BY s.tenant, s.category, s.stream_key FOR UPDATE OF s",
            "a, b, c");
        addCells = new RowStatement(
            session,
            "INSERT INTO om_cell (tenant, sku, node, lot, owner) SELECT a, b, c, d, e FROM {rows} "
            + "ORDER BY a COLLATE \"C\", b COLLATE \"C\", c COLLATE \"C\", d COLLATE \"C\", e COLLATE \"C\" ON CONFLICT DO NOTHING",
            "a, b, c, d, e");
        lockCells = new RowStatement(
            session,
            $"SELECT c.cell_id, c.tenant, c.sku, c.node, c.lot, c.owner, {Accounts}, c.overdraft FROM om_cell c "
            + "JOIN {rows} ON c.tenant = t.a AND c.sku = t.b AND c.node = t.c AND c.lot = t.d "
            + "AND c.owner = t.e ORDER BY c.tenant, c.sku, c.node, c.lot, c.owner FOR UPDATE OF c",
            "a, b, c, d, e");
        lockHolds = new RowStatement(
            session,
            "SELECT h.tenant, h.order_key, h.line, h.cell_id, h.quantity FROM om_hold h JOIN om_cell c ON c.cell_id = h.cell_id "
            + "JOIN {rows} ON h.tenant = t.a AND h.order_key = t.b AND h.line = t.l AND c.tenant = t.a AND c.sku = t.c AND c.node = t.d "
            + "AND c.lot = t.e AND c.owner = t.f ORDER BY h.tenant, h.order_key, h.line, h.cell_id FOR UPDATE OF h",
            "a, b, l, c, d, e, f");
    }

    /// <summary>Puts the commands down, then locks and reads all that the units name, in one trip. A command that is there already,
    /// or will be when another transaction ends, is answered from there; what was locked for it in vain stays as it was.</summary>
    public void Take(PostgresWave wave)
    {
        AddFacts(wave);
        Dictionary<(string, string), int> places = TakeCommands(wave);
        TakeStreams(wave);
        TakeCells(wave);
        TakeHolds(wave);
        trip.Run();
        FindStored(wave, places);
    }

    public void Forget()
    {
        knownFacts.Clear();
        knownCells.Clear();
    }

    private void AddFacts(PostgresWave wave)
    {
        if (knownFacts.Count > 10_000)
        {
            knownFacts.Clear();
        }

        var rows = new RowSet(2);
        foreach (UnitOfWork unit in wave.Units.Where(unit => knownFacts.Add(unit.Command.FactsHash)))
        {
            rows.Add(unit.Command.FactsHash, unit.Command.Facts);
        }

        trip.Add(addFacts, rows);
    }

    private Dictionary<(string, string), int> TakeCommands(PostgresWave wave)
    {
        var rows = new RowSet(12);
        var places = new Dictionary<(string, string), int>();
        for (int i = 0; i < wave.Units.Count; i++)
        {
            DecidedCommand c = wave.Units[i].Command;
            string id = c.Id.ToString();
            places.Add((c.Tenant.Text, id), i);
            rows.Add(
                c.Tenant.Text, id, c.Stream.Category, c.Stream.Key, c.ReadVersion, c.Body, c.BodyHash, c.Actor.Id,
                c.Actor.SourceSystem, Microseconds.Of(c.DecidedAt), c.FactsHash, c.Outcome);
        }

        trip.Read(addCommands, rows, reader => wave.Positions[places[(reader.GetString(1), reader.GetString(2))]] = reader.GetInt64(0));
        return places;
    }

    // A stream that is new to some unit is put down as it will be if all units fit, which locks it. One that is there after all is
    // of no use to that unit; units that know it lock it as it is.
    private void TakeStreams(PostgresWave wave)
    {
        var last = new Dictionary<StreamKey, long>();
        var added = new HashSet<StreamKey>();
        var known = new HashSet<StreamKey>();
        foreach (UnitOfWork unit in wave.Units)
        {
            foreach (StreamAppend append in unit.Appends)
            {
                StreamKey key = StreamKey.Of(unit.Command.Tenant, append.Stream);
                last[key] = append.ExpectedVersion + append.Events.Length;
                (append.ExpectedVersion == 0 ? added : known).Add(key);
                wave.Versions[key] = PostgresWave.NotThere;
            }
        }

        var rows = new RowSet(4);
        foreach (StreamKey key in added)
        {
            rows.Add(key.Tenant, key.Category, key.Key, last[key]);
        }

        trip.Read(addStreams, rows, reader =>
        {
            StreamKey key = ReadStream(reader);
            wave.AddedStreams.Add(key);
            wave.StreamsBefore[key] = reader.GetInt64(3);
            wave.Versions[key] = 0;
        });
        trip.Read(lockStreams, Rows(known), reader =>
        {
            StreamKey key = ReadStream(reader);
            if (!wave.AddedStreams.Contains(key))
            {
                wave.StreamsBefore[key] = reader.GetInt64(3);
                wave.Versions[key] = reader.GetInt64(3);
            }
        });
    }

    private void TakeCells(PostgresWave wave)
    {
        var keys = new HashSet<CellKey>();
        foreach (UnitOfWork unit in wave.Units)
        {
            TenantId tenant = unit.Command.Tenant;
            foreach (Posting posting in unit.Postings)
            {
                keys.Add(new CellKey(tenant, posting.FromCell));
                keys.Add(new CellKey(tenant, posting.ToCell));
            }

            keys.UnionWith(unit.Overdrafts.Select(set => new CellKey(tenant, set.Cell)));
            keys.UnionWith(unit.Holds.Select(held => new CellKey(tenant, held.Cell)));
        }

        if (knownCells.Count > MostKnownCells)
        {
            knownCells.Clear();
        }

        trip.Add(addCells, Rows(keys.Where(key => !knownCells.Contains(key))));
        trip.Read(lockCells, Rows(keys), reader =>
        {
            var cell = new StockCell(
                new Sku(reader.GetString(2)), new NodeId(reader.GetString(3)), LotId.FromText(reader.GetString(4)),
                OwnerId.FromText(reader.GetString(5)));
            var balances = ImmutableArray.CreateRange(Enumerable.Range(6, CellBalance.Accounts).Select(reader.GetInt64));
            var balance = new CellBalance(cell, balances, new Quantity(reader.GetInt64(6 + CellBalance.Accounts)));
            var key = new CellKey(new TenantId(reader.GetString(1)), cell);
            knownCells.Add(key);
            wave.Cells.Add(key, new LockedCell(reader.GetInt64(0), balance));
        });
    }

    private void TakeHolds(PostgresWave wave)
    {
        var keys = new HashSet<(string Tenant, string Order, int Line, StockCell Cell)>();
        foreach (UnitOfWork unit in wave.Units)
        {
            keys.UnionWith(unit.Holds.Where(static held => held.Change < 0)
                .Select(held => (unit.Command.Tenant.Text, held.Order.Text, held.Line, held.Cell)));
        }

        var rows = new RowSet(7);
        foreach ((string tenant, string order, int line, StockCell cell) in keys)
        {
            rows.Add(tenant, order, line, cell.Sku.Text, cell.Node.Text, cell.Lot.Text, cell.Owner.Text);
        }

        trip.Read(lockHolds, rows, reader => wave.HoldsBefore[
            new HoldKey(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt64(3))] = reader.GetInt64(4));
    }

    private void FindStored(PostgresWave wave, Dictionary<(string Tenant, string Id), int> places)
    {
        var rows = new RowSet(2);
        foreach (KeyValuePair<(string Tenant, string Id), int> place in places.Where(place => wave.Positions[place.Value] == 0))
        {
            rows.Add(place.Key.Tenant, place.Key.Id);
        }

        trip.Read(findCommands, rows, reader =>
        {
            int place = places[(reader.GetString(0), reader.GetString(1))];
            wave.Results[place] = reader.GetString(2) == wave.Units[place].Command.BodyHash
                ? new UnitResult(UnitStatus.Repeated, reader.GetString(3))
                : new UnitResult(UnitStatus.KeyReused);
        });
        trip.Run();
    }

    private static StreamKey ReadStream(DbDataReader reader) => new(reader.GetString(0), reader.GetString(1), reader.GetString(2));

    internal static RowSet Rows(IEnumerable<StreamKey> streams)
    {
        var rows = new RowSet(3);
        foreach (StreamKey key in streams)
        {
            rows.Add(key.Tenant, key.Category, key.Key);
        }

        return rows;
    }

    private static RowSet Rows(IEnumerable<CellKey> cells)
    {
        var rows = new RowSet(5);
        foreach (CellKey key in cells)
        {
            rows.Add(key.Tenant.Text, key.Cell.Sku.Text, key.Cell.Node.Text, key.Cell.Lot.Text, key.Cell.Owner.Text);
        }

        return rows;
    }

    public void Dispose()
    {
        foreach (RowStatement statement in new[]
        {
            addFacts, addCommands, findCommands, addStreams, lockStreams, addCells, lockCells, lockHolds,
        })
        {
            statement.Dispose();
        }
    }
}
