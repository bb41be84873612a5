using System;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.RabbitMq;

/// <summary>What became of an event that came in.</summary>
public enum IntakeStatus
{
    /// <summary>It was handled now: the command was decided, or the note recorded.</summary>
    Handled = 0,

    /// <summary>It had been handled before; nothing changed.</summary>
    Repeated = 1,

    /// <summary>It can never be handled as it is: malformed, or its source and id came before with other content.</summary>
    Unusable = 2,
}

/// <summary>The answer to an event.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">Why it is unusable, as a code or a rule, without personal data; otherwise empty.</param>
public readonly record struct IntakeResult(IntakeStatus Status, string Reason);

/// <summary>Handles every event once, however often and through whichever broker it comes: its command, the outcome and the record
/// that it came are committed together.</summary>
/// <remarks><para>Safe to share. Source: docs/adr/0016-relay-and-inbox.md.</para></remarks>
public sealed class EventIntake
{
    private readonly string consumer;
    private readonly OrderDesk desk;
    private readonly IInbox inbox;
    private readonly IClock clock;
    private readonly TenantId tenant;
    private readonly IEventReceiver receiver;

    /// <summary>Prepares an intake.</summary>
    /// <param name="consumer">The host's name for it; part of what makes an event a repeat.</param>
    /// <param name="desk">Who decides the commands.</param>
    /// <param name="inbox">Where it is recorded what came; of the same store as the desk's.</param>
    /// <param name="clock">The host's clock.</param>
    /// <param name="tenant">Whose; the desk's tenant.</param>
    /// <param name="receiver">Says what events mean.</param>
    public EventIntake(string consumer, OrderDesk desk, IInbox inbox, IClock clock, TenantId tenant, IEventReceiver receiver)
    {
        this.consumer = consumer ?? throw new ArgumentNullException(nameof(consumer));
        this.desk = desk ?? throw new ArgumentNullException(nameof(desk));
        this.inbox = inbox ?? throw new ArgumentNullException(nameof(inbox));
        this.clock = clock ?? throw new ArgumentNullException(nameof(clock));
        this.tenant = tenant;
        this.receiver = receiver ?? throw new ArgumentNullException(nameof(receiver));
    }

    /// <summary>Handles one event in CloudEvents' JSON format. One whose source and id came before means what it meant, or is unusable:
    /// the receiver is asked again, and its answers are compared.</summary>
    /// <param name="utf8">What was received.</param>
    /// <param name="cancellation">Gives up waiting; handling it again is safe.</param>
    /// <exception cref="OrderKernelException">The store cannot work at the moment; handling it again is safe.</exception>
    public async Task<IntakeResult> TakeAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellation = default)
    {
        CloudEvent happened;
        ReceivedMessage message;
        try
        {
            happened = CloudEventJson.Read(utf8);
            message = new ReceivedMessage(consumer, happened.Source, happened.Id);
        }
        catch (FormatException fault)
        {
            return new IntakeResult(IntakeStatus.Unusable, fault.Message);
        }
        catch (ArgumentException)
        {
            return new IntakeResult(IntakeStatus.Unusable, "id or source is longer than 256 characters.");
        }

        string? before = await inbox.FindReceivedAsync(tenant, message, cancellation).ConfigureAwait(false);
        Reception reception = await receiver.ReceiveAsync(happened, cancellation).ConfigureAwait(false);
        if (before is null || (reception.Command is not null && before == message.ToCommandId().ToString()))
        {
            // A command that was decided before is compared by the desk.
            return reception.Command is null
                ? await NoteAsync(message, reception.Note, cancellation).ConfigureAwait(false)
                : await SubmitAsync(message, reception, cancellation).ConfigureAwait(false);
        }

        // What was denied is recorded under an id of the desk's, with which nothing can be compared.
        bool isDenied = reception.Command is not null && Guid.TryParse(before, out _);
        return isDenied || before == reception.Note ? new IntakeResult(IntakeStatus.Repeated, string.Empty) : Differs("its meaning");
    }

    // Neither of the two is known to be the right one, so a person looks.
    private static IntakeResult Differs(string what) => new(
        IntakeStatus.Unusable, "the same source and id came before with other content: " + what);

    private async Task<IntakeResult> NoteAsync(ReceivedMessage message, string note, CancellationToken cancellation)
    {
        Instant now = Microseconds.Cut(clock.GetCurrentInstant());
        bool isNew = await inbox.AddReceivedAsync(tenant, message, note, now, cancellation).ConfigureAwait(false);
        return new IntakeResult(isNew ? IntakeStatus.Handled : IntakeStatus.Repeated, string.Empty);
    }

    private async Task<IntakeResult> SubmitAsync(ReceivedMessage message, Reception reception, CancellationToken cancellation)
    {
        DeskResult result = await desk.SubmitAsync(
            new Submission(message.ToCommandId(), reception.Actor!, reception.Command!, message), cancellation).ConfigureAwait(false);
        return result.Status switch
        {
            DeskStatus.Decided => new IntakeResult(IntakeStatus.Handled, string.Empty),
            DeskStatus.Repeated => new IntakeResult(IntakeStatus.Repeated, string.Empty),
            DeskStatus.KeyReused => Differs(Codes(result)),
            _ => new IntakeResult(IntakeStatus.Unusable, Codes(result)),
        };
    }

    private static string Codes(DeskResult result)
    {
        var codes = new System.Text.StringBuilder();
        foreach (Finding finding in result.Findings)
        {
            codes.Append(codes.Length == 0 ? string.Empty : " ").Append(finding.Code);
        }

        return codes.ToString();
    }
}
