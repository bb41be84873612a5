using System;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Measures;

namespace OrderKernel.Storage;

/// <summary>Names one message that came from outside: for whom, from whom, and under which id.</summary>
/// <remarks><para>Consumer and source are part of the name: two sources may use the same id, and two consumers may each want the
/// same message.</para></remarks>
public sealed record ReceivedMessage
{
    /// <summary>Names a message.</summary>
    /// <param name="consumer">The host's name for what handles it; at most 64 characters.</param>
    /// <param name="source">Where it came from, such as a CloudEvents source; at most 256 characters.</param>
    /// <param name="id">The sender's id, the same on every delivery; at most 256 characters.</param>
    /// <exception cref="ArgumentException">A part is blank or too long.</exception>
    public ReceivedMessage(string consumer, string source, string id)
    {
        Consumer = Check(consumer, 64, nameof(consumer));
        Source = Check(source, 256, nameof(source));
        Id = Check(id, 256, nameof(id));
    }

    /// <summary>The host's name for what handles it.</summary>
    public string Consumer { get; }

    /// <summary>Where it came from.</summary>
    public string Source { get; }

    /// <summary>The sender's id.</summary>
    public string Id { get; }

    /// <summary>The id of the command that this message means: the same on every delivery, so that a repeat is only a repeat.</summary>
    /// <param name="part">Tells several commands of one message apart.</param>
    public CommandId ToCommandId(string part = "") => CommandId.FromName($"received/{Consumer}\n{Source}\n{Id}\n{part}");

    private static string Check(string text, int most, string name) =>
        string.IsNullOrWhiteSpace(text) || text.Length > most || Array.Exists(text.ToCharArray(), char.IsControl)
            ? throw new ArgumentException($"Give one line of 1 to {most} characters.", name)
            : text;
}

/// <summary>What a consumer has handled. A message that becomes a command travels with its submission and is recorded in the same
/// unit; these members are for messages that become none, and for looking after the record.</summary>
public interface IInbox
{
    /// <summary>What came of a message, or null when it was never handled.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="message">Which.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The note of <see cref="AddReceivedAsync"/>, or the command's id.</returns>
    ValueTask<string?> FindReceivedAsync(TenantId tenant, ReceivedMessage message, CancellationToken cancellation);

    /// <summary>Records a message that becomes no command.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="message">Which.</param>
    /// <param name="note">What came of it, without personal data; at most 1,000 characters.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False when it was recorded before; then nothing changes.</returns>
    ValueTask<bool> AddReceivedAsync(
        TenantId tenant, ReceivedMessage message, string note, Instant at, CancellationToken cancellation);

    /// <summary>Forgets messages that were recorded before a moment.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="before">The moment, exclusive.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>How many were forgotten.</returns>
    /// <remarks><para>Keep them for at least seven days and twice the time after which a broker may still deliver again. The
    /// outcomes of commands are kept for ever, whatever is forgotten here.</para></remarks>
    ValueTask<int> ForgetReceivedAsync(TenantId tenant, Instant before, int most, CancellationToken cancellation);
}
