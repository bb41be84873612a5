using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using OrderKernel.Adapters.RabbitMq;
using RabbitMQ.Client;

namespace OrderKernel.RabbitMq.Tests;

/// <summary>An exchange with one queue of a test's own, and a second connection to look at them with.</summary>
internal sealed class TestQueue : IAsyncDisposable
{
    private IConnection? connection;

    public TestQueue(string name)
    {
        Options = new RabbitMqOptions
        {
            Uri = TestBroker.Uri, Exchange = name, Topology = TopologyMode.Create,

            // The broker lets nobody look into a queue that has one reader at a time.
            SingleActiveConsumer = false,
        };
        Options.Queues[AnnouncingDesk.Destination] = Name = name + ".erp";
    }

    public string Name { get; }

    public RabbitMqOptions Options { get; }

    public async Task<IChannel> OpenAsync()
    {
        connection ??= await new ConnectionFactory { Uri = new Uri(TestBroker.Uri) }.CreateConnectionAsync();
        return await connection.CreateChannelAsync();
    }

    /// <summary>Takes what lies in a queue, with its AMQP properties.</summary>
    public async Task<List<(IReadOnlyBasicProperties Properties, string Body)>> TakeAllAsync(string? queue = null)
    {
        await using IChannel channel = await OpenAsync();
        var all = new List<(IReadOnlyBasicProperties, string)>();
        while (await channel.BasicGetAsync(queue ?? Name, autoAck: true) is { } got)
        {
            all.Add((got.BasicProperties, Encoding.UTF8.GetString(got.Body.Span)));
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await using IChannel channel = await OpenAsync();
        await channel.QueueDeleteAsync(Name);
        await channel.QueueDeleteAsync(Name + ".parked");
        await channel.ExchangeDeleteAsync(Options.Exchange);
        await Broker.CloseAsync(connection);
    }
}
