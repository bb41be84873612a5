using System;
using System.Collections.Immutable;
using System.Text.Json;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Storage;

/// <summary>Reads what was stored back into commands, events and facts.</summary>
public static class StoredForms
{
    /// <summary>Reads a stored event.</summary>
    /// <param name="envelope">The envelope; in an older form lifted by <see cref="EventForms"/> before.</param>
    /// <exception cref="UnreadableEventException">The type or its form is not known here.</exception>
    /// <exception cref="KernelInvariantException">The payload is damaged.</exception>
    public static DomainEvent ReadEvent(EventEnvelope envelope)
    {
        if (envelope is null)
        {
            throw new ArgumentNullException(nameof(envelope));
        }

        envelope = EventForms.Kernel.Lift(envelope);
        if (envelope.SchemaVersion != DomainEvent.FirstForm)
        {
            throw new UnreadableEventException(envelope);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(envelope.Payload);
            DomainEvent? happened = OrderEvent.Read(envelope.EventType, document.RootElement)
                ?? (DomainEvent?)StockJson.ReadEvent(envelope.EventType, document.RootElement);
            return happened ?? throw new UnreadableEventException(envelope);
        }
        catch (Exception fault) when (JsonFields.IsDamage(fault))
        {
            throw new KernelInvariantException(
                $"{envelope.Stream} version {envelope.Version}: the payload of '{envelope.EventType}' is damaged.", fault);
        }
    }

