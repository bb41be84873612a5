using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
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
        OrderLimits limits, DecisionBasis basis)
    {
        OrderDefinitions orders = basis.Orders ?? options.Definitions;
        var context = new DecisionContext(now, stock, limits, basis.Definitions.Fields, orders, basis.Roles);
        string? used = orders.Used(state, (OrderCommand)submission.Command);
        Decision decision = Granted(basis, submission) ?? OrderDecider.Decide(state, (OrderCommand)submission.Command, context);
        return UnitBuilder.Build(
            submission, now, StoredForms.WriteFacts(stock, limits, used, basis.ToJson()), decision, head, options);
    }

    public static Decided Stock(
        DeskOptions options, Submission submission, Instant now, StreamHead head, StockDocument state, StockPicture stock,
        OrderLimits limits, DecisionBasis basis)
    {
        Decision decision = Granted(basis, submission)
            ?? StockDecider.Decide(state, (StockCommand)submission.Command, now, stock);
        return UnitBuilder.Build(submission, now, Facts(stock, limits, basis), decision, head, options);
    }

    public static Decided Definitions(
        DeskOptions options, Submission submission, Instant now, StreamHead head, ActiveDefinitions state, OrderLimits limits,
        DecisionBasis basis)
    {
        Decision decision = Granted(basis, submission) ?? state.Decide((DefinitionCommand)submission.Command, now);
        return UnitBuilder.Build(submission, now, Facts(StockPicture.Empty, limits, basis), decision, head, options);
    }

    public static Decided Export(
        DeskOptions options, Submission submission, Instant now, OrderLimits limits, DecisionBasis basis)
    {
        Decision decision = Granted(basis, submission) ?? Decision.AlreadyTrue();
        var head = new StreamHead(0, ContentHash.None);
        return UnitBuilder.Build(submission, now, Facts(StockPicture.Empty, limits, basis), decision, head, options);
    }

    // Null when the policy in force grants the command.
    private static Decision? Granted(DecisionBasis basis, Submission submission) =>
        AccessGate.Check(basis, submission.Command) is { IsEmpty: false } denied ? Decision.Refuse(denied.ToArray()) : null;

    private static string Facts(StockPicture stock, OrderLimits limits, DecisionBasis basis) =>
        StoredForms.WriteFacts(stock, limits, null, basis.ToJson());
}
