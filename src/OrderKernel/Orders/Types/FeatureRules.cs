using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Numerics;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>What each feature asks. One rule may serve several features: a sample, a gift and a replacement all cost nothing.</summary>
internal static class FeatureRules
{
    public static void Check(OrderFeature feature, FeatureCase asked)
    {
        switch (feature.Code)
        {
            case "deposit":
                Deposit(asked);
                break;
            case "presale":
                Presale(feature, asked);
                break;
            case "sample" or "gift" or "return_replace":
                Free(feature, asked);
                Papers(feature, asked);
                break;
            case "bonded":
                Papers(feature, asked);
                Source(asked);
                break;
            case "dropship":
                Source(asked);
                break;
            case "kit":
                Kit(asked);
                break;
            case "service" when asked.Command is HoldStock or ShipOrder or ReturnLines or SplitOrder:
                asked.Refuse(FeatureRefusals.NoStock, string.Empty, string.Empty);
                break;
            case "trade_in" when asked.Command is ShipOrder && asked.Before.TradeIns.IsEmpty:
                asked.Refuse(FeatureRefusals.TradeInNeeded, string.Empty, "trade_in");
                break;
            case "instalments":
                Instalments(feature, asked);
                break;
            case "subscription" when asked.Command is ShipOrder && asked.Before.Parts.IsEmpty:
                asked.Refuse(PartRefusals.PlanNeeded, string.Empty, "parts");
                break;
            case "rush" when asked.Command is CaptureOrder { RequestedAt: null, PromisedAt: null }:
                asked.Refuse(FeatureRefusals.DateNeeded, string.Empty, "requested_at");
                break;
            default:
                break;
        }
    }

    private static void Deposit(FeatureCase asked)
    {
        OrderState order = asked.Before;
        if (asked.SetsLines && asked.After.Total is null)
        {
            asked.Refuse(FeatureRefusals.PriceNeeded, string.Empty, "price");
        }
        else if (asked.Command is HoldStock && !order.DepositIsPaid)
        {
            asked.Refuse(FeatureRefusals.DepositDue, string.Empty, "deposit", order.Deposit.ToString()!, order.Paid.ToString()!);
        }
        else if (asked.Command is ShipOrder && !order.AllIsPaid)
        {
            asked.Refuse(FeatureRefusals.BalanceDue, string.Empty, "balance", order.Net.ToString()!, order.Paid.ToString()!);
        }
    }

    // The day begins in the zone of the calendar in force; without one it begins in UTC.
    private static void Presale(OrderFeature feature, FeatureCase asked)
    {
        LocalDate day = LocalDatePattern.Iso.Parse(feature.Argument).Value;
        Instant from = asked.Context.Definitions.Calendar?.StartOf(day) ?? day.AtMidnight().InUtc().ToInstant();
        (Instant? stated, string field) = asked.Command switch
        {
            CaptureOrder capture => (capture.PromisedAt, "promised_at"),
            PromiseOrder promise => (promise.PromisedAt, "promised_at"),
            ShipOrder ship => (ship.ShippedAt ?? asked.Context.Now, "shipped_at"),
            _ => ((Instant?)null, string.Empty),
        };
        if (stated < from)
        {
            asked.Refuse(FeatureRefusals.BeforePresale, string.Empty, field, feature.Argument);
        }
    }

    private static void Free(OrderFeature feature, FeatureCase asked)
    {
        if (!asked.SetsLines)
        {
            return;
        }

        foreach (OrderLine line in asked.After.Lines.Where(static line => line.Price is { Amount: > 0m }))
        {
            asked.Refuse(
                FeatureRefusals.PriceNotZero, OrderDecider.Subject(line.Number), "price", OrderDecider.Digits(line.Number), feature.Code);
        }

        long pieces = asked.After.Lines.Sum(static line => (line.Ordered - line.Cancelled).Units);
        if (feature.Argument.Length > 0 && pieces > long.Parse(feature.Argument, CultureInfo.InvariantCulture))
        {
            asked.Refuse(
                FeatureRefusals.QuotaExceeded, string.Empty, "quantity", OrderDecider.Digits(pieces), feature.Code, feature.Argument);
        }
    }

