using System;
using System.Collections.Immutable;
using OrderKernel.Journal;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Desk;

/// <summary>Decides a stored command again from its recorded facts and compares what comes out, byte by byte.</summary>
public static class Replay
{
    /// <summary>Whether the command comes out as it was stored.</summary>
    /// <param name="stored">The command with its recorded facts and outcome.</param>
    /// <param name="stream">Its stream from version 1 on, at least up to the events of the command.</param>
    /// <param name="definitions">Every version of lifecycles that the decision used; null when orders have no types.</param>
    /// <exception cref="OrderKernelException">A version that the decision used is not given.</exception>
    public static bool IsSame(DecidedCommand stored, ImmutableArray<EventEnvelope> stream, OrderDefinitions? definitions = null)
    {
        if (stored is null)
        {
            throw new ArgumentNullException(nameof(stored));
        }

        if (stream.Length < stored.ReadVersion)
        {
            return false;
        }

        ImmutableArray<EventEnvelope> before = ImmutableArray.Create(stream, 0, checked((int)stored.ReadVersion));
        (StockPicture stock, OrderLimits limits) = StoredForms.ReadFacts(stored.Facts);
        var options = new DeskOptions
        {
            Tenant = stored.Tenant, Limits = limits, Definitions = (definitions ?? OrderDefinitions.Empty)
                .AsRecorded(stored.Facts),
        };
        var submission = new Submission(stored.Id, stored.Actor, StoredForms.ReadCommand(stored.Body));
        StreamHead head = StreamHead.Of(before);
        UnitOfWork again = (submission.Command is OrderCommand
            ? Deciding.Order(options, submission, stored.DecidedAt, head, StoredForms.FoldOrder(before), stock, limits)
            : Deciding.Stock(options, submission, stored.DecidedAt, head, StoredForms.FoldDocument(before), stock, limits)).Unit;
        bool same = again.Command.Outcome == stored.Outcome && again.Command.Body == stored.Body;
        foreach (StreamAppend append in again.Appends)
        {
            foreach (EventEnvelope made in append.Events)
            {
                same &= made.Version <= stream.Length && made.Equals(stream[checked((int)made.Version - 1)]);
            }
        }

        return same;
    }
}
