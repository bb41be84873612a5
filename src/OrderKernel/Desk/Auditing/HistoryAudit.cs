using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Board;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>Compares everything that is stored with what the events and the commands make of it. Pure: it is given what is stored, first
/// the feed, then the streams, the commands and the seals, and gathers what does not agree.</summary>
internal sealed partial class HistoryAudit
{
    /// <summary>How many findings are told before they are only counted.</summary>
    public const int MostFindings = 1_000;

    private readonly TenantId tenant;
    private readonly EventForms forms;
    private readonly StoredContents? contents;
    private readonly ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
    private readonly Dictionary<StreamId, long> told = new();
    private readonly Dictionary<string, int> lengths = new(StringComparer.Ordinal);
    private readonly List<string> feed = new();
    private readonly Dictionary<CommandId, Caused> caused = new();
    private readonly Dictionary<CommandId, SealedCommand> commands = new();
    private readonly List<CommandId> inOrder = new();
    private int more;

    /// <summary>Begins an audit.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="forms">The older forms of events that are read.</param>
    /// <param name="contents">What is kept beside the events; null when the store does not say.</param>
    /// <param name="board">The board as it is kept; null when the store has none.</param>
    public HistoryAudit(TenantId tenant, EventForms forms, StoredContents? contents, KeptBoard? board)
    {
        this.tenant = tenant;
        this.forms = forms;
        this.contents = contents;
        this.board = board;
        foreach (OutgoingMessage message in contents?.Messages ?? ImmutableArray<OutgoingMessage>.Empty)
        {
            messages[message.Id] = message;
            Listed(messagesOf, message.Stream).Add(message);
        }

        foreach (TimerChange timer in contents?.Timers ?? ImmutableArray<TimerChange>.Empty)
        {
            timers[(timer.Stream, timer.Purpose)] = timer;
        }
    }

    /// <summary>The streams that have events or a version, by what the store keeps beside them.</summary>
    public IEnumerable<StoredStream> Streams => contents?.Streams ?? ImmutableArray<StoredStream>.Empty;

    /// <summary>Everything that did not agree.</summary>
    public ImmutableArray<Finding> Findings => more == 0
        ? findings.ToImmutable()
        : findings.ToImmutable().Add(HistoryFindings.More.About(string.Empty, string.Empty, Digits(more)));

    /// <summary>How many events each stream that was taken has, by its name.</summary>
    public IReadOnlyDictionary<string, int> Lengths => lengths;

    /// <summary>Takes the next event of the feed.</summary>
    public void AddFeed(FeedEntry entry)
    {
        EventEnvelope happened = entry.Event;
        told.TryGetValue(happened.Stream, out long before);
        feed.Add(happened.Hash);
        if (entry.Position != feed.Count || happened.Version != before + 1)
        {
            Found(HistoryFindings.FeedDiffers, happened.Stream, Digits(entry.Position), happened.Stream, Digits(happened.Version));
        }

        told[happened.Stream] = happened.Version;
        TellBoard(entry);
        if (happened.Stream.Category == StreamId.StockCategory && Read(happened) is OverdraftSet set)
        {
            overdrafts[set.Cell] = set.Overdraft.Units;
        }
    }

    /// <summary>Takes a stream with all its events.</summary>
    public void AddStream(StreamId stream, long? kept, ImmutableArray<EventEnvelope> events)
    {
        if (HashChain.FirstTampered(events) is { } version)
        {
            Found(HistoryFindings.EventAltered, stream, stream, Digits(version));
        }

        if (kept is { } number && number != events.Length)
        {
            Found(HistoryFindings.StreamVersionDiffers, stream, stream, Digits(number), Digits(events.Length));
        }

        lengths[stream.ToString()] = events.Length;
        told.TryGetValue(stream, out long last);
        told.Remove(stream);
        if (last != events.Length)
        {
            Found(HistoryFindings.FeedDiffers, stream, Digits(feed.Count), stream, Digits(Math.Min(last, events.Length) + 1));
        }

        foreach (EventEnvelope happened in events)
        {
            if (!caused.TryGetValue(happened.Command, out Caused? of))
            {
                caused.Add(happened.Command, of = new Caused());
            }

            of.Events.Add((happened.Ordinal, happened.EventId, stream, happened.Version, happened.Actor));
        }

        Fold(stream, events);
    }

    /// <summary>Takes the next stored command, in the order in which they were taken up.</summary>
    public void AddCommand(DecidedCommand command)
    {
        if (ContentHash.Of(command.Body) != command.BodyHash)
        {
            Found(HistoryFindings.BodyDiffers, command.Id, command.Id);
        }

        if (ContentHash.Of(command.Facts) != command.FactsHash)
        {
            Found(HistoryFindings.FactsDiffer, command.Id, command.Id);
        }

        commands[command.Id] = new SealedCommand(command.Id, SealedCommand.DigestOf(command), ImmutableArray<Guid>.Empty);
        inOrder.Add(command.Id);
        CommandOutcome outcome = CommandOutcome.Read(command.Outcome, KernelFindings.Catalog);
        caused.TryGetValue(command.Id, out Caused? of);
        of ??= new Caused();
        var claimed = new HashSet<Guid>(outcome.Events);
        foreach ((int _, Guid id, StreamId stream, long version, Actor actor) in of.Events.OrderBy(static one => one.Ordinal))
        {
            if (!claimed.Remove(id) || actor != command.Actor)
            {
                Found(HistoryFindings.EventUnclaimed, stream, stream, Digits(version));
            }
        }

        if (claimed.Count > 0)
        {
            Found(HistoryFindings.EventsMissing, command.Id, command.Id);
        }

        of.IsStored = true;
        AddWakeUp(command, outcome, of);
    }

