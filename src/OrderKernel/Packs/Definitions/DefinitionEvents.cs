using System;
using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Packs;

/// <summary>Something that happened to the definitions of a tenant. Packs and fields are in the events themselves, so every version
/// that was ever in force can be had back.</summary>
/// <param name="At">When it was recorded.</param>
public abstract record DefinitionEvent(Instant At) : DomainEvent(At)
{
    /// <summary>Reads a stored event.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <exception cref="UnreadableEventException">The type or its form is not known here.</exception>
    /// <exception cref="KernelInvariantException">The payload is damaged.</exception>
    public static DefinitionEvent Read(EventEnvelope envelope)
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
            JsonElement json = document.RootElement;
            Instant at = json.Instant("at");
            return envelope.EventType switch
            {
                "definitions.pack_activated" => new PackActivated(at, json.GetProperty("pack").GetRawText()),
                "definitions.pack_deactivated" => new PackDeactivated(at, json.Text("pack"), json.Text("reason")),
                "definitions.parameter_set" => new ParameterSet(
                    at, json.Text("pack"), json.Text("parameter"), json.Text("before"), json.Text("after"), json.Text("reason")),
                "definitions.field_added" => new FieldAdded(
                    at, json.GetProperty("field").GetRawText(), Roles(json, "editors"), Roles(json, "readers")),
                "definitions.field_removed" => new FieldRemoved(at, json.Text("field"), json.Text("reason")),
                _ => throw new UnreadableEventException(envelope),
            };
        }
        catch (Exception fault) when (fault is JsonException or FormatException or System.Collections.Generic.KeyNotFoundException)
        {
            throw new KernelInvariantException($"{envelope.Stream} version {envelope.Version} is damaged.", fault);
        }
    }

    internal static void WriteRoles(JsonText json, string name, ImmutableArray<string> roles)
    {
        json.OpenArray(name);
        for (int i = 0; !roles.IsDefault && i < roles.Length; i++)
        {
            json.Element(roles[i]);
        }

        json.CloseArray();
    }

    private static ImmutableArray<string> Roles(JsonElement json, string name) =>
        json.Array(name, static role => role.GetString() ?? string.Empty);
}

/// <summary>A pack was activated, or a later version put in its place.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Pack">The pack in canonical form.</param>
public sealed record PackActivated(Instant At, string Pack) : DefinitionEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "definitions.pack_activated";

    internal override void WriteBody(JsonText json) => json.Raw("pack", Pack);
}

/// <summary>A pack was withdrawn.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Pack">The id.</param>
/// <param name="Reason">Why.</param>
public sealed record PackDeactivated(Instant At, string Pack, string Reason) : DefinitionEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "definitions.pack_deactivated";

    internal override void WriteBody(JsonText json) => json.Member("pack", Pack).Member("reason", Reason);
}

/// <summary>A parameter was given another value.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Pack">The id of the pack.</param>
/// <param name="Parameter">The code of the parameter.</param>
/// <param name="Before">The value before.</param>
/// <param name="After">The value after.</param>
/// <param name="Reason">Why.</param>
public sealed record ParameterSet(Instant At, string Pack, string Parameter, string Before, string After, string Reason)
    : DefinitionEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "definitions.parameter_set";

    internal override void WriteBody(JsonText json) => json.Member("pack", Pack).Member("parameter", Parameter)
        .Member("before", Before).Member("after", After).Member("reason", Reason);
}

/// <summary>A field of the tenant's own was added.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Field">The field in canonical form.</param>
/// <param name="Editors">The roles that may set it.</param>
/// <param name="Readers">The roles that see it.</param>
public sealed record FieldAdded(Instant At, string Field, ImmutableArray<string> Editors, ImmutableArray<string> Readers)
    : DefinitionEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "definitions.field_added";

    internal override void WriteBody(JsonText json)
    {
        json.Raw("field", Field);
        WriteRoles(json, "editors", Editors);
        WriteRoles(json, "readers", Readers);
    }
}

/// <summary>A field of the tenant's own was taken away.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Field">The code.</param>
/// <param name="Reason">Why.</param>
public sealed record FieldRemoved(Instant At, string Field, string Reason) : DefinitionEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "definitions.field_removed";

    internal override void WriteBody(JsonText json) => json.Member("field", Field).Member("reason", Reason);
}
