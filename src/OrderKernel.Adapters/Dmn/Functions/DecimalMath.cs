using System;

namespace OrderKernel.Adapters.Dmn.Functions;

/// <summary>How a number is brought to a scale.</summary>
internal enum Rounding
{
    HalfEven,
    HalfUp,
    HalfDown,
    Up,
    Down,
    Floor,
    Ceiling,
}

/// <summary>Roots, powers and logarithms on <see cref="decimal"/> by series, so that every machine gets the same
/// digits.</summary>
/// <remarks><para>Errors: null outside the domain; <see cref="OverflowException"/> beyond 28 digits. Rounding is exact.</para></remarks>
internal static class DecimalMath
{
    private const decimal E = 2.7182818284590452353602874714m;
    private const decimal Ln2 = 0.6931471805599453094172321215m;
    private const decimal Tiny = 0.0000000000000000000000000001m;

    public static decimal? Sqrt(decimal x)
    {
        if (x < 0)
        {
            return null;
        }

        if (x == 0)
        {
            return 0m;
        }

        decimal root = x > 1 ? x : 1m;
        while (true)
        {
            decimal next = (root + (x / root)) / 2m;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    public static decimal Exp(decimal x)
    {
        decimal whole = Math.Truncate(x);
        if (whole > 66)
        {
            throw new OverflowException();
        }

        if (whole < -66)
        {
            return 0m;
        }

        decimal rest = x - whole;
        decimal sum = 1m;
        decimal term = 1m;
        for (int n = 1; n < 40 && term != 0; n++)
        {
            term = term * rest / n;
            sum += term;
        }

        return whole >= 0 ? PowerOf(E, (long)whole) * sum : sum / PowerOf(E, (long)-whole);
    }

    public static decimal? Ln(decimal x)
    {
        if (x <= 0)
        {
            return null;
        }

        int twos = 0;
        while (x > 1.4m)
        {
            x /= 2m;
            twos++;
        }

        while (x < 0.7m)
        {
            x *= 2m;
            twos--;
        }

        decimal ratio = (x - 1m) / (x + 1m);
        decimal square = ratio * ratio;
        decimal sum = 0m;
        decimal power = ratio;
        for (int n = 1; Math.Abs(power) > Tiny; n += 2)
        {
            sum += power / n;
            power *= square;
        }

        return (2m * sum) + (twos * Ln2);
    }

    public static decimal? Power(decimal x, decimal y)
    {
        if (y == Math.Truncate(y) && Math.Abs(y) <= 999_999_999m)
        {
            return y >= 0 ? PowerOf(x, (long)y) : x == 0 ? null : Inverse(x, (long)-y);
        }

        return x == 0 ? (y > 0 ? 0m : null) : Ln(x) is decimal ln ? Exp(y * ln) : null;
    }

    public static decimal? Round(decimal x, decimal scale, Rounding how)
    {
        if (scale is < -6111 or > 6176)
        {
            return null;
        }

        int places = (int)Math.Truncate(scale);
        return places >= 28 ? x : places >= 0 ? ToPlaces(x, places, how) : ToTens(x, -places, how);
    }

    // The whole part is kept aside, so that nothing is lost where whole part and places need more than 28 digits together.
    private static decimal ToPlaces(decimal x, int places, Rounding how)
    {
        decimal unit = TenTo(places);
        decimal whole = Math.Truncate(x);
        decimal scaled = (x - whole) * unit;
        decimal down = Math.Truncate(scaled);
        decimal rest = Math.Abs(scaled - down);
        bool odd = places == 0 ? whole % 2 != 0 : down % 2 != 0;
        return whole + ((down + Away(x, rest.CompareTo(0.5m), rest == 0, odd, how)) / unit);
    }

    private static decimal ToTens(decimal x, int zeros, Rounding how)
    {
        if (zeros > 28)
        {
            // The unit exceeds every number; only one zero more, and half of it is still within reach.
            int half = zeros > 29 ? -1 : Math.Abs(x).CompareTo(5 * TenTo(28));
            return Away(x, half, x == 0, odd: false, how) == 0 ? 0m : throw new OverflowException();
        }

        decimal unit = TenTo(zeros);
        decimal whole = Math.Truncate(x);
        decimal rest = Math.Abs(whole % unit);
        decimal units = (whole - (whole % unit)) / unit;
        int order = rest.CompareTo(unit / 2);
        return (units + Away(x, order == 0 && x != whole ? 1 : order, rest == 0 && x == whole, units % 2 != 0, how)) * unit;
    }

    /// <summary>One unit away from zero, or none: by the side of the half that the rest lies on.</summary>
    private static int Away(decimal x, int half, bool exact, bool odd, Rounding how)
    {
        int away = x < 0 ? -1 : 1;
        return exact ? 0 : how switch
        {
            Rounding.Up => away,
            Rounding.Down => 0,
            Rounding.Floor => x < 0 ? away : 0,
            Rounding.Ceiling => x < 0 ? 0 : away,
            Rounding.HalfUp => half >= 0 ? away : 0,
            Rounding.HalfDown => half > 0 ? away : 0,
            _ => half > 0 || (half == 0 && odd) ? away : 0,
        };
    }

    private static decimal Inverse(decimal x, long y)
    {
        try
        {
            decimal power = PowerOf(x, y);
            return power == 0 ? throw new OverflowException() : 1m / power;
        }
        catch (OverflowException) when (Math.Abs(x) > 1)
        {
            return 0m;
        }
    }

    private static decimal PowerOf(decimal x, long y)
    {
        decimal result = 1m;
        while (y > 0)
        {
            if ((y & 1) == 1)
            {
                result *= x;
            }

            y >>= 1;
            x = y > 0 ? x * x : x;
        }

        return result;
    }

    private static decimal TenTo(int places)
    {
        decimal power = 1m;
        for (int i = 0; i < places; i++)
        {
            power *= 10m;
        }

        return power;
    }
}
