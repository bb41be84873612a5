using System;
using NodaTime;
using OrderKernel.Measures;

namespace OrderKernel.Storage;

/// <summary>A claim that ends by itself: who holds it, from when and until when.</summary>
/// <remarks>
/// <para>A lease only spares double work; it guarantees nothing. The guarantee is the fence: every claim raises a number, and
/// whoever comes back with an older one is turned away, however late its clock or long its pause.</para>
/// </remarks>
public sealed class Lease
{
    /// <summary>Makes a lease.</summary>
    /// <param name="owner">Who holds it, such as a host's name; one line of at most 64 characters.</param>
    /// <param name="now">The moment of the claim.</param>
    /// <param name="duration">How long it lasts; more than zero.</param>
    /// <exception cref="ArgumentException">The owner is blank, or the lease would not last.</exception>
    public Lease(string owner, Instant now, Duration duration)
    {
        if (string.IsNullOrWhiteSpace(owner) || owner.Length > 64)
        {
            throw new ArgumentException("Name the owner in at most 64 characters.", nameof(owner));
        }

        Owner = owner;
        Now = now;
        Until = duration > Duration.Zero
            ? now + duration
            : throw new ArgumentException("A lease lasts for more than no time.", nameof(duration));
    }

    /// <summary>Who holds it.</summary>
    public string Owner { get; }

    /// <summary>The moment of the claim; what is due by then, inclusive, can be claimed.</summary>
    public Instant Now { get; }

    /// <summary>The moment from which others may claim again.</summary>
    public Instant Until { get; }
}
