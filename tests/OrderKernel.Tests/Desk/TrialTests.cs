using System;
using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>A trial tells what a submission would, and stores nothing.</summary>
public class TrialTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 9, 1, 0, 0);
    private static readonly Actor Clerk = new("clerk-7", "erp");
    private static readonly OrderId Order = new("SO-1");
    private readonly MemoryStore store = new();
    private readonly OrderDesk desk;

    public TrialTests() => desk = new OrderDesk(store, new FakeClock(Start));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ATrial_TellsWhatTheSubmissionThenSays(bool tiers) => Prop.ForAll(KernelArbitraries.Scripts(), script =>
        FollowAsync(script, tiers).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(40));

    [Fact]
    public async Task AHoldInPart_ShowsTheOrderAsItWouldBe_AndWhatWouldBeShort()
    {
        await CaptureAsync(8);
        await SubmitAsync("r", Receive(5));
        DeskTrial trial = await TryAsync("h", new HoldStock(Order, TakePart: true));
        Assert.Equal((DeskStatus.Decided, DeskExtent.InPart), (trial.Status, trial.Extent));
        Assert.Equal(5, trial.Order!.Line(1)!.Held.Units);
        Assert.Equal(3, Assert.Single(trial.Shortages).Missing.Units);
        Assert.IsType<OrderStockHeld>(Assert.Single(Assert.Single(trial.Events).Events));
        Assert.Equal("Decided: accepted, version 2, 1 events, 1 lines short", trial.ToString());
        Assert.Equal(0, (await desk.ReadOrderAsync(Order)).Line(1)!.Held.Units);
        Assert.Equal(DeskStatus.Decided, (await SubmitAsync("h", new HoldStock(Order, TakePart: true))).Status);
    }

    [Fact]
    public async Task ARefusal_HasItsFindings_AndNoOrder()
    {
        await CaptureAsync(8);
        DeskTrial trial = await TryAsync("h", new HoldStock(Order));
        Assert.False(trial.IsAccepted);
        Assert.Null(trial.Order);
        Assert.Empty(trial.Events);
        Assert.Equal("stock.short", Assert.Single(trial.Findings).Code);
        Assert.StartsWith("Decided: refused, stock.short", trial.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsSoAlready_ShowsTheOrderAsItIs()
    {
        await CaptureAsync(1);
        await SubmitAsync("b", new BlockOrder(Order, "credit", "finance"));
        DeskTrial trial = await TryAsync("b2", new BlockOrder(Order, "credit", "finance"));
        Assert.Equal(DeskExtent.AlreadySo, trial.Extent);
        Assert.Single(trial.Order!.Blocks);
    }

    [Fact]
    public async Task AStoredCommand_IsToldAsStored_AndAUsedIdAsUsed()
    {
        await CaptureAsync(1);
        DeskTrial repeated = await TryAsync("c", Capture(1));
        Assert.Equal((DeskStatus.Repeated, true, 1L), (repeated.Status, repeated.IsAccepted, repeated.Outcome.Version));
        Assert.Null(repeated.Order);
        Assert.Equal(DeskStatus.KeyReused, (await TryAsync("c", Capture(2))).Status);
        DeskTrial other = await desk.TryAsync(new Submission(CommandId.FromName("c"), new Actor("clerk-8", "erp"), Capture(1)));
        Assert.Equal(DeskStatus.KeyReused, other.Status);
        Assert.Equal(DeskStatus.Malformed, (await TryAsync("m", new ArchiveOrder(Order, ""))).Status);
    }

    [Fact]
    public async Task WhatAnotherHostDid_IsSeen()
    {
        await CaptureAsync(5);
        await SubmitAsync("r", Receive(5));
        Assert.True((await SubmitAsync("h", new HoldStock(Order))).IsAccepted);
        var other = new OrderDesk(store, new FakeClock(Start));
        Assert.True((await other.SubmitAsync(Submit("b", new BlockOrder(Order, "credit", "finance")))).IsAccepted);
        Assert.Equal("order.blocked", Assert.Single((await TryAsync("s", Ship(5))).Findings).Code);
    }

    private static ShipOrder Ship(long units) => new(Order, new ShipmentId("S1"), Start, [new ShipLine(1, new Quantity(units))]);

    // Each command is tried and then submitted; the store is the same before and after the trial.
    private static async Task<bool> FollowAsync(Script script, bool tiers)
    {
        DeskOptions Options() => new() { Tiers = tiers ? TierPolicy.PaidBeforeUnpaid : null };
        var play = new ScriptPlay(new MemoryStore(), "P", Options());
        await play.PlayAsync(script);
        var store = new MemoryStore();
        OrderDesk desk = new(store, new FakeClock(play.Clock.Now), Options());
        foreach (Submission submission in play.Submissions)
        {
            string before = await ContentsAsync(store);
            DeskTrial trial = await desk.TryAsync(submission);
            Assert.Equal(before, await ContentsAsync(store));
            DeskResult result = await desk.SubmitAsync(submission);
            Assert.Equal(
                (result.Status, result.Extent, result.Outcome.ToJson()), (trial.Status, trial.Extent, trial.Outcome.ToJson()));
            Assert.Equal(result.Outcome.Events.Length, trial.Events.Sum(static events => events.Events.Length));
            if (trial.Order is { } order)
            {
                OrderState after = await desk.ReadOrderAsync(((OrderCommand)submission.Command).Order);
                Assert.Equal(Whole(submission, after), Whole(submission, order));
            }
        }

        return true;
    }

    private static string Whole(Submission submission, OrderState order) =>
        OrderSnapshot.Of(((OrderCommand)submission.Command).Order, order, ContentHash.None, EventForms.Kernel).State;

    private static async Task<string> ContentsAsync(MemoryStore store)
    {
        TenantId tenant = new DeskOptions().Tenant;
        LedgerContents ledger = await store.ReadLedgerAsync(tenant, default);
        return string.Join(
            "\n",
            (await store.ReadFeedAsync(tenant, 0, 9_999, default)).Select(static entry => entry.Event.Hash.ToString())
                .Concat((await store.ReadCommandsAsync(tenant, null, 9_999, default)).Select(static one => $"{one.Id} {one.BodyHash}"))
                .Concat(ledger.Balances.Select(static balance => balance.Cell + " " + string.Join(
                    ",", Enum.GetValues<StockAccount>().Select(account => balance[account]))))
                .Concat(ledger.Holds.Select(static hold => hold.ToString()))
                .Concat((await store.ReadOutboxAsync(tenant, 9_999, default)).Select(static message => message.Body))
                .Concat((await store.ReadDueTimersAsync(tenant, Instant.MaxValue, 9_999, default))
                    .Select(static timer => timer.ToString())));
    }

    private async Task CaptureAsync(long units) => Assert.True((await SubmitAsync("c", Capture(units))).IsAccepted);

    private Task<DeskResult> SubmitAsync(string id, KernelCommand command) => desk.SubmitAsync(Submit(id, command));

    private Task<DeskTrial> TryAsync(string id, KernelCommand command) => desk.TryAsync(Submit(id, command));

    private static Submission Submit(string id, KernelCommand command) => new(CommandId.FromName(id), Clerk, command);

    private static CaptureOrder Capture(long units) => new(
        Order, new PartnerId("P"), Start, [new NewLine(1, new Sku("S"), new Quantity(units))]);

    private static ReceiveStock Receive(long units) => new(
        new DocumentId("D"), [new StockLine(new StockCell(new Sku("S"), new NodeId("N")), new Quantity(units))]);
}
