using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Board;

/// <summary>A criterion that a board entry meets or not, as data: evaluated in memory here, and by a store in its own language.</summary>
/// <remarks><para>The hierarchy is closed, so that a store can translate every criterion there is.</para></remarks>
public abstract record BoardFilter
{
    private BoardFilter()
    {
    }

    /// <summary>Whether an entry meets it.</summary>
    /// <param name="entry">The entry.</param>
    public abstract bool Matches(BoardEntry entry);

    /// <summary>Meets both this and another.</summary>
    /// <param name="other">The other.</param>
    public BoardFilter And(BoardFilter other) => new All(ImmutableArray.Create(this, other));

    /// <summary>Meets this, another, or both.</summary>
    /// <param name="other">The other.</param>
    public BoardFilter Or(BoardFilter other) => new Any(ImmutableArray.Create(this, other));

    /// <summary>Does not meet this.</summary>
    public BoardFilter Negate() => new Not(this);

    /// <summary>Is in a stage.</summary>
    /// <param name="Code">The stage's code, such as <c>stage.ready_to_ship</c>.</param>
    public sealed record InStage(string Code) : BoardFilter
    {
        /// <inheritdoc />
        public override bool Matches(BoardEntry entry) => entry.Stage == Code;
    }

    /// <summary>It is a role's turn.</summary>
    /// <param name="Role">The role, such as <c>warehouse</c>.</param>
    public sealed record TurnOf(string Role) : BoardFilter
    {
        /// <inheritdoc />
        public override bool Matches(BoardEntry entry) => entry.Role == Role;
    }

    /// <summary>Belongs to a customer.</summary>
    /// <param name="Customer">The customer.</param>
    public sealed record OfCustomer(PartnerId Customer) : BoardFilter
    {
        /// <inheritdoc />
        public override bool Matches(BoardEntry entry) => entry.Customer == Customer;
    }

    /// <summary>Is finished, or is not.</summary>
    /// <param name="IsFinal">Which of the two.</param>
    public sealed record Finished(bool IsFinal) : BoardFilter
    {
        /// <inheritdoc />
        public override bool Matches(BoardEntry entry) => entry.IsFinal == IsFinal;
    }

    /// <summary>Has been where it is since before a moment.</summary>
    /// <param name="Moment">The moment, exclusive, cut to microseconds.</param>
    public sealed record StuckSinceBefore(Instant Moment) : BoardFilter
    {
        /// <inheritdoc />
        public override bool Matches(BoardEntry entry) => entry.Since < Microseconds.Cut(Moment);
    }

    /// <summary>Has a current promise before a moment; without a promise it never meets this.</summary>
    /// <param name="Moment">The moment, exclusive, cut to microseconds.</param>
    public sealed record PromisedBefore(Instant Moment) : BoardFilter
    {
        /// <inheritdoc />
        public override bool Matches(BoardEntry entry) => entry.CurrentPromise is { } promise && promise < Microseconds.Cut(Moment);
    }

    /// <summary>Meets every one.</summary>
    /// <param name="Of">The criteria; with none every entry meets it.</param>
    public sealed record All(ImmutableArray<BoardFilter> Of) : BoardFilter
    {
        /// <inheritdoc />
        public override bool Matches(BoardEntry entry)
        {
            foreach (BoardFilter filter in Of)
            {
                if (!filter.Matches(entry))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Meets at least one.</summary>
    /// <param name="Of">The criteria; with none no entry meets it.</param>
    public sealed record Any(ImmutableArray<BoardFilter> Of) : BoardFilter
    {
        /// <inheritdoc />
        public override bool Matches(BoardEntry entry)
        {
            foreach (BoardFilter filter in Of)
            {
                if (filter.Matches(entry))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Does not meet another.</summary>
    /// <param name="Inner">The other.</param>
    public sealed record Not(BoardFilter Inner) : BoardFilter
    {
        /// <inheritdoc />
        public override bool Matches(BoardEntry entry) => !Inner.Matches(entry);
    }

    /// <summary>Is overdue: not finished, and its current promise has passed.</summary>
    /// <param name="now">The moment the board is looked at.</param>
    public static BoardFilter OverdueAt(Instant now) => new Finished(false).And(new PromisedBefore(now));
}
