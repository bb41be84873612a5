using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Writes units of work inside a transaction that is open already, with prepared statements. One thread at a time.</summary>
/// <remarks>
/// <para>Order of locks: command, streams, cells in the order of cells, holds, then inserts.</para>
/// </remarks>
internal sealed class RowByRowWriter : IDisposable
{
    private readonly Statement findCommand;
    private readonly Statement addCommand;
    private readonly Statement lastCommand;
    private readonly Statement lastEvent;
    private readonly Statement addFacts;
    private readonly Statement addStream;
    private readonly Statement moveStream;
    private readonly Statement addEvent;
    private readonly Statement addFeed;
    private readonly Statement lastFeed;
    private readonly Statement addMessage;
    private readonly Statement setTimer;
    private readonly Statement clearTimer;
    private readonly Statement addReceived;
    private readonly LedgerWriter ledger;
    private readonly OpenLineIndex openLines;
    private readonly SqliteSeals seals;
    private readonly ImmutableArray<Statement> statements;
    private readonly Dictionary<TenantId, long> feedPositions = new();
    private readonly HashSet<string> knownFacts = new(StringComparer.Ordinal);
    private long commandPosition = -1;
    private long eventPosition = -1;

    public RowByRowWriter(SqlSession session)
    {
        findCommand = new Statement(
            session, "SELECT body_hash, outcome FROM om_command WHERE tenant = @0 AND command_id = @1", 2);
        addCommand = new Statement(
            session,
            "INSERT INTO om_command (command_pos, tenant, command_id, category, stream_key, read_version, body, body_hash, actor, "
            + "source, decided_at, facts_hash, outcome) VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12) "
            + "ON CONFLICT (tenant, command_id) DO NOTHING",
            13);
        lastCommand = new Statement(session, "SELECT coalesce(max(command_pos), 0) FROM om_command", 0);
        lastEvent = new Statement(session, "SELECT coalesce(max(event_pos), 0) FROM om_event", 0);
        addFacts = new Statement(
            session, "INSERT INTO om_facts (facts_hash, body) VALUES (@0, @1) ON CONFLICT (facts_hash) DO NOTHING", 2);
        addStream = new Statement(
            session,
            "INSERT INTO om_stream (tenant, category, stream_key, version) VALUES (@0, @1, @2, @3) ON CONFLICT DO NOTHING", 4);
        moveStream = new Statement(
            session,
            "UPDATE om_stream SET version = @3 WHERE tenant = @0 AND category = @1 AND stream_key = @2 AND version = @4", 5);
        addEvent = new Statement(
            session,
            "INSERT INTO om_event (event_pos, tenant, category, stream_key, version, event_id, event_type, schema_version, recorded_at, "
            + "command_id, ordinal, actor, source, previous_hash, hash, payload) "
            + "VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15)",
            16);
        addFeed = new Statement(session, "INSERT INTO om_feed (tenant, feed_pos, event_pos) VALUES (@0, @1, @2)", 3);
        lastFeed = new Statement(session, "SELECT coalesce(max(feed_pos), 0) FROM om_feed WHERE tenant = @0", 1);
        addMessage = new Statement(
            session,
            "INSERT INTO om_outbox (tenant, message_id, destination, category, stream_key, version, body) "
            + "VALUES (@0, @1, @2, @3, @4, @5, @6)",
            7);
        setTimer = new Statement(
            session,
            "INSERT INTO om_timer (tenant, category, stream_key, purpose, generation, due) VALUES (@0, @1, @2, @3, @4, @5) "
            + "ON CONFLICT (tenant, category, stream_key, purpose) DO UPDATE SET generation = excluded.generation, "
            + "due = excluded.due, free_at = 0, fence = om_timer.fence + 1 WHERE om_timer.generation <= excluded.generation",
            6);
        clearTimer = new Statement(
            session,
            "DELETE FROM om_timer WHERE tenant = @0 AND category = @1 AND stream_key = @2 AND purpose = @3 AND generation <= @4",
            5);
        addReceived = new Statement(
            session,
            "INSERT INTO om_inbox (tenant, consumer, source, message_id, note, received_at) VALUES (@0, @1, @2, @3, @4, @5) "
            + "ON CONFLICT DO NOTHING",
            6);
        ledger = new LedgerWriter(session);
        openLines = new OpenLineIndex(session);
        seals = new SqliteSeals(session);
        statements = ImmutableArray.Create(
            findCommand, addCommand, lastCommand, lastEvent, addFacts, addStream, moveStream, addEvent, addFeed, lastFeed, addMessage,
            setTimer, clearTimer, addReceived);
    }

