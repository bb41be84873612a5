using System;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Findings;
using OrderKernel.Journal;

namespace OrderKernel.Adapters.RabbitMq;

/// <summary>Says what an event from outside means here. Hosts implement it.</summary>
public interface IEventReceiver
{
    /// <summary>Translates an event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>A command, or a note why there is none. It may be asked again for the same event and must answer the same.</returns>
    /// <remarks><para>Errors: a transient <see cref="OrderKernelException"/> has the event tried again later; any other exception,
    /// too, but only some times, and then the event is parked.</para></remarks>
    ValueTask<Reception> ReceiveAsync(CloudEvent happened, CancellationToken cancellation);
}

/// <summary>What an event from outside means: a command, or nothing.</summary>
public sealed class Reception
{
    private Reception(Actor? actor, KernelCommand? command, string note)
    {
        Actor = actor;
        Command = command;
        Note = note;
    }

    /// <summary>Who issues the command; null when there is none.</summary>
    public Actor? Actor { get; }

    /// <summary>What is wanted; null when nothing is.</summary>
    public KernelCommand? Command { get; }

    /// <summary>Why nothing is wanted; empty with a command.</summary>
    public string Note { get; }

    /// <summary>The event means a command. Its id comes from the event's, so that a repeated event is a repeated command.</summary>
    /// <param name="actor">Who issues it, such as the sending system's service code.</param>
    /// <param name="command">What is wanted.</param>
    public static Reception Submit(Actor actor, KernelCommand command) => new(
        actor ?? throw new ArgumentNullException(nameof(actor)), command ?? throw new ArgumentNullException(nameof(command)),
        string.Empty);

    /// <summary>The event means nothing here; that it came is recorded.</summary>
    /// <param name="note">Why, without personal data; at most 1,000 characters.</param>
    public static Reception Ignore(string note) => note is { Length: > 0 and <= 1_000 }
        ? new Reception(null, null, note)
        : throw new ArgumentException("Say in 1 to 1,000 characters why.", nameof(note));
}
