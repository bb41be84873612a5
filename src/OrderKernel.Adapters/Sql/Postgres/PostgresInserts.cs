using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Adds the rows of the units that fit: movements, events, timers, messages. Everything they rest on is locked already.</summary>
internal sealed class PostgresInserts : IDisposable
{
    private readonly Trip trip;
    private readonly RowStatement addPostings;
    private readonly RowStatement addEvents;
    private readonly RowStatement setTimers;
    private readonly RowStatement clearTimers;
    private readonly RowStatement addMessages;
    private readonly RowStatement addReceived;
    private readonly RowStatement putLines;
    private readonly RowStatement dropLines;
    private readonly RowStatement addUnsealed;

    public PostgresInserts(SqlSession session, Trip trip)
    {
        this.trip = trip;
        addPostings = new RowStatement(
            session,
            "INSERT INTO om_posting (command_pos, from_cell, from_account, to_cell, to_account, quantity) SELECT a, b, c, d, e, f "
            + "FROM {rows} ORDER BY place",
            "a, b, c, d, e, f");

        // Positions are drawn in the order of rows; the sequencer turns them into places of the feed.
        addEvents = new RowStatement(
            session,
            "WITH e AS (INSERT INTO om_event (tenant, category, stream_key, version, event_id, event_type, schema_version, recorded_at, "
            + "command_id, ordinal, actor, source, previous_hash, hash, payload) SELECT a, b, c, d, e, f, g, h, i, j, k, l, m, n, o "
            + "FROM {rows} ORDER BY place RETURNING tenant, event_pos) "
            + "INSERT INTO om_feed_waiting (tenant, event_pos) SELECT tenant, event_pos FROM e",
            "a, b, c, d, e, f, g, h, i, j, k, l, m, n, o");
        setTimers = new RowStatement(
            session,
            "INSERT INTO om_timer AS x (tenant, category, stream_key, purpose, generation, due) SELECT a, b, c, d, g, u "
            + "FROM {rows} "
            + "ORDER BY a COLLATE \"C\", b COLLATE \"C\", c COLLATE \"C\", d COLLATE \"C\" "
            + "ON CONFLICT (tenant, category, stream_key, purpose) DO UPDATE SET generation = excluded.generation, due = excluded.due, "
            + "free_at = 0, fence = x.fence + 1 WHERE x.generation <= excluded.generation",
            "a, b, c, d, g, u");
        clearTimers = new RowStatement(
            session,
            "DELETE FROM om_timer x USING {rows} WHERE x.tenant = t.a AND x.category = t.b "
            + "AND x.stream_key = t.c AND x.purpose = t.d AND x.generation <= t.g",
            "a, b, c, d, g");
        addMessages = new RowStatement(
            session,
            "INSERT INTO om_outbox (tenant, message_id, destination, category, stream_key, version, body) SELECT a, b, c, d, e, f, g "
            + "FROM {rows} ORDER BY place",
            "a, b, c, d, e, f, g");
        addReceived = new RowStatement(
            session,
            "INSERT INTO om_inbox (tenant, consumer, source, message_id, note, received_at) SELECT a, b, c, d, e, f "
            + "FROM {rows} "
            + "ORDER BY a COLLATE \"C\", b COLLATE \"C\", c COLLATE \"C\", d COLLATE \"C\" ON CONFLICT DO NOTHING",
            "a, b, c, d, e, f");

        // A day that is not there travels as the smallest number.
        putLines = new RowStatement(
            session,
            $"INSERT INTO om_open_line (tenant, {OpenLineIndex.Columns}) SELECT a, b, c, d, e, f, g, h, "
            + "nullif(i, -9223372036854775808), j, k, l, m, n FROM {rows} ORDER BY a COLLATE \"C\", b COLLATE \"C\", c COLLATE \"C\", d "
            + "ON CONFLICT (tenant, sku, order_key, line) DO UPDATE SET unheld = excluded.unheld, held = excluded.held, "
            + "tier = excluded.tier, placed_at = excluded.placed_at, due_at = excluded.due_at, "
            + "customer_level = excluded.customer_level, payment_method = excluded.payment_method, paid = excluded.paid, "
            + "priority = excluded.priority, blocked = excluded.blocked",
            "a, b, c, d, e, f, g, h, i, j, k, l, m, n");
        dropLines = new RowStatement(
            session,
            "DELETE FROM om_open_line x USING {rows} "
            + "WHERE x.tenant = t.a AND x.sku = t.b AND x.order_key = t.c AND x.line = t.d",
            "a, b, c, d");
        addUnsealed = new RowStatement(
            session, "INSERT INTO om_seal_waiting (tenant, command_id, messages) SELECT a, b, c FROM {rows} ORDER BY place", "a, b, c");
    }

