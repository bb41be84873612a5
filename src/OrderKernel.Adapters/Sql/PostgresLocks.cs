using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Data.Common;
using System.Linq;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Adapters.Sql;

/// <summary>Locks and reads the rows that a wave of units decides over.</summary>
internal sealed class PostgresLocks : IDisposable
{
    private const string Accounts = "c.supply, c.available, c.reserved, c.committed, c.in_transit, c.shipped, c.quarantine, c.scrap";

    private readonly Statement addFacts;
    private readonly Statement addCommands;
    private readonly Statement findCommands;
    private readonly Statement addStreams;
    private readonly Statement lockStreams;
    private readonly Statement addCells;
    private readonly Statement lockCells;
    private readonly Statement lockHolds;
    private readonly HashSet<string> knownFacts = new(StringComparer.Ordinal);
    private readonly HashSet<CellKey> knownCells = new();

    public PostgresLocks(SqlSession session)
    {
        addFacts = new Statement(
            session,
            "INSERT INTO om_facts (facts_hash, body) SELECT h, b FROM unnest(@0, @1) AS t (h, b) ORDER BY h ON CONFLICT DO NOTHING", 2);
        addCommands = new Statement(
            session,
            "INSERT INTO om_command (command_pos, tenant, command_id, category, stream_key, read_version, body, body_hash, actor, source, "
            + "decided_at, facts_hash, outcome) SELECT pos, a, b, c, d, e, f, g, h, i, j, k, l "
            + "FROM (SELECT nextval('om_command_seq') AS pos, u.* FROM (SELECT * "
            + "FROM unnest(@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11) WITH ORDINALITY "
            + "AS t (a, b, c, d, e, f, g, h, i, j, k, l, place) ORDER BY place) u) v ORDER BY a COLLATE \"C\", b COLLATE \"C\" "
            + "ON CONFLICT (tenant, command_id) DO NOTHING RETURNING command_pos, tenant, command_id",
            12);
        findCommands = new Statement(
            session,
            "SELECT c.tenant, c.command_id, c.body_hash, c.outcome FROM om_command c "
            + "JOIN unnest(@0, @1) AS t (a, b) ON c.tenant = t.a AND c.command_id = t.b",
            2);
        addStreams = new Statement(
            session,
            "INSERT INTO om_stream (tenant, category, stream_key, version) SELECT a, b, c, v FROM unnest(@0, @1, @2, @3) AS t (a, b, c, v) "
            + "ORDER BY a COLLATE \"C\", b COLLATE \"C\", c COLLATE \"C\" ON CONFLICT DO NOTHING "
            + "RETURNING tenant, category, stream_key, version",
            4);
        lockStreams = new Statement(
            session,
            "SELECT s.tenant, s.category, s.stream_key, s.version FROM om_stream s JOIN unnest(@0, @1, @2) AS t (a, b, c) "
            + "ON s.tenant = t.a AND s.category = t.b AND s.stream_key = t.c ORDER BY s.tenant, s.category, s.stream_key FOR UPDATE OF s",
            3);
        addCells = new Statement(
            session,
            "INSERT INTO om_cell (tenant, sku, node, lot, owner) SELECT a, b, c, d, e FROM unnest(@0, @1, @2, @3, @4) AS t (a, b, c, d, e) "
            + "ORDER BY a COLLATE \"C\", b COLLATE \"C\", c COLLATE \"C\", d COLLATE \"C\", e COLLATE \"C\" ON CONFLICT DO NOTHING",
            5);
        lockCells = new Statement(
            session,
            $"SELECT c.cell_id, c.tenant, c.sku, c.node, c.lot, c.owner, {Accounts}, c.overdraft FROM om_cell c "
            + "JOIN unnest(@0, @1, @2, @3, @4) AS t (a, b, c, d, e) ON c.tenant = t.a AND c.sku = t.b AND c.node = t.c AND c.lot = t.d "
            + "AND c.owner = t.e ORDER BY c.tenant, c.sku, c.node, c.lot, c.owner FOR UPDATE OF c",
            5);
        lockHolds = new Statement(
            session,
            "SELECT h.tenant, h.order_key, h.line, h.cell_id, h.quantity FROM om_hold h JOIN unnest(@0, @1, @2, @3) AS t (a, b, c, d) "
            + "ON h.tenant = t.a AND h.order_key = t.b AND h.line = t.c AND h.cell_id = t.d "
            + "ORDER BY h.tenant, h.order_key, h.line, h.cell_id FOR UPDATE OF h",
            4);
    }

