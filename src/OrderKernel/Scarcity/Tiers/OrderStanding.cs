using System;

namespace OrderKernel.Scarcity;

/// <summary>What an order's tier and rank rest on, as the host's sales and payment systems know it.</summary>
public sealed record OrderStanding
{
    /// <summary>States it.</summary>
    /// <param name="customerLevel">The customer's level; may be empty.</param>
    /// <param name="paymentMethod">How the customer pays; may be empty.</param>
    /// <param name="isPaid">Whether it is paid, or its deposit where that is what counts.</param>
    /// <param name="priority">The order's own priority; higher is more.</param>
    public OrderStanding(string customerLevel = "", string paymentMethod = "", bool isPaid = false, int priority = 0)
    {
        CustomerLevel = customerLevel ?? throw new ArgumentNullException(nameof(customerLevel));
        PaymentMethod = paymentMethod ?? throw new ArgumentNullException(nameof(paymentMethod));
        IsPaid = isPaid;
        Priority = priority;
    }

    /// <summary>An order of which nothing was stated.</summary>
    public static OrderStanding Unknown { get; } = new();

    /// <summary>The customer's level.</summary>
    public string CustomerLevel { get; }

    /// <summary>How the customer pays.</summary>
    public string PaymentMethod { get; }

    /// <summary>Whether it is paid.</summary>
    public bool IsPaid { get; }

    /// <summary>The order's own priority.</summary>
    public int Priority { get; }
}
