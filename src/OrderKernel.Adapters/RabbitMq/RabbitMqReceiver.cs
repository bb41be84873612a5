using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Findings;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace OrderKernel.Adapters.RabbitMq;

/// <summary>Which queue is read, and how patiently.</summary>
public sealed class ReceiverOptions
{
    /// <summary>Names the queue.</summary>
    /// <param name="queue">A durable quorum queue.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public ReceiverOptions(string queue) => Queue = string.IsNullOrWhiteSpace(queue)
        ? throw new ArgumentException("Name the queue.", nameof(queue))
        : queue;

    /// <summary>The queue that is read.</summary>
    public string Queue { get; }

    /// <summary>The quorum queue for what cannot be handled, with the reason in a header.</summary>
    /// <value>The default is the queue's name with <c>.parked</c> behind it.</value>
    public string? ParkedQueue { get; set; }

    /// <summary>How many messages the broker hands over ahead.</summary>
    /// <value>The default is 32.</value>
    public ushort Ahead { get; set; } = 32;

    /// <summary>How often a message whose receiver fails is tried before it is parked. A store that cannot work is waited for.</summary>
    /// <value>The default is 5.</value>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>The first wait after a failure; each further one doubles, up to a minute.</summary>
    /// <value>The default is one second.</value>
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(1);
}

/// <summary>Reads a queue and hands each message to an intake, one after the other, in the order of the queue.</summary>
/// <remarks>
/// <para>A message is acknowledged when what it meant is committed, or when it lies in the parked queue. One that fails is tried again
/// here, in its place, so that those behind it do not overtake it.</para>
/// <para>Taken is JSON in UTF-8: the event itself (<c>application/cloudevents+json</c>, or nothing said), or its data
/// (<c>application/json</c>) with its attributes in headers <c>cloudEvents:…</c>. Any other content type is parked. What is parked
/// keeps its headers.</para>
/// </remarks>
public sealed class RabbitMqReceiver
{
    /// <summary>The header of a parked message that says why.</summary>
    public const string ReasonHeader = "x-orderkernel-reason";

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private readonly RabbitMqOptions broker;
    private readonly ReceiverOptions options;
    private readonly EventIntake intake;

    /// <summary>Prepares a receiver.</summary>
    /// <param name="broker">Where the queue is.</param>
    /// <param name="options">Which queue, and how.</param>
    /// <param name="intake">Who handles the messages.</param>
    public RabbitMqReceiver(RabbitMqOptions broker, ReceiverOptions options, EventIntake intake)
    {
        this.broker = broker ?? throw new ArgumentNullException(nameof(broker));
        this.options = options ?? throw new ArgumentNullException(nameof(options));
        this.intake = intake ?? throw new ArgumentNullException(nameof(intake));
    }

    /// <summary>Where messages go that cannot be handled.</summary>
    public string ParkedQueue => options.ParkedQueue ?? options.Queue + ".parked";

