using System;
using System.Globalization;
using System.Text.Json.Serialization;

namespace OrderKernel.Measures;

/// <summary>What one smallest unit of a SKU costs; finer than money, since a screw may cost 0.0035 yuan.</summary>
/// <remarks>
/// <para>Units: major units of the currency per smallest unit, at most 10 decimal places, not negative.</para>
/// </remarks>
[JsonConverter(typeof(MeasureJson))]
public readonly record struct UnitPrice
{
    /// <summary>Makes a price.</summary>
    /// <param name="amount">Major units per piece; zero or more, at most 10 decimal places.</param>
    /// <param name="currency">Its currency.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative, too fine or too large.</exception>
    public UnitPrice(decimal amount, Currency currency)
    {
        if (amount < 0m || amount > 1_000_000_000_000m || decimal.Round(amount, 10, MidpointRounding.ToEven) != amount)
        {
            throw new ArgumentOutOfRangeException(nameof(amount), "A price is 0 to 10^12 with at most 10 decimal places.");
        }

        Amount = amount / 1.0000000000000000000000000000m;
        Currency = currency;
    }

    /// <summary>Major units of the currency per smallest unit, without trailing zeros.</summary>
    public decimal Amount { get; }

    /// <summary>Its currency.</summary>
    public Currency Currency { get; }

    /// <summary>The price of a quantity, rounded once to the minor unit.</summary>
    /// <param name="quantity">How many.</param>
    /// <param name="rounding">How half a minor unit is rounded; the caller names it.</param>
    /// <exception cref="OverflowException">The amount exceeds what money can hold.</exception>
    public Money Times(Quantity quantity, MidpointRounding rounding) =>
        new((long)decimal.Round(Amount * quantity.Units * Scale, 0, rounding), Currency);

    /// <summary>The amount as exact as it is and the code of its currency, in the invariant culture.</summary>
    public override string ToString() => Amount.ToString(CultureInfo.InvariantCulture) + " " + Currency;

    /// <summary>Whether money can hold what so many cost.</summary>
    internal bool Allows(Quantity quantity) => Amount <= 1m
        ? Amount * quantity.Units * Scale < long.MaxValue
        : quantity.Units < long.MaxValue / (Amount * Scale);

    private decimal Scale
    {
        get
        {
            decimal scale = 1m;
            for (int i = 0; i < Currency.DecimalPlaces; i++)
            {
                scale *= 10m;
            }

            return scale;
        }
    }
}
