using System;

namespace OrderKernel.Journal;

/// <summary>Turns the stored form of one type of event into its next form. What is stored never changes: this is done each time it is
/// read.</summary>
/// <remarks><para>Pure: the same text always gives the same text, without clock, files or anything else that may differ tomorrow.</para>
/// </remarks>
public sealed class EventUpcaster
{
    private readonly Func<string, string> lift;

    /// <summary>Describes one step.</summary>
    /// <param name="eventType">The dotted type name, such as <c>order.promised</c>.</param>
    /// <param name="from">The version of the form that it reads; the result has the next one. 0 stands for a form from before the first
    /// release, which a host that ran a pilot may still have.</param>
    /// <param name="lift">From the JSON of that version to the JSON of the next.</param>
    /// <param name="revision">Raise it when the step's results change, so that nothing made with the former is used any more.</param>
    /// <exception cref="ArgumentException">The type is blank, or a number is negative.</exception>
    public EventUpcaster(string eventType, int from, Func<string, string> lift, int revision = 1)
    {
        if (string.IsNullOrWhiteSpace(eventType))
        {
            throw new ArgumentException("Name the type of event, such as order.promised.", nameof(eventType));
        }

        if (from < 0 || revision < 0)
        {
            throw new ArgumentException("Versions and revisions are not negative.", from < 0 ? nameof(from) : nameof(revision));
        }

        EventType = eventType;
        From = from;
        Revision = revision;
        this.lift = lift ?? throw new ArgumentNullException(nameof(lift));
    }

    /// <summary>The dotted type name.</summary>
    public string EventType { get; }

    /// <summary>The version of the form that it reads.</summary>
    public int From { get; }

    /// <summary>Which revision of the step this is.</summary>
    public int Revision { get; }

    /// <summary>The payload in the next form.</summary>
    /// <param name="payload">The payload in the form of version <see cref="From"/>.</param>
    /// <exception cref="InvalidOperationException">The step returned null.</exception>
    public string Lift(string payload) => lift(payload)
        ?? throw new InvalidOperationException($"The upcaster of {EventType} from version {From} returned nothing. Return JSON.");
}
