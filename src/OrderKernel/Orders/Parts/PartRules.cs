using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>Splits orders, and holds their sub-orders together: no sub-order ships or is cancelled beyond its part, and all of them
/// together never exceed the order.</summary>
internal static class PartRules
{
    /// <summary>The shipment as its sub-order means it: from the sub-order's node where no other is named.</summary>
    public static ShipOrder Narrow(OrderState state, ShipOrder ship) =>
        state.Part(ship.Part)?.From is { } node && !ship.Lines.IsDefault
            ? ship with { Lines = ImmutableArray.CreateRange(ship.Lines, line => line with { From = line.From ?? node }) }
            : ship;

    public static Decision Split(OrderState state, SplitOrder split, DecisionContext context)
    {
        CompiledLifecycle? sub = SubLifecycle(state, context.Definitions);
        if (sub is null)
        {
            return Decision.Refuse(PartRefusals.NoSubLifecycle.About(string.Empty, "subs"));
        }

        List<Finding>? findings = null;
        if (state.Parts.Length + split.Parts.Length > context.Limits.MaxShipments)
        {
            OrderDecider.Add(ref findings, OrderDecider.Limit("parts", context.Limits.MaxShipments));
        }

        foreach (IGrouping<int, LineQuantity> wanted in split.Parts.SelectMany(static part => part.Lines).GroupBy(static l => l.Line))
        {
            OrderLine? line = state.Line(wanted.Key);
            decimal sum = wanted.Sum(static entry => (decimal)entry.Quantity.Units);
            if (line is null)
            {
                OrderDecider.Add(ref findings, OrderDecider.LineUnknown(wanted.Key));
            }
            else if (sum > state.Unassigned(line))
            {
                OrderDecider.Add(ref findings, Exceeded(
                    wanted.Key, sum.ToString(CultureInfo.InvariantCulture), new Quantity(state.Unassigned(line))));
            }
        }

        if (findings is not null)
        {
            return Decision.Refuse(findings.ToArray());
        }

        // Sub-orders of one order run on one version.
        LifecycleDefinition definition = sub.Definition;
        var walk = new LifecycleWalk(state, sub, context, ImmutableArray.Create<DomainEvent>(
            new OrderSplit(context.Now, split.Parts, definition.Id, definition.Version, split.Reason)));
        for (int i = 1; i <= split.Parts.Length; i++)
        {
            walk = walk.OfPart(state.Parts.Length + i, sub);
            walk.BeginMissing(System.Array.Empty<LifecycleRegion>());
            ImmutableArray<Finding> why = walk.Settle();
            if (!why.IsEmpty)
            {
                return Decision.Refuse(why.ToArray());
            }
        }

        return Decision.Accept(split.Stream, walk.Events.ToArray());
    }

    /// <summary>The lifecycle that sub-orders of an order run on; null when its own names none that is there.</summary>
    public static CompiledLifecycle? SubLifecycle(OrderState state, OrderDefinitions definitions)
    {
        if (!state.Parts.IsEmpty)
        {
            return definitions.Find(state.Parts[0].LifecycleVersion);
        }

        string? id = state.LifecycleVersion.Length == 0 ? null : definitions.Of(state).Definition.SubLifecycles.FirstOrDefault();
        return id is null ? null : definitions.Current(id);
    }

    /// <summary>The decision, refused also for whatever the sub-orders of the order do not allow.</summary>
    public static Decision Follow(OrderState state, OrderCommand command, Decision decision)
    {
        var findings = new List<Finding>();
        int part = command switch
        {
            ShipOrder ship => ship.Part,
            CancelLines cancel => cancel.Part,
            _ => 0,
        };
        if (part != 0 && state.Part(part) is null)
        {
            findings.Add(Unknown(part));
        }
        else if (command is ShipOrder ship && !state.Parts.IsEmpty && !(decision.IsAccepted && decision.Streams.IsEmpty))
        {
            Shipping(state, ship, findings);
        }
        else if (command is CancelLines { Part: > 0 } cancel)
        {
            OfPart(state.Part(part)!, cancel.Lines.IsDefault ? ImmutableArray<LineQuantity>.Empty : cancel.Lines, findings);
        }
        else if (command is AmendOrder && !state.Parts.IsEmpty && decision.IsAccepted && !decision.Streams.IsEmpty)
        {
            OrderState after = decision.Streams[0].Events.Aggregate(state, OrderFold.Evolve);
            foreach (OrderLine line in after.Lines.Where(line => after.Unassigned(line) < 0))
            {
                findings.Add(Exceeded(line.Number, OrderDecider.Digits(line.Open.Units - after.Unassigned(line)), line.Open));
            }
        }

        return findings.Count == 0 ? decision : Decision.Refuse(decision.Findings.AddRange(findings).ToArray());
    }

    public static Finding Unknown(int part) =>
        PartRefusals.PartUnknown.About(PartFold.Subject(part), "part", OrderDecider.Digits(part));

    private static void Shipping(OrderState state, ShipOrder ship, List<Finding> findings)
    {
        if (state.Part(ship.Part) is not { } part)
        {
            findings.Add(PartRefusals.PartNeeded.About(string.Empty, "part"));
            return;
        }

        if (part.From is { } node && ship.Lines.Any(line => line.From is { } other && other != node))
        {
            findings.Add(FeatureRefusals.SourceUnfit.About(PartFold.Subject(part.Number), "from", node.Text));
        }

        bool again = state.Shipment(ship.Shipment) is not null;
        OfPart(part, ship.Lines.Where(_ => !again).Select(static line => new LineQuantity(line.Line, line.Quantity)), findings);
    }

    private static void OfPart(OrderPart part, IEnumerable<LineQuantity> wanted, List<Finding> findings)
    {
        foreach (LineQuantity entry in wanted.Where(entry => entry.Quantity > part.Open(entry.Line)))
        {
            findings.Add(Exceeded(entry.Line, entry.Quantity.ToString(), part.Open(entry.Line)));
        }
    }

    private static Finding Exceeded(int line, string wanted, Quantity left) => PartRefusals.PartExceeded.About(
        OrderDecider.Subject(line), "quantity", OrderDecider.Digits(line), wanted, left.ToString());
}
