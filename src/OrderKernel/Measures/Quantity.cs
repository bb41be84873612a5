using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Serialization;

namespace OrderKernel.Measures;

/// <summary>A count of a SKU's smallest unit: pieces, millilitres, seconds of a service. Never negative, never fractional.</summary>
/// <remarks>
/// <para>Units: the SKU's smallest unit; a pack of 12 is 12. Nothing is converted or rounded here.</para>
/// <para>Errors: arithmetic that would go below zero or beyond 2^63-1 throws; it never wraps.</para>
/// </remarks>
[JsonConverter(typeof(MeasureJson))]
public readonly record struct Quantity : IComparable<Quantity>
{
    /// <summary>Makes a quantity.</summary>
    /// <param name="units">The count; zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public Quantity(long units) =>
        Units = units >= 0 ? units : throw new ArgumentOutOfRangeException(nameof(units), "A quantity is never negative.");

    /// <summary>Nothing; also what <c>default</c> means.</summary>
    public static Quantity Zero => default;

    /// <summary>The count of smallest units, zero or more.</summary>
    public long Units { get; }

    /// <summary>Whether this is nothing.</summary>
    public bool IsZero => Units == 0;

    /// <summary>The smaller of two.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static Quantity Min(Quantity a, Quantity b) => a.Units <= b.Units ? a : b;

    /// <summary>All of them together; beyond the largest quantity it is the largest, more than anybody has.</summary>
    internal static Quantity Total(IEnumerable<long> units)
    {
        long sum = 0;
        foreach (long one in units)
        {
            sum = one > long.MaxValue - sum ? long.MaxValue : sum + one;
        }

        return new Quantity(sum);
    }

    /// <summary>The sum.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static Quantity operator +(Quantity a, Quantity b) => new(checked(a.Units + b.Units));

    /// <summary>The difference; throws below zero.</summary>
    /// <param name="a">From what.</param>
    /// <param name="b">What is taken, at most <paramref name="a"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="b"/> is the larger.</exception>
    public static Quantity operator -(Quantity a, Quantity b) => new(a.Units - b.Units);

    /// <summary>Whether <paramref name="a"/> is less.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static bool operator <(Quantity a, Quantity b) => a.Units < b.Units;

    /// <summary>Whether <paramref name="a"/> is more.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static bool operator >(Quantity a, Quantity b) => a.Units > b.Units;

    /// <summary>Whether <paramref name="a"/> is less or equal.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static bool operator <=(Quantity a, Quantity b) => a.Units <= b.Units;

    /// <summary>Whether <paramref name="a"/> is more or equal.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static bool operator >=(Quantity a, Quantity b) => a.Units >= b.Units;

    /// <inheritdoc />
    public int CompareTo(Quantity other) => Units.CompareTo(other.Units);

    /// <summary>The count in decimal digits.</summary>
    public override string ToString() => Units.ToString(CultureInfo.InvariantCulture);
}
