using OrderKernel.Journal;
using OrderKernel.Measures;
using NodaTime;

namespace OrderKernel.Orders;

/// <summary>Records money that came in. It is a fact, so no lifecycle refuses it; gates of deposit and balance look at it.</summary>
/// <param name="Order">The order.</param>
/// <param name="Amount">How much; above zero, in the currency of the order.</param>
/// <param name="Reference">The paper that proves it; a payment is recorded once a reference.</param>
public sealed record RecordPayment(OrderId Order, Money Amount, string Reference) : OrderCommand(Order)
{
    /// <inheritdoc />
    public override string CommandType => "order.record_payment";

    internal override void WriteMembers(JsonText json) => json.WriteMoney("amount", Amount).Member("reference", Reference);

    internal override void Check(CommandCheck check)
    {
        check.Positive(Amount.MinorUnits, string.Empty, "amount");
        check.Needed(Reference, "reference");
    }

    internal Decision Decide(OrderState state, DecisionContext context)
    {
        foreach (PaymentRecord known in state.Payments)
        {
            if (known.Reference == Reference)
            {
                return known.Amount == Amount ? Decision.AlreadyTrue()
                    : Decision.Refuse(FeatureRefusals.PaymentExists.About(string.Empty, "reference", Reference, known.Amount.ToString()));
            }
        }

        return state.Total is not { } total ? Decision.Refuse(FeatureRefusals.PriceNeeded.About(string.Empty, "price"))
            : total.Currency != Amount.Currency
                ? Decision.Refuse(OrderRefusals.CurrenciesMixed.About(
                    string.Empty, "amount", total.Currency.Code, Amount.Currency.Code))
            : Amount.MinorUnits > long.MaxValue - state.Paid!.Value.MinorUnits ? Decision.Refuse(OrderSize.TooLarge("payments"))
            : state.Payments.Length >= context.Limits.MaxHistory
                ? Decision.Refuse(OrderDecider.Limit("payments", context.Limits.MaxHistory))
            : Decision.Accept(Stream, new OrderPaid(context.Now, Amount, Reference));
    }
}

/// <summary>Money came in.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Amount">How much.</param>
/// <param name="Reference">The paper that proves it.</param>
public sealed record OrderPaid(Instant At, Money Amount, string Reference) : OrderEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "order.paid";

    internal override void WriteBody(JsonText json) => json.WriteMoney("amount", Amount).Member("reference", Reference);
}
