using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;
using Xunit;

namespace OrderKernel.RabbitMq.Tests;

public class MessageRelayTests
{
    private readonly AnnouncingDesk orders = new();
    private readonly RecordingSender sender = new();

    [Fact]
    public async Task EveryMessage_IsSentOnce_InTheOrderOfItsStream()
    {
        ImmutableArray<OutgoingMessage> all = await orders.FillAsync(5, 4);
        Assert.Equal(20, all.Length);
        await DrainAsync(Relay());
        Assert.Equal(all.Select(m => m.Id).Order(), sender.Sent.Select(m => m.Id).Order());
        Assert.True(AnnouncingDesk.IsInOrder(sender.Sent.Select(m => (m.Stream.ToString(), m.Version))));
        Assert.Equal(1, sender.MostUnderWayOfOneStream);
    }

    [Fact]
    public async Task AMessageNobodyTakes_Parks_HoldsUpItsStreamOnly_AndGoesOnWhenArmedAgain()
    {
        await orders.FillAsync(2, 3);
        sender.Refuses = message => message.Stream.Key == "O0";
        MessageRelay relay = Relay();
        for (int i = 0; i < 10; i++)
        {
            await DrainAsync(relay);
            orders.Clock.Advance(Duration.FromMinutes(10));
        }

        ParkedMessage parked = Assert.Single(await orders.Store.ReadParkedMessagesAsync(AnnouncingDesk.Tenant, 10, default));
        Assert.Equal(("O0", 1L, 3), (parked.Message.Stream.Key, parked.Message.Version, parked.Attempts));
        Assert.Equal("Not taken.", parked.Failure);
        Assert.Equal(3, sender.Sent.Count(m => m.Stream.Key == "O1"));
        Assert.DoesNotContain(sender.Sent, m => m.Stream.Key == "O0");

        sender.Refuses = _ => false;
        Assert.True(await orders.Store.RearmMessageAsync(AnnouncingDesk.Tenant, parked.Message.Id, default));
        await DrainAsync(relay);
        Assert.Equal(new long[] { 1, 2, 3 }, sender.Sent.Where(m => m.Stream.Key == "O0").Select(m => m.Version));
    }

    [Fact]
    public async Task ASenderThatThrowsAnything_IsCounted_AndTheMessageParksWithTheKindOfFaultAlone()
    {
        await orders.FillAsync(2, 2);
        sender.Throws = message => message.Stream.Key == "O0" ? new InvalidTimeZoneException("Personal data: 13812345678") : null;
        MessageRelay relay = Relay();
        RelayPass first = await relay.RunAsync();
        Assert.Equal((1, 1), (first.Sent, first.Postponed));
        for (int i = 0; i < 10; i++)
        {
            await DrainAsync(relay);
            orders.Clock.Advance(Duration.FromMinutes(10));
        }

        ParkedMessage parked = Assert.Single(await orders.Store.ReadParkedMessagesAsync(AnnouncingDesk.Tenant, 10, default));
        Assert.Equal(("O0", 3), (parked.Message.Stream.Key, parked.Attempts));
        Assert.Equal("The sender failed with InvalidTimeZoneException.", parked.Failure);
        Assert.Equal(2, sender.Sent.Count(m => m.Stream.Key == "O1"));

        // Even a cancellation that nobody asked for; one that was asked for is none of the message's fault.
        await orders.Store.RearmMessageAsync(AnnouncingDesk.Tenant, parked.Message.Id, default);
        sender.Throws = message => new OperationCanceledException();
        Assert.Equal(1, (await relay.RunAsync()).Postponed);
        orders.Clock.Advance(Duration.FromMinutes(10));
        using var stop = new CancellationTokenSource();
        sender.Throws = message =>
        {
            stop.Cancel();
            return new OperationCanceledException(stop.Token);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => relay.RunAsync(stop.Token));
    }

    [Fact]
    public async Task WhatIsWrongWithTheBroker_IsNeverHeldAgainstAMessage()
    {
        await orders.FillAsync(1, 1);
        sender.IsDown = true;
        for (int i = 0; i < 20; i++)
        {
            await Relay().RunAsync();
            orders.Clock.Advance(Duration.FromMinutes(10));
        }

        Assert.Empty(await orders.Store.ReadParkedMessagesAsync(AnnouncingDesk.Tenant, 10, default));
        sender.IsDown = false;
        Assert.Equal(new RelayPass(1, 0, 0, 0), await Relay().RunAsync());
    }