    /// <summary>Writes a unit; anything but <see cref="UnitStatus.Committed"/> must be rolled back by the caller.</summary>
    public UnitResult Write(UnitOfWork unit)
    {
        DecidedCommand command = unit.Command;
        if (!AddCommand(command, out long position))
        {
            return Stored(command);
        }

        foreach (StreamAppend append in unit.Appends)
        {
            if (!MoveStream(command.Tenant, append))
            {
                return new UnitResult(UnitStatus.StreamMoved);
            }
        }

        if (!ledger.Apply(command.Tenant, unit))
        {
            return new UnitResult(UnitStatus.StockMoved);
        }

        ledger.Record(command.Tenant, position, unit);
        foreach (StreamAppend append in unit.Appends)
        {
            AddEvents(command.Tenant, append.Events);
        }

        openLines.Write(command.Tenant, unit.OpenLines);
        AddTimers(command.Tenant, unit.Timers);
        AddMessages(command.Tenant, unit.Messages);
        if (unit.Received is { } received)
        {
            addReceived.Execute(
                command.Tenant.Text, received.Consumer, received.Source, received.Id, command.Id.ToString(),
                Microseconds.Of(command.DecidedAt));
        }

        seals.Add(unit);
        return new UnitResult(UnitStatus.Committed);
    }

    /// <summary>Seals the units that were written since it was called last; the caller commits them with their seal.</summary>
    public void Seal() => seals.Write();

    /// <summary>Forgets everything about the transaction: it was rolled back.</summary>
    public void Restart()
    {
        Forget();
        seals.Forget();
    }

    /// <summary>Forgets what was remembered about rows that are not committed after all.</summary>
    public void Forget()
    {
        feedPositions.Clear();
        commandPosition = -1;
        eventPosition = -1;
        knownFacts.Clear();
        ledger.Forget();
    }

    private UnitResult Stored(DecidedCommand command)
    {
        using DbDataReader reader = findCommand.Query(command.Tenant.Text, command.Id.ToString());
        reader.Read();
        return reader.GetString(0) == command.BodyHash
            ? new UnitResult(UnitStatus.Repeated, reader.GetString(1))
            : new UnitResult(UnitStatus.KeyReused);
    }

    private bool MoveStream(TenantId tenant, StreamAppend append)
    {
        long next = append.ExpectedVersion + append.Events.Length;
        int moved = append.ExpectedVersion == 0
            ? addStream.Execute(tenant.Text, append.Stream.Category, append.Stream.Key, next)
            : moveStream.Execute(tenant.Text, append.Stream.Category, append.Stream.Key, next, append.ExpectedVersion);
        return moved == 1;
    }

    // Positions are counted here, since this is the only writer; a position that was rolled back is given again.
    private bool AddCommand(DecidedCommand command, out long position)
    {
        // Facts are shared by hash; the latest ones are remembered to spare the database the question.
        if (knownFacts.Count > 10_000)
        {
            knownFacts.Clear();
        }

        if (knownFacts.Add(command.FactsHash))
        {
            addFacts.Execute(command.FactsHash, command.Facts);
        }

        commandPosition = commandPosition < 0 ? lastCommand.Scalar() : commandPosition;
        position = ++commandPosition;
        return addCommand.Execute(
            position, command.Tenant.Text, command.Id.ToString(), command.Stream.Category, command.Stream.Key, command.ReadVersion,
            command.Body, command.BodyHash, command.Actor.Id, command.Actor.SourceSystem, Microseconds.Of(command.DecidedAt),
            command.FactsHash, command.Outcome) == 1;
    }

    private void AddEvents(TenantId tenant, ImmutableArray<EventEnvelope> events)
    {
        if (!feedPositions.TryGetValue(tenant, out long feed))
        {
            feed = lastFeed.Scalar(tenant.Text);
        }

        eventPosition = eventPosition < 0 ? lastEvent.Scalar() : eventPosition;
        foreach (EventEnvelope e in events)
        {
            addEvent.Execute(
                ++eventPosition, tenant.Text, e.Stream.Category, e.Stream.Key, e.Version, e.EventId.ToString("D"), e.EventType,
                e.SchemaVersion,
                Microseconds.Of(e.RecordedAt), e.Command.ToString(), e.Ordinal, e.Actor.Id, e.Actor.SourceSystem, e.PreviousHash,
                e.Hash, e.Payload);
            addFeed.Execute(tenant.Text, ++feed, eventPosition);
        }

        feedPositions[tenant] = feed;
    }

    private void AddTimers(TenantId tenant, ImmutableArray<TimerChange> timers)
    {
        foreach (TimerChange timer in timers)
        {
            string category = timer.Stream.Category;
            if (timer.Due is { } due)
            {
                setTimer.Execute(tenant.Text, category, timer.Stream.Key, timer.Purpose, timer.Generation, Microseconds.Of(due));
            }
            else
            {
                clearTimer.Execute(tenant.Text, category, timer.Stream.Key, timer.Purpose, timer.Generation);
            }
        }
    }

    private void AddMessages(TenantId tenant, ImmutableArray<OutgoingMessage> messages)
    {
        foreach (OutgoingMessage message in messages)
        {
            addMessage.Execute(
                tenant.Text, message.Id.ToString("D"), message.Destination, message.Stream.Category, message.Stream.Key,
                message.Version, message.Body);
        }
    }

    public void Dispose()
    {
        foreach (Statement statement in statements)
        {
            statement.Dispose();
        }

        ledger.Dispose();
        openLines.Dispose();
        seals.Dispose();
    }
}
