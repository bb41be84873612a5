using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Desk;

/// <summary>From what was read to a unit of work; shared by the desk and the replay so that both make the same bytes.</summary>
internal static class Deciding
{
    public static UnitOfWork Order(
        DeskOptions options, Submission submission, string body, Instant now, ImmutableArray<EventEnvelope> history,
        OrderState state, StockPicture stock, OrderLimits limits)
    {
        var context = new DecisionContext(now, stock, limits);
        Decision decision = OrderDecider.Decide(state, (OrderCommand)submission.Command, context);
        return UnitBuilder.Build(
            options.Tenant, submission, body, now, StoredForms.WriteFacts(stock, limits), decision, BasisOf(history), options);
    }

    public static UnitOfWork Stock(
        DeskOptions options, Submission submission, string body, Instant now, ImmutableArray<EventEnvelope> history,
        StockDocument state, StockPicture stock, OrderLimits limits)
    {
        Decision decision = StockDecider.Decide(state, (StockCommand)submission.Command, now, stock);
        return UnitBuilder.Build(
            options.Tenant, submission, body, now, StoredForms.WriteFacts(stock, limits), decision, BasisOf(history), options);
    }

    private static UnitBuilder.Basis BasisOf(ImmutableArray<EventEnvelope> history) => history.IsEmpty
        ? new UnitBuilder.Basis(0, ContentHash.None)
        : new UnitBuilder.Basis(history.Length, history[history.Length - 1].Hash);
}
