using System.Collections.Immutable;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;
using static OrderKernel.Tests.Orders.Given;

namespace OrderKernel.Tests.Orders;

/// <summary>A shipment that is confirmed again says the same, or it is another one.</summary>
public class RepeatedShipmentTests
{
    private static readonly OrderScenario Shipped = OrderScenario.Given(
        Captured(Line(1, 4, serials: true)), Promised(), Held(Take(1, 2), Take(1, 2, "W2")),
        new OrderShipped(At, Shipment, At, [Take(1, 2)], string.Empty, string.Empty, [new LineSerials(1, ["SN1", "SN2"])]));

    [Fact]
    public void Ship_AgainWithTheSamePieces_IsAlreadyTrue()
    {
        Shipped.When(Scanned(null, "SN2", "SN1")).Then();
        Shipped.When(Scanned("W1", "SN1", "SN2")).Then();
    }

    [Fact]
    public void Ship_OtherPiecesUnderAUsedId_IsRefused()
    {
        Shipped.When(Scanned(null, "SN3", "SN4")).ThenRefused(OrderRefusals.ShipmentExists);
        Shipped.When(Scanned("W2", "SN1", "SN2")).ThenRefused(OrderRefusals.ShipmentExists);
        Shipped.When(Ship(Leaves(1, 2))).ThenRefused(OrderRefusals.ShipmentExists);
    }

    private static ShipOrder Scanned(string? from, params string[] serials) => Ship(new ShipLine(
        1, new Quantity(2), from is null ? null : new NodeId(from), serials.ToImmutableArray()));
}
