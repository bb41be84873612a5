using System;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Board;

/// <summary>One order on the stored board: where it is, since when, whose turn it is, and what was promised. It follows from the
/// order's events alone, so that a board can be thrown away and made again.</summary>
/// <param name="Order">The order.</param>
/// <param name="Version">The version of the order that it shows.</param>
/// <param name="Customer">Who ordered.</param>
/// <param name="Stage">The code of where it is, such as <c>stage.ready_to_ship</c>; see <see cref="OrderStage"/>.</param>
/// <param name="IsFinal">Whether nothing more is expected to happen.</param>
/// <param name="Role">Whose turn it is.</param>
/// <param name="Reason">The reason of the oldest block; empty when nothing blocks it.</param>
/// <param name="Since">Since when it is there.</param>
/// <param name="Open">How many pieces have still to leave.</param>
/// <param name="FirstPromise">The first promise; null when none was given.</param>
/// <param name="CurrentPromise">The promise that holds now; null when none was given.</param>
public sealed record BoardEntry(
    OrderId Order, long Version, PartnerId Customer, string Stage, bool IsFinal, string Role, string Reason, Instant Since,
    Quantity Open, Instant? FirstPromise, Instant? CurrentPromise)
{
    /// <summary>The entry of an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="state">The order as it is.</param>
    public static BoardEntry Of(OrderId order, OrderState state)
    {
        // What a row says does not depend on when it is looked at, except whether it is overdue, which an entry leaves to the query.
        BoardRow row = BoardRow.Of(order, state ?? throw new ArgumentNullException(nameof(state)), state.StageSince);
        return new BoardEntry(
            order, state.Version, row.Customer, row.Stage.Name.Code, row.Stage.IsFinal, row.Role, row.Reason, row.Since, row.Open,
            row.FirstPromise, row.CurrentPromise);
    }

    /// <summary>Whether the current promise has passed and the order is not finished.</summary>
    /// <param name="now">The moment the board is looked at.</param>
    public bool IsOverdueAt(Instant now) => !IsFinal && CurrentPromise < now;

    /// <summary>The stage in one language, with the reason of a block.</summary>
    /// <param name="language">The language to answer in.</param>
    public string StageText(Language language)
    {
        string stage = Stage;
        foreach (OrderStage known in OrderStage.All)
        {
            stage = known.Name.Code == Stage ? known.Name.Text(language) : stage;
        }

        return Reason.Length == 0 ? stage : $"{stage}: {OrderWords.BlockReason(Reason, language)}";
    }
}
