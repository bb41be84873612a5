using System;
using System.Collections.Generic;
using OrderKernel.Measures;

namespace OrderKernel.Journal;

/// <summary>Checks that a stream is what was once written: no event changed, removed, added or reordered.</summary>
public static class HashChain
{
    /// <summary>The version of the first event that is not as it was written, or null when all are.</summary>
    /// <param name="stream">The events of one stream from version 1 on, in order; may be empty.</param>
    /// <remarks>
    /// <para>A removed tail is not visible here; the version kept with the stream shows it. Cost: O(bytes).</para>
    /// </remarks>
    public static long? FirstTampered(IEnumerable<EventEnvelope> stream)
    {
        string previous = ContentHash.None;
        long version = 0;
        foreach (EventEnvelope envelope in stream ?? throw new ArgumentNullException(nameof(stream)))
        {
            version++;
            bool intact = envelope.Version == version
                && string.Equals(envelope.PreviousHash, previous, StringComparison.Ordinal)
                && string.Equals(envelope.Hash, envelope.ComputeHash(), StringComparison.Ordinal);
            if (!intact)
            {
                return version;
            }

            previous = envelope.Hash;
        }

        return null;
    }
}
