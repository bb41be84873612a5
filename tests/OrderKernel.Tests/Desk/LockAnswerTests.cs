using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>One press of the red button: the desk locks or says why not, in the one call.</summary>
public class LockAnswerTests
{
    private static readonly Sku Sku = new("PAD-7");
    private readonly MemoryStore store = new();
    private readonly FakeClock clock = new(Instant.FromUtc(2026, 9, 1, 0, 0));
    private readonly DeskPlay play;

    public LockAnswerTests() => play = new DeskPlay(store, clock, new DeskOptions());

    [Fact]
    [Trait("Req", "S4-47")]
    public async Task OnePress_IsLockedOrRefusedWithItsReason_AndTheRetryOfAnOfflineDeviceSaysTheSame()
    {
        await play.Receive(Sku, 5);
        await play.Order("O1", Sku, 5);
        await play.Order("O2", Sku, 1);

        DeskResult locked = await Press("O1", "pda-1/1");
        Assert.Equal((DeskStatus.Decided, true), (locked.Status, locked.IsAccepted));
        Assert.Single(locked.Outcome.Events);
        Assert.Equal((SupplyState.Held, 5L, 0L), ((await play.State("O1")).Supply, await play.Held("O1"), await play.Free(Sku)));

        DeskResult refused = await Press("O2", "pda-2/1");
        Finding why = Assert.Single(refused.Findings);
        Assert.Equal((DeskStatus.Decided, false, "stock.short"), (refused.Status, refused.IsAccepted, why.Code));
        Assert.Contains("PAD-7", why.Text(Language.Chinese), StringComparison.Ordinal);
        Assert.Equal((SupplyState.NotHeld, 0L), ((await play.State("O2")).Supply, await play.Held("O2")));
        Assert.Empty(await store.ReadOutboxAsync(new DeskOptions().Tenant, 10, default));
        Assert.Equal(0, await play.Desk.WakeAsync(DeskPlay.Clerk)); // nothing is left for later

        // Hours offline: the first order let go, stock came, the desk was started anew. Each device hears what it was told.
        clock.Advance(Duration.FromHours(9));
        await play.Submit(ReleaseStock.All(new OrderId("O1"), "customer away"));
        await play.Receive(Sku, 7, "R2");
        DeskPlay restarted = new(store, clock, new DeskOptions());
        await SaysTheSame(locked, await restarted.Submit(new HoldStock(new OrderId("O1")), "pda-1/1"));
        await SaysTheSame(refused, await restarted.Submit(new HoldStock(new OrderId("O2")), "pda-2/1"));
        Assert.Equal((0L, 0L, 12L), (await play.Held("O1"), await play.Held("O2"), await play.Free(Sku)));

        // The same key for another order is no answer about that order; a new press is a new question.
        Assert.Equal(DeskStatus.KeyReused, (await Press("O2", "pda-1/1")).Status);
        Assert.True((await Press("O2", "pda-2/2")).IsAccepted);
        Assert.Equal((1L, 11L), (await play.Held("O2"), await play.Free(Sku)));
        await play.CheckLaws();

        async Task SaysTheSame(DeskResult first, DeskResult again)
        {
            Assert.Equal(DeskStatus.Repeated, again.Status);
            Assert.Equal(first.Outcome.ToJson(), again.Outcome.ToJson());
            Assert.Equal(first.Findings.Select(Chinese), again.Findings.Select(Chinese));
            await play.CheckLaws();
        }
    }

    [Fact]
    [Trait("Req", "S4-47")]
    public async Task TwentyDevicesAtOnce_OneLocksTheLastPiece_TheOthersAreRefused_AndTheAuditNamesEveryPress()
    {
        await play.Receive(Sku, 1);
        string[] orders = [.. Enumerable.Range(1, 20).Select(static i => "O" + i)];
        foreach (string order in orders)
        {
            await play.Order(order, Sku, 1);
        }

        // Each has seen the piece before any of them takes it.
        var devices = new DeskPlay(Together.Commit(store, orders.Length), clock, new DeskOptions());
        DeskResult[] answers = await Task.WhenAll(orders.Select(
            order => devices.Submit(new HoldStock(new OrderId(order)), "press " + order)));
        Assert.All(answers, static answer => Assert.Equal(DeskStatus.Decided, answer.Status));
        DeskResult winner = Assert.Single(answers, static answer => answer.IsAccepted);
        Assert.All(
            answers.Where(answer => answer != winner), static answer => Assert.Equal("stock.short", answer.Findings.Single().Code));
        long[] held = await Task.WhenAll(orders.Select(play.Held));
        Assert.Equal((1L, 1L, 0L), (held.Sum(), held.Max(), await play.Free(Sku)));
        Assert.Equal(Array.IndexOf(answers, winner), Array.IndexOf(held, 1L));

        // No approval before; afterwards every press stands in the audit, with who pressed and what came of it.
        AuditEntry[] audited = [.. (await play.Desk.AuditAsync(new AuditQuery())).Entries];
        Assert.Equal(19, audited.Count(static entry => entry.Refusals.Any(static why => why.Code == "stock.short")));
        Assert.Single(audited, static entry => entry.What == "order.stock_held");
        Assert.All(audited, static entry => Assert.Equal("clerk-7", entry.Actor.Id));
        await play.CheckLaws();
    }

    [Fact]
    [Trait("Req", "S4-47")]
    public async Task ALockOfMoreThanThereIs_LocksNothing_UnlessAPartIsAskedFor()
    {
        await play.Receive(Sku, 4);
        await play.Order("O1", Sku, 5);
        Assert.False((await Press("O1", "all")).IsAccepted);
        Assert.Equal((0L, 4L), (await play.Held("O1"), await play.Free(Sku)));
        Assert.True((await play.Submit(new HoldStock(new OrderId("O1"), TakePart: true), "part")).IsAccepted);
        Assert.Equal((SupplyState.PartiallyHeld, 4L), ((await play.State("O1")).Supply, await play.Held("O1")));
        DeskResult rest = await Press("O1", "rest");
        Assert.Equal("stock.short", Assert.Single(rest.Findings).Code);
        Assert.Equal((4L, 0L), (await play.Held("O1"), await play.Free(Sku)));
        await play.CheckLaws();
    }

    private Task<DeskResult> Press(string order, string key) => play.Submit(new HoldStock(new OrderId(order)), key);

    private static string Chinese(Finding finding) => finding.Text(Language.Chinese);
}
