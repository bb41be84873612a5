using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Storage;

/// <summary>Takes messages out of the house: to a broker, a queue, an HTTP endpoint. Hosts implement it where no adapter does.</summary>
/// <remarks>
/// <para>Errors: a transient <see cref="OrderKernelException"/> says that nothing can be sent at the moment, and no message is
/// blamed for it; one that is not transient says that this message was not taken, and counts against it.</para>
/// <para>Give up well before the lease of the relay ends. Called from several threads at once.</para>
/// </remarks>
public interface IMessageSender
{
    /// <summary>Makes sure that messages can be sent: connected, and what they are sent to is there.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    ValueTask PrepareAsync(CancellationToken cancellation);

    /// <summary>Sends one message and waits until the receiving side has taken it for good.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="message">The message; the same id always carries the same body.</param>
    /// <param name="cancellation">Gives up waiting; the message may still have been taken.</param>
    ValueTask SendAsync(TenantId tenant, OutgoingMessage message, CancellationToken cancellation);
}
