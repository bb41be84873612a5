using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;

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

    /// <summary>Whether a message is of this kind and about that event.</summary>
    public static bool IsFor(OutgoingMessage message, EventEnvelope envelope) => message.Id == IdOf(envelope, message.Destination);

    /// <summary>Whether a message says what an event makes it say. Which fields a system takes back is not stored with the event; of
    /// those that the message names, everything must be there as it happened.</summary>
    /// <param name="message">The message.</param>
    /// <param name="envelope">The event it is for.</param>
    /// <param name="happened">What it says.</param>
    /// <param name="after">The order after it.</param>
    public static bool Says(OutgoingMessage message, EventEnvelope envelope, DomainEvent happened, OrderState after)
    {
        try
        {
            using JsonDocument body = JsonDocument.Parse(message.Body);
            ImmutableArray<string> named = body.RootElement.Array("fields", static field => field.Text("field"));
            return Fields(named, happened) is { } fields
                && Message(message.Destination, envelope, new OrderId(envelope.Stream.Key), after.ExternalKey, fields) == message;
        }
        catch (System.Exception fault) when (JsonFields.IsDamage(fault))
        {
            return false;
        }
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
                if (system.Name != envelope.Actor.SourceSystem && Fields(system.TakesBack, events.Events[i]) is { } fields)
                {
                    messages.Add(Message(system.Name, envelope, known.Order, state.ExternalKey, fields));
                }
            }
        }
    }

    private static JsonText? Fields(IReadOnlyCollection<string> takesBack, DomainEvent happened)
    {
        JsonText json = JsonText.Start().OpenArray("fields");
        bool any = false;
        if (happened is OrderAmended amended)
        {
            foreach (FieldChanged change in amended.Changes)
            {
                any |= Write(json, takesBack, change.Line, change.Field, change.After);
            }
        }
        else if (happened is OrderPromised promised)
        {
            any = Write(json, takesBack, 0, OrderFields.PromisedAt.Code, OrderDecider.Iso(promised.PromisedAt));
        }

        json.CloseArray();
        return any ? json : null;
    }

    private static bool Write(JsonText json, IReadOnlyCollection<string> takesBack, int line, string field, string value)
    {
        if (!takesBack.Contains(field))
        {
            return false;
        }

        json.OpenObject().Member("line", line).Member("field", field).Member("value", value).CloseObject();
        return true;
    }

    private static OutgoingMessage Message(
        string system, EventEnvelope envelope, OrderId order, string key, JsonText fields)
    {
        string body = fields
            .Member("event", envelope.EventId.ToString("D"))
            .Member("type", "order.write_back")
            .Member("order", order.Text)
            .Member("key", key)
            .Member("version", envelope.Version)
            .Finish();
        return new OutgoingMessage(IdOf(envelope, system), system, envelope.Stream, envelope.Version, body);
    }

    private static Guid IdOf(EventEnvelope envelope, string system) =>
        DerivedId.Of(DerivedId.Messages, envelope.EventId.ToString("D") + "/write_back/" + system);
}
