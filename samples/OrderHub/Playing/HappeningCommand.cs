using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderHub.Importing;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderHub.Playing;

/// <summary>From what a file tells to the command that the kernel decides, and the system it would have come from.</summary>
internal static class HappeningCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="happening">What the file tells.</param>
    /// <param name="before">The order as it was just before.</param>
    public static OrderCommand Of(Happening happening, OrderState before)
    {
        OrderId order = happening.Order;
        return happening.What switch
        {
            "ship" => new ShipOrder(
                order, Shipment(happening), happening.At, ShipLines(happening, before), happening.Text("carrier"),
                happening.Text("waybill")),
            "deliver" => new ConfirmDelivery(order, Shipment(happening), happening.At),
            "promise" => new PromiseOrder(
                order, happening.Promise ?? throw Unfit(happening, "promise"), Cause(happening), happening.Text("note")),
            "amend" => new AmendOrder(order, Changes(happening), happening.Text("reason"), happening.Text("voucher")),
            "cancel" => happening.Rows[0].Number("line") is null
                ? CancelLines.All(order, happening.Text("reason"))
                : new CancelLines(order, Lines(happening), happening.Text("reason")),
            "return" => new ReturnLines(order, Lines(happening), happening.Text("reason")),
            "block" => new BlockOrder(order, happening.Text("block"), happening.Text("role"), happening.Text("note")),
            "unblock" => new UnblockOrder(order, happening.Text("block"), happening.Text("note")),
            "hold" => new HoldStock(order, TakePart: true),
            "signal" => new SignalOrder(order, happening.Text("ref"), happening.Text("note")),
            "pay" => new RecordPayment(order, Amount(happening, before), happening.Text("ref")),
            "evidence" => new AttachEvidence(order, happening.Text("ref"), happening.Text("voucher")),
            _ => throw Unfit(happening, "what"),
        };
    }

    public static string SystemOf(Happening happening) => happening.What switch
    {
        "ship" or "return" => "wms",
        "deliver" => "tms",
        "signal" or "evidence" when happening.Text("by").StartsWith("U-W", StringComparison.Ordinal) => "wms",
        _ => "erp",
    };

    private static ShipmentId Shipment(Happening happening) =>
        happening.Text("ref") is { Length: > 0 } id ? new ShipmentId(id) : throw Unfit(happening, "ref");

    // A shipment without lines takes all that was held for the order.
    private static ImmutableArray<ShipLine> ShipLines(Happening happening, OrderState before) =>
        happening.Rows[0].Number("line") is null
            ? ImmutableArray.CreateRange(before.Lines.Where(static line => !line.Held.IsZero)
                .Select(static line => new ShipLine(line.Number, line.Held)))
            : ImmutableArray.CreateRange(Lines(happening).Select(static line => new ShipLine(line.Line, line.Quantity)));

    private static ImmutableArray<LineQuantity> Lines(Happening happening) => happening.Rows[0].Number("line") is null
        ? ImmutableArray<LineQuantity>.Empty
        : ImmutableArray.CreateRange(happening.Rows.Select(row => new LineQuantity(
            row.Number("line") ?? throw Unfit(happening, "line"),
            row.Quantity("quantity") ?? throw Unfit(happening, "quantity"))));

    private static ImmutableArray<FieldChange> Changes(Happening happening) => ImmutableArray.CreateRange(happening.Rows.Select(
        static row => new FieldChange(
            row.Number("line") ?? 0, row.Text("field") ?? string.Empty, row.Text("value") ?? string.Empty)));

    private static Money Amount(Happening happening, OrderState before) =>
        before.Total is { } total && decimal.TryParse(
            happening.Text("value"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount)
            ? new UnitPrice(amount, total.Currency).Times(new Quantity(1), MidpointRounding.AwayFromZero)
            : throw Unfit(happening, "value");

    private static PromiseCause Cause(Happening happening)
    {
        for (int i = 0; i < OrderWords.PromiseCauses.Length; i++)
        {
            if (OrderWords.PromiseCauses[i].Code == "promise." + happening.Text("cause"))
            {
                return (PromiseCause)i;
            }
        }

        throw Unfit(happening, "cause");
    }

    private static InputException Unfit(Happening happening, string field) =>
        new(FormattableString.Invariant($"happenings, row {happening.Row}: '{field}'?"));
}
