using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.RabbitMq;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Storage;
using RabbitMQ.Client;
using Xunit;

namespace OrderKernel.RabbitMq.Tests;

/// <summary>One test at a time: one of them kills the broker.</summary>
[Collection("RabbitMQ")]
public class RabbitMqSenderTests
{
    private readonly AnnouncingDesk orders = new();

    [BrokerFact]
    public async Task AMessage_ArrivesAsOneCloudEvent_PersistentAndWithItsId()
    {
        await using var queue = new TestQueue("arrives");
        OutgoingMessage message = Assert.Single(await orders.FillAsync(1, 1));
        await using var sender = new RabbitMqSender(queue.Options);
        Assert.Equal(new RelayPass(1, 0, 0, 0), await Relay(sender).RunAsync());

        (IReadOnlyBasicProperties properties, string body) = Assert.Single(await queue.TakeAllAsync());
        Assert.Equal(message.Id.ToString("D"), properties.MessageId);
        Assert.Equal("application/cloudevents+json", properties.ContentType);
        Assert.True(properties.Persistent);
        CloudEvent happened = CloudEventJson.Read(Encoding.UTF8.GetBytes(body));
        Assert.Equal(
            (message.Id.ToString("D"), "/orderkernel/main", "orderkernel.order.captured", "order/O0", message.Body),
            (happened.Id, happened.Source, happened.Type, happened.Subject, happened.Data));
        Assert.Equal("0000000001", happened.Extensions["sequence"]);
    }

