using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderHub.Playing;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderHub.Importing;

/// <summary>Takes one order of a file through its days, step by step; many lanes run beside each other.</summary>
internal sealed class OrderLane(IOrderStore store, DeskOptions options, string prefix, ImportProfile profile, Tally tally)
{
    private static readonly ShipmentId Shipment = new("1");

    /// <summary>Plays the order and returns it as it is stored, with its trail.</summary>
    public async Task<(OrderState State, ImmutableArray<EventEnvelope> Trail)> PlayAsync(ImportedOrder order)
    {
        OrderRow head = order.Head;
        var clock = new PlayedClock();
        var desk = new OrderDesk(store, clock, options);
        await SubmitAsync("capture", head.FirstStated, "erp", new CaptureOrder(
            head.Order, head.Customer, head.PlacedAt, order.Lines, head.RequestedAt, head.PromisedAt, profile.SignOff,
            head.ExternalKey, Type: profile.OrderType)).ConfigureAwait(false);
        if (head.IsCancelled)
        {
            await SubmitAsync("cancel", head.CancelledAt ?? head.FirstStated, "erp", new CancelLines(
                head.Order, ImmutableArray.CreateRange(order.Lines.Select(static line => new LineQuantity(line.Number, line.Quantity))),
                head.CancelReason)).ConfigureAwait(false);
        }

        if (head.LeftAt is { } left)
        {
            await SubmitAsync("hold", left, "erp", new HoldStock(head.Order)).ConfigureAwait(false);
            await SubmitAsync("ship", left, "wms", new ShipOrder(
                head.Order, Shipment, head.ShippedAt,
                ImmutableArray.CreateRange(order.Lines.Select(static line => new ShipLine(line.Number, line.Quantity)))))
                .ConfigureAwait(false);
        }

        if (head.DeliveredAt is { } delivered)
        {
            await SubmitAsync("deliver", delivered, "tms", new ConfirmDelivery(head.Order, Shipment, delivered))
                .ConfigureAwait(false);
        }

        return (
            await desk.ReadOrderAsync(head.Order).ConfigureAwait(false),
            await desk.ReadTrailAsync(head.Order).ConfigureAwait(false));

        async Task SubmitAsync(string step, Instant at, string system, OrderCommand command)
        {
            clock.MoveTo(at);
            string name = $"{prefix}/{head.Order}/{step}";
            var submission = new Submission(CommandId.FromName(name), new Actor("import", system), command);
            tally.Add(name, await desk.SubmitAsync(submission).ConfigureAwait(false));
        }
    }
}
