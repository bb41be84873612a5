using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Findings;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OrderKernel.Adapters.RabbitMq;

/// <summary>Opens connections and tells apart what passes by itself and what does not.</summary>
internal static class Broker
{
    public static async Task<IConnection> ConnectAsync(RabbitMqOptions options, string name, CancellationToken cancellation)
    {
        // The client's own recovery would redo half of what we then have to check anyway; a new connection is a known state.
        var factory = new ConnectionFactory
        {
            Uri = new Uri(options.Uri),
            ClientProvidedName = name,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedConnectionTimeout = options.Timeout,
        };
        options.ConfigureConnection?.Invoke(factory);
        try
        {
            return await factory.CreateConnectionAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (IsBroken(fault, cancellation))
        {
            throw Unreachable(fault);
        }
    }

    /// <summary>A channel whose publishing waits for the broker's word.</summary>
    public static Task<IChannel> OpenConfirmedAsync(IConnection connection, CancellationToken cancellation) =>
        connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);

    /// <summary>Closes a connection or channel. A broker that does not answer the farewell in time is no fault of what was done
    /// before.</summary>
    public static async ValueTask CloseAsync(IAsyncDisposable? old)
    {
        try
        {
            if (old is not null)
            {
                await old.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (IsBroken(fault, CancellationToken.None))
        {
            // It was broken before; there is nothing left to close.
        }
    }

    /// <summary>Whether connection or channel are at fault, not what was done over them. An answer that does not come in time the client
    /// tells as a cancellation, though nobody cancelled.</summary>
    public static bool IsBroken(Exception fault, CancellationToken cancellation) =>
        fault is OperationInterruptedException or BrokerUnreachableException or IOException or TimeoutException
            or System.Net.Sockets.SocketException or ObjectDisposedException
        || (fault is RabbitMQClientException && fault is not PublishException)
        || (fault is OperationCanceledException && !cancellation.IsCancellationRequested);

    public static OrderKernelException Unreachable(Exception fault) => new(
        "RabbitMQ cannot be reached, or refuses the connection. Messages wait in the outbox meanwhile; check address, user and broker.",
        isTransient: true, fault);
}
