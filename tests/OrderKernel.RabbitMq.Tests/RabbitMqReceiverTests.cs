using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Adapters.RabbitMq;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;
using OrderKernel.Storage;
using RabbitMQ.Client;
using Xunit;

namespace OrderKernel.RabbitMq.Tests;

[Collection("RabbitMQ")]
public class RabbitMqReceiverTests
{
    private readonly AnnouncingDesk orders = new();

    [Fact]
    [Trait("ReqPart", "S0-02")]
    public async Task AGoodsReceiptThatIsAnnouncedTwice_RaisesStockOnce()
    {
        byte[] utf8 = Event("GR-1", "test.receipt", "GR-1");
        await Intake().TakeAsync(utf8);
        Assert.Equal(12, (await orders.Desk.ReadStockAsync([CapturingReceiver.Cell.Sku])).FreeIn(CapturingReceiver.Cell));
        Assert.Equal(IntakeStatus.Repeated, (await Intake().TakeAsync(utf8)).Status);
        Assert.Equal(12, (await orders.Desk.ReadStockAsync([CapturingReceiver.Cell.Sku])).FreeIn(CapturingReceiver.Cell));
    }

    [Fact]
    [Trait("ReqPart", "S4-02")]
    public async Task AnEventDeliveredTwice_CapturesOneOrder_AndItsCommandCarriesTheRecord()
    {
        EventIntake intake = Intake();
        byte[] utf8 = Event("1", "test.capture", "SO1");
        Assert.Equal(IntakeStatus.Handled, (await intake.TakeAsync(utf8)).Status);
        Assert.Equal(IntakeStatus.Repeated, (await intake.TakeAsync(utf8)).Status);
        Assert.Single(await orders.Desk.ReadTrailAsync(new OrderId("SO1")));
        var message = new ReceivedMessage("tests", "/erp", "1");
        Assert.Equal(message.ToCommandId().ToString(), await orders.Store.FindReceivedAsync(AnnouncingDesk.Tenant, message, default));
    }