    /// <summary>Puts the commands down. One that is there already, or will be when a transaction ends, is answered from there.</summary>
    public void TakeCommands(PostgresWave wave)
    {
        AddFacts(wave);
        var rows = new RowSet(12);
        var places = new Dictionary<(string, string), int>();
        for (int i = 0; i < wave.Units.Count; i++)
        {
            DecidedCommand c = wave.Units[i].Command;
            places.Add((c.Tenant.Text, c.Id.ToString()), i);
            rows.Add(
                c.Tenant.Text, c.Id.ToString(), c.Stream.Category, c.Stream.Key, c.ReadVersion, c.Body, c.BodyHash, c.Actor.Id,
                c.Actor.SourceSystem, Microseconds.Of(c.DecidedAt), c.FactsHash, c.Outcome);
        }

        using (DbDataReader reader = addCommands.Query(rows.ToArrays()))
        {
            while (reader.Read())
            {
                wave.Positions[places[(reader.GetString(1), reader.GetString(2))]] = reader.GetInt64(0);
            }
        }

        FindStored(wave, places);
    }

    public void Forget()
    {
        knownFacts.Clear();
        knownCells.Clear();
    }

    public void TakeStreams(PostgresWave wave)
    {
        var expected = new Dictionary<StreamKey, long>();
        var last = new Dictionary<StreamKey, long>();
        foreach ((TenantId tenant, UnitOfWork unit) in Open(wave))
        {
            foreach (StreamAppend append in unit.Appends)
            {
                StreamKey key = StreamKey.Of(tenant, append.Stream);
                expected.TryGetValue(key, out long lowest);
                expected[key] = expected.ContainsKey(key) ? Math.Min(lowest, append.ExpectedVersion) : append.ExpectedVersion;
                last[key] = append.ExpectedVersion + append.Events.Length;
            }
        }

        // A new stream is locked by putting it down as it will be if all units fit.
        AddStreams(wave, expected.Where(static entry => entry.Value == 0).Select(entry => (entry.Key, last[entry.Key])));
        LockStreams(wave, expected.Keys.Where(key => !wave.AddedStreams.Contains(key)));
        foreach (StreamKey key in expected.Keys)
        {
            wave.Versions[key] = wave.AddedStreams.Contains(key) || !wave.StreamsBefore.TryGetValue(key, out long version) ? 0 : version;
        }
    }

    public void TakeCells(PostgresWave wave)
    {
        var keys = new HashSet<CellKey>();
        foreach ((TenantId tenant, UnitOfWork unit) in Open(wave))
        {
            foreach (Posting posting in unit.Postings)
            {
                keys.Add(new CellKey(tenant, posting.FromCell));
                keys.Add(new CellKey(tenant, posting.ToCell));
            }

            keys.UnionWith(unit.Overdrafts.Select(set => new CellKey(tenant, set.Cell)));
            keys.UnionWith(unit.Holds.Select(held => new CellKey(tenant, held.Cell)));
        }

        if (keys.Count == 0)
        {
            return;
        }

        RowSet unknown = Rows(keys.Where(key => !knownCells.Contains(key)));
        if (unknown.Count > 0)
        {
            addCells.Execute(unknown.ToArrays());
        }

        using DbDataReader reader = lockCells.Query(Rows(keys).ToArrays());
        while (reader.Read())
        {
            var cell = new StockCell(
                new Sku(reader.GetString(2)), new NodeId(reader.GetString(3)), LotId.FromText(reader.GetString(4)),
                OwnerId.FromText(reader.GetString(5)));
            var balances = ImmutableArray.CreateRange(Enumerable.Range(6, CellBalance.Accounts).Select(reader.GetInt64));
            var balance = new CellBalance(cell, balances, new Quantity(reader.GetInt64(6 + CellBalance.Accounts)));
            var key = new CellKey(new TenantId(reader.GetString(1)), cell);
            knownCells.Add(key);
            wave.Cells.Add(key, new LockedCell(reader.GetInt64(0), balance));
        }
    }

