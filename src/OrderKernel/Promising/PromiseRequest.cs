using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Promising;

/// <summary>What a promise is asked for.</summary>
public enum PromiseUse
{
    /// <summary>To know. Nothing is held; the answer is as good as its picture.</summary>
    Inquiry = 0,

    /// <summary>To offer. Held softly (tier 0) until the quote ends.</summary>
    Quote = 1,

    /// <summary>To order. Held at the request's tier.</summary>
    Order = 2,
}

/// <summary>One line that a date is asked for.</summary>
public sealed class PromiseLine
{
    /// <summary>Makes a line.</summary>
    /// <param name="number">The line number, above zero.</param>
    /// <param name="sku">The SKU.</param>
    /// <param name="quantity">How much, above zero.</param>
    /// <param name="asked">The day the customer wants it delivered.</param>
    public PromiseLine(int number, Sku sku, Quantity quantity, LocalDate asked)
    {
        _ = sku.Text;
        Number = number > 0 ? number : throw new ArgumentOutOfRangeException(nameof(number), "Lines are numbered from 1.");
        Sku = sku;
        Quantity = quantity.Units > 0 ? quantity : throw new ArgumentOutOfRangeException(nameof(quantity), "A line asks for something.");
        Asked = asked;
    }

    /// <summary>The line number.</summary>
    public int Number { get; }

    /// <summary>The SKU.</summary>
    public Sku Sku { get; }

    /// <summary>How much.</summary>
    public Quantity Quantity { get; }

    /// <summary>The day the customer wants it delivered.</summary>
    public LocalDate Asked { get; }

    /// <summary>The last day on which delivery still makes sense; null for any.</summary>
    /// <value>The default is null.</value>
    public LocalDate? Latest { get; set; }

    /// <summary>How many days after delivery the goods must still be good.</summary>
    /// <value>The default is 0: good on the day of delivery.</value>
    public int MinimumLifeDays { get; set; }

    /// <summary>Whether the line is delivered at once or not at all.</summary>
    /// <value>The default is false.</value>
    public bool Complete { get; set; }

    /// <summary>The least that a partial shipment of the line may hold.</summary>
    /// <value>The default is nothing.</value>
    public Quantity MinimumShipment { get; set; }

    /// <summary>Lines of one group are delivered complete on one day; empty for none.</summary>
    /// <value>The default is empty.</value>
    public string Group { get; set; } = string.Empty;

    /// <summary>Whose quota it uses; empty for none.</summary>
    /// <value>The default is empty.</value>
    public string Segment { get; set; } = string.Empty;
}

/// <summary>Days on which the customer accepts deliveries.</summary>
/// <param name="From">The first day, inclusive.</param>
/// <param name="To">The last day, inclusive.</param>
public readonly record struct DeliveryWindow(LocalDate From, LocalDate To);

/// <summary>Lines that dates are asked for, and the ways they may come. Immutable as far as its lines are left alone.</summary>
public sealed class PromiseRequest
{
    /// <summary>The most lines of a request.</summary>
    public const int MaxLines = 2_000;

    /// <summary>Makes a request.</summary>
    /// <param name="use">What the promise is for.</param>
    /// <param name="askedAt">The moment of asking; the cut-off of each node is applied to it.</param>
    /// <param name="lines">The lines, first served first; numbers unique.</param>
    /// <param name="lanes">The ways, best first.</param>
    /// <exception cref="ArgumentException">A line number stands twice, or there are too many lines.</exception>
    public PromiseRequest(PromiseUse use, Instant askedAt, ImmutableArray<PromiseLine> lines, ImmutableArray<PromiseLane> lanes)
    {
        if (lines.IsDefault || lanes.IsDefault || lines.Length > MaxLines)
        {
            throw new ArgumentException($"Lines and lanes are given, and there are at most {MaxLines} lines.", nameof(lines));
        }

        var numbers = new HashSet<int>();
        foreach (PromiseLine line in lines)
        {
            if (!numbers.Add(line.Number))
            {
                throw new ArgumentException($"Line {line.Number} stands twice.", nameof(lines));
            }
        }

        Use = use;
        AskedAt = askedAt;
        Lines = lines;
        Lanes = lanes;
    }

    /// <summary>What the promise is for.</summary>
    public PromiseUse Use { get; }

    /// <summary>The moment of asking.</summary>
    public Instant AskedAt { get; }

    /// <summary>The lines.</summary>
    public ImmutableArray<PromiseLine> Lines { get; }

    /// <summary>The ways, best first.</summary>
    public ImmutableArray<PromiseLane> Lanes { get; }

    /// <summary>Whether the whole request is delivered on one day or not at all.</summary>
    /// <value>The default is false.</value>
    public bool ShipComplete { get; set; }

    /// <summary>The days on which the customer accepts deliveries; empty for every day.</summary>
    /// <value>The default is empty.</value>
    public ImmutableArray<DeliveryWindow> Windows { get; set; } = ImmutableArray<DeliveryWindow>.Empty;

    /// <summary>The most shipments of one line; the last of them brings all that is left.</summary>
    /// <value>The default is 5.</value>
    public int MaxShipmentsPerLine { get; set; } = 5;

    /// <summary>How firm an order holds.</summary>
    /// <value>The default is 2, firm.</value>
    public int Tier { get; set; } = 2;

    /// <summary>How long a quote stands.</summary>
    /// <value>The default is one day.</value>
    public Duration QuoteStandsFor { get; set; } = Duration.FromDays(1);

    internal int HoldTier => Use == PromiseUse.Order ? Tier : 0;
}
