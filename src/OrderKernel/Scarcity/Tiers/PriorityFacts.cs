using System;
using NodaTime;
using OrderKernel.Measures;

namespace OrderKernel.Scarcity;

/// <summary>What a priority may rest on.</summary>
public enum PriorityFact
{
    /// <summary>The customer's level, such as <c>vip</c> or <c>三甲</c>.</summary>
    CustomerLevel = 0,

    /// <summary>How the customer pays, such as <c>电汇</c> or <c>账期</c>.</summary>
    PaymentMethod = 1,

    /// <summary>A tier that the host names.</summary>
    Tier = 2,

    /// <summary>When it must be there.</summary>
    Due = 3,

    /// <summary>Until when it must be sterilised, or used once sterilised.</summary>
    SterileBy = 4,

    /// <summary>How far it has to go.</summary>
    Distance = 5,

    /// <summary>How long it has waited.</summary>
    Waiting = 6,
}

/// <summary>What is known of one waiting line or order; what is not known earns nothing.</summary>
public sealed record PriorityFacts
{
    /// <summary>States the facts.</summary>
    /// <param name="order">The order; the last tie.</param>
    /// <param name="placedAt">When it was placed: the start of its waiting, and the first tie.</param>
    /// <param name="customerLevel">The customer's level; may be empty.</param>
    /// <param name="paymentMethod">How the customer pays; may be empty.</param>
    /// <param name="dueAt">When it must be there; null when not stated.</param>
    /// <param name="tier">A tier that the host names; may be empty.</param>
    /// <param name="distanceMetres">How far it has to go, zero or more; null when not known.</param>
    /// <param name="sterileBy">The sterilisation deadline; null for none.</param>
    /// <param name="line">The line; 0 for the order as a whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is negative.</exception>
    public PriorityFacts(
        OrderId order, Instant placedAt, string customerLevel = "", string paymentMethod = "", Instant? dueAt = null,
        string tier = "", long? distanceMetres = null, Instant? sterileBy = null, int line = 0)
    {
        Order = order;
        PlacedAt = placedAt;
        CustomerLevel = customerLevel ?? throw new ArgumentNullException(nameof(customerLevel));
        PaymentMethod = paymentMethod ?? throw new ArgumentNullException(nameof(paymentMethod));
        DueAt = dueAt;
        Tier = tier ?? throw new ArgumentNullException(nameof(tier));
        DistanceMetres = distanceMetres is null or >= 0
            ? distanceMetres
            : throw new ArgumentOutOfRangeException(nameof(distanceMetres), "A distance is never negative.");
        SterileBy = sterileBy;
        Line = line;
    }

    /// <summary>The order.</summary>
    public OrderId Order { get; }

    /// <summary>The line; 0 for the order as a whole.</summary>
    public int Line { get; }

    /// <summary>When it was placed.</summary>
    public Instant PlacedAt { get; }

    /// <summary>The customer's level; may be empty.</summary>
    public string CustomerLevel { get; }

    /// <summary>How the customer pays; may be empty.</summary>
    public string PaymentMethod { get; }

    /// <summary>When it must be there; null when not stated.</summary>
    public Instant? DueAt { get; }

    /// <summary>A tier that the host names; may be empty.</summary>
    public string Tier { get; }

    /// <summary>How far it has to go, in metres; null when not known.</summary>
    public long? DistanceMetres { get; }

    /// <summary>The sterilisation deadline; null for none.</summary>
    public Instant? SterileBy { get; }
}
