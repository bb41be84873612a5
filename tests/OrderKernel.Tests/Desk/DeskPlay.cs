using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>A desk with short verbs, for tests that tell a story.</summary>
internal sealed class DeskPlay(IOrderStore store, FakeClock clock, DeskOptions options)
{
    public static readonly Actor Clerk = new("clerk-7", "erp");
    private static readonly NodeId Node = new("W1");
    private static int counter;

    public OrderDesk Desk { get; } = new(store, clock, options);

    public async Task<DeskResult> Submit(KernelCommand command, string? id = null)
    {
        int number = Interlocked.Increment(ref counter);
        return await Desk.SubmitAsync(
            new Submission(CommandId.FromName(id ?? "play" + number.ToString(CultureInfo.InvariantCulture)), Clerk, command));
    }

    public Task<DeskResult> Receive(Sku sku, long units, string document = "R1", string? id = null)
    {
        var line = new StockLine(new StockCell(sku, Node), new Quantity(units));
        return Submit(new ReceiveStock(new DocumentId(document), ImmutableArray.Create(line)), id);
    }

    public async Task Order(string order, Sku sku, long units, bool promised = false) => Assert.True((await Submit(new CaptureOrder(
        new OrderId(order), new PartnerId("P"), clock.Now, ImmutableArray.Create(new NewLine(1, sku, new Quantity(units))),
        PromisedAt: promised ? clock.Now + Duration.FromDays(7) : null))).IsAccepted);

    public Task<DeskResult> Hold(string order, bool preempt = true, bool part = false) =>
        Submit(new HoldStock(new OrderId(order), TakePart: part, Preempt: preempt));

    public Task<OrderState> State(string order) => Desk.ReadOrderAsync(new OrderId(order));

    public async Task<long> Held(string order) => (await State(order)).Lines.Sum(line => line.Held.Units);

    public async Task<EventEnvelope> Last(string order) => (await Desk.ReadTrailAsync(new OrderId(order)))[^1];

    public async Task<long> Free(Sku sku) => (await Desk.ReadStockAsync(new[] { sku })).Cells.Sum(cell => cell.Free);

    /// <summary>Replays every decision byte by byte, audits ledger and history, and compares open lines with the orders.</summary>
    public async Task CheckLaws()
    {
        Assert.Empty((await Desk.ReplayAsync()).Differing);
        await KernelLaws.LedgerConserves(store, options.Tenant);
        await KernelLaws.OpenLinesAgree(store, options.Tenant);
        await KernelLaws.HistoryAudits(store, options.Tenant);
    }
}
