using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>A line as it is captured or added.</summary>
/// <param name="Number">Its number within the order, from 1; never reused.</param>
/// <param name="Sku">What is ordered.</param>
/// <param name="Quantity">How much; above zero.</param>
/// <param name="Price">The price of one piece; null when the order carries none.</param>
/// <param name="TracksSerials">Whether each shipped piece must be named by its serial number.</param>
public sealed record NewLine(int Number, Sku Sku, Quantity Quantity, UnitPrice? Price = null, bool TracksSerials = false);

/// <summary>What a line holds in one cell.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Quantity">How much; above zero.</param>
public readonly record struct LineHold(StockCell Cell, Quantity Quantity);

/// <summary>Pieces that a line holds in a cell and that do not lie there yet.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Quantity">How much; above zero.</param>
/// <param name="Since">When they were held. Who has waited longest is covered first.</param>
public readonly record struct BorrowedHold(StockCell Cell, Quantity Quantity, Instant Since);

/// <summary>A line with its counters.</summary>
/// <remarks>
/// <para>In every reachable state: held + shipped + cancelled &lt;= ordered, delivered &lt;= shipped, returned + consumed &lt;= delivered,
/// and the holds sum to held. A state that breaks one throws <see cref="KernelInvariantException"/>.</para>
/// </remarks>
public sealed record OrderLine
{
    internal OrderLine(NewLine line)
    {
        Number = line.Number;
        Sku = line.Sku;
        Ordered = line.Quantity;
        Price = line.Price;
        TracksSerials = line.TracksSerials;
        Holds = ImmutableArray<LineHold>.Empty;
        Borrowed = ImmutableArray<BorrowedHold>.Empty;
    }

    /// <summary>Its number within the order.</summary>
    public int Number { get; }

    /// <summary>What is ordered.</summary>
    public Sku Sku { get; }

    /// <summary>The price of one piece; null when the order carries none.</summary>
    public UnitPrice? Price { get; internal init; }

    /// <summary>Whether each shipped piece must be named by its serial number.</summary>
    public bool TracksSerials { get; }

    /// <summary>How much is ordered, after amendments and before cancellations.</summary>
    public Quantity Ordered { get; internal init; }

    /// <summary>How much is held in stock and not yet shipped.</summary>
    public Quantity Held { get; internal init; }

    /// <summary>How much has left.</summary>
    public Quantity Shipped { get; internal init; }

    /// <summary>How much of the shipped has been signed for.</summary>
    public Quantity Delivered { get; internal init; }

    /// <summary>How much was cancelled.</summary>
    public Quantity Cancelled { get; internal init; }

    /// <summary>How much of the delivered came back.</summary>
    public Quantity Returned { get; internal init; }

    /// <summary>How much of the delivered was consumed, where goods lie on consignment.</summary>
    public Quantity Consumed { get; internal init; }

    /// <summary>Where it is held, in the order in which it was taken; may be empty.</summary>
    public ImmutableArray<LineHold> Holds { get; internal init; }

    /// <summary>What of the holds does not lie there yet, longest first; empty when all does.</summary>
    public ImmutableArray<BorrowedHold> Borrowed { get; internal init; }

    /// <summary>How much is held and lies there, so that it may leave: held less borrowed.</summary>
    public Quantity Covered
    {
        get
        {
            long covered = Held.Units;
            foreach (BorrowedHold borrowed in Borrowed)
            {
                covered -= borrowed.Quantity.Units;
            }

            return new Quantity(covered);
        }
    }

    /// <summary>How much has still to leave: ordered - shipped - cancelled.</summary>
    public Quantity Open => Ordered - Shipped - Cancelled;

    /// <summary>How much has still to be held: open - held.</summary>
    public Quantity Unheld => Open - Held;

    /// <summary>Checks the inequalities and returns the line itself.</summary>
    internal OrderLine Checked()
    {
        long used = checked(Held.Units + Shipped.Units + Cancelled.Units);
        if (used > Ordered.Units || Delivered > Shipped || Returned + Consumed > Delivered)
        {
            throw new KernelInvariantException(
                $"Line {Number}: ordered {Ordered}, held {Held}, shipped {Shipped}, cancelled {Cancelled}, "
                + $"delivered {Delivered}, returned {Returned}, consumed {Consumed}.");
        }

        return this;
    }

