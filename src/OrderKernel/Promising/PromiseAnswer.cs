using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Promising;

/// <summary>What a stretch of a promise is spent on.</summary>
public enum PromiseStepKind
{
    /// <summary>The goods are not there yet, or are left to others until needed.</summary>
    Goods = 0,

    /// <summary>The node does not start: after the cut-off, or closed.</summary>
    Start = 1,

    /// <summary>Picking and packing.</summary>
    Handling = 2,

    /// <summary>The planned trip.</summary>
    Transit = 3,

    /// <summary>What the lane took longer before.</summary>
    Buffer = 4,

    /// <summary>Waiting for the day the customer asked for, or for a delivery window.</summary>
    Window = 5,
}

/// <summary>One stretch of a promise.</summary>
/// <param name="Kind">What it is spent on.</param>
/// <param name="From">The day it begins.</param>
/// <param name="To">The day it ends, and the next begins.</param>
public readonly record struct PromiseStep(PromiseStepKind Kind, LocalDate From, LocalDate To);

/// <summary>Pieces of a line that come together. All parts of the date are kept: nothing is hidden in the promise.</summary>
/// <param name="Node">The node they leave from.</param>
/// <param name="Quantity">How much.</param>
/// <param name="GoodsDay">The day the pieces must be at the node; what is held.</param>
/// <param name="ShipDate">The day they leave.</param>
/// <param name="Arrival">The day they arrive as planned, without buffer.</param>
/// <param name="BufferDays">What the promise adds for trips that took longer.</param>
/// <param name="Delivery">The day promised to the customer.</param>
/// <param name="Steps">What the time is spent on, from the day of asking to the delivery; stretches of no length are left out.</param>
public sealed record PromisedShipment(
    NodeId Node, Quantity Quantity, LocalDate GoodsDay, LocalDate ShipDate, LocalDate Arrival, int BufferDays, LocalDate Delivery,
    ImmutableArray<PromiseStep> Steps);

/// <summary>Something that keeps a line from coming on the days of an interval.</summary>
/// <param name="Finding">What, with its facts as of the first day.</param>
/// <param name="From">The first day, inclusive.</param>
/// <param name="To">The last day, inclusive.</param>
public sealed record PromiseConstraint(Finding Finding, LocalDate From, LocalDate To);

/// <summary>What one line is promised, and why it is late or short.</summary>
public sealed class LinePromise
{
    internal LinePromise(PromiseLine line, ImmutableArray<PromisedShipment> shipments, ImmutableArray<PromiseConstraint> constraints)
    {
        Line = line;
        Shipments = shipments;
        Constraints = constraints;
        long promised = 0, onAsked = 0;
        foreach (PromisedShipment shipment in shipments)
        {
            promised += shipment.Quantity.Units;
            onAsked += shipment.Delivery <= line.Asked ? shipment.Quantity.Units : 0;
        }

        Unpromised = new Quantity(line.Quantity.Units - promised);
        MissingOnAsked = new Quantity(line.Quantity.Units - onAsked);
    }

    /// <summary>The line, with the day the customer asked for.</summary>
    public PromiseLine Line { get; }

    /// <summary>What comes when, first day first.</summary>
    public ImmutableArray<PromisedShipment> Shipments { get; }

    /// <summary>What no day of the picture can promise.</summary>
    public Quantity Unpromised { get; }

    /// <summary>What is not there on the day asked for: the shortage seen at capture.</summary>
    public Quantity MissingOnAsked { get; }

    /// <summary>The day the last piece comes; null when none does.</summary>
    public LocalDate? Delivery => Shipments.IsEmpty ? null : Shipments[Shipments.Length - 1].Delivery;

    /// <summary>What kept it from the days between the one asked for and the one promised, by lane and first day; for a line in time
    /// only what a reader must know, such as a buffer that rests on too few trips.</summary>
    public ImmutableArray<PromiseConstraint> Constraints { get; }
}

/// <summary>What a request is promised from one picture.</summary>
public sealed class PromiseAnswer
{
    internal PromiseAnswer(
        PromiseRequest request, ImmutableArray<LinePromise> lines, ImmutableArray<DatedHold> holds, ImmutableArray<Finding> findings)
    {
        Use = request.Use;
        Lines = lines;
        Holds = holds;
        Findings = findings;
        StandsUntil = request.Use == PromiseUse.Quote ? request.AskedAt + request.QuoteStandsFor : null;
        IsFull = true;
        foreach (LinePromise line in lines)
        {
            IsFull &= line.Unpromised.IsZero;
        }
    }

    /// <summary>What the promise is for.</summary>
    public PromiseUse Use { get; }

    /// <summary>The lines, in the order of the request.</summary>
    public ImmutableArray<LinePromise> Lines { get; }

    /// <summary>Whether every piece of every line has a date.</summary>
    public bool IsFull { get; }

    /// <summary>What must be held for the promise to be kept. An inquiry holds nothing; these would be its holds.</summary>
    public ImmutableArray<DatedHold> Holds { get; }

    /// <summary>When a quote ends; null for other uses.</summary>
    public Instant? StandsUntil { get; }

    /// <summary>What is said about the request as a whole, such as a lane whose calendar is unknown.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>Makes the reservation that the promise speaks of.</summary>
    /// <param name="picture">The picture as it is when the reservation is made.</param>
    /// <param name="policy">Which supply counts; null for the default.</param>
    /// <returns>The picture with the holds; null when one of them cannot be kept. On the picture and policy the promise was made from
    /// it is never null.</returns>
    public SupplyPicture? ReserveOn(SupplyPicture picture, SupplyPolicy? policy = null)
    {
        var book = new SupplyBook(picture ?? throw new ArgumentNullException(nameof(picture)), policy);
        foreach (DatedHold hold in Holds)
        {
            if (!book.TryHold(hold))
            {
                return null;
            }
        }

        return picture.With(Holds);
    }
}
