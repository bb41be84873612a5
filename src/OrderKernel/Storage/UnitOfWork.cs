using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Storage;

/// <summary>The new events of one stream and the version they were decided on.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="ExpectedVersion">The number of events the stream must still have.</param>
/// <param name="Events">The new events, versions from <paramref name="ExpectedVersion"/> + 1 on; never empty.</param>
public sealed record StreamAppend(StreamId Stream, long ExpectedVersion, ImmutableArray<EventEnvelope> Events);

/// <summary>A command as it was decided, with everything the decision looked at: what a replay needs.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Id">The command.</param>
/// <param name="Stream">The stream it was decided on.</param>
/// <param name="ReadVersion">The version of the stream that was decided on.</param>
/// <param name="Body">The command as canonical JSON.</param>
/// <param name="BodyHash">Its content hash; the same id with another hash is a conflict.</param>
/// <param name="Actor">Who issued it.</param>
/// <param name="DecidedAt">The <c>now</c> of the decision.</param>
/// <param name="Facts">What else was looked at, as canonical JSON.</param>
/// <param name="FactsHash">Its content hash, under which it is stored once.</param>
/// <param name="Outcome">The outcome as canonical JSON; see <see cref="CommandOutcome"/>.</param>
public sealed record DecidedCommand(
    TenantId Tenant, CommandId Id, StreamId Stream, long ReadVersion, string Body, string BodyHash, Actor Actor,
    Instant DecidedAt, string Facts, string FactsHash, string Outcome);

/// <summary>Everything one command changes. A store commits all of it or nothing.</summary>
/// <param name="Command">The command and its outcome; a refused command is a unit with nothing else.</param>
/// <param name="Appends">The new events per stream, each stream once; may be empty.</param>
/// <param name="Postings">The ledger movements, in the order of events.</param>
/// <param name="Holds">The changes of what lines hold.</param>
/// <param name="Overdrafts">The changes of how far cells may be overdrawn.</param>
/// <param name="Timers">The timers set or cleared.</param>
/// <param name="Messages">What others shall hear.</param>
/// <param name="Received">The message from outside that the command came from, recorded with it; null when it came from none.</param>
/// <param name="OpenLines">The rows of the index of open lines that change with the unit; may be empty.</param>
public sealed record UnitOfWork(
    DecidedCommand Command, ImmutableArray<StreamAppend> Appends, ImmutableArray<Posting> Postings,
    ImmutableArray<HoldChange> Holds, ImmutableArray<OverdraftChange> Overdrafts, ImmutableArray<TimerChange> Timers,
    ImmutableArray<OutgoingMessage> Messages, ReceivedMessage? Received = null, ImmutableArray<OpenLine> OpenLines = default)
{
    /// <summary>The rows of the index of open lines that change with the unit; may be empty.</summary>
    public ImmutableArray<OpenLine> OpenLines { get; init; } =
        OpenLines.IsDefault ? ImmutableArray<OpenLine>.Empty : OpenLines;
}

/// <summary>What became of one unit of a batch.</summary>
public enum UnitStatus
{
    /// <summary>All of it is stored.</summary>
    Committed = 0,

    /// <summary>The command was stored before; nothing changed and its outcome is returned.</summary>
    Repeated = 1,

    /// <summary>The id was used for another command; nothing changed.</summary>
    KeyReused = 2,

    /// <summary>A stream has moved on since it was read; nothing changed. Read again and decide again.</summary>
    StreamMoved = 3,

    /// <summary>A cell holds less than was read; nothing changed. Read again and decide again.</summary>
    StockMoved = 4,
}

/// <summary>The answer of a store to one unit.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="StoredOutcome">The stored outcome when repeated, otherwise null.</param>
public readonly record struct UnitResult(UnitStatus Status, string? StoredOutcome = null);
