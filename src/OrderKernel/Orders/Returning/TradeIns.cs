using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>Agrees that an old part comes back for a credit, which lessens what is owed until it lapses.</summary>
/// <param name="Order">An order whose type has the feature <c>trade_in</c>.</param>
/// <param name="Reference">Names it within the order.</param>
/// <param name="Sku">What comes back.</param>
/// <param name="Credit">What it counts for; above zero, at most what is owed, in the currency of the order.</param>
/// <param name="DueAt">The latest moment at which it counts, inclusive; after now.</param>
public sealed record AgreeTradeIn(OrderId Order, string Reference, Sku Sku, Money Credit, Instant DueAt) : OrderCommand(Order)
{
    /// <inheritdoc />
    public override string CommandType => "order.agree_trade_in";

    internal override void WriteMembers(JsonText json) => json.Member("reference", Reference).Member("sku", Sku.Text)
        .WriteMoney("credit", Credit).Member("due_at", DueAt);

    internal override void Check(CommandCheck check)
    {
        check.Needed(Reference, "reference");
        check.Positive(Credit.MinorUnits, string.Empty, "credit");
    }

    internal Decision Decide(OrderState state, DecisionContext context)
    {
        Instant due = Microseconds.Cut(DueAt);
        foreach (TradeInRecord known in state.TradeIns)
        {
            if (known.Reference == Reference)
            {
                return known == new TradeInRecord(Reference, Sku, Credit, due, known.Status)
                    ? Decision.AlreadyTrue()
                    : Decision.Refuse(FeatureRefusals.TradeInExists.About(string.Empty, "reference", Reference));
            }
        }

        return state.Feature("trade_in") is null
                ? Decision.Refuse(FeatureRefusals.NotOfItsType.About(string.Empty, "order_type", "trade_in"))
            : state.Net is not { } net ? Decision.Refuse(FeatureRefusals.PriceNeeded.About(string.Empty, "price"))
            : net.Currency != Credit.Currency
                ? Decision.Refuse(OrderRefusals.CurrenciesMixed.About(string.Empty, "credit", net.Currency.Code, Credit.Currency.Code))
            : Credit.MinorUnits > net.MinorUnits
                ? Decision.Refuse(FeatureRefusals.CreditTooHigh.About(string.Empty, "credit", Credit.ToString(), net.ToString()))
            : due <= context.Now
                ? Decision.Refuse(FeatureRefusals.TradeInPast.About(
                    string.Empty, "due_at", OrderDecider.Iso(due), OrderDecider.Iso(context.Now)))
            : state.TradeIns.Length >= context.Limits.MaxHistory
                ? Decision.Refuse(OrderDecider.Limit("trade_ins", context.Limits.MaxHistory))
            : Decision.Accept(Stream, new OrderTradeInAgreed(context.Now, Reference, Sku, Credit, due));
    }
}

/// <summary>Says what became of an old part: it came, or it did not come in time and its credit is reversed.</summary>
/// <param name="Order">The order.</param>
/// <param name="Reference">Which.</param>
/// <param name="Received">Whether it came; false reverses the credit, which is possible only after it was due.</param>
public sealed record CloseTradeIn(OrderId Order, string Reference, bool Received) : OrderCommand(Order)
{
    /// <inheritdoc />
    public override string CommandType => "order.close_trade_in";

    internal override void WriteMembers(JsonText json) => json.Member("reference", Reference).Member("received", Received);

    internal override void Check(CommandCheck check) => check.Needed(Reference, "reference");

    internal Decision Decide(OrderState state, DecisionContext context)
    {
        TradeInStatus wanted = Received ? TradeInStatus.Received : TradeInStatus.Lapsed;
        foreach (TradeInRecord known in state.TradeIns)
        {
            if (known.Reference == Reference)
            {
                return known.Status == wanted ? Decision.AlreadyTrue()
                    : known.Status != TradeInStatus.Agreed
                        ? Decision.Refuse(FeatureRefusals.TradeInClosed.About(string.Empty, "reference", Reference))
                    : !Received && context.Now <= known.DueAt
                        ? Decision.Refuse(FeatureRefusals.TradeInNotDue.About(
                            string.Empty, "reference", Reference, OrderDecider.Iso(known.DueAt)))
                    : Decision.Accept(Stream, new OrderTradeInClosed(context.Now, Reference, Received));
            }
        }

        return Decision.Refuse(FeatureRefusals.TradeInUnknown.About(string.Empty, "reference", Reference));
    }
}

/// <summary>It was agreed that an old part comes back.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Reference">Names it within the order.</param>
/// <param name="Sku">What comes back.</param>
/// <param name="Credit">What it counts for.</param>
/// <param name="DueAt">The latest moment at which it counts.</param>
public sealed record OrderTradeInAgreed(Instant At, string Reference, Sku Sku, Money Credit, Instant DueAt) : OrderEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "order.trade_in_agreed";

    internal override void WriteBody(JsonText json) => json.Member("reference", Reference).Member("sku", Sku.Text)
        .WriteMoney("credit", Credit).Member("due_at", DueAt);
}

/// <summary>An old part came, or its credit was reversed.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Reference">Which.</param>
/// <param name="Received">Whether it came.</param>
public sealed record OrderTradeInClosed(Instant At, string Reference, bool Received) : OrderEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "order.trade_in_closed";

    internal override void WriteBody(JsonText json) => json.Member("reference", Reference).Member("received", Received);
}
