using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>Confirms that work was done: what an order without stock does in place of shipping and signing. The ledger does not
/// move. <see cref="All"/> means everything still open.</summary>
/// <param name="Order">An order whose type has the feature <c>service</c>.</param>
/// <param name="Lines">How much of which line, each once; at least one.</param>
/// <param name="Reference">The paper that proves it.</param>
public sealed record ConfirmService(OrderId Order, ImmutableArray<LineQuantity> Lines, string Reference) : OrderCommand(Order)
{
    /// <summary>Whether everything that is still open is meant.</summary>
    public bool IsAll { get; private init; }

    /// <inheritdoc />
    public override string CommandType => "order.confirm_service";

    /// <summary>Confirms everything that is still open.</summary>
    /// <param name="order">The order.</param>
    /// <param name="reference">The paper that proves it.</param>
    public static ConfirmService All(OrderId order, string reference) => new(order, default, reference) { IsAll = true };

    internal override void WriteMembers(JsonText json) =>
        json.WriteQuantities("lines", Lines).Member("reference", Reference).WriteAll(IsAll);

    internal static ConfirmService ReadMembers(OrderId order, JsonElement json) => new(
        order, json.Array("lines", OrderJson.ReadQuantity), json.Text("reference")) { IsAll = OrderJson.ReadAll(json) };

    internal override void Size(CommandSize size) => size.Of(Lines, "lines");

    internal override void Check(CommandCheck check)
    {
        check.Needed(Reference, "reference");
        check.SomeOrAll(Lines, IsAll, "lines");
        CheckLines(check, Lines);
    }

    internal Decision Decide(OrderState state, DecisionContext context)
    {
        if (state.Feature("service") is null)
        {
            return Decision.Refuse(FeatureRefusals.NotOfItsType.About(string.Empty, "order_type", "service"));
        }

        ImmutableArray<LineQuantity> done = Lines.IsDefaultOrEmpty ? OrderDecider.EverythingOpen(state) : Lines;
        List<Finding>? findings = null;
        foreach (LineQuantity entry in done)
        {
            OrderLine? line = state.Line(entry.Line);
            if (line is null)
            {
                OrderDecider.Add(ref findings, OrderDecider.LineUnknown(entry.Line));
            }
            else if (entry.Quantity > line.Open)
            {
                OrderDecider.Add(ref findings, FeatureRefusals.ServiceExceedsOpen.About(
                    OrderDecider.Subject(entry.Line), "quantity", OrderDecider.Digits(entry.Line), entry.Quantity.ToString(),
                    line.Open.ToString()));
            }
        }

        return findings is not null ? Decision.Refuse(findings.ToArray())
            : done.IsEmpty && state.Stage == OrderStage.Cancelled
                ? Decision.Refuse(OrderRefusals.NothingOpen.About(string.Empty, string.Empty))
            : done.IsEmpty ? Decision.AlreadyTrue()
            : Decision.Accept(Stream, new OrderPerformed(context.Now, done, Reference));
    }
}

/// <summary>Work was done and accepted.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Lines">How much of which line.</param>
/// <param name="Reference">The paper that proves it.</param>
public sealed record OrderPerformed(Instant At, ImmutableArray<LineQuantity> Lines, string Reference) : OrderEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "order.performed";

    internal override void WriteBody(JsonText json) => json.WriteQuantities("lines", Lines).Member("reference", Reference);

    internal OrderState Apply(OrderState state)
    {
        ImmutableArray<OrderLine>.Builder lines = state.Lines.ToBuilder();
        foreach (LineQuantity entry in Lines)
        {
            int at = OrderFold.IndexOfLine(state, entry.Line);
            lines[at] = (lines[at] with
            {
                Shipped = lines[at].Shipped + entry.Quantity, Delivered = lines[at].Delivered + entry.Quantity,
            }).Checked();
        }

        return state with { Lines = lines.MoveToImmutable() };
    }
}
