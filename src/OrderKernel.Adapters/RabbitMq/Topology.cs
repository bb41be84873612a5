using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Findings;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OrderKernel.Adapters.RabbitMq;

/// <summary>Exchange and queues: declared or checked, every mistake at once.</summary>
internal sealed class Topology
{
    private const int NotFound = 404;
    private readonly IConnection connection;
    private readonly RabbitMqOptions options;
    private readonly List<string> mistakes = new();

    private Topology(IConnection connection, RabbitMqOptions options)
    {
        this.connection = connection;
        this.options = options;
    }

    /// <summary>The exchange and the queue of every destination.</summary>
    public static async Task PrepareAsync(IConnection connection, RabbitMqOptions options, CancellationToken cancellation)
    {
        var topology = new Topology(connection, options);
        if (options.Topology == TopologyMode.None)
        {
            return;
        }

        await topology.PrepareExchangeAsync(cancellation).ConfigureAwait(false);
        foreach (KeyValuePair<string, string> queue in options.Queues)
        {
            await topology.PrepareQueueAsync(queue.Value, options.SingleActiveConsumer, cancellation).ConfigureAwait(false);
        }

        topology.ThrowMistakes();
        foreach (KeyValuePair<string, string> queue in options.Queues)
        {
            await topology.BindAsync(queue.Value, queue.Key, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The queue that a receiver reads, and the one for what it cannot handle.</summary>
    public static async Task PrepareReceiverAsync(
        IConnection connection, RabbitMqOptions options, string queue, string parked, CancellationToken cancellation)
    {
        var topology = new Topology(connection, options);
        if (options.Topology != TopologyMode.None)
        {
            await topology.PrepareQueueAsync(queue, options.SingleActiveConsumer, cancellation).ConfigureAwait(false);
            await topology.PrepareQueueAsync(parked, single: false, cancellation).ConfigureAwait(false);
            topology.ThrowMistakes();
        }
    }

    private async Task PrepareExchangeAsync(CancellationToken cancellation)
    {
        if (options.Topology == TopologyMode.Validate
            && !await TryAsync(channel => channel.ExchangeDeclarePassiveAsync(options.Exchange, cancellation), "exchange",
                options.Exchange, cancellation).ConfigureAwait(false))
        {
            return;
        }

        // Declaring what is there already changes nothing, and fails when it is there in another shape.
        await TryAsync(
            channel => channel.ExchangeDeclareAsync(
                options.Exchange, ExchangeType.Direct, durable: true, autoDelete: false, cancellationToken: cancellation),
            "exchange", options.Exchange, cancellation).ConfigureAwait(false);
    }

    private async Task PrepareQueueAsync(string queue, bool single, CancellationToken cancellation)
    {
        if (options.Topology == TopologyMode.Validate
            && !await TryAsync(channel => channel.QueueDeclarePassiveAsync(queue, cancellation), "queue", queue, cancellation)
                .ConfigureAwait(false))
        {
            return;
        }

        var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "quorum" };
        if (single)
        {
            arguments["x-single-active-consumer"] = true;
        }

        await TryAsync(
            channel => channel.QueueDeclareAsync(
                queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellation),
            "queue", queue, cancellation).ConfigureAwait(false);
    }

    private async Task BindAsync(string queue, string destination, CancellationToken cancellation)
    {
        // What is bound already stays as it is. A broker cannot be asked about a binding; a missing one returns every message.
        if (options.Topology == TopologyMode.Create)
        {
            await TryAsync(
                channel => channel.QueueBindAsync(queue, options.Exchange, destination, cancellationToken: cancellation),
                "binding of queue", queue, cancellation).ConfigureAwait(false);
            ThrowMistakes();
        }
    }

    // A refusal closes its channel, so each question has one of its own.
    private async Task<bool> TryAsync(
        System.Func<IChannel, Task> ask, string what, string name, CancellationToken cancellation)
    {
        IChannel channel = await connection.CreateChannelAsync(cancellationToken: cancellation).ConfigureAwait(false);
        await using (channel.ConfigureAwait(false))
        {
            try
            {
                await ask(channel).ConfigureAwait(false);
                return true;
            }
            catch (OperationInterruptedException fault) when (fault.ShutdownReason is { ReplyCode: > 400 and < 500 } reason)
            {
                mistakes.Add(reason.ReplyCode == NotFound
                    ? $"The {what} {name} does not exist. Create it, or set Topology to Create."
                    : $"The {what} {name} is refused with code {reason.ReplyCode}: it is there in another shape, or the user may not "
                        + "use it. An exchange must be direct and durable, a queue of type quorum"
                        + (options.SingleActiveConsumer ? " with a single active consumer." : "."));
                return false;
            }
        }
    }

    private void ThrowMistakes()
    {
        if (mistakes.Count > 0)
        {
            throw new OrderKernelException("RabbitMQ is not set up as needed. " + string.Join(" ", mistakes));
        }
    }
}
