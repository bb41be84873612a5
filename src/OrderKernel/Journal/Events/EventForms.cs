using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using OrderKernel.Measures;

namespace OrderKernel.Journal;

/// <summary>The older forms of events that can be read: one step from each version to the next, chained. Immutable.</summary>
public sealed class EventForms
{
    private readonly ImmutableSortedDictionary<(string Type, int From), EventUpcaster> steps;

    private EventForms(ImmutableSortedDictionary<(string Type, int From), EventUpcaster> steps)
    {
        this.steps = steps;
        Hash = ContentHash.Of(steps.Values.Aggregate(
            new StringBuilder(),
            static (text, step) => text.Append(string.Format(
                CultureInfo.InvariantCulture, "{0} {1} {2}\n", step.EventType, step.From, step.Revision))).ToString());
    }

    /// <summary>The steps that the kernel brings: none so far, because every event is in its first form.</summary>
    public static EventForms Kernel { get; } = new(ImmutableSortedDictionary.Create<(string Type, int From), EventUpcaster>(
        System.Collections.Generic.Comparer<(string Type, int From)>.Create(static (a, b) =>
            string.CompareOrdinal(a.Type, b.Type) is var order && order != 0 ? order : a.From.CompareTo(b.From))));

    /// <summary>A hash over types, versions and revisions of all steps: what was made under another one may be out of date.</summary>
    public string Hash { get; }

    /// <summary>The same steps and one more.</summary>
    /// <param name="step">The step.</param>
    /// <exception cref="ArgumentException">There is a step from that version of that type already.</exception>
    public EventForms Add(EventUpcaster step)
    {
        if (step is null)
        {
            throw new ArgumentNullException(nameof(step));
        }

        return steps.ContainsKey((step.EventType, step.From))
            ? throw new ArgumentException(
                $"There is an upcaster of {step.EventType} from version {step.From} already. Keep one of the two.", nameof(step))
            : new EventForms(steps.Add((step.EventType, step.From), step));
    }

    /// <summary>An event in the newest form that the steps lead to; the event itself where there is no step.</summary>
    /// <param name="envelope">The event as it is stored.</param>
    /// <returns>For reading only: version and payload may differ from what is stored, while the hash is still that of the stored bytes.
    /// Verify a chain before it is lifted.</returns>
    public EventEnvelope Lift(EventEnvelope envelope)
    {
        if (envelope is null)
        {
            throw new ArgumentNullException(nameof(envelope));
        }

        int version = envelope.SchemaVersion;
        string payload = envelope.Payload;
        while (steps.TryGetValue((envelope.EventType, version), out EventUpcaster? step))
        {
            payload = step.Lift(payload);
            version++;
        }

        return version == envelope.SchemaVersion ? envelope : new EventEnvelope(
            envelope.Stream, envelope.Version, envelope.EventId, envelope.EventType, version, envelope.RecordedAt, envelope.Command,
            envelope.Ordinal, envelope.Actor, envelope.PreviousHash, envelope.Hash, payload);
    }

    /// <summary>Events in their newest forms, in the same order.</summary>
    /// <param name="stream">The events as they are stored.</param>
    /// <remarks><para>Cost: nothing where there are no steps.</para></remarks>
    public ImmutableArray<EventEnvelope> Lift(ImmutableArray<EventEnvelope> stream) =>
        steps.IsEmpty || stream.IsDefaultOrEmpty ? stream : ImmutableArray.CreateRange(stream, Lift);
}
