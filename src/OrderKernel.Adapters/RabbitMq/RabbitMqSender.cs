using System;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OrderKernel.Adapters.RabbitMq;

/// <summary>Sends messages to RabbitMQ as CloudEvents, and says they were taken only when the broker has confirmed them.</summary>
/// <remarks>
/// <para>Safe to share. Messages are persistent and mandatory: one that reaches no queue is returned, and counts as not taken.</para>
/// <para>Errors: transient when the broker cannot be reached, does not answer in time or refuses a message because it is full;
/// not transient when a message is returned or cannot be written, and when exchange or queues are not as they must be.</para>
/// <para>Source: AMQP 0-9-1; CloudEvents 1.0.2, AMQP's structured mode; docs/adr/0016-relay-and-inbox.md.</para>
/// </remarks>
public sealed class RabbitMqSender : IMessageSender, IAsyncDisposable
{
    private readonly RabbitMqOptions options;
    private readonly SemaphoreSlim opening = new(1, 1);
    private readonly SemaphoreSlim publishing = new(1, 1);
    private IConnection? connection;
    private IChannel? channel;

    /// <summary>Prepares a sender; it connects when it is first used.</summary>
    /// <param name="options">Where to, and how.</param>
    /// <exception cref="ArgumentException">The options have mistakes; the message names them all.</exception>
    public RabbitMqSender(RabbitMqOptions options)
    {
        this.options = options ?? throw new ArgumentNullException(nameof(options));
        if (options.Mistakes() is { IsEmpty: false } mistakes)
        {
            throw new ArgumentException(string.Join(" ", mistakes), nameof(options));
        }
    }

    /// <inheritdoc />
    public async ValueTask PrepareAsync(CancellationToken cancellation)
    {
        if (channel is { IsOpen: true })
        {
            return;
        }

        await opening.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (channel is not { IsOpen: true })
            {
                await CloseAsync().ConfigureAwait(false);
                await OpenAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            opening.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask SendAsync(TenantId tenant, OutgoingMessage message, CancellationToken cancellation)
    {
        if (message is null)
        {
            throw new ArgumentNullException(nameof(message));
        }

        CloudEvent happened = Announcements.ToCloudEvent(tenant, message, options);
        byte[] body = Announcements.Write(happened);
        var properties = new BasicProperties
        {
            MessageId = happened.Id,
            ContentType = CloudEventJson.MediaType,
            Type = happened.Type,
            Persistent = true,
        };
        IChannel open = channel ?? throw new OrderKernelException("The sender is not connected; prepare it first.", isTransient: true);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(options.Timeout);
        try
        {
            await PublishAsync(open, message.Destination, properties, body, patience.Token).ConfigureAwait(false);
        }
        catch (PublishException fault) when (fault.IsReturn)
        {
            throw new OrderKernelException(
                $"RabbitMQ returned the message: no queue is bound to exchange {options.Exchange} for {message.Destination}. "
                + "Bind one, then arm the message again.", isTransient: false, fault);
        }
        catch (PublishException fault)
        {
            throw new OrderKernelException(
                "RabbitMQ refused the message (nack): its queue is full or without a majority. It is sent again later.",
                isTransient: true, fault);
        }
        catch (OperationCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            // Whatever keeps the broker silent, a new connection is a known state again.
            Interlocked.CompareExchange(ref channel, null, open);
            throw new OrderKernelException(
                $"RabbitMQ did not confirm within {options.Timeout.TotalSeconds} s. The message is sent again later, under the same id.",
                isTransient: true, fault);
        }
        catch (Exception fault) when (Broker.IsBroken(fault, cancellation))
        {
            throw Broker.Unreachable(fault);
        }
    }

    /// <summary>Closes the connection. Messages under way are sent again by the next relay.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        opening.Dispose();
        publishing.Dispose();
    }

    private async Task PublishAsync(
        IChannel open, string destination, BasicProperties properties, byte[] body, CancellationToken cancellation)
    {
        // One thread at a time begins to publish, which keeps frames and confirmation numbers apart; all wait together.
        Task confirmed;
        await publishing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            confirmed = open.BasicPublishAsync(options.Exchange, destination, mandatory: true, properties, body, cancellation)
                .AsTask();
        }
        finally
        {
            publishing.Release();
        }

        await confirmed.ConfigureAwait(false);
    }

    private async Task OpenAsync(CancellationToken cancellation)
    {
        connection = await Broker.ConnectAsync(options, "OrderKernel relay", cancellation).ConfigureAwait(false);
        try
        {
            await Topology.PrepareAsync(connection, options, cancellation).ConfigureAwait(false);
            channel = await Broker.OpenConfirmedAsync(connection, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (Broker.IsBroken(fault, cancellation))
        {
            throw Broker.Unreachable(fault);
        }
    }

    private async Task CloseAsync()
    {
        IChannel? oldChannel = Interlocked.Exchange(ref channel, null);
        IConnection? oldConnection = Interlocked.Exchange(ref connection, null);
        await Broker.CloseAsync(oldChannel).ConfigureAwait(false);
        await Broker.CloseAsync(oldConnection).ConfigureAwait(false);
    }
}