    public void TakeHolds(PostgresWave wave)
    {
        foreach ((TenantId tenant, UnitOfWork unit) in Open(wave))
        {
            foreach (HoldChange held in unit.Holds.Where(static held => held.Change < 0))
            {
                long cell = wave.Cells[new CellKey(tenant, held.Cell)].Id;
                wave.HoldsBefore[new HoldKey(tenant.Text, held.Order.Text, held.Line, cell)] = 0;
            }
        }

        if (wave.HoldsBefore.Count == 0)
        {
            return;
        }

        var rows = new RowSet(4);
        foreach (HoldKey key in wave.HoldsBefore.Keys)
        {
            rows.Add(key.Tenant, key.Order, key.Line, key.Cell);
        }

        using DbDataReader reader = lockHolds.Query(rows.ToArrays());
        while (reader.Read())
        {
            var key = new HoldKey(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt64(3));
            wave.HoldsBefore[key] = reader.GetInt64(4);
        }
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

        if (rows.Count > 0)
        {
            addFacts.Execute(rows.ToArrays());
        }
    }

    private void FindStored(PostgresWave wave, Dictionary<(string, string), int> places)
    {
        var rows = new RowSet(2);
        foreach (KeyValuePair<(string Tenant, string Id), int> place in places.Where(place => wave.Positions[place.Value] == 0))
        {
            rows.Add(place.Key.Tenant, place.Key.Id);
        }

        if (rows.Count == 0)
        {
            return;
        }

        using DbDataReader reader = findCommands.Query(rows.ToArrays());
        while (reader.Read())
        {
            int place = places[(reader.GetString(0), reader.GetString(1))];
            wave.Results[place] = reader.GetString(2) == wave.Units[place].Command.BodyHash
                ? new UnitResult(UnitStatus.Repeated, reader.GetString(3))
                : new UnitResult(UnitStatus.KeyReused);
        }
    }

    private static IEnumerable<(TenantId Tenant, UnitOfWork Unit)> Open(PostgresWave wave)
    {
        for (int i = 0; i < wave.Units.Count; i++)
        {
            if (wave.Results[i] is null)
            {
                yield return (wave.Units[i].Command.Tenant, wave.Units[i]);
            }
        }
    }

    private void AddStreams(PostgresWave wave, IEnumerable<(StreamKey Key, long Version)> streams)
    {
        var rows = new RowSet(4);
        foreach ((StreamKey key, long version) in streams)
        {
            rows.Add(key.Tenant, key.Category, key.Key, version);
        }

        if (rows.Count == 0)
        {
            return;
        }

        using DbDataReader reader = addStreams.Query(rows.ToArrays());
        while (reader.Read())
        {
            var key = new StreamKey(reader.GetString(0), reader.GetString(1), reader.GetString(2));
            wave.AddedStreams.Add(key);
            wave.StreamsBefore[key] = reader.GetInt64(3);
        }
    }

    private void LockStreams(PostgresWave wave, IEnumerable<StreamKey> streams)
    {
        RowSet rows = Rows(streams);
        if (rows.Count == 0)
        {
            return;
        }

        using DbDataReader reader = lockStreams.Query(rows.ToArrays());
        while (reader.Read())
        {
            wave.StreamsBefore[new StreamKey(reader.GetString(0), reader.GetString(1), reader.GetString(2))] = reader.GetInt64(3);
        }
    }

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
        foreach (Statement statement in new[]
        {
            addFacts, addCommands, findCommands, addStreams, lockStreams, addCells, lockCells, lockHolds,
        })
        {
            statement.Dispose();
        }
    }
}
