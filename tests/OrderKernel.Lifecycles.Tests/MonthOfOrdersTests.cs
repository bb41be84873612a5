using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using Xunit;
using Xunit.Abstractions;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>A month of a small plant on one node: every order goes the whole way.</summary>
public class MonthOfOrdersTests(ITestOutputHelper output)
{
    private const int Orders = 840;
    private const int Pieces = 3;

    // The make-to-order template with a ninth state between scheduling and the workshop: nine states, eight transitions.
    private static readonly LifecycleDefinition Subcontracting = LifecycleDefinition.Read(
        SampleLifecycles.Definition("make_to_order").Json
            .Replace("{\"code\":\"in_progress\"",
                "{\"code\":\"subcontracted\",\"zh\":\"外协中\",\"en\":\"Subcontracted\",\"region\":\"fulfilment\","
                + "\"stage\":\"producing\",\"owner\":\"purchasing\"},{\"code\":\"in_progress\"", StringComparison.Ordinal)
            .Replace("{\"from\":\"scheduled\",\"on\":\"work_started\",\"to\":\"in_progress\"}",
                "{\"from\":\"scheduled\",\"on\":\"sent_out\",\"to\":\"subcontracted\"},"
                + "{\"from\":\"subcontracted\",\"on\":\"work_started\",\"to\":\"in_progress\"}", StringComparison.Ordinal)
            .Replace("\"signals\":[", "\"signals\":[{\"code\":\"sent_out\",\"zh\":\"发外协\",\"en\":\"Sent out\"},", StringComparison.Ordinal))
        .Definition!;

    private static readonly string[] Walk =
    [
        "to_confirm", "paid", "preparing", "scheduled", "subcontracted", "in_progress", "inspected", "shipped", "signed",
    ];

    [Fact]
    [Trait("Req", "S1-08")]
    public async Task EightHundredAndFortyOrders_GoThroughEightTransitionsEach_WithoutOneError()
    {
        OrderId[] orders = [.. Enumerable.Range(1, Orders).Select(static i =>
            new OrderId("MO-" + i.ToString("D4", CultureInfo.InvariantCulture)))];
        OrderPlay play = OrderPlay.With(Subcontracting);
        await play.Stock(Orders * Pieces);
        var watch = Stopwatch.StartNew();
        await ForEach(play, orders, order => play.Capture("typed", order.Text, Pieces));
        foreach (string signal in new[] { "payment_confirmed", "preparation_started", "materials_complete", "sent_out", "work_started",
            "inspection_passed" })
        {
            await ForEach(play, orders, order => play.Signal(order, signal));
        }

        await ForEach(play, orders, order => play.Do(new AttachEvidence(order, "quality_report", "QR-" + order)));
        await ForEach(play, orders, order => play.Ship(order, Pieces));
        await ForEach(play, orders, play.Deliver);
        watch.Stop();

        int events = 0;
        foreach (OrderId order in orders)
        {
            OrderState state = await play.Desk.ReadOrderAsync(order);
            ImmutableArray<EventEnvelope> trail = await play.Desk.ReadTrailAsync(order);
            events += trail.Length;
            Assert.Equal(Walk, trail.Where(static e => e.EventType == "order.entered").Select(EnteredState));
            Assert.Equal((OrderStage.Completed, trail.Length), (state.Stage, state.Version));
            Assert.True(Assert.Single(state.Regions).IsFinal);
            Assert.Equal((Pieces, Pieces), (state.Lines[0].Shipped.Units, state.Lines[0].Delivered.Units));
            Assert.Null(HashChain.FirstTampered(trail));
        }

        ImmutableArray<DecidedCommand> commands = await play.Store.ReadCommandsAsync(
            new TenantId("main"), null, 20_000, CancellationToken.None);
        Assert.Equal((Orders * 11) + 1, commands.Length);
        Assert.DoesNotContain(commands, static command => !CommandOutcome.Read(command.Outcome, KernelFindings.Catalog).IsAccepted);
        Assert.Equal(Orders, (await ReadAll(play)).Count);
        CellBalance cell = Assert.Single((await play.Store.ReadLedgerAsync(new TenantId("main"), default)).Balances,
            static one => one.Cell == OrderPlay.Cell);
        Assert.Equal((0, 0, Orders * Pieces), (cell[StockAccount.Available], cell[StockAccount.Reserved], cell[StockAccount.Shipped]));
        Assert.Empty(await play.Desk.AuditLedgerAsync());
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
        Assert.Empty(await play.Desk.AuditHistoryAsync());
        output.WriteLine(FormattableString.Invariant(
            $"{Orders} orders, {commands.Length} commands, {events} events, one by one in memory: {watch.ElapsedMilliseconds} ms"));
    }

    // Each step of all orders before the next step, so that all are open at once; nine steps of five minutes take 26 days.
    private static async Task ForEach(OrderPlay play, IEnumerable<OrderId> orders, Func<OrderId, Task> step)
    {
        foreach (OrderId order in orders)
        {
            await step(order);
            play.Clock.Advance(Duration.FromMinutes(5));
        }
    }

    private static string EnteredState(EventEnvelope entered)
    {
        using JsonDocument payload = JsonDocument.Parse(entered.Payload);
        return payload.RootElement.GetProperty("to").GetString()!;
    }

    private static async Task<SortedSet<string>> ReadAll(OrderPlay play)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        OrderId? after = null;
        while (true)
        {
            ImmutableArray<KeyValuePair<OrderId, OrderState>> page = await play.Desk.ReadOrdersAsync(after, 200);
            found.UnionWith(page.Select(static order => order.Key.Text));
            if (page.Length < 200)
            {
                return found;
            }

            after = page[^1].Key;
        }
    }
}
