using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Scarcity;

namespace OrderKernel.Orders;

/// <summary>States what the order's tier and rank rest on: the customer's level, how it is paid and whether, its priority.</summary>
/// <param name="Order">The order.</param>
/// <param name="Standing">What is known now; it replaces what was stated before. Holds keep their tier until they are held anew.</param>
public sealed record SetStanding(OrderId Order, OrderStanding Standing) : OrderCommand(Order)
{
    /// <inheritdoc />
    public override string CommandType => "order.set_standing";

    internal override void WriteMembers(JsonText json) => TierJson.WriteStanding(json, Standing);

    internal override void Check(CommandCheck check)
    {
        check.Allowed(Standing.CustomerLevel, "customer_level");
        check.Allowed(Standing.PaymentMethod, "payment_method");
    }
}