    [BrokerFact]
    public async Task AMessageThatReachesNoQueue_CountsAsNotTaken_AndParks()
    {
        await using var queue = new TestQueue("unroutable");
        await orders.FillAsync(1, 1);
        await using var sender = new RabbitMqSender(queue.Options);
        await sender.PrepareAsync(default);
        await using (IChannel channel = await queue.OpenAsync())
        {
            await channel.QueueUnbindAsync(queue.Name, "unroutable", AnnouncingDesk.Destination, null);
        }

        Assert.Equal(new RelayPass(0, 1, 0, 0), await Relay(sender).RunAsync());
        orders.Clock.Advance(Duration.FromMinutes(1));
        Assert.Equal(new RelayPass(0, 0, 1, 0), await Relay(sender).RunAsync());
        ParkedMessage parked = Assert.Single(await orders.Store.ReadParkedMessagesAsync(AnnouncingDesk.Tenant, 9, default));
        Assert.Contains("no queue is bound to exchange unroutable for erp", parked.Failure, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task ANack_IsNotTaken_ButNeverParks()
    {
        await using var queue = new TestQueue("nack");
        await using (IChannel channel = await queue.OpenAsync())
        {
            await channel.ExchangeDeclareAsync("nack", ExchangeType.Direct, durable: true);
            await channel.QueueDeclareAsync(queue.Name, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
            {
                ["x-queue-type"] = "quorum", ["x-max-length"] = 1, ["x-overflow"] = "reject-publish",
            });
            await channel.QueueBindAsync(queue.Name, "nack", AnnouncingDesk.Destination);
        }

        queue.Options.Topology = TopologyMode.None;
        await orders.FillAsync(200, 1);
        await using var sender = new RabbitMqSender(queue.Options);
        var pass = default(RelayPass);
        for (int i = 0; i < 40 && pass.Postponed == 0; i++)
        {
            // How soon a full queue refuses is the broker's affair; that it does is certain.
            pass = await Relay(sender, batch: 5).RunAsync();
        }

        Assert.InRange(pass.Postponed, 1, 5);
        for (int i = 0; i < 5; i++)
        {
            orders.Clock.Advance(Duration.FromMinutes(10));
            pass = await Relay(sender, batch: 5).RunAsync();
            Assert.Equal(0, pass.Parked);
        }

        for (int i = 0; i < 400 && !(await orders.Store.ReadOutboxAsync(AnnouncingDesk.Tenant, 1, default)).IsEmpty; i++)
        {
            await queue.TakeAllAsync();
            orders.Clock.Advance(Duration.FromMinutes(10));
            await Relay(sender, batch: 5).RunAsync();
        }

        Assert.Empty(await orders.Store.ReadOutboxAsync(AnnouncingDesk.Tenant, 1, default));
    }

    [BrokerFact]
    public async Task WrongTopology_IsRefusedWithEveryMistake()
    {
        await using var queue = new TestQueue("wrong");
        await using (IChannel channel = await queue.OpenAsync())
        {
            await channel.QueueDeclareAsync(queue.Name, durable: true, exclusive: false, autoDelete: false);
        }

        queue.Options.Topology = TopologyMode.Validate;
        queue.Options.Queues["wms"] = "wrong.wms";
        await using var sender = new RabbitMqSender(queue.Options);
        var fault = await Assert.ThrowsAsync<OrderKernelException>(() => sender.PrepareAsync(default).AsTask());
        Assert.False(fault.IsTransient);
        Assert.Contains("The exchange wrong does not exist.", fault.Message, StringComparison.Ordinal);
        Assert.Contains("The queue wrong.erp is refused with code 406", fault.Message, StringComparison.Ordinal);
        Assert.Contains("The queue wrong.wms does not exist.", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("guest", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrokerThatIsNotThere_IsTransient_AndClaimsNothing()
    {
        await orders.FillAsync(1, 1);
        await using var sender = new RabbitMqSender(new RabbitMqOptions { Uri = "amqp://user:s3cret@127.0.0.1:1/" });
        var fault = await Assert.ThrowsAsync<OrderKernelException>(() => Relay(sender).RunAsync());
        Assert.True(fault.IsTransient);
        Assert.DoesNotContain("s3cret", fault.ToString(), StringComparison.Ordinal);
        var lease = new Lease("test", orders.Clock.Now, Duration.FromSeconds(1));
        ClaimedMessage waiting = Assert.Single(await orders.Store.ClaimMessagesAsync(AnnouncingDesk.Tenant, lease, 9, default));
        Assert.Equal(0, waiting.Attempts);
    }

    [BrokerFact]
    [Trait("ReqPart", "S2-72")]
    public async Task ABrokerKilledAgainAndAgain_LosesNothing_KeepsIdsBodiesAndOrder()
    {
        await using var queue = new TestQueue("killed");
        ImmutableArray<OutgoingMessage> all = await orders.FillAsync(100, 40);
        Assert.Equal(4_000, all.Length);
        await using (var first = new RabbitMqSender(queue.Options))
        {
            // A broker of this version forgets a quorum queue, with all that was confirmed into it, when it is killed within the
            // five seconds in which it has not yet written down that the queue exists. Queues live for years; give this one a while.
            await first.PrepareAsync(default);
            await Task.Delay(8_000);
        }

        Task[] relays = Enumerable.Range(0, 2).Select(i => Task.Run(() => RelayAllAsync(queue.Options, "relay" + i))).ToArray();
        int before = all.Length;
        for (int kill = 0; kill < 2; kill++)
        {
            // Kill while messages flow: each time when some hundred more have been confirmed.
            while (before - (await Waiting()).Length < 300)
            {
                Assert.All(relays, relay => Assert.False(relay.IsFaulted, relay.Exception?.ToString()));
                await Task.Delay(1);
            }

            TestBroker.Kill();
            before = (await Waiting()).Length;
            Assert.InRange(before, 301, all.Length);
            TestBroker.Start();
        }

        await Task.WhenAll(relays);
        var seen = await queue.TakeAllAsync();
        Assert.Equal(all.Select(m => m.Id.ToString("D")).Order(), seen.Select(m => m.Properties.MessageId!).Distinct().Order());
        Assert.All(seen.GroupBy(m => m.Properties.MessageId), same => Assert.Single(same.Select(m => m.Body).Distinct()));
        Assert.True(AnnouncingDesk.IsInOrder(seen.Select(m => CloudEventJson.Read(Encoding.UTF8.GetBytes(m.Body)))
            .Select(e => (e.Subject!, long.Parse((string)e.Extensions["sequence"], System.Globalization.CultureInfo.InvariantCulture)))));

        async Task<ImmutableArray<OutgoingMessage>> Waiting() =>
            await orders.Store.ReadOutboxAsync(AnnouncingDesk.Tenant, int.MaxValue, default);
    }

    private async Task RelayAllAsync(RabbitMqOptions options, string owner)
    {
        await using var sender = new RabbitMqSender(options);
        var relay = new MessageRelay(
            orders.Store, sender, SystemClock.Instance, AnnouncingDesk.Tenant,
            new RelayOptions { Owner = owner, Lease = Duration.FromSeconds(20), Batch = 8 });
        while (!(await orders.Store.ReadOutboxAsync(AnnouncingDesk.Tenant, 1, default)).IsEmpty)
        {
            try
            {
                if (!(await relay.RunAsync()).HasProgress)
                {
                    await Task.Delay(50);
                }
            }
            catch (OrderKernelException fault) when (fault.IsTransient)
            {
                await Task.Delay(200);
            }
        }
    }

    private MessageRelay Relay(RabbitMqSender sender, int batch = 64) => new(
        orders.Store, sender, orders.Clock, AnnouncingDesk.Tenant, new RelayOptions { MaxAttempts = 2, Batch = batch });
}