    /// <summary>Compares what is kept with what was gathered, once everything was taken.</summary>
    public void Finish(LedgerContents ledger, ImmutableArray<HistorySeal> seals)
    {
        foreach (KeyValuePair<StreamId, long> untold in told.OrderBy(static one => one.Key))
        {
            Found(HistoryFindings.FeedDiffers, untold.Key, Digits(feed.Count), untold.Key, Digits(untold.Value));
        }

        foreach (Caused of in caused.Values.Where(static one => !one.IsStored))
        {
            foreach ((int _, Guid _, StreamId stream, long version, Actor _) in of.Events)
            {
                Found(HistoryFindings.EventUnclaimed, stream, stream, Digits(version));
            }
        }

        FinishEffects(ledger);
        FinishBoard();
        if (contents is not null)
        {
            FinishSeals(seals);
        }
    }

    /// <summary>Says that something could not be read.</summary>
    public void AddUnreadable(Exception fault) => Found(HistoryFindings.Unreadable, string.Empty, fault.Message);

    /// <summary>Whether an exception says that what is stored is no longer what it was, and not that the program is wrong.</summary>
    public static bool IsDamage(Exception fault) =>
        JsonFields.IsDamage(fault) || fault is KernelInvariantException or InvalidCastException or IndexOutOfRangeException
        || fault is UnreadableEventException;

    private void FinishSeals(ImmutableArray<HistorySeal> seals)
    {
        var open = new HashSet<CommandId>(commands.Keys);
        var announced = new HashSet<Guid>();
        string previous = ContentHash.None;
        long end = 0;
        for (int i = 0; i < seals.Length; i++)
        {
            HistorySeal seal = seals[i];
            string number = Digits(seal.Number);
            long until = Math.Max(end, Math.Min(seal.FeedEnd, feed.Count));
            List<string> events = feed.GetRange((int)end, (int)(until - end));
            if (seal.Number != i + 1 || seal.FeedEnd != until || !seal.Fits(tenant, previous, events))
            {
                Found(HistoryFindings.SealBroken, number, number);
            }

            foreach (SealedCommand command in seal.Commands)
            {
                announced.UnionWith(command.Messages);
                CompareSealed(number, command, open);
            }

            (previous, end) = (seal.Hash, until);
        }

        CommandId[] left = inOrder.Where(open.Contains).ToArray();
        if (left.Length > 0)
        {
            Found(HistoryFindings.CommandsUnsealed, left[0], left[0]);
        }

        foreach (OutgoingMessage message in messages.Values.Where(message => left.Length == 0 && !announced.Contains(message.Id)))
        {
            Found(HistoryFindings.MessageDiffers, message.Id, message.Id, message.Stream, Digits(message.Version));
        }
    }

    private void CompareSealed(string seal, SealedCommand command, HashSet<CommandId> open)
    {
        if (!commands.TryGetValue(command.Id, out SealedCommand? kept))
        {
            Found(HistoryFindings.CommandMissing, command.Id, command.Id, seal);
        }
        else if (!open.Remove(command.Id) || kept.Digest != command.Digest)
        {
            Found(HistoryFindings.CommandDiffers, command.Id, command.Id, seal);
        }

        foreach (Guid message in command.Messages.Where(id => contents!.KeepsSent && !messages.ContainsKey(id)))
        {
            Found(HistoryFindings.MessageMissing, message, message, command.Id);
        }
    }

    private void Found(FindingKind kind, object subject, params object[] facts)
    {
        if (findings.Count >= MostFindings)
        {
            more++;
            return;
        }

        string[] texts = facts.Select(static fact => Convert.ToString(fact, CultureInfo.InvariantCulture)!).ToArray();
        findings.Add(kind.About(Convert.ToString(subject, CultureInfo.InvariantCulture)!, string.Empty, texts));
    }

    private DomainEvent? Read(EventEnvelope envelope) =>
        envelope.Stream.Category == StreamId.DefinitionsCategory ? null : StoredForms.ReadEvent(forms.Lift(envelope));

    private static List<TValue> Listed<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<TValue>? list))
        {
            lists.Add(key, list = new List<TValue>());
        }

        return list;
    }

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What one command caused, by the events.</summary>
    private sealed class Caused
    {
        public List<(int Ordinal, Guid Id, StreamId Stream, long Version, Actor Actor)> Events { get; } = new();

        public List<(int Ordinal, ImmutableArray<Posting> Postings)> Postings { get; } = new();

        public bool IsStored { get; set; }

        public ImmutableArray<Posting> AllPostings() => ImmutableArray.CreateRange(
            Postings.OrderBy(static one => one.Ordinal).SelectMany(static one => one.Postings));
    }
}

/// <summary>The board as it is kept, and the place in the feed up to which it was made.</summary>
internal sealed record KeptBoard(long Position, ImmutableArray<BoardEntry> Entries);
