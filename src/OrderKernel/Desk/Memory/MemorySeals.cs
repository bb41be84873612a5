using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>The memory store's chain of seals, made when it is read. The store's lock guards it.</summary>
internal sealed class MemorySeals
{
    private readonly List<HistorySeal> seals = new();
    private readonly List<(DecidedCommand Command, ImmutableArray<OutgoingMessage> Messages)> waiting = new();

    public void Add(DecidedCommand command, ImmutableArray<OutgoingMessage> messages) => waiting.Add((command, messages));

    public List<HistorySeal> All(TenantId tenant, List<EventEnvelope> feed)
    {
        HistorySeal? last = seals.Count == 0 ? null : seals[seals.Count - 1];
        if (waiting.Count > 0)
        {
            var commands = ImmutableArray.CreateRange(waiting.Select(static one => new SealedCommand(
                one.Command.Id, SealedCommand.DigestOf(one.Command),
                ImmutableArray.CreateRange(one.Messages, static message => message.Id))));
            string[] events = feed.Skip((int)(last?.FeedEnd ?? 0)).Select(static happened => happened.Hash).ToArray();
            seals.Add(HistorySeal.Next(tenant, last, commands, events));
            waiting.Clear();
        }

        return seals;
    }
}