    [Fact]
    public async Task ARelayKilledBetweenSendAndMark_IsFollowedByOneThatSendsTheSameIdAndBody()
    {
        await orders.FillAsync(1, 2);
        var dying = new MessageRelay(
            new ForgettingOutbox(orders.Store), sender, orders.Clock, AnnouncingDesk.Tenant, new RelayOptions { Owner = "dying" });
        await Assert.ThrowsAsync<InvalidOperationException>(() => dying.RunAsync());
        Assert.Equal(default, await Relay().RunAsync());
        orders.Clock.Advance(Duration.FromMinutes(1));
        await DrainAsync(Relay());
        Assert.Equal(new long[] { 1, 1, 2 }, sender.Sent.Select(m => m.Version));
        Assert.Equal(sender.Sent.First(), sender.Sent.Skip(1).First());
    }

    [Fact]
    public async Task ARelayThatPausedLongerThanItsLease_IsTurnedAwayByTheFence()
    {
        await orders.FillAsync(1, 1);
        var resumed = new TaskCompletionSource();
        sender.BeforeSend = () => resumed.Task;
        Task<RelayPass> sleeper = Relay().RunAsync();
        orders.Clock.Advance(Duration.FromMinutes(1));
        sender.BeforeSend = () => Task.CompletedTask;
        Assert.Equal(new RelayPass(1, 0, 0, 0), await Relay("other").RunAsync());
        resumed.SetResult();
        Assert.Equal(new RelayPass(0, 0, 0, 1), await sleeper);
    }

    [Fact]
    public async Task ARelayThatWasStoppedBetweenClaimAndSend_LeavesWhatOthersMayHaveSent_AndMarksNothing()
    {
        await orders.FillAsync(1, 2);
        var stopped = new MessageRelay(
            new StoppingOutbox(orders.Store, async () =>
            {
                // While it stands still its lease ends; another sends this message and the next one of the stream.
                orders.Clock.Advance(Duration.FromMinutes(1));
                await DrainAsync(Relay("other"));
            }),
            sender, orders.Clock, AnnouncingDesk.Tenant, new RelayOptions { Owner = "stopped", MaxAttempts = 1 });
        Assert.Equal(new RelayPass(0, 0, 0, 1), await stopped.RunAsync());
        Assert.Equal(new long[] { 1, 2 }, sender.Sent.Select(m => m.Version));
        Assert.Empty(await orders.Store.ReadParkedMessagesAsync(AnnouncingDesk.Tenant, 10, default));
    }

    [Fact]
    public async Task ARelayThatWasStoppedWhileItsMessageFailed_DoesNotParkWhatAnotherSent()
    {
        await orders.FillAsync(1, 1);
        sender.BeforeSend = async () =>
        {
            sender.BeforeSend = () => Task.CompletedTask;
            orders.Clock.Advance(Duration.FromMinutes(1));
            Assert.Equal(new RelayPass(1, 0, 0, 0), await Relay("other").RunAsync());
            sender.Refuses = _ => true;
        };
        var stopped = new MessageRelay(
            orders.Store, sender, orders.Clock, AnnouncingDesk.Tenant, new RelayOptions { Owner = "stopped", MaxAttempts = 1 });
        Assert.Equal(new RelayPass(0, 0, 0, 1), await stopped.RunAsync());
        Assert.Empty(await orders.Store.ReadParkedMessagesAsync(AnnouncingDesk.Tenant, 10, default));
        Assert.Empty(await orders.Store.ReadOutboxAsync(AnnouncingDesk.Tenant, 10, default));
    }

