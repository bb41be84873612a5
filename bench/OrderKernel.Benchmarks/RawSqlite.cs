using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using OrderKernel.Adapters.Sql;

namespace OrderKernel.Benchmarks;

/// <summary>The physical floor: prepared ADO.NET statements that write the rows the store wrote, with the same pragmas.</summary>
internal sealed class RawSqlite
{
    private sealed record Row(int Statement, object[] Values);

    private static readonly (string Name, string Text, int Parameters)[] Statements =
    {
        ("om_facts", "INSERT INTO om_facts VALUES (@0, @1) ON CONFLICT DO NOTHING", 2),
        ("om_command", "INSERT INTO om_command VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12)", 13),
        ("om_stream", "INSERT INTO om_stream VALUES (@0, @1, @2, @3) ON CONFLICT DO UPDATE SET version = excluded.version", 4),
        ("om_event", "INSERT INTO om_event VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15)", 16),
        ("om_feed", "INSERT INTO om_feed VALUES (@0, @1, @2)", 3),
        ("cell", "UPDATE om_cell SET available = available - @1, reserved = reserved + @1 WHERE cell_id = @0", 2),
        ("om_posting", "INSERT INTO om_posting VALUES (@0, @1, @2, @3, @4, @5, @6)", 7),
        ("hold", "INSERT INTO om_hold VALUES (@0, @1, @2, @3, @4)", 5),
        ("unhold", "DELETE FROM om_hold WHERE tenant = @0 AND order_key = @1 AND line = @2 AND cell_id = @3", 4),
    };

    private readonly List<object[]> cells = new();
    private readonly List<List<Row>> commands = new();

    /// <summary>Reads the rows of every command but the first (the receipt) out of a finished database.</summary>
    public RawSqlite(string path)
    {
        using SqliteConnection source = Open(path);
        foreach (object[] cell in Query(source, "SELECT * FROM om_cell"))
        {
            cells.Add(cell);
        }

        var byId = new Dictionary<string, List<Row>>();
        var byPosition = new Dictionary<long, List<Row>>();
        foreach (object[] command in Query(source, "SELECT * FROM om_command ORDER BY command_pos"))
        {
            var rows = new List<Row>
            {
                new(0, One(source, "SELECT * FROM om_facts WHERE facts_hash = '" + command[11] + "'")),
                new(1, command),
            };
            byId.Add((string)command[2], rows);
            byPosition.Add((long)command[0], rows);
            commands.Add(rows);
        }

        foreach (object[] e in Query(source, "SELECT e.*, f.feed_pos FROM om_event e JOIN om_feed f ON f.event_pos = e.event_pos"))
        {
            List<Row> rows = byId[(string)e[9]];
            rows.Add(new Row(2, new[] { e[1], e[2], e[3], e[4] }));
            rows.Add(new Row(3, e[..16]));
            rows.Add(new Row(4, new[] { e[1], e[16], e[0] }));
        }

        foreach (object[] posting in Query(
            source,
            "SELECT p.*, c.tenant, c.stream_key FROM om_posting p JOIN om_command c ON c.command_pos = p.command_pos "
            + "ORDER BY p.posting_pos"))
        {
            List<Row> rows = byPosition[(long)posting[1]];
            bool held = (long)posting[5] == 2;
            rows.Add(new Row(5, new[] { posting[2], held ? posting[6] : 0L }));
            rows.Add(new Row(6, posting[..7]));
            if (rows.Count < 60)
            {
                object[] key = { posting[7], posting[8], (long)rows.Count, posting[2] };
                rows.Add(held ? new Row(7, new[] { key[0], key[1], key[2], key[3], posting[6] }) : new Row(8, key));
            }
        }

        commands.RemoveAt(0);
    }

    public int Count => commands.Count;

    /// <summary>Writes all rows into a fresh file, so many commands per transaction, and returns the seconds it took.</summary>
    public double Write(string path, int group)
    {
        using (SqliteStore.Open(new SqliteStoreOptions(path) { Schema = SchemaMode.Create }))
        {
        }

        using SqliteConnection connection = Open(path);
        foreach (string pragma in new[] { "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-65536" })
        {
            Execute(connection, "PRAGMA " + pragma);
        }

        foreach (object[] cell in cells)
        {
            using SqliteCommand add = Prepare(
                connection, "INSERT INTO om_cell VALUES (@0, @1, @2, @3, @4, @5, @6, 1000000000, @8, @9, @10, @11, @12, @13, @14)", 15);
            Bind(add, cell);
            add.ExecuteNonQuery();
        }

        SqliteCommand[] prepared = Array.ConvertAll(Statements, s => Prepare(connection, s.Text, s.Parameters));
        long started = Stopwatch.GetTimestamp();
        for (int from = 0; from < commands.Count; from += group)
        {
            Execute(connection, "BEGIN IMMEDIATE");
            for (int i = from; i < Math.Min(from + group, commands.Count); i++)
            {
                foreach (Row row in commands[i])
                {
                    Bind(prepared[row.Statement], row.Values);
                    prepared[row.Statement].ExecuteNonQuery();
                }
            }

            Execute(connection, "COMMIT");
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (SqliteCommand command in prepared)
        {
            command.Dispose();
        }

        return seconds;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string text, int parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        for (int i = 0; i < parameters; i++)
        {
            SqliteParameter parameter = command.CreateParameter();
            parameter.ParameterName = "@" + i.ToString(CultureInfo.InvariantCulture);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static void Bind(SqliteCommand command, object[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private static object[] One(SqliteConnection connection, string text)
    {
        foreach (object[] row in Query(connection, text))
        {
            return row;
        }

        throw new InvalidOperationException("No row: " + text);
    }

    private static IEnumerable<object[]> Query(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            yield return row;
        }
    }
}
