using System;
using System.Collections.Immutable;
using System.Globalization;
using OrderKernel.Findings;

namespace OrderKernel.Journal;

/// <summary>A stored event is of a type or a form that this kernel does not know. Whatever reads the stream stops there: it neither
/// skips the event nor guesses what it says.</summary>
public sealed class UnreadableEventException : OrderKernelException
{
    private static readonly FindingKind Unknown = new(
        "event.form_unknown", Severity.Refusal,
        "{stream} stops at version {version}: this kernel does not know the event {type} in form {form}. Run the release that wrote "
        + "it, or a later one, or give the desk the upcaster that is missing.",
        "{stream} 在版本 {version} 处停止：本内核不认识事件 {type} 的格式 {form}。请使用写入该事件的版本或更新的版本，或补充缺少的升级步骤。");

    /// <summary>Makes the exception.</summary>
    /// <param name="envelope">The event.</param>
    public UnreadableEventException(EventEnvelope envelope)
        : this(Describe(envelope))
    {
    }

    private UnreadableEventException(Finding finding)
        : base(finding.Text(Language.English)) => Finding = finding;

    /// <summary>The event's stream and version, its type and its form.</summary>
    public Finding Finding { get; }

    /// <summary>All kinds.</summary>
    internal static ImmutableArray<FindingKind> All { get; } = ImmutableArray.Create(Unknown);

    /// <summary>What is said of such an event.</summary>
    /// <param name="envelope">The event.</param>
    public static Finding Describe(EventEnvelope envelope) => envelope is null
        ? throw new ArgumentNullException(nameof(envelope))
        : Unknown.About(
            envelope.Stream.ToString(), string.Empty, envelope.Stream.ToString(),
            envelope.Version.ToString(CultureInfo.InvariantCulture), envelope.EventType,
            envelope.SchemaVersion.ToString(CultureInfo.InvariantCulture));
}
