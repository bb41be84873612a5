using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>Gives a signal that the order's lifecycle listens to.</summary>
/// <param name="Order">The order.</param>
/// <param name="Signal">The signal's code.</param>
/// <param name="Note">What the giver adds; may be empty.</param>
/// <param name="Part">The sub-order it is given to; 0 for the order itself.</param>
public sealed record SignalOrder(OrderId Order, string Signal, string Note = "", int Part = 0) : OrderCommand(Order)
{
    /// <inheritdoc />
    public override string CommandType => "order.signal";

    internal override void WriteMembers(JsonText json) => json.Member("signal", Signal).Member("note", Note).WritePart(Part);

    internal override void Check(CommandCheck check)
    {
        check.Needed(Signal, "signal");
        check.Allowed(Note, "note");
    }
}

/// <summary>Puts a piece of evidence on file: a voucher, a report, a photo. The kernel keeps where it is, not what it
/// holds.</summary>
/// <param name="Order">The order.</param>
/// <param name="Kind">Its kind, as lifecycles name it.</param>
/// <param name="Reference">Where it is kept.</param>
/// <param name="Hash">The hash of its contents; may be empty.</param>
public sealed record AttachEvidence(OrderId Order, string Kind, string Reference, string Hash = "") : OrderCommand(Order)
{
    /// <inheritdoc />
    public override string CommandType => "order.attach_evidence";

    internal override void WriteMembers(JsonText json) =>
        json.Member("kind", Kind).Member("reference", Reference).Member("hash", Hash);

    internal override void Check(CommandCheck check)
    {
        check.Needed(Kind, "kind");
        check.Needed(Reference, "reference");
        check.Allowed(Hash, "hash");
    }
}

/// <summary>The new state for an old one.</summary>
/// <param name="From">The state of the old version.</param>
/// <param name="To">The state of the new version.</param>
public readonly record struct StateMove(string From, string To);

/// <summary>Leads a running order to another version of its lifecycle, or to another lifecycle.</summary>
/// <param name="Order">The order.</param>
/// <param name="Version">The content hash of the version it shall run on.</param>
/// <param name="Map">The new state for old ones; a state that both have stays what it is.</param>
/// <param name="Reason">Why.</param>
public sealed record MigrateLifecycle(OrderId Order, string Version, ImmutableArray<StateMove> Map, string Reason)
    : OrderCommand(Order)
{
    /// <inheritdoc />
    public override string CommandType => "order.migrate_lifecycle";

    internal override void WriteMembers(JsonText json)
    {
        json.Member("version", Version).OpenArray("map");
        foreach (StateMove move in Map.IsDefault ? ImmutableArray<StateMove>.Empty : Map)
        {
            json.OpenObject().Member("from", move.From).Member("to", move.To).CloseObject();
        }

        json.CloseArray().Member("reason", Reason);
    }

    internal override void Size(CommandSize size) => size.Of(Map, "map");

    internal override void Check(CommandCheck check)
    {
        check.Needed(Version, "version");
        check.Needed(Reason, "reason");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (StateMove move in Map.IsDefault ? ImmutableArray<StateMove>.Empty : Map)
        {
            check.Needed(move.From, "map");
            check.Needed(move.To, "map");
            if (!seen.Add(move.From ?? string.Empty))
            {
                check.Add(OrderRefusals.FieldRepeated.About(string.Empty, "map", move.From ?? string.Empty));
            }
        }
    }
}