    public void Write(PostgresWave wave)
    {
        var postings = new RowSet(6);
        var events = new RowSet(15);
        var messages = new RowSet(7);
        var received = new RowSet(6);
        var unsealed = new RowSet(3);
        var timers = new List<(string Tenant, TimerChange Timer)>();
        for (int i = 0; i < wave.Units.Count; i++)
        {
            if (!wave.IsCommitted(i))
            {
                continue;
            }

            UnitOfWork unit = wave.Units[i];
            DecidedCommand command = unit.Command;
            string tenant = command.Tenant.Text;
            foreach (Posting posting in unit.Postings)
            {
                long from = wave.Cells[new CellKey(command.Tenant, posting.FromCell)].Id;
                long to = wave.Cells[new CellKey(command.Tenant, posting.ToCell)].Id;
                postings.Add(wave.Positions[i], from, (long)posting.From, to, (long)posting.To, posting.Quantity.Units);
            }

            foreach (EventEnvelope e in unit.Appends.SelectMany(static append => append.Events))
            {
                AddEvent(events, tenant, e);
            }

            foreach (OutgoingMessage m in unit.Messages)
            {
                messages.Add(tenant, m.Id.ToString("D"), m.Destination, m.Stream.Category, m.Stream.Key, m.Version, m.Body);
            }

            if (unit.Received is { } r)
            {
                received.Add(tenant, r.Consumer, r.Source, r.Id, command.Id.ToString(), Microseconds.Of(command.DecidedAt));
            }

            timers.AddRange(unit.Timers.Select(timer => (tenant, timer)));
            unsealed.Add(tenant, command.Id.ToString(), string.Join(",", unit.Messages.Select(static m => m.Id.ToString("D"))));
        }

        trip.Add(addPostings, postings, postings.Count);
        trip.Add(addEvents, events, events.Count);
        WriteLines(wave);
        WriteTimers(timers);
        trip.Add(addMessages, messages, messages.Count);
        trip.Add(addReceived, received);
        trip.Add(addUnsealed, unsealed, unsealed.Count);
    }

    // What several units say of one line, the last says.
    private void WriteLines(PostgresWave wave)
    {
        var last = new Dictionary<(string Tenant, Sku Sku, OrderId Order, int Line), OpenLine>();
        for (int i = 0; i < wave.Units.Count; i++)
        {
            foreach (OpenLine line in wave.IsCommitted(i) ? wave.Units[i].OpenLines : ImmutableArray<OpenLine>.Empty)
            {
                last[(wave.Units[i].Command.Tenant.Text, line.Sku, line.Order, line.Line)] = line;
            }
        }

        var put = new RowSet(14);
        var drop = new RowSet(4);
        foreach (KeyValuePair<(string Tenant, Sku Sku, OrderId Order, int Line), OpenLine> entry in last)
        {
            (string tenant, OpenLine line) = (entry.Key.Tenant, entry.Value);
            if (!line.IsOpen)
            {
                drop.Add(tenant, line.Sku.Text, line.Order.Text, line.Line);
                continue;
            }

            put.Add(
                tenant, line.Sku.Text, line.Order.Text, line.Line, line.Unheld.Units, line.Held.Units, (long)line.Tier,
                Microseconds.Of(line.PlacedAt), line.DueAt is { } due ? Microseconds.Of(due) : long.MinValue,
                line.Standing.CustomerLevel, line.Standing.PaymentMethod, line.Standing.IsPaid ? 1 : 0, line.Standing.Priority,
                line.IsBlocked ? 1 : 0);
        }

        // A line that was never open has no row to remove.
        trip.Add(putLines, put, put.Count);
        trip.Add(dropLines, drop);
    }

    // A timer that several units change is changed in their order: the first change of each timer, then the second, and so on.
    private void WriteTimers(List<(string Tenant, TimerChange Timer)> timers)
    {
        while (timers.Count > 0)
        {
            var set = new RowSet(6);
            var clear = new RowSet(5);
            var seen = new HashSet<(string, StreamId, string)>();
            var later = new List<(string Tenant, TimerChange Timer)>();
            foreach ((string tenant, TimerChange timer) in timers)
            {
                if (!seen.Add((tenant, timer.Stream, timer.Purpose)))
                {
                    later.Add((tenant, timer));
                }
                else if (timer.Due is { } due)
                {
                    set.Add(tenant, timer.Stream.Category, timer.Stream.Key, timer.Purpose, timer.Generation, Microseconds.Of(due));
                }
                else
                {
                    clear.Add(tenant, timer.Stream.Category, timer.Stream.Key, timer.Purpose, timer.Generation);
                }
            }

            // An older setting that comes late changes nothing, so the number of rows says nothing here.
            trip.Add(setTimers, set);
            trip.Add(clearTimers, clear);
            timers = later;
        }
    }

    private static void AddEvent(RowSet events, string tenant, EventEnvelope e) => events.Add(
        tenant, e.Stream.Category, e.Stream.Key, e.Version, e.EventId.ToString("D"), e.EventType, e.SchemaVersion,
        Microseconds.Of(e.RecordedAt), e.Command.ToString(), e.Ordinal, e.Actor.Id, e.Actor.SourceSystem, e.PreviousHash, e.Hash,
        e.Payload);

    public void Dispose()
    {
        foreach (RowStatement statement in new[]
        {
            addPostings, addEvents, setTimers, clearTimers, addMessages, addReceived, putLines, dropLines, addUnsealed,
        })
        {
            statement.Dispose();
        }
    }
}
