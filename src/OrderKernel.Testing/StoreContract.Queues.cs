using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

/// <summary>Promises about claims, received messages and the stored board. A store that implements none of these ports keeps them
/// by leaving them out.</summary>
public static partial class StoreContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    private static async Task ClaimsAreFenced(IOrderStore store)
    {
        if (store is not IOutbox outbox)
        {
            return;
        }

        await Announce(store, "O1", 1);
        Instant now = SampleUnits.Now;
        ClaimedMessage first = (await Claim(outbox, "a", now, 60)).Single();
        Expect((await Claim(outbox, "b", now + Duration.FromSeconds(59), 60)).IsEmpty, "What is claimed is not claimed again.");
        ClaimedMessage second = (await Claim(outbox, "b", now + Duration.FromSeconds(60), 60)).Single();
        Expect(second.Fence > first.Fence && second.Attempts == 1, "A lease that ran out can be claimed, with a higher fence.");
        Expect(second.Message.Equals(first.Message), "It is the same message, with the same id.");
        Expect(!await outbox.ConfirmMessageAsync(Tenant, first, Never), "Whoever lost its lease confirms nothing.");
        Expect(!await outbox.PostponeMessageAsync(Tenant, first, now, "late", Never), "Nor postpones.");
        Expect(!await outbox.ParkMessageAsync(Tenant, first, "late", Never), "Nor parks.");
        Expect(await outbox.ConfirmMessageAsync(Tenant, second, Never), "The holder confirms.");
        Expect(!await outbox.ConfirmMessageAsync(Tenant, second, Never), "Once.");
        Expect((await Claim(outbox, "a", now + Duration.FromDays(1), 60)).IsEmpty, "What was sent is not claimed again.");
        Expect((await store.ReadOutboxAsync(Tenant, 10, Never)).IsEmpty, "Nor does it wait.");
    }

    private static async Task StreamsLeaveInOrder(IOrderStore store)
    {
        if (store is not IOutbox outbox)
        {
            return;
        }

        await Announce(store, "O1", 3);
        await Announce(store, "O2", 1);
        Instant now = SampleUnits.Now;
        ImmutableArray<ClaimedMessage> heads = await Claim(outbox, "a", now, 60);
        Expect(
            heads.Select(static m => (m.Message.Stream.Key, m.Message.Version)).SequenceEqual(new[] { ("O1", 1L), ("O2", 1L) }),
            "Of every stream the first message only.");
        Expect((await Claim(outbox, "b", now, 60)).IsEmpty, "Those behind wait for it.");
        Expect(await outbox.PostponeMessageAsync(Tenant, heads[0], now + Duration.FromSeconds(5), "busy", Never), "Given back.");
        Expect((await Claim(outbox, "b", now + Duration.FromSeconds(4), 60)).IsEmpty, "Not before its moment, and none behind it.");
        heads = await Claim(outbox, "b", now + Duration.FromSeconds(5), 1);
        Expect(heads.Single().Message.Version == 1 && heads[0].Attempts == 1, "Then the same one again.");
        await outbox.ConfirmMessageAsync(Tenant, heads[0], Never);
        Expect((await Claim(outbox, "b", now, 60)).Single().Message.Version == 2, "Then the next.");
    }

    private static async Task PoisonParks(IOrderStore store)
    {
        if (store is not IOutbox outbox)
        {
            return;
        }

        await Announce(store, "O1", 2);
        await Announce(store, "O2", 1);
        Instant now = SampleUnits.Now;
        ClaimedMessage poison = (await Claim(outbox, "a", now, 60))[0];
        Expect(await outbox.ParkMessageAsync(Tenant, poison, "unroutable\0", Never), "A message nobody can send is parked.");
        Instant later = now + Duration.FromDays(1);
        ImmutableArray<ClaimedMessage> others = await Claim(outbox, "a", later, 60);
        Expect(others.Single().Message.Stream.Key == "O2", "It holds up its own stream only.");
        ParkedMessage parked = (await outbox.ReadParkedMessagesAsync(Tenant, 10, Never)).Single();
        Expect(parked.Message.Equals(poison.Message) && parked.Attempts == 1, "It can be looked at.");
        Expect(parked.Failure.StartsWith("unroutable", StringComparison.Ordinal), "With what went wrong.");
        Expect(!await outbox.RearmMessageAsync(Tenant, others[0].Message.Id, Never), "Only a parked message can be armed.");
        Expect(await outbox.RearmMessageAsync(Tenant, poison.Message.Id, Never), "Armed again");
        Expect((await outbox.ReadParkedMessagesAsync(Tenant, 10, Never)).IsEmpty, "it is parked no more");
        ClaimedMessage again = (await Claim(outbox, "a", later, 60)).Single();
        Expect(again.Message.Equals(poison.Message) && again.Attempts == 0, "and is tried from the beginning.");
    }

    private static async Task TimersAreShared(IOrderStore store)
    {
        if (store is not ITimerQueue queue)
        {
            return;
        }

        Instant due = SampleUnits.Now + Duration.FromHours(1);
        for (int i = 0; i < 3; i++)
        {
            string order = "O" + i.ToString(CultureInfo.InvariantCulture);
            var timer = new TimerChange(SampleUnits.OrderStream(order), "expiry", 1, due + Duration.FromMinutes(i));
            await One(store, SampleUnits.Empty("t" + order, order) with { Timers = ImmutableArray.Create(timer) });
        }

        Expect((await ClaimTimers(queue, due - Duration.FromSeconds(1), 9)).IsEmpty, "A timer is not claimed early.");
        Instant now = due + Duration.FromMinutes(1);
        ClaimedTimer first = (await ClaimTimers(queue, now, 1)).Single();
        ClaimedTimer second = (await ClaimTimers(queue, now, 9)).Single();
        Expect(first.Timer.Stream.Key == "O0" && second.Timer.Stream.Key == "O1", "Each is claimed once, the earliest first.");
        Expect(await queue.PostponeTimerAsync(Tenant, first, now + Duration.FromHours(1), Never), "A failing timer waits");
        Expect(!await queue.PostponeTimerAsync(Tenant, first, now, Never), "once per claim,");
        Expect((await ClaimTimers(queue, now + Duration.FromMinutes(2), 9)).Length == 2, "and the others go on.");
        StreamId stream = SampleUnits.OrderStream("O0");
        var moved = new TimerChange(stream, "expiry", 2, due);
        await One(store, SampleUnits.Empty("moved", "O0") with { Timers = ImmutableArray.Create(moved) });
        ClaimedTimer again = (await ClaimTimers(queue, now, 9)).Single();
        Expect(again.Timer.Equals(moved), "A timer that is set anew is free, whoever had claimed it.");
        var cleared = new TimerChange(stream, "expiry", 2, null);
        await One(store, SampleUnits.Empty("done", "O0") with { Timers = ImmutableArray.Create(cleared) });
        Expect(!await queue.PostponeTimerAsync(Tenant, again, now, Never), "A cleared timer stays cleared.");
    }

    private static async Task ReceivedOnce(IOrderStore store)
    {
        if (store is not IInbox inbox)
        {
            return;
        }

        var message = new ReceivedMessage("orders", "/erp/源", "m-1");
        UnitOfWork unit = SampleUnits.Events("c1", "O1", 0) with { Received = message };
        Expect(await inbox.FindReceivedAsync(Tenant, message, Never) is null, "Nothing was received yet.");
        await One(store, unit with { Appends = SampleUnits.Events("c1", "O1", 5).Appends });
        Expect(await inbox.FindReceivedAsync(Tenant, message, Never) is null, "A unit that changes nothing records nothing.");
        await One(store, unit);
        Expect(await inbox.FindReceivedAsync(Tenant, message, Never) == unit.Command.Id.ToString(), "Recorded with its command.");
        Expect((await One(store, unit)).Status == UnitStatus.Repeated, "Received again it is a repeat.");
        var other = new ReceivedMessage("stock", "/erp/源", "m-1");
        Expect(await inbox.AddReceivedAsync(Tenant, other, "ignored", SampleUnits.Now, Never), "Another consumer, another message.");
        Expect(!await inbox.AddReceivedAsync(Tenant, other, "changed", SampleUnits.Now, Never), "Once.");
        Expect(await inbox.FindReceivedAsync(Tenant, other, Never) == "ignored", "The first note stays.");
        Expect(await inbox.FindReceivedAsync(new TenantId("other"), other, Never) is null, "Tenants do not meet.");
        Expect(await inbox.ForgetReceivedAsync(Tenant, SampleUnits.Now, 10, Never) == 0, "Nothing is older than itself.");
        Instant later = SampleUnits.Now + Duration.FromDays(8);
        Expect(await inbox.ForgetReceivedAsync(Tenant, later, 1, Never) == 1, "Not more is forgotten than asked,");
        Expect(await inbox.ForgetReceivedAsync(Tenant, later, 9, Never) == 1, "and then the rest.");
    }

    private static async Task BoardIsMadeFromTheFeed(IOrderStore store)
    {
        if (store is not IOrderBoard board)
        {
            return;
        }

        var play = new ScriptPlay(store, "board");
        var projection = new BoardProjection(store, board, Tenant);
        for (int part = 0; part < 4; part++)
        {
            var steps = Enumerable.Range(part * 30, 30).Select(static i =>
                new ScriptStep((i * 7) % ScriptPlay.Kinds, i % 3, (i * 5) % 12, (i * 3) % 12, (i * 11) % 12));
            await play.PlayAsync(new Script(ImmutableArray.CreateRange(steps)));
            await projection.CatchUpAsync(7);
        }

        var all = new BoardQuery(sort: BoardSort.Order);
        ImmutableArray<BoardEntry> live = await board.ReadBoardAsync(Tenant, all, Never);
        var expected = new List<BoardEntry>();
        foreach (OrderId order in play.Orders)
        {
            OrderState state = await play.Desk.ReadOrderAsync(order);
            expected.AddRange(state.Exists ? new[] { BoardEntry.Of(order, state) } : Array.Empty<BoardEntry>());
        }

        Expect(expected.Count > 1 && live.SequenceEqual(all.Evaluate(expected)), "The board shows every order as it is.");
        long position = await board.ReadBoardPositionAsync(Tenant, Never);
        Expect(!await board.SaveBoardAsync(Tenant, position - 1, position + 9, live, Never), "Who comes late saves nothing.");
        Expect(await projection.RebuildAsync() == position, "Made again it is made as far,");
        Expect((await board.ReadBoardAsync(Tenant, all, Never)).SequenceEqual(live), "and is the same board.");
        Expect((await board.ReadBoardAsync(new TenantId("other"), all, Never)).IsEmpty, "Another tenant sees nothing of it.");
    }

    private static async Task Announce(IOrderStore store, string order, int count)
    {
        for (int i = 0; i < count; i++)
        {
            UnitOfWork unit = SampleUnits.Events($"{order}-{i}", order, i);
            await One(store, unit with
            {
                Messages = ImmutableArray.Create(OutgoingMessage.Announce(unit.Appends[0].Events[0], "erp")),
            });
        }
    }

    private static async Task<ImmutableArray<ClaimedMessage>> Claim(IOutbox outbox, string owner, Instant now, int seconds) =>
        await outbox.ClaimMessagesAsync(Tenant, new Lease(owner, now, Duration.FromSeconds(seconds)), 10, Never);

    private static async Task<ImmutableArray<ClaimedTimer>> ClaimTimers(ITimerQueue queue, Instant now, int most) =>
        await queue.ClaimTimersAsync(Tenant, new Lease("a", now, Duration.FromMinutes(2)), most, Never);
}