    /// <summary>Reads a stored command.</summary>
    /// <param name="body">The command as canonical JSON.</param>
    /// <exception cref="KernelInvariantException">The type is not known here, or the body does not fit it.</exception>
    public static KernelCommand ReadCommand(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            string type = document.RootElement.Text("type");
            KernelCommand? command = OrderCommand.Read(type, document.RootElement)
                ?? (type == "waiting.serve" ? ServeWaiting.Read(document.RootElement)
                    : type == "stock.cover" ? CoverBorrowed.Read(document.RootElement)
                    : type == "order.number" ? NumberOrder.Read(document.RootElement)
                    : type == "stock.reallocate" ? ReallocateStock.Read(document.RootElement)
                    : (KernelCommand?)StockJson.ReadCommand(type, document.RootElement));
            return command ?? throw new KernelInvariantException($"The command '{type}' is not known to this kernel.");
        }
        catch (Exception fault) when (JsonFields.IsDamage(fault))
        {
            throw new KernelInvariantException("A stored command is damaged.", fault);
        }
    }

    /// <summary>Folds a stream of an order.</summary>
    /// <param name="stream">Its events from version 1 on.</param>
    /// <exception cref="KernelInvariantException">A version is missing, or an event does not fit.</exception>
    public static OrderState FoldOrder(ImmutableArray<EventEnvelope> stream) => FoldOrder(OrderState.None, stream);

    /// <summary>Folds what is new in a stream onto a state that is known already.</summary>
    /// <param name="state">The order as far as it is known.</param>
    /// <param name="stream">The events after it.</param>
    /// <exception cref="KernelInvariantException">A version is missing, or an event does not fit.</exception>
    public static OrderState FoldOrder(OrderState state, ImmutableArray<EventEnvelope> stream)
    {
        if (state is null)
        {
            throw new ArgumentNullException(nameof(state));
        }

        foreach (EventEnvelope envelope in stream)
        {
            CheckNext(envelope, state.Version);
            state = OrderFold.Evolve(state, ReadEvent(envelope));
        }

        return state;
    }

    /// <summary>Folds a stream of a stock document.</summary>
    /// <param name="stream">Its events from version 1 on.</param>
    /// <exception cref="KernelInvariantException">A version is missing, or an event does not fit.</exception>
    public static StockDocument FoldDocument(ImmutableArray<EventEnvelope> stream)
    {
        StockDocument state = StockDocument.None;
        foreach (EventEnvelope envelope in stream)
        {
            CheckNext(envelope, state.Version);
            state = state.Evolve(ReadEvent(envelope));
        }

        return state;
    }

    /// <summary>What a decision looked at, beside its stream, its actor and its moment, as canonical JSON.</summary>
    /// <param name="stock">The cells that were read.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="lifecycle">What of types and lifecycles was used, as canonical JSON; null when nothing was.</param>
    /// <param name="definitions">Under which packs and roles, as canonical JSON; null when no pack was active.</param>
    public static string WriteFacts(
        StockPicture stock, OrderLimits limits, string? lifecycle = null, string? definitions = null) =>
        WriteFacts(stock, limits, DecisionSight.None, lifecycle, definitions);

    internal static string WriteFacts(
        StockPicture stock, OrderLimits limits, DecisionSight sight, string? lifecycle, string? definitions)
    {
        if (stock is null || limits is null)
        {
            throw new ArgumentNullException(nameof(stock));
        }

        JsonText json = JsonText.Start().Member("kernel", KernelVersion.Current).Member("rules", KernelVersion.Rules);
        json.OpenObject("limits").Member("lines", limits.MaxLines).Member("takes", limits.MaxTakes)
            .Member("shipments", limits.MaxShipments).Member("history", limits.MaxHistory)
            .Member("serials", limits.MaxSerials).Member("text", limits.MaxText).CloseObject();
        if (definitions is not null)
        {
            json.Raw("definitions", definitions);
        }

        json.OpenArray("stock");
        foreach (FreeStock cell in stock.Cells)
        {
            cell.Cell.WriteTo(json.OpenObject()).Member("available", cell.Available).Member("overdraft", cell.Overdraft.Units)
                .Member("quarantine", cell.Quarantine.Units);
            (cell.Reserved.IsZero ? json : json.Member("reserved", cell.Reserved.Units)).CloseObject();
        }

        sight.WriteTo(json.CloseArray());
        return (lifecycle is null ? json : json.Raw("lifecycle", lifecycle)).Finish();
    }

    /// <summary>Reads recorded facts.</summary>
    /// <param name="facts">The facts as canonical JSON.</param>
    /// <exception cref="KernelInvariantException">The text does not hold facts.</exception>
    public static (StockPicture Stock, OrderLimits Limits) ReadFacts(string facts)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(facts);
            JsonElement limits = document.RootElement.GetProperty("limits");
            var read = new OrderLimits(
                limits.Int("lines"), limits.Int("takes"), limits.Int("shipments"), limits.Int("history"), limits.Int("serials"),
                limits.Int("text"));
            return (new StockPicture(document.RootElement.Array("stock", ReadCell)), read);
        }
        catch (Exception fault) when (JsonFields.IsDamage(fault))
        {
            throw new KernelInvariantException("Recorded facts are damaged.", fault);
        }
    }

    /// <summary>The number of the decision rules that recorded facts name; 1 when they name none.</summary>
    internal static int RulesOf(string facts)
    {
        using JsonDocument document = JsonDocument.Parse(facts);
        return document.RootElement.Has("rules") ? document.RootElement.Int("rules") : 1;
    }

    /// <summary>Whether two decisions looked at the same; by which kernel and rules they were made is no part of what they saw.</summary>
    internal static bool SeeTheSame(string facts, string others) =>
        string.Equals(facts, others, StringComparison.Ordinal) || string.Equals(Seen(facts), Seen(others), StringComparison.Ordinal);

    private static string Seen(string facts)
    {
        using JsonDocument document = JsonDocument.Parse(facts);
        var text = new System.Text.StringBuilder();
        foreach (JsonProperty member in document.RootElement.EnumerateObject())
        {
            if (member.Name is not ("kernel" or "rules"))
            {
                text.Append(member.Name).Append(':').Append(member.Value.GetRawText()).Append('\n');
            }
        }

        return text.ToString();
    }

    private static FreeStock ReadCell(JsonElement json) =>
        new(StockCell.Read(json), json.Long("available"), json.Quantity("overdraft"), json.Quantity("quarantine"),
            json.Has("reserved") ? json.Quantity("reserved") : Quantity.Zero);

    private static void CheckNext(EventEnvelope envelope, long version)
    {
        if (envelope.Version != version + 1)
        {
            throw new KernelInvariantException($"{envelope.Stream}: version {envelope.Version} follows {version}.");
        }
    }
}
