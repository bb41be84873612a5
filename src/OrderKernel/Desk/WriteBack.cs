using System;
using System.Collections.Immutable;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Desk;

/// <summary>What outer systems hear of a decision: the fields they declared, under the order's number there, once per event, and
/// never what came from themselves.</summary>
internal static class WriteBack
{
    public static Decided Add(Decided decided, ImmutableArray<OuterSystem> systems, Reading reading)
    {
        if (systems.IsEmpty || decided.Unit.Appends.IsEmpty)
        {
            return decided;
        }

        var messages = ImmutableArray.CreateBuilder<OutgoingMessage>();
        for (int stream = 0; stream < decided.Unit.Appends.Length; stream++)
        {
            StreamAppend append = decided.Unit.Appends[stream];
            if (reading.Find(append.Stream) is { } known)
            {
                AddOf(known, append, decided.Decision.Streams[stream], systems, messages);
            }
        }

        return messages.Count == 0
            ? decided
            : decided with { Unit = decided.Unit with { Messages = decided.Unit.Messages.AddRange(messages) } };
    }

    private static void AddOf(
        KnownOrder known, StreamAppend append, StreamEvents events, ImmutableArray<OuterSystem> systems,
        ImmutableArray<OutgoingMessage>.Builder messages)
    {
        OrderState state = known.State;
        for (int i = 0; i < append.Events.Length; i++)
        {
            EventEnvelope envelope = append.Events[i];
            state = OrderFold.Evolve(state, events.Events[i]);
            foreach (OuterSystem system in systems)
            {
                if (system.Name != envelope.Actor.SourceSystem && Fields(system, events.Events[i]) is { } fields)
                {
                    messages.Add(Message(system, envelope, known.Order, state.ExternalKey, fields));
                }
            }
        }
    }

    private static JsonText? Fields(OuterSystem system, DomainEvent happened)
    {
        JsonText json = JsonText.Start().OpenArray("fields");
        bool any = false;
        if (happened is OrderAmended amended)
        {
            foreach (FieldChanged change in amended.Changes)
            {
                any |= Write(json, system, change.Line, change.Field, change.After);
            }
        }
        else if (happened is OrderPromised promised)
        {
            any = Write(json, system, 0, OrderFields.PromisedAt.Code, OrderDecider.Iso(promised.PromisedAt));
        }

        json.CloseArray();
        return any ? json : null;
    }

    private static bool Write(JsonText json, OuterSystem system, int line, string field, string value)
    {
        if (!system.TakesBack.Contains(field))
        {
            return false;
        }

        json.OpenObject().Member("line", line).Member("field", field).Member("value", value).CloseObject();
        return true;
    }

    private static OutgoingMessage Message(
        OuterSystem system, EventEnvelope envelope, OrderId order, string key, JsonText fields)
    {
        string body = fields
            .Member("event", envelope.EventId.ToString("D"))
            .Member("type", "order.write_back")
            .Member("order", order.Text)
            .Member("key", key)
            .Member("version", envelope.Version)
            .Finish();
        Guid id = DerivedId.Of(DerivedId.Messages, envelope.EventId.ToString("D") + "/write_back/" + system.Name);
        return new OutgoingMessage(id, system.Name, envelope.Stream, envelope.Version, body);
    }
}