    [Fact]
    public async Task AnEventThatIsHandledWhileItsTwinIs_IsStillOneCommand()
    {
        byte[] utf8 = Event("1", "test.capture", "SO1");
        IntakeResult[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Intake().TakeAsync(utf8))));
        Assert.Equal(1, results.Count(result => result.Status == IntakeStatus.Handled));
        Assert.Equal(7, results.Count(result => result.Status == IntakeStatus.Repeated));
        Assert.Single(await orders.Desk.ReadTrailAsync(new OrderId("SO1")));
    }

    [Fact]
    public async Task AnEventThatMeansNothing_IsRecordedAndNotAskedAboutAgain()
    {
        EventIntake intake = Intake();
        Assert.Equal(IntakeStatus.Handled, (await intake.TakeAsync(Event("1", "test.else", "SO1"))).Status);
        Assert.Equal(IntakeStatus.Repeated, (await intake.TakeAsync(Event("1", "test.else", "SO1"))).Status);
        Assert.Empty(await orders.Desk.ReadTrailAsync(new OrderId("SO1")));
    }

    [Theory]
    [InlineData("test.capture", "SO1", "test.capture", "SO2")]
    [InlineData("test.capture", "SO1", "test.else", "SO1")]
    [InlineData("test.else", "SO1", "test.capture", "SO1")]
    [InlineData("test.capture", "SO1", "test.receipt", "SO1")]
    public async Task TheSameSourceAndIdWithOtherContent_AreUnusable_AndChangeNothing(
        string type, string subject, string otherType, string otherSubject)
    {
        Assert.Equal(IntakeStatus.Handled, (await Intake().TakeAsync(Event("1", type, subject))).Status);
        int before = (await orders.Store.ReadFeedAsync(AnnouncingDesk.Tenant, 0, 100, default)).Length;
        IntakeResult other = await Intake().TakeAsync(Event("1", otherType, otherSubject));
        Assert.Equal(IntakeStatus.Unusable, other.Status);
        Assert.StartsWith("the same source and id came before with other content: ", other.Reason, StringComparison.Ordinal);
        Assert.Equal(before, (await orders.Store.ReadFeedAsync(AnnouncingDesk.Tenant, 0, 100, default)).Length);
        Assert.Equal(IntakeStatus.Repeated, (await Intake().TakeAsync(Event("1", type, subject))).Status);
    }

    [BrokerFact]
    public async Task EveryMessageOfAQueue_IsHandledOnce_WhatCannotBe_IsParkedWithItsReason()
    {
        await using var queue = new TestQueue("received");
        queue.Options.SingleActiveConsumer = true;
        using var stop = new CancellationTokenSource();
        var receiver = new RabbitMqReceiver(
            queue.Options, new ReceiverOptions(queue.Name) { FirstWait = TimeSpan.FromMilliseconds(5), MaxAttempts = 2 }, Intake());
        Task running = receiver.RunAsync(stop.Token);
        await using (IChannel channel = await queue.OpenAsync())
        {
            await WaitAsync(async () => await ExistsAsync(queue, receiver.ParkedQueue));
            foreach (byte[] body in new[]
            {
                Event("1", "test.capture", "SO1"), Event("1", "test.capture", "SO1"), Encoding.UTF8.GetBytes("{}"),
                Event("2", "test.throw", "SO2"), Event("3", "test.capture", "SO3"), Event("4", "test.capture", "SO4"),
            })
            {
                await channel.BasicPublishAsync(string.Empty, queue.Name, body);
            }
        }

        // What is handled after another says that the other was acknowledged; whether the last one was is open.
        await WaitAsync(async () => (await orders.Desk.ReadTrailAsync(new OrderId("SO4"))).Length == 1);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Single(await orders.Desk.ReadTrailAsync(new OrderId("SO1")));
        var parked = await queue.TakeAllAsync(receiver.ParkedQueue);
        Assert.Equal(
            new[] { "unusable: specversion is missing; every CloudEvent has one.", "failed: InvalidTimeZoneException" },
            parked.Select(one => Encoding.UTF8.GetString((byte[])one.Properties.Headers![RabbitMqReceiver.ReasonHeader]!)));
        Assert.Single(await orders.Desk.ReadTrailAsync(new OrderId("SO3")));
        Assert.InRange(await CountAsync(queue, queue.Name), 0, 1);
    }

    [BrokerFact]
    [Trait("ReqPart", "S2-72")]
    public async Task AReceiverStoppedBeforeItAcknowledges_GetsTheMessageAgain_AndTheOrderStaysOne()
    {
        await using var queue = new TestQueue("redelivered");
        await using (var sender = new RabbitMqSender(queue.Options))
        {
            await sender.PrepareAsync(default);
        }

        await using (IChannel channel = await queue.OpenAsync())
        {
            await channel.BasicPublishAsync(string.Empty, queue.Name, Event("1", "test.capture", "SO1"));
            await WaitAsync(async () => await CountAsync(queue, queue.Name) == 1);
            Assert.NotNull(await channel.BasicGetAsync(queue.Name, autoAck: false));
            Assert.Equal(IntakeStatus.Handled, (await Intake().TakeAsync(Event("1", "test.capture", "SO1"))).Status);
        }

        // The channel is gone without an acknowledgement, as after a kill between commit and ack.
        using var stop = new CancellationTokenSource();
        Task running = new RabbitMqReceiver(queue.Options, new ReceiverOptions(queue.Name), Intake()).RunAsync(stop.Token);
        await using (IChannel channel = await queue.OpenAsync())
        {
            await channel.BasicPublishAsync(string.Empty, queue.Name, Event("2", "test.capture", "SO2"));
        }

        // The second one is handled when the first is acknowledged.
        await WaitAsync(async () => (await orders.Desk.ReadTrailAsync(new OrderId("SO2"))).Length == 1);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.All(await queue.TakeAllAsync(), left => Assert.Contains("SO2", left.Body, StringComparison.Ordinal));
        Assert.Single(await orders.Desk.ReadTrailAsync(new OrderId("SO1")));
    }

    [BrokerFact]
    public async Task AMessageThatCannotEvenBeParked_EndsTheReading_AndNoneBehindItIsHandled()
    {
        await using var queue = new TestQueue("unparked");
        var poison = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var intake = new EventIntake(
            "tests", orders.Desk, orders.Store, orders.Clock, AnnouncingDesk.Tenant, new WaitingReceiver(poison.Task));
        var receiver = new RabbitMqReceiver(queue.Options, new ReceiverOptions(queue.Name) { MaxAttempts = 1 }, intake);
        await using (var sender = new RabbitMqSender(queue.Options))
        {
            await sender.PrepareAsync(default);
        }

        await using IChannel channel = await queue.OpenAsync();
        await channel.BasicPublishAsync(string.Empty, queue.Name, Event("1", "test.throw", "SO1"));
        await channel.BasicPublishAsync(string.Empty, queue.Name, Event("2", "test.capture", "SO2"));
        await WaitAsync(async () => await CountAsync(queue, queue.Name) == 2);

        // Both are handed over when none is left; the first is not handled yet.
        Task running = receiver.RunAsync(default);
        await WaitAsync(async () => await CountAsync(queue, queue.Name) == 0);
        await channel.QueueDeleteAsync(receiver.ParkedQueue);
        poison.SetResult();
        OrderKernelException fault = await Assert.ThrowsAsync<OrderKernelException>(() => running);
        Assert.True(fault.IsTransient);
        Assert.Contains(receiver.ParkedQueue, fault.Message, StringComparison.Ordinal);
        Assert.Empty(await orders.Desk.ReadTrailAsync(new OrderId("SO2")));
    }

    [BrokerFact]
    public async Task ABrokerThatFallsSilent_IsTransient()
    {
        await using var queue = new TestQueue("silent");
        queue.Options.SingleActiveConsumer = false;

        // It says how it starts, how it tunes and that the connection is open, and nothing more.
        using var broker = new SilentBroker(new Uri(TestBroker.Uri), answers: 3);
        queue.Options.Uri = broker.Uri;
        queue.Options.ConfigureConnection = static factory => factory.ContinuationTimeout = TimeSpan.FromMilliseconds(300);
        await using var sender = new RabbitMqSender(queue.Options);
        Assert.True((await Assert.ThrowsAsync<OrderKernelException>(() => sender.PrepareAsync(default).AsTask())).IsTransient);
        var receiver = new RabbitMqReceiver(queue.Options, new ReceiverOptions(queue.Name), Intake());
        Assert.True((await Assert.ThrowsAsync<OrderKernelException>(() => receiver.RunAsync(default))).IsTransient);
    }

    private EventIntake Intake() => new(
        "tests", orders.Desk, orders.Store, orders.Clock, AnnouncingDesk.Tenant, new CapturingReceiver());

    private static byte[] Event(string id, string type, string order) =>
        CloudEventJson.Write(new CloudEvent(id, "/erp", type) { Subject = order });

    private static async Task<bool> ExistsAsync(TestQueue queue, string name) => await CountAsync(queue, name) >= 0;

    private static async Task<long> CountAsync(TestQueue queue, string name)
    {
        await using IChannel channel = await queue.OpenAsync();
        try
        {
            return (await channel.QueueDeclarePassiveAsync(name)).MessageCount;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return -1;
        }
    }

    private static async Task WaitAsync(Func<Task<bool>> holds)
    {
        for (int i = 0; i < 3_000 && !await holds(); i++)
        {
            await Task.Delay(20);
        }

        Assert.True(await holds(), "It did not come about in time.");
    }

    private sealed class WaitingReceiver(Task until) : IEventReceiver
    {
        public async ValueTask<Reception> ReceiveAsync(CloudEvent happened, CancellationToken cancellation)
        {
            await until;
            return await new CapturingReceiver().ReceiveAsync(happened, cancellation);
        }
    }

    private sealed class CapturingReceiver : IEventReceiver
    {
        public static StockCell Cell { get; } = new(new Sku("SKU-A"), new NodeId("N"));

        public ValueTask<Reception> ReceiveAsync(CloudEvent happened, CancellationToken cancellation) => new(happened.Type switch
        {
            "test.capture" => Reception.Submit(new Actor("erp", "erp"), AnnouncingDesk.Capture(happened.Subject!)),
            "test.receipt" => Reception.Submit(
                new Actor("erp", "erp"),
                new ReceiveStock(new DocumentId(happened.Subject!), [new StockLine(Cell, new Quantity(12))])),
            "test.throw" => throw new InvalidTimeZoneException("Personal data: 13812345678"),
            _ => Reception.Ignore("Not about orders."),
        });
    }
}
