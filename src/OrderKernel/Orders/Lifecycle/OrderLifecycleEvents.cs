using System;
using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>The order was given its type and lifecycle, at capture or when it was migrated.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Type">The type's code.</param>
/// <param name="Lifecycle">The lifecycle's id.</param>
/// <param name="Version">The lifecycle's version.</param>
/// <param name="Features">What the type is composed of, which the order keeps; may be empty.</param>
/// <param name="Numbering">The pattern of its numbers; may be empty.</param>
public sealed record OrderTyped(
    Instant At, string Type, string Lifecycle, string Version, ImmutableArray<OrderFeature> Features = default,
    string Numbering = "") : OrderEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "order.typed";

    internal override void WriteBody(JsonText json)
    {
        json.Member("order_type", Type).Member("lifecycle", Lifecycle).Member("version", Version);
        OrderLifecycleJson.WriteTexts(json, "features", Features.IsDefault
            ? ImmutableArray<string>.Empty
            : ImmutableArray.CreateRange(Features, static feature => feature.Text));
        json.Optional("numbering", Numbering.Length == 0 ? null : Numbering);
    }
}

/// <summary>One side of the order took a way of its lifecycle.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Region">The side.</param>
/// <param name="From">The state it left; empty when the order begins there.</param>
/// <param name="To">The state it is in now; the one it was in when the way stays.</param>
/// <param name="Trigger">What set it off.</param>
/// <param name="Owner">The role that acts there; empty when nobody has to.</param>
/// <param name="Due">When the stay becomes too long; null when there is no limit, or nobody can tell.</param>
/// <param name="IsFinal">Whether the side ends there.</param>
/// <param name="Announced">Who is told, through the outbox; may be empty.</param>
/// <param name="Part">The sub-order that took it; 0 for the order itself.</param>
public sealed record OrderEntered(
    Instant At, LifecycleRegion Region, string From, string To, string Trigger, string Owner, Instant? Due, bool IsFinal,
    ImmutableArray<string> Announced, int Part = 0) : OrderEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "order.entered";

    internal override void WriteBody(JsonText json)
    {
        json.Member("region", LifecycleWords.Word(LifecycleWords.Regions[(int)Region])).Member("from", From).Member("to", To)
            .Member("trigger", Trigger).Member("owner", Owner).Optional("due", Due).Member("final", IsFinal);
        OrderLifecycleJson.WriteTexts(json, "announced", Announced);
        json.WritePart(Part);
    }
}

/// <summary>A signal was given.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Signal">The signal.</param>
/// <param name="Cleared">The signals it takes back; may be empty.</param>
/// <param name="Note">What the giver added.</param>
/// <param name="Part">The sub-order it was given to; 0 for the order itself.</param>
public sealed record OrderSignalled(
    Instant At, string Signal, ImmutableArray<string> Cleared, string Note, int Part = 0) : OrderEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "order.signalled";

    internal override void WriteBody(JsonText json)
    {
        json.Member("signal", Signal).Member("note", Note);
        OrderLifecycleJson.WriteTexts(json, "cleared", Cleared);
        json.WritePart(Part);
    }
}

/// <summary>Evidence was put on file.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Reference">Where it is kept.</param>
/// <param name="Hash">The hash of its contents; may be empty.</param>
public sealed record OrderEvidenceAttached(Instant At, string Kind, string Reference, string Hash) : OrderEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "order.evidence_attached";

    internal override void WriteBody(JsonText json) =>
        json.Member("kind", Kind).Member("reference", Reference).Member("hash", Hash);
}

/// <summary>The JSON of what lifecycles add to orders.</summary>
internal static class OrderLifecycleJson
{
    public static OrderEvent? ReadEvent(string type, Instant at, JsonElement json) => type switch
    {
        "order.typed" => new OrderTyped(
            at, json.Text("order_type"), json.Text("lifecycle"), json.Text("version"),
            ImmutableArray.CreateRange(ReadTexts(json, "features"), OrderFeature.Of), json.OptionalText("numbering") ?? string.Empty),
        "order.entered" => new OrderEntered(
            at, (LifecycleRegion)ReadRegion(json.Text("region")), json.Text("from"), json.Text("to"), json.Text("trigger"),
            json.Text("owner"), json.OptionalInstant("due"), json.Bool("final"), ReadTexts(json, "announced"),
            FeatureJson.ReadPart(json)),
        "order.signalled" => new OrderSignalled(
            at, json.Text("signal"), ReadTexts(json, "cleared"), json.Text("note"), FeatureJson.ReadPart(json)),
        "order.evidence_attached" => new OrderEvidenceAttached(at, json.Text("kind"), json.Text("reference"), json.Text("hash")),
        _ => FeatureJson.ReadEvent(type, at, json),
    };

    public static OrderCommand? ReadCommand(string type, Measures.OrderId order, JsonElement json) => type switch
    {
        "order.signal" => new SignalOrder(order, json.Text("signal"), json.Text("note"), FeatureJson.ReadPart(json)),
        "order.attach_evidence" => new AttachEvidence(order, json.Text("kind"), json.Text("reference"), json.Text("hash")),
        "order.migrate_lifecycle" => new MigrateLifecycle(
            order, json.Text("version"), json.Array("map", static entry => new StateMove(entry.Text("from"), entry.Text("to"))),
            json.Text("reason")),
        _ => FeatureJson.ReadCommand(type, order, json),
    };

    /// <summary>Writes a list of texts only when it holds something.</summary>
    public static void WriteTexts(JsonText json, string name, ImmutableArray<string> texts)
    {
        if (texts.IsDefaultOrEmpty)
        {
            return;
        }

        json.OpenArray(name);
        foreach (string text in texts)
        {
            json.Element(text);
        }

        json.CloseArray();
    }

    private static ImmutableArray<string> ReadTexts(JsonElement json, string name) =>
        json.OptionalArray(name, static text => text.GetString() ?? string.Empty);

    private static int ReadRegion(string word)
    {
        int region = LifecycleWords.IndexOf(LifecycleWords.Regions, word);
        return region >= 0 ? region : throw new FormatException("The member 'region' is not a known region.");
    }
}
