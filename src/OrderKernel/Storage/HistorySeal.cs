using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Storage;

/// <summary>One link of the chain over everything a tenant was asked and everything that happened: the commands (refusals and exports
/// among them), the messages of each, and the events of the feed since the seal before. Who takes one away breaks the seal.</summary>
/// <param name="Number">Its place in the chain, from 1, without holes.</param>
/// <param name="Commands">The commands that it covers, in the order in which they were sealed; may be empty.</param>
/// <param name="FeedEnd">The position of the last event of the feed that it or a seal before it covers.</param>
/// <param name="Hash">SHA-256 over all of it and the hash of the seal before.</param>
public sealed record HistorySeal(long Number, ImmutableArray<SealedCommand> Commands, long FeedEnd, string Hash)
{
    /// <summary>The next link of a chain.</summary>
    /// <param name="tenant">Whose chain.</param>
    /// <param name="last">The last link so far; null for the first.</param>
    /// <param name="commands">The commands that are in no seal yet.</param>
    /// <param name="events">The hashes of the events of the feed behind <see cref="FeedEnd"/> of the last link, in the order of the
    /// feed.</param>
    /// <remarks><para>Cost: O(commands + events), two hashes for a command that was stored alone.</para></remarks>
    public static HistorySeal Next(
        TenantId tenant, HistorySeal? last, ImmutableArray<SealedCommand> commands, IReadOnlyList<string> events)
    {
        if (events is null)
        {
            throw new ArgumentNullException(nameof(events));
        }

        long number = (last?.Number ?? 0) + 1;
        long end = (last?.FeedEnd ?? 0) + events.Count;
        return new HistorySeal(number, commands, end, HashOf(tenant, last?.Hash ?? ContentHash.None, number, commands, end, events));
    }

    /// <summary>Whether the seal is what its parts and the seal before make.</summary>
    internal bool Fits(TenantId tenant, string previous, IReadOnlyList<string> events) =>
        Hash == HashOf(tenant, previous, Number, Commands, FeedEnd, events);

    private static string HashOf(
        TenantId tenant, string previous, long number, ImmutableArray<SealedCommand> commands, long end, IReadOnlyList<string> events)
    {
        var text = new StringBuilder(256 + (events.Count * 65) + (commands.Length * 110));
        text.Append(previous).Append('\n').Append(tenant.Text).Append('\n').Append(Digits(number)).Append('\n').Append(Digits(end));
        foreach (string happened in events)
        {
            text.Append('\n').Append(happened);
        }

        foreach (SealedCommand command in commands)
        {
            text.Append("\n+").Append(command.Id.ToString()).Append(' ').Append(command.Digest);
            foreach (Guid message in command.Messages)
            {
                text.Append(' ').Append(message.ToString("D"));
            }
        }

        return ContentHash.Of(text.ToString());
    }

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A command in a seal.</summary>
/// <param name="Id">The command.</param>
/// <param name="Digest">SHA-256 over the command as it was decided: <see cref="DigestOf"/>.</param>
/// <param name="Messages">The ids of the messages that were stored with it, in their order; may be empty.</param>
public sealed record SealedCommand(CommandId Id, string Digest, ImmutableArray<Guid> Messages)
{
    /// <summary>The command of a unit, ready to be sealed.</summary>
    /// <param name="unit">The unit.</param>
    public static SealedCommand Of(UnitOfWork unit) => unit is null
        ? throw new ArgumentNullException(nameof(unit))
        : new SealedCommand(
            unit.Command.Id, DigestOf(unit.Command), ImmutableArray.CreateRange(unit.Messages, static message => message.Id));

    /// <summary>What a seal knows of a command: everything but its body and its facts, which are there by their hashes.</summary>
    /// <param name="command">The command as it is stored; its body and facts are not looked at.</param>
    public static string DigestOf(DecidedCommand command)
    {
        if (command is null)
        {
            throw new ArgumentNullException(nameof(command));
        }

        var text = new StringBuilder(command.Outcome.Length + 384);
        text.Append(command.Id.ToString()).Append('\n').Append(command.Stream.Category).Append('/').Append(command.Stream.Key).Append('\n');
        text.Append(command.ReadVersion.ToString(CultureInfo.InvariantCulture)).Append('\n').Append(command.BodyHash).Append('\n');
        text.Append(OneLine(command.Actor.Id)).Append('\n').Append(OneLine(command.Actor.SourceSystem)).Append('\n');
        text.Append(Microseconds.Of(command.DecidedAt).ToString(CultureInfo.InvariantCulture)).Append('\n');
        return ContentHash.Of(text.Append(command.FactsHash).Append('\n').Append(command.Outcome).ToString());
    }

    /// <summary>Commands as one line of text, as a store may keep them.</summary>
    /// <param name="commands">The commands of one seal.</param>
    public static string Write(ImmutableArray<SealedCommand> commands)
    {
        var text = new StringBuilder(commands.Length * 104);
        foreach (SealedCommand command in commands)
        {
            text.Append(text.Length == 0 ? string.Empty : " ").Append(command.Id.ToString()).Append('/').Append(command.Digest);
            foreach (Guid message in command.Messages)
            {
                text.Append('/').Append(message.ToString("D"));
            }
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">The line.</param>
    /// <exception cref="FormatException">The text is not such a line.</exception>
    public static ImmutableArray<SealedCommand> Read(string text)
    {
        if (text is null)
        {
            throw new ArgumentNullException(nameof(text));
        }

        return text.Length == 0
            ? ImmutableArray<SealedCommand>.Empty
            : ImmutableArray.CreateRange(text.Split(' ').Select(ReadOne));
    }

    private static SealedCommand ReadOne(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length < 2
            ? throw new FormatException("A seal names each command with its digest.")
            : new SealedCommand(
                new CommandId(Guid.ParseExact(parts[0], "D")), parts[1],
                ImmutableArray.CreateRange(parts.Skip(2).Select(static part => Guid.ParseExact(part, "D"))));
    }

    // No text holds NUL, so a line break cannot move from one part to the next.
    private static string OneLine(string text) => text.Replace('\n', '\0');
}
