using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace OrderKernel.Measures;

/// <summary>An exact amount of one currency, in minor units; may be negative (a credit).</summary>
/// <remarks>
/// <para>Units: the currency's minor unit (fen, cent). Nothing is rounded unless a rounding is named.</para>
/// <para>Errors: mixing currencies throws <see cref="InvalidOperationException"/>; overflow throws.</para>
/// </remarks>
[JsonConverter(typeof(MeasureJson))]
public readonly record struct Money
{
    /// <summary>Makes an amount.</summary>
    /// <param name="minorUnits">The amount in minor units.</param>
    /// <param name="currency">Its currency.</param>
    public Money(long minorUnits, Currency currency)
    {
        MinorUnits = minorUnits;
        Currency = currency;
    }

    /// <summary>The amount in minor units.</summary>
    public long MinorUnits { get; }

    /// <summary>Its currency.</summary>
    public Currency Currency { get; }

    /// <summary>The sum of two amounts of one currency.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static Money operator +(Money a, Money b) => new(checked(a.MinorUnits + Same(a, b).MinorUnits), a.Currency);

    /// <summary>The difference of two amounts of one currency.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static Money operator -(Money a, Money b) => new(checked(a.MinorUnits - Same(a, b).MinorUnits), a.Currency);

    /// <summary>Shares the amount in proportion to weights; the shares always sum to it.</summary>
    /// <param name="weights">One weight per share, zero or more, not all zero.</param>
    /// <returns>One share per weight, in their order. Each differs from its exact share by less than one minor unit;
    /// left-over units go to the largest remainders, ties to the first.</returns>
    /// <exception cref="ArgumentException">There is no weight above zero, or one is negative.</exception>
    /// <remarks><para>Source: the largest-remainder (Hamilton) method. Cost: O(n log n).</para></remarks>
    public ImmutableArray<Money> Share(ImmutableArray<long> weights)
    {
        decimal total = 0m;
        foreach (long weight in weights)
        {
            total += weight >= 0 ? weight : throw new ArgumentException("A weight is never negative.", nameof(weights));
        }

        if (total == 0m)
        {
            throw new ArgumentException("At least one weight is above zero.", nameof(weights));
        }

        var shares = new long[weights.Length];
        var remainders = new System.Numerics.BigInteger[weights.Length];
        var order = new int[weights.Length];
        long left = MinorUnits;
        for (int i = 0; i < shares.Length; i++)
        {
            var exact = System.Numerics.BigInteger.DivRem(
                (System.Numerics.BigInteger)MinorUnits * weights[i], (System.Numerics.BigInteger)total, out remainders[i]);
            shares[i] = (long)exact;
            left -= shares[i];
            order[i] = i;
        }

        Array.Sort(order, (x, y) =>
        {
            int larger = System.Numerics.BigInteger.Abs(remainders[y]).CompareTo(System.Numerics.BigInteger.Abs(remainders[x]));
            return larger != 0 ? larger : x.CompareTo(y);
        });
        for (int i = 0; left != 0; i++)
        {
            int unit = Math.Sign(left);
            shares[order[i]] += unit;
            left -= unit;
        }

        Currency currency = Currency;
        return ImmutableArray.CreateRange(ImmutableArray.Create(shares), share => new Money(share, currency));
    }

    /// <summary>The amount with the currency's decimal places and its code, in the invariant culture.</summary>
    public override string ToString()
    {
        decimal scale = 1m;
        for (int i = 0; i < Currency.DecimalPlaces; i++)
        {
            scale *= 10m;
        }

        string places = Currency.DecimalPlaces.ToString(CultureInfo.InvariantCulture);
        return (MinorUnits / scale).ToString("F" + places, CultureInfo.InvariantCulture) + " " + Currency;
    }

    private static Money Same(Money a, Money b) => a.Currency == b.Currency
        ? b
        : throw new InvalidOperationException($"{a.Currency} and {b.Currency} do not mix.");
}
