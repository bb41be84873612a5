using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Tests.Orders;

/// <summary>Events and commands that the order tests start from.</summary>
internal static class Given
{
    public static readonly Instant At = Instant.FromUtc(2026, 9, 1, 8, 0);
    public static readonly OrderId Order = new("SO-1");
    public static readonly ShipmentId Shipment = new("SH-1");
    public static readonly NodeId Node = new("W1");

    public static Sku Sku(int line) => new("SKU-" + (char)('A' + line - 1));

    public static StockCell Cell(int line, string node = "W1") => new(Sku(line), new NodeId(node));

    public static NewLine Line(int number, long units, bool serials = false) =>
        new(number, Sku(number), new Quantity(units), new UnitPrice(2.5m, Currency.Cny), serials);

    public static OrderCaptured Captured(params NewLine[] lines) => new(
        At, new PartnerId("HOSPITAL-1"), At, lines.ToImmutableArray(), null, SignOff.Delivery, "EXT-1", null);

    public static OrderPromised Promised(int days = 7) =>
        new(At, At + Duration.FromDays(days), PromiseCause.First, string.Empty);

    public static OrderStockHeld Held(params Take[] takes) => new(At, takes.ToImmutableArray(), 1, null);

    public static OrderShipped Shipped(params Take[] takes) => new(
        At, Shipment, At, takes.ToImmutableArray(), string.Empty, string.Empty, ImmutableArray<LineSerials>.Empty);

    public static OrderDelivered Delivered() => new(At, Shipment, At);

    public static Take Take(int line, long units, string node = "W1") => new(line, Cell(line, node), new Quantity(units));

    public static ShipOrder Ship(params ShipLine[] lines) => new(Order, Shipment, At, lines.ToImmutableArray());

    public static ShipLine Leaves(int line, long units) => new(line, new Quantity(units));

    public static ImmutableArray<LineQuantity> Of(int line, long units) =>
        ImmutableArray.Create(new LineQuantity(line, new Quantity(units)));

    public static FreeStock Free(int line, long units, string node = "W1") => new(Cell(line, node), units, Quantity.Zero);
}