    [Fact]
    public async Task ManyRelaysAtOnce_SendNothingTwice_AndKeepTheOrder()
    {
        ImmutableArray<OutgoingMessage> all = await orders.FillAsync(20, 10);
        sender.BeforeSend = () => Task.Delay(1);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            MessageRelay relay = Relay("relay" + i);
            while (!(await orders.Store.ReadOutboxAsync(AnnouncingDesk.Tenant, 1, default)).IsEmpty)
            {
                await relay.RunAsync();
            }
        })));
        Assert.Equal(200, all.Length);
        Assert.Equal(200, sender.Sent.Count);
        Assert.True(AnnouncingDesk.IsInOrder(sender.Sent.Select(m => (m.Stream.ToString(), m.Version))));
        Assert.Equal(1, sender.MostUnderWayOfOneStream);
    }

    private MessageRelay Relay(string owner = "relay") => new(
        orders.Store, sender, orders.Clock, AnnouncingDesk.Tenant, new RelayOptions { Owner = owner, MaxAttempts = 3 });

    private static async Task DrainAsync(MessageRelay relay)
    {
        while ((await relay.RunAsync()).HasProgress)
        {
        }
    }

    /// <summary>Keeps what it was given, and watches that no stream has two messages under way.</summary>
    private sealed class RecordingSender : IMessageSender
    {
        private readonly ConcurrentDictionary<string, int> underWay = new();
        private int most;

        public ConcurrentQueue<OutgoingMessage> Sent { get; } = new();

        public Func<OutgoingMessage, bool> Refuses { get; set; } = _ => false;

        public Func<OutgoingMessage, Exception?> Throws { get; set; } = _ => null;

        public Func<Task> BeforeSend { get; set; } = () => Task.CompletedTask;

        public bool IsDown { get; set; }

        public int MostUnderWayOfOneStream => most;

        public ValueTask PrepareAsync(CancellationToken cancellation) => default;

        public async ValueTask SendAsync(TenantId tenant, OutgoingMessage message, CancellationToken cancellation)
        {
            int now = underWay.AddOrUpdate(message.Stream.Key, 1, (_, n) => n + 1);
            most = Math.Max(most, now);
            await BeforeSend();
            if (IsDown)
            {
                throw new OrderKernelException("Down.", isTransient: true);
            }

            if (Refuses(message))
            {
                throw new OrderKernelException("Not taken.");
            }

            if (Throws(message) is { } fault)
            {
                throw fault;
            }

            Sent.Enqueue(message);
            underWay.AddOrUpdate(message.Stream.Key, 0, (_, n) => n - 1);
        }
    }

    /// <summary>An outbox whose relay dies before it can record that the broker took the message.</summary>
    private sealed class ForgettingOutbox(IOutbox outbox) : ClaimingOutbox(outbox)
    {
        public override ValueTask<bool> ConfirmMessageAsync(TenantId tenant, ClaimedMessage message, CancellationToken cancellation) =>
            throw new InvalidOperationException("The process ends here.");
    }

    /// <summary>An outbox whose relay is stopped when it has claimed.</summary>
    private sealed class StoppingOutbox(IOutbox outbox, Func<Task> meanwhile) : ClaimingOutbox(outbox)
    {
        public override async ValueTask<ImmutableArray<ClaimedMessage>> ClaimMessagesAsync(
            TenantId tenant, Lease lease, int most, CancellationToken cancellation)
        {
            ImmutableArray<ClaimedMessage> claimed = await base.ClaimMessagesAsync(tenant, lease, most, cancellation);
            await meanwhile();
            return claimed;
        }
    }

    private abstract class ClaimingOutbox(IOutbox outbox) : IOutbox
    {
        public virtual ValueTask<ImmutableArray<ClaimedMessage>> ClaimMessagesAsync(
            TenantId tenant, Lease lease, int most, CancellationToken cancellation) =>
            outbox.ClaimMessagesAsync(tenant, lease, most, cancellation);

        public virtual ValueTask<bool> ConfirmMessageAsync(TenantId tenant, ClaimedMessage message, CancellationToken cancellation) =>
            outbox.ConfirmMessageAsync(tenant, message, cancellation);

        public ValueTask<bool> PostponeMessageAsync(
            TenantId tenant, ClaimedMessage message, Instant notBefore, string failure, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public ValueTask<bool> ParkMessageAsync(
            TenantId tenant, ClaimedMessage message, string failure, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public ValueTask<ImmutableArray<ParkedMessage>> ReadParkedMessagesAsync(
            TenantId tenant, int most, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<bool> RearmMessageAsync(TenantId tenant, Guid message, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
