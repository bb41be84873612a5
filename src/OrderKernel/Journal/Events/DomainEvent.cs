using NodaTime;
using OrderKernel.Measures;

namespace OrderKernel.Journal;

/// <summary>Something that happened and will never be changed. Events hold ids and values only, no personal data.</summary>
/// <remarks>
/// <para>The hierarchy is closed: each event writes itself in canonical JSON and is read back by the codec of its room.</para>
/// </remarks>
public abstract record DomainEvent
{
    /// <summary>Called by the events of the kernel.</summary>
    /// <param name="at">When it was recorded, in whole microseconds.</param>
    private protected DomainEvent(Instant at) => At = at;

    /// <summary>When it was recorded: the <c>now</c> of the decision, cut to microseconds.</summary>
    public Instant At { get; }

    /// <summary>The dotted name under which it is stored; never a CLR name, never changed once released.</summary>
    public abstract string EventType { get; }

    /// <summary>The form of every event so far. An event that gets another overrides <see cref="SchemaVersion"/>, its reader learns
    /// that form, and <see cref="EventForms.Kernel"/> gets the step to it.</summary>
    internal const int FirstForm = 1;

    /// <summary>The version of its JSON form, from 1.</summary>
    public virtual int SchemaVersion => FirstForm;

    /// <summary>Writes its members, apart from the common <c>at</c>.</summary>
    internal abstract void WriteBody(JsonText json);

    /// <summary>The canonical JSON of the event.</summary>
    public string ToJson()
    {
        JsonText json = JsonText.Start().Member("at", At);
        WriteBody(json);
        return json.Finish();
    }
}
