using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderHub.Playing;

/// <summary>Plays the days of one business in the order of time; its clock stands where the story is.</summary>
/// <remarks>
/// <para>What a step does depends on the input and on what was stored before the step's own moment, never on what came later.
/// So a second run issues the very same commands, and each is answered with what it came to the first time.</para>
/// </remarks>
internal sealed class BusinessPlay
{
    private static readonly Actor Timers = new("hub.timers", "hub");
    private readonly Business business;
    private readonly Tally tally;
    private readonly PlayedClock clock = new();
    private readonly OrderDesk desk;
    private readonly List<ImportedOrder> taken = [];
    private Instant now;
    private bool isOpen;

    public BusinessPlay(Business business, IOrderStore store, Tally tally)
    {
        this.business = business;
        this.tally = tally;
        desk = new OrderDesk(store, clock, OptionsOf(business));
        Steps = Timeline.Of(business);
    }

    public ImmutableArray<Step> Steps { get; }

    public static DeskOptions OptionsOf(Business business) => new()
    {
        Tenant = new TenantId(business.Name.Code), UsePacks = true, Actors = business.Runs,
    };

    public async Task PlayAsync(Step step)
    {
        now = step.At;
        clock.MoveTo(now);
        if (!isOpen)
        {
            isOpen = true;
            await SubmitAsync("packs/" + business.Runs.Pack.Hash, "hub.admin", "hub", new ActivatePack(business.Runs.Pack))
                .ConfigureAwait(false);
        }

        if (step.Order is { } order)
        {
            await CaptureAsync(order).ConfigureAwait(false);
        }
        else if (step.Receipt is { } receipt)
        {
            await ReceiveAsync(receipt).ConfigureAwait(false);
        }
        else if (step.Happening is { } happening)
        {
            await HappenAsync(happening).ConfigureAwait(false);
        }
        else
        {
            tally.AddWoken(await desk.WakeAsync(Timers).ConfigureAwait(false));
        }
    }

    private async Task CaptureAsync(ImportedOrder order)
    {
        OrderRow head = order.Head;
        taken.Add(order);
        await SubmitAsync($"orders/{head.Order}/capture", "sales", "erp", new CaptureOrder(
            head.Order, head.Customer, head.PlacedAt, order.Lines, head.RequestedAt, head.PromisedAt, business.Profile.SignOff,
            head.ExternalKey, Type: business.Profile.OrderType)).ConfigureAwait(false);
        if (!business.TakesDeposits)
        {
            await HoldAsync($"orders/{head.Order}/hold", order).ConfigureAwait(false);
        }
    }

    private async Task ReceiveAsync(StockReceipt receipt)
    {
        var command = new ReceiveStock(receipt.Document, receipt.Lines);
        await SubmitAsync($"stock/{receipt.Document}/receive", "warehouse", "wms", command).ConfigureAwait(false);
        var skus = receipt.Lines.Select(static line => line.Cell.Sku).ToHashSet();
        IEnumerable<ImportedOrder> waiting = taken.Where(order => order.Lines.Any(line => skus.Contains(line.Sku)))
            .OrderBy(static order => order.Head.FirstStated).ThenBy(static order => order.Head.Order);
        foreach (ImportedOrder order in waiting)
        {
            OrderState before = await BeforeAsync(order.Head.Order).ConfigureAwait(false);
            if (before.Lines.Any(static line => !line.Unheld.IsZero) && !IsDepositDue(before))
            {
                await HoldAsync($"stock/{receipt.Document}/hold/{order.Head.Order}", order).ConfigureAwait(false);
            }
        }
    }

    private async Task HappenAsync(Happening happening)
    {
        OrderState before = await BeforeAsync(happening.Order).ConfigureAwait(false);
        string name = $"happenings/{happening.Row}/{happening.What}";
        string by = happening.Text("by") is { Length: > 0 } code ? code : "import";
        await SubmitAsync(name, by, HappeningCommand.SystemOf(happening), HappeningCommand.Of(happening, before))
            .ConfigureAwait(false);
        if (happening.What is "amend" or "pay")
        {
            await HoldAsync(name + "/hold", taken.Single(order => order.Head.Order == happening.Order)).ConfigureAwait(false);
        }
    }

    private static bool IsDepositDue(OrderState order) =>
        order.Deposit is { } deposit && order.Paid!.Value.MinorUnits < deposit.MinorUnits;

    // Holds what there is; a reservation that was asked for falls free at its time.
    private Task HoldAsync(string name, ImportedOrder order)
    {
        Instant? until = order.Head.HoldUntil > now ? order.Head.HoldUntil : null;
        return SubmitAsync(name, "hub.holds", "hub", new HoldStock(order.Head.Order, TakePart: true, ExpiresAt: until));
    }

    private async Task<OrderState> BeforeAsync(OrderId order)
    {
        ImmutableArray<EventEnvelope> trail = await desk.ReadTrailAsync(order).ConfigureAwait(false);
        long version = trail.Count(envelope => envelope.RecordedAt < now);
        return await desk.ReadRevisionAsync(order, version).ConfigureAwait(false);
    }

    private async Task SubmitAsync(string name, string by, string system, KernelCommand command)
    {
        string full = $"hub/{business.Name.Code}/{name}";
        var submission = new Submission(CommandId.FromName(full), new Actor(by, system), command);
        string about = $"{command.Stream.Key} ({business.Name.Code}/{name})";
        tally.Add(about, await desk.SubmitAsync(submission).ConfigureAwait(false));
    }
}