    private static void Papers(OrderFeature feature, FeatureCase asked)
    {
        foreach (string kind in asked.Command is ShipOrder ? FeatureEvidence.Of(feature.Code) : ImmutableArray<string>.Empty)
        {
            if (asked.Before.Evidence.All(paper => paper.Kind != kind))
            {
                asked.Refuse(FeatureRefusals.EvidenceNeeded, string.Empty, kind, FeatureEvidence.Text(kind));
            }
        }
    }

    private static void Source(FeatureCase asked)
    {
        if (asked.Command is HoldStock hold && OrderFeatures.SourceOf(asked.Before) is { } node)
        {
            bool isElsewhere = !hold.Plan.IsDefaultOrEmpty && hold.Plan.Any(take => take.Cell.Node != node);
            if (isElsewhere || (!hold.Nodes.IsDefaultOrEmpty && hold.Nodes.Any(other => other != node)))
            {
                asked.Refuse(FeatureRefusals.SourceUnfit, string.Empty, isElsewhere ? "plan" : "nodes", node.Text);
            }
        }
    }

    // So many deliveries, each with its date, all of the order together.
    private static void Instalments(OrderFeature feature, FeatureCase asked)
    {
        if (asked.Command is ShipOrder && asked.Before.Parts.IsEmpty)
        {
            asked.Refuse(PartRefusals.PlanNeeded, string.Empty, "parts");
        }
        else if (asked.Command is SplitOrder split && asked.IsAccepted)
        {
            bool fits = asked.After.Parts.Length == int.Parse(feature.Argument, CultureInfo.InvariantCulture)
                && split.Parts.All(static part => part.DueAt is not null)
                && asked.After.Lines.All(line => asked.After.Unassigned(line) == 0);
            if (!fits)
            {
                asked.Refuse(PartRefusals.PlanUnfit, string.Empty, "parts", feature.Argument);
            }
        }
    }

    private static void Kit(FeatureCase asked)
    {
        switch (asked.Command)
        {
            case HoldStock when asked.IsAccepted:
                foreach (OrderLine line in asked.After.Lines.Where(static line => !line.Unheld.IsZero))
                {
                    asked.Refuse(
                        FeatureRefusals.KitIncomplete, OrderDecider.Subject(line.Number), "quantity", OrderDecider.Digits(line.Number),
                        line.Unheld.ToString());
                }

                break;
            case ShipOrder ship:
                Whole(asked, ship.Lines.Select(static line => new LineQuantity(line.Line, line.Quantity)));
                break;
            case CancelLines { Lines.IsDefaultOrEmpty: false } cancel:
                Whole(asked, cancel.Lines);
                break;
            case AmendOrder when asked.IsAccepted:
                Whole(asked, asked.After.Lines.Select(static line => new LineQuantity(line.Number, line.Ordered)));
                break;
            default:
                break;
        }
    }

    // Whole kits: every line in the proportion in which it was ordered.
    private static void Whole(FeatureCase asked, IEnumerable<LineQuantity> quantities)
    {
        var given = quantities.ToDictionary(static entry => entry.Line, static entry => (BigInteger)entry.Quantity.Units);
        OrderLine first = asked.Before.Lines[0];
        given.TryGetValue(first.Number, out BigInteger firstGiven);
        foreach (OrderLine line in asked.After.Lines)
        {
            given.TryGetValue(line.Number, out BigInteger mine);
            BigInteger ordered = asked.Before.Line(line.Number)?.Ordered.Units ?? 0;
            if (mine * first.Ordered.Units != firstGiven * ordered)
            {
                asked.Refuse(
                    FeatureRefusals.KitBroken, OrderDecider.Subject(line.Number), "quantity", OrderDecider.Digits(line.Number));
            }
        }
    }
}
