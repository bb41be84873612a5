using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using OrderKernel.Access;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>Turns stored events and commands into entries of the audit. Pure.</summary>
internal static class AuditReader
{
    /// <summary>The entries of a stream whose events are as they were written.</summary>
    public static IEnumerable<AuditEntry> Of(ImmutableArray<EventEnvelope> stream)
    {
        OrderState before = OrderState.None;
        foreach (EventEnvelope envelope in stream)
        {
            OrderState after = before;
            if (envelope.Stream.Category == StreamId.OrderCategory)
            {
                after = OrderFold.Evolve(before, StoredForms.ReadEvent(envelope));
            }

            foreach (AuditEntry entry in Changes(envelope, before, after))
            {
                yield return entry;
            }

            before = after;
        }
    }

    /// <summary>What a command wanted that was refused, or that left no event and is audited all the same.</summary>
    public static IEnumerable<AuditEntry> Of(DecidedCommand command)
    {
        CommandOutcome outcome = CommandOutcome.Read(command.Outcome, KernelFindings.Catalog);
        using JsonDocument body = JsonDocument.Parse(command.Body);
        string type = body.RootElement.OptionalText("type") ?? string.Empty;
        if (outcome.IsAccepted && type != CommandTypes.Export)
        {
            yield break;
        }

        if (DeniedCommand.Read(type, body.RootElement) is { } denied)
        {
            foreach (AuditEntry one in Of(command, denied, outcome))
            {
                yield return one;
            }

            yield break;
        }

        var entry = new AuditEntry(
            command.DecidedAt, command.Stream, outcome.Version, type, command.Actor, string.Empty, 0, string.Empty, string.Empty,
            body.RootElement.OptionalText("reason") ?? string.Empty, body.RootElement.OptionalText("voucher") ?? string.Empty,
            command.Id, outcome.Findings);
        AmendOrder? amend = type == "order.amend" ? StoredForms.ReadCommand(command.Body) as AmendOrder : null;
        if (amend is null || amend.Changes.IsDefaultOrEmpty)
        {
            yield return type == "order.promise" ? entry with { Field = "promised_at" } : entry;
            yield break;
        }

        foreach (FieldChange change in amend.Changes)
        {
            yield return entry with { Field = change.Field, Line = change.Line, After = change.Value };
        }
    }

    // Under the id that it was sent with; of a field that was not granted it says which, and never what it should have become.
    private static IEnumerable<AuditEntry> Of(DecidedCommand command, DeniedCommand denied, CommandOutcome outcome) =>
        denied.Fields.DefaultIfEmpty(string.Empty).Select(field => new AuditEntry(
            command.DecidedAt, command.Stream, outcome.Version, denied.Wanted, command.Actor, field, 0, string.Empty, string.Empty,
            string.Empty, string.Empty, denied.Command, outcome.Findings));

    private static IEnumerable<AuditEntry> Changes(EventEnvelope envelope, OrderState before, OrderState after)
    {
        using JsonDocument payload = JsonDocument.Parse(envelope.Payload);
        JsonElement json = payload.RootElement;
        string Text(string name) =>
            json.Has(name) && json.GetProperty(name).ValueKind == JsonValueKind.String ? json.Text(name) : string.Empty;
        var entry = new AuditEntry(
            envelope.RecordedAt, envelope.Stream, envelope.Version, envelope.EventType, envelope.Actor, string.Empty, 0,
            before.Stage.Name.Code, after.Stage.Name.Code, Text("reason"), Text("voucher"), envelope.Command,
            ImmutableArray<Finding>.Empty);
        if (envelope.Stream.Category != StreamId.OrderCategory)
        {
            yield return entry with { Field = Text("parameter"), Before = Text("before"), After = Text("after") };
            yield break;
        }

        DomainEvent happened = StoredForms.ReadEvent(envelope);
        switch (happened)
        {
            case OrderAmended { Changes.IsEmpty: false } amended:
                foreach (FieldChanged change in amended.Changes)
                {
                    yield return entry with
                    {
                        Field = change.Field, Line = change.Line, Before = change.Before, After = change.After,
                    };
                }

                break;
            case OrderPromised promised:
                yield return entry with
                {
                    Field = "promised_at",
                    Before = before.CurrentPromise is { } earlier ? OrderDecider.Iso(earlier.PromisedAt) : string.Empty,
                    After = OrderDecider.Iso(promised.PromisedAt),
                    Reason = (promised.Cause.Code() + " " + promised.Note).Trim(),
                };
                break;
            case OrderFactCorrected corrected:
                yield return entry with
                {
                    Field = corrected.Fact.Code(),
                    Before = OrderDecider.Iso(corrected.Recorded),
                    After = OrderDecider.Iso(corrected.Corrected),
                };
                break;
            default:
                yield return entry;
                break;
        }
    }
}
