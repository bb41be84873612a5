using System;
using System.Text.Json.Serialization;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Board;

/// <summary>One order on the board: where it is, since when, whose turn it is, and what was promised first and now.</summary>
public sealed class BoardRow
{
    private readonly bool hasBorrowed;

    private BoardRow(OrderId order, OrderState state, string role, string reason, Instant since, Quantity open, bool overdue)
    {
        Order = order;
        Customer = state.Customer;
        Stage = state.Stage;
        Role = role;
        Reason = reason;
        Since = since;
        Open = open;
        foreach (OrderLine line in state.Lines)
        {
            Covered += line.Covered;
            hasBorrowed |= !line.Borrowed.IsEmpty;
        }

        FirstPromise = state.FirstPromise?.PromisedAt;
        CurrentPromise = state.CurrentPromise?.PromisedAt;
        IsOverdue = overdue;
        LifecycleState = state.Waiting?.State ?? string.Empty;
        ExpectedAt = state.Waiting?.Due;
    }

    /// <summary>The order.</summary>
    public OrderId Order { get; }

    /// <summary>Who ordered.</summary>
    public PartnerId Customer { get; }

    /// <summary>Where it is.</summary>
    public OrderStage Stage { get; }

    /// <summary>Whose turn it is: the role of the oldest block, the owner of the state of its lifecycle, or of the stage; part
    /// of it waits for stock when purchasing
    /// stands beside a partially shipped order.</summary>
    public string Role { get; }

    /// <summary>The reason of the oldest block; empty when nothing blocks it.</summary>
    public string Reason { get; }

    /// <summary>Since when it is there: since the oldest block when blocked.</summary>
    [JsonConverter(typeof(MeasureJson))]
    public Instant Since { get; }

    /// <summary>How many pieces have still to leave, over all lines.</summary>
    public Quantity Open { get; }

    /// <summary>How many of them are held and lie there, over all lines: so many may leave. Less than what is held where an order
    /// borrowed.</summary>
    public Quantity Covered { get; }

    /// <summary>The first promise; null when none was given.</summary>
    [JsonConverter(typeof(MeasureJson))]
    public Instant? FirstPromise { get; }

    /// <summary>The promise that holds now; null when none was given.</summary>
    [JsonConverter(typeof(MeasureJson))]
    public Instant? CurrentPromise { get; }

    /// <summary>Whether the order is not finished, and its current promise has passed or it has stayed too long where it
    /// is.</summary>
    public bool IsOverdue { get; }

    /// <summary>The state of its lifecycle that has to move on first; empty without one.</summary>
    public string LifecycleState { get; }

    /// <summary>When it should move on: entered plus the time that its state allows; null when there is no such time.</summary>
    [JsonConverter(typeof(MeasureJson))]
    public Instant? ExpectedAt { get; }

    /// <summary>Late first, then by when they should move on; those without a time last, and by id among equals.</summary>
    /// <param name="a">One row.</param>
    /// <param name="b">Another of the same moment.</param>
    public static int CompareUrgency(BoardRow a, BoardRow b)
    {
        if (a is null || b is null)
        {
            throw new ArgumentNullException(a is null ? nameof(a) : nameof(b));
        }

        int order = b.IsOverdue.CompareTo(a.IsOverdue);
        order = order != 0 ? order : (a.ExpectedAt is null).CompareTo(b.ExpectedAt is null);
        order = order != 0 || a.ExpectedAt is null ? order : a.ExpectedAt.Value.CompareTo(b.ExpectedAt!.Value);
        return order != 0 ? order : a.Order.CompareTo(b.Order);
    }

    /// <summary>The row of an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="state">The order as it is.</param>
    /// <param name="now">The moment the board is looked at.</param>
    public static BoardRow Of(OrderId order, OrderState state, Instant now)
    {
        if (state is null)
        {
            throw new ArgumentNullException(nameof(state));
        }

        long open = 0;
        bool unheld = false;
        foreach (OrderLine line in state.Lines)
        {
            open = checked(open + line.Open.Units);
            unheld |= !line.Unheld.IsZero || !line.Borrowed.IsEmpty;
        }

        bool blocked = state.Stage == OrderStage.Blocked;
        RegionState? waiting = blocked ? null : state.Waiting;
        string role = blocked ? state.Blocks[0].Role
            : waiting is { Owner.Length: > 0 } ? waiting.Owner
            : state.Stage == OrderStage.PartiallyShipped && unheld ? OrderStage.AwaitingStock.Role
            : state.Stage.Role;
        bool overdue = !state.Stage.IsFinal
            && ((state.CurrentPromise is { } promise && promise.PromisedAt < now) || state.Waiting?.Due < now);
        return new BoardRow(
            order, state, role, blocked ? state.Blocks[0].Reason : string.Empty,
            blocked ? state.Blocks[0].Since : waiting?.Since ?? state.StageSince, new Quantity(open), overdue);
    }

    /// <summary>The order, its stage, whose turn it is, since when, and how many pieces have still to leave; codes only.</summary>
    public override string ToString() =>
        $"{Order} {Stage} {Role}{(Reason.Length == 0 ? string.Empty : " " + Reason)} since {OrderDecider.Iso(Since)}, {Open} open"
        + (IsOverdue ? ", overdue" : string.Empty);

    /// <summary>The stage in one language, with the reason of a block, or with how many pieces may leave where others are
    /// borrowed.</summary>
    /// <param name="language">The language to answer in.</param>
    public string StageText(Language language) => Reason.Length > 0
        ? $"{Stage.Name.Text(language)}: {OrderWords.BlockReason(Reason, language)}"
        : hasBorrowed && Stage != OrderStage.Blocked
            ? language == Language.Chinese
                ? $"{Stage.Name.Text(language)}：可发 {Covered}/{Open}"
                : $"{Stage.Name.Text(language)}: {Covered} of {Open} may leave"
            : Stage.Name.Text(language);
}