    /// <summary>Reads until it is cancelled or the connection ends.</summary>
    /// <param name="cancellation">Ends the reading; what is not acknowledged comes again.</param>
    /// <exception cref="OrderKernelException">The connection ended, or queues are not as they must be; start again later.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        IConnection connection = await Broker.ConnectAsync(broker, "OrderKernel receiver", cancellation).ConfigureAwait(false);
        try
        {
            await Topology.PrepareReceiverAsync(connection, broker, options.Queue, ParkedQueue, cancellation).ConfigureAwait(false);
            await ReadAsync(connection, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (Broker.IsBroken(fault, cancellation))
        {
            throw Broker.Unreachable(fault);
        }
        finally
        {
            await Broker.CloseAsync(connection).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(IConnection connection, CancellationToken cancellation)
    {
        IChannel channel = await Broker.OpenConfirmedAsync(connection, cancellation).ConfigureAwait(false);
        await using (channel.ConfigureAwait(false))
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var consumer = new AsyncEventingBasicConsumer(channel);
            channel.ChannelShutdownAsync += (_, _) => End("The channel was closed.");
            consumer.UnregisteredAsync += (_, _) => End("The broker has ended the reading; the queue may be gone.");
            consumer.ReceivedAsync += async (_, delivery) =>
            {
                // What was handed over ahead must not overtake the one that could not be handled.
                if (ended.Task.IsCompleted)
                {
                    return;
                }

                try
                {
                    await HandleAsync(channel, delivery, ending.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    // Not acknowledged, so it comes again.
                }
#pragma warning disable CA1031 // The client would swallow it; here it ends the reading and reaches the caller.
                catch (Exception fault)
#pragma warning restore CA1031
                {
                    ended.TrySetException(fault);
                }
            };
            await channel.BasicQosAsync(0, options.Ahead, global: false, cancellation).ConfigureAwait(false);
            await channel.BasicConsumeAsync(options.Queue, autoAck: false, consumer, cancellation).ConfigureAwait(false);
            try
            {
                await ended.Task.WaitAsync(cancellation).ConfigureAwait(false);
            }
            finally
            {
                await ending.CancelAsync().ConfigureAwait(false);
            }

            Task End(string why)
            {
                ended.TrySetException(new OrderKernelException(why, isTransient: true));
                return Task.CompletedTask;
            }
        }
    }

    private async Task HandleAsync(IChannel channel, BasicDeliverEventArgs delivery, CancellationToken cancellation)
    {
        TimeSpan wait = options.FirstWait;
        for (int attempt = 1; ; attempt++)
        {
            string? reason = await TryAsync(delivery, attempt, cancellation).ConfigureAwait(false);
            if (reason is { Length: > 0 })
            {
                await ParkAsync(channel, delivery, reason, cancellation).ConfigureAwait(false);
            }

            if (reason is not null)
            {
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, cancellation).ConfigureAwait(false);
                return;
            }

            await Task.Delay(wait, cancellation).ConfigureAwait(false);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    /// <summary>Empty when handled, a reason when it must be parked, null when it is to be tried again.</summary>
    private async Task<string?> TryAsync(BasicDeliverEventArgs delivery, int attempt, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> utf8;
        try
        {
            utf8 = ReceivedBody.AsEvent(delivery.BasicProperties, delivery.Body);
        }
        catch (FormatException fault)
        {
            return "unusable: " + fault.Message;
        }

        try
        {
            IntakeResult result = await intake.TakeAsync(utf8, cancellation).ConfigureAwait(false);
            return result.Status == IntakeStatus.Unusable ? "unusable: " + result.Reason : string.Empty;
        }
        catch (OrderKernelException fault) when (fault.IsTransient)
        {
            return null;
        }
#pragma warning disable CA1031 // A receiver may throw anything; only the kind is told, since a message may hold personal data.
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return attempt >= options.MaxAttempts ? "failed: " + fault.GetType().Name : null;
        }
    }

    private async Task ParkAsync(IChannel channel, BasicDeliverEventArgs delivery, string reason, CancellationToken cancellation)
    {
        BasicProperties properties = Parked(delivery.BasicProperties, reason);
        try
        {
            await channel.BasicPublishAsync(
                string.Empty, ParkedQueue, mandatory: true, properties, delivery.Body, cancellation).ConfigureAwait(false);
        }
        catch (PublishException fault)
        {
            throw new OrderKernelException(
                $"RabbitMQ did not take a message that cannot be handled into {ParkedQueue}: the queue is gone or full. Nothing is "
                + "acknowledged until it does.", isTransient: true, fault);
        }
    }

    // As it came, but for what the broker itself would act on: a copy that is routed on, that expires, or that is in another's name.
    private static BasicProperties Parked(IReadOnlyBasicProperties received, string reason)
    {
        var parked = new BasicProperties(received) { Persistent = true };
        parked.ClearExpiration();
        parked.ClearUserId();
        parked.Headers = new Dictionary<string, object?>(received.Headers ?? new Dictionary<string, object?>());
        foreach (string routed in (string[])["CC", "BCC"])
        {
            if (parked.Headers.Remove(routed, out object? queues))
            {
                parked.Headers["x-orderkernel-" + routed] = queues;
            }
        }

        parked.Headers[ReasonHeader] = reason;
        return parked;
    }
}