    /// <summary>The line after more was held; the takes are all of this line.</summary>
    internal OrderLine Hold(ReadOnlySpan<Take> takes)
    {
        if (takes.Length == 1 && Holds.IsEmpty)
        {
            var only = new LineHold(takes[0].Cell, takes[0].Quantity);
            return (this with { Held = only.Quantity, Holds = ImmutableArray.Create(only) }).Checked();
        }

        ImmutableArray<LineHold>.Builder holds = ImmutableArray.CreateBuilder<LineHold>(Holds.Length + takes.Length);
        holds.AddRange(Holds);
        int known = Holds.Length;
        long more = 0;
        foreach (Take take in takes)
        {
            int at = IndexOf(holds, take.Cell, known);
            if (at < 0)
            {
                holds.Add(new LineHold(take.Cell, take.Quantity));
            }
            else
            {
                holds[at] = new LineHold(take.Cell, holds[at].Quantity + take.Quantity);
            }

            more = checked(more + take.Quantity.Units);
        }

        return (this with { Held = new Quantity(Held.Units + more), Holds = holds.DrainToImmutable() }).Checked();
    }

    /// <summary>The line after less is held; the takes are all of this line and of cells that it holds.</summary>
    internal OrderLine Release(ReadOnlySpan<Take> takes)
    {
        ImmutableArray<LineHold> rest = HoldsWithout(takes, out Quantity less);
        return this with { Holds = rest, Held = Held - less, Borrowed = BorrowedWithout(takes, oldestFirst: false) };
    }

    /// <summary>The line after some of what it holds turned out to be borrowed.</summary>
    internal OrderLine Borrow(ReadOnlySpan<Take> takes, Instant since)
    {
        ImmutableArray<BorrowedHold>.Builder borrowed = Borrowed.ToBuilder();
        foreach (Take take in takes)
        {
            borrowed.Add(new BorrowedHold(take.Cell, take.Quantity, since));
        }

        return this with { Borrowed = borrowed.ToImmutable() };
    }

    /// <summary>The line after pieces that it borrowed have come: those it has waited for longest.</summary>
    internal OrderLine Cover(ReadOnlySpan<Take> takes) => this with { Borrowed = BorrowedWithout(takes, oldestFirst: true) };

    /// <summary>How much of what is held in a cell is borrowed.</summary>
    internal long BorrowedIn(StockCell cell)
    {
        long borrowed = 0;
        foreach (BorrowedHold one in Borrowed)
        {
            borrowed += one.Cell == cell ? one.Quantity.Units : 0;
        }

        return borrowed;
    }

    // What is let go is borrowed before it is real, and what was borrowed last goes first.
    private ImmutableArray<BorrowedHold> BorrowedWithout(ReadOnlySpan<Take> takes, bool oldestFirst)
    {
        if (Borrowed.IsEmpty)
        {
            return Borrowed;
        }

        ImmutableArray<BorrowedHold>.Builder rest = Borrowed.ToBuilder();
        foreach (Take take in takes)
        {
            long left = take.Quantity.Units;
            for (int i = 0; i < rest.Count && left > 0; i++)
            {
                int at = oldestFirst ? i : rest.Count - 1 - i;
                long part = rest[at].Cell == take.Cell ? Math.Min(left, rest[at].Quantity.Units) : 0;
                rest[at] = rest[at] with { Quantity = new Quantity(rest[at].Quantity.Units - part) };
                left -= part;
            }
        }

        rest.RemoveAll(static one => one.Quantity.IsZero);
        return rest.ToImmutable();
    }

    /// <summary>What stays held when the takes are gone, and how much they are together.</summary>
    internal ImmutableArray<LineHold> HoldsWithout(ReadOnlySpan<Take> takes, out Quantity less)
    {
        if (takes.Length == 1 && Holds.Length == 1 && Holds[0].Cell == takes[0].Cell && Holds[0].Quantity == takes[0].Quantity)
        {
            less = takes[0].Quantity;
            return ImmutableArray<LineHold>.Empty;
        }

        ImmutableArray<LineHold>.Builder holds = Holds.ToBuilder();
        long sum = 0;
        foreach (Take take in takes)
        {
            int at = IndexOf(holds, take.Cell, holds.Count);
            if (at < 0)
            {
                throw new KernelInvariantException($"Line {Number} holds nothing in {take.Cell}.");
            }

            holds[at] = new LineHold(take.Cell, holds[at].Quantity - take.Quantity);
            sum = checked(sum + take.Quantity.Units);
        }

        holds.RemoveAll(static hold => hold.Quantity.IsZero);
        less = new Quantity(sum);
        return holds.ToImmutable();
    }

    private static int IndexOf(ImmutableArray<LineHold>.Builder holds, StockCell cell, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (holds[i].Cell == cell)
            {
                return i;
            }
        }

        return -1;
    }
}
