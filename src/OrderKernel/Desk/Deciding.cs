using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Desk;

/// <summary>A stream as far as it is known: how many events, and the hash of the last.</summary>
internal readonly record struct StreamHead(long Version, string LastHash)
{
    public static StreamHead Of(ImmutableArray<EventEnvelope> stream) => stream.IsEmpty
        ? new StreamHead(0, ContentHash.None)
        : new StreamHead(stream[stream.Length - 1].Version, stream[stream.Length - 1].Hash);
}

/// <summary>A decision, ready to be committed.</summary>
internal sealed record Decided(UnitOfWork Unit, Decision Decision, CommandOutcome Outcome);

/// <summary>From what was read to a unit of work; shared by the desk and the replay so that both make the same bytes.</summary>
internal static class Deciding
{
    public static Decided Order(
        DeskOptions options, Submission submission, Instant now, StreamHead head, OrderState state, StockPicture stock,
        OrderLimits limits)
    {
        FieldOwners owners = options.OwnersFor(submission);
        var command = (OrderCommand)submission.Command;
        Decision decision = OrderDecider.Decide(state, command, new DecisionContext(now, stock, limits) { Owners = owners });
        string facts = owners.AddTo(StoredForms.WriteFacts(stock, limits));
        Decided decided = UnitBuilder.Build(submission, now, facts, decision, head, options);
        return WriteBack.Add(decided, options.Systems, command.Order, state);
    }

    public static Decided Stock(
        DeskOptions options, Submission submission, Instant now, StreamHead head, StockDocument state, StockPicture stock,
        OrderLimits limits)
    {
        Decision decision = StockDecider.Decide(state, (StockCommand)submission.Command, now, stock);
        return UnitBuilder.Build(submission, now, StoredForms.WriteFacts(stock, limits), decision, head, options);
    }
}
