using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Npgsql;

namespace OrderKernel.Benchmarks;

/// <summary>The physical floor on PostgreSQL: the rows the store wrote, written by prepared ADO.NET statements, a trip to the server
/// each or all of a transaction in one trip (a batch).</summary>
internal sealed class RawPostgres
{
    private sealed record Row(string Statement, object[] Values);

    private const string Facts = "INSERT INTO om_facts VALUES ($1, $2) ON CONFLICT DO NOTHING";
    private const string Command = "INSERT INTO om_command VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    private const string Stream =
        "INSERT INTO om_stream VALUES ($1, $2, $3, $4) ON CONFLICT (tenant, category, stream_key) DO UPDATE SET version = excluded.version";
    private const string Event = "INSERT INTO om_event OVERRIDING SYSTEM VALUE "
        + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    private const string Waiting = "INSERT INTO om_feed_waiting VALUES ($1, $2)";
    private const string Cell = "UPDATE om_cell SET available = available - $2, reserved = reserved + $2 WHERE cell_id = $1";
    private const string Posting = "INSERT INTO om_posting OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $7)";
    private const string Hold = "INSERT INTO om_hold VALUES ($1, $2, $3, $4, $5)";
    private const string Unhold = "DELETE FROM om_hold WHERE tenant = $1 AND order_key = $2 AND line = $3 AND cell_id = $4";

    private readonly List<object[]> cells;
    private readonly List<List<Row>> commands = new();

    /// <summary>Reads the rows of every command but the first (the receipt) out of a finished database.</summary>
    public RawPostgres(string text)
    {
        using var source = new NpgsqlConnection(text);
        source.Open();
        cells = Query(source, "SELECT * FROM om_cell ORDER BY cell_id");
        Dictionary<string, object[]> facts = Query(source, "SELECT * FROM om_facts").ToDictionary(row => (string)row[0]);
        var byId = new Dictionary<string, List<Row>>();
        var byPosition = new Dictionary<long, List<Row>>();
        foreach (object[] command in Query(source, "SELECT * FROM om_command ORDER BY command_pos"))
        {
            var rows = new List<Row> { new(Facts, facts[(string)command[11]]), new(Command, command) };
            byId.Add((string)command[2], rows);
            byPosition.Add((long)command[0], rows);
            commands.Add(rows);
        }

        foreach (object[] e in Query(source, "SELECT * FROM om_event ORDER BY event_pos"))
        {
            List<Row> rows = byId[(string)e[9]];
            rows.Add(new Row(Stream, [e[1], e[2], e[3], e[4]]));
            rows.Add(new Row(Event, e));
            rows.Add(new Row(Waiting, [e[1], e[0]]));
        }

        foreach (object[] posting in Query(
            source,
            "SELECT p.*, c.tenant, c.stream_key FROM om_posting p JOIN om_command c ON c.command_pos = p.command_pos "
            + "ORDER BY p.posting_pos"))
        {
            List<Row> rows = byPosition[(long)posting[1]];
            bool held = (int)posting[5] == 2;
            rows.Add(new Row(Cell, [posting[2], held ? posting[6] : 0L]));
            rows.Add(new Row(Posting, posting[..7]));
            if (rows.Count < 60)
            {
                object[] key = [posting[7], posting[8], rows.Count, posting[2]];
                rows.Add(held ? new Row(Hold, [.. key, posting[6]]) : new Row(Unhold, key));
            }
        }

        commands.RemoveAt(0);
    }

    public int Count => commands.Count;

    /// <summary>Writes all rows, so many commands per transaction, and returns the seconds it took.</summary>
    public double Write(string text, int group, bool inOneTrip)
    {
        using var connection = new NpgsqlConnection(text);
        connection.Open();
        foreach (object[] cell in cells)
        {
            cell[6] = 1_000_000_000L;
            cell[7] = 1_000_000_000L;
            Prepare(connection, "INSERT INTO om_cell OVERRIDING SYSTEM VALUE "
                + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)", cell).ExecuteNonQuery();
        }

        var prepared = new Dictionary<string, NpgsqlCommand>();
        long started = Stopwatch.GetTimestamp();
        for (int from = 0; from < commands.Count; from += group)
        {
            using NpgsqlTransaction transaction = connection.BeginTransaction();
            List<Row> rows = commands.Skip(from).Take(group).SelectMany(static command => command).ToList();
            if (inOneTrip)
            {
                WriteBatch(connection, rows);
            }
            else
            {
                rows.ForEach(row => WriteRow(connection, prepared, row));
            }

            transaction.Commit();
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static void WriteRow(NpgsqlConnection connection, Dictionary<string, NpgsqlCommand> prepared, Row row)
    {
        if (!prepared.TryGetValue(row.Statement, out NpgsqlCommand? command))
        {
            prepared.Add(row.Statement, command = Prepare(connection, row.Statement, row.Values));
        }

        for (int i = 0; i < row.Values.Length; i++)
        {
            command.Parameters[i].Value = row.Values[i];
        }

        command.ExecuteNonQuery();
    }

    private static void WriteBatch(NpgsqlConnection connection, List<Row> rows)
    {
        using var batch = new NpgsqlBatch(connection);
        foreach (Row row in rows)
        {
            var command = new NpgsqlBatchCommand(row.Statement);
            foreach (object value in row.Values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            batch.BatchCommands.Add(command);
        }

        batch.Prepare();
        batch.ExecuteNonQuery();
    }

    private static NpgsqlCommand Prepare(NpgsqlConnection connection, string text, object[] values)
    {
        var command = new NpgsqlCommand(text, connection);
        foreach (object value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        command.Prepare();
        return command;
    }

    private static List<object[]> Query(NpgsqlConnection connection, string text)
    {
        var rows = new List<object[]>();
        using var command = new NpgsqlCommand(text, connection);
        using NpgsqlDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }
}
