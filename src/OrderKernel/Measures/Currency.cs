using System;
using System.Text.Json.Serialization;

namespace OrderKernel.Measures;

/// <summary>A currency: its ISO 4217 code and how many decimal places its minor unit has.</summary>
/// <remarks>
/// <para>Source: ISO 4217 minor units (CNY 2, JPY 0, KWD 3). The host states the places; the kernel carries no table.</para>
/// <para><c>default</c> is a bug: reading its code throws.</para>
/// </remarks>
[JsonConverter(typeof(MeasureJson))]
public readonly record struct Currency
{
    private readonly string? code;

    /// <summary>Makes a currency.</summary>
    /// <param name="code">Three capital ASCII letters.</param>
    /// <param name="decimalPlaces">Places of the minor unit, 0 to 4.</param>
    /// <exception cref="ArgumentException">The code is not three capital letters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The places are out of range.</exception>
    public Currency(string code, int decimalPlaces)
    {
        if (code is not { Length: 3 } || !IsCapital(code[0]) || !IsCapital(code[1]) || !IsCapital(code[2]))
        {
            throw new ArgumentException("A currency code is three capital letters.", nameof(code));
        }

        if (decimalPlaces is < 0 or > 4)
        {
            throw new ArgumentOutOfRangeException(nameof(decimalPlaces), "A minor unit has 0 to 4 places.");
        }

        this.code = code;
        DecimalPlaces = decimalPlaces;
    }

    /// <summary>The Chinese yuan, in fen.</summary>
    public static Currency Cny { get; } = new("CNY", 2);

    /// <summary>The US dollar, in cents.</summary>
    public static Currency Usd { get; } = new("USD", 2);

    /// <summary>The ISO 4217 code.</summary>
    /// <exception cref="InvalidOperationException">This is the default value.</exception>
    public string Code => code ?? throw new InvalidOperationException("This currency was never given a value.");

    /// <summary>Places of the minor unit.</summary>
    public int DecimalPlaces { get; }

    /// <summary>The ISO code; empty for the default value.</summary>
    public override string ToString() => code ?? string.Empty;

    private static bool IsCapital(char c) => c is >= 'A' and <= 'Z';
}
