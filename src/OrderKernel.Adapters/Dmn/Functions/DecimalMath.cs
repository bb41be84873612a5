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
/// <remarks><para>Errors: null outside the domain; <see cref="OverflowException"/> beyond 28 digits.</para></remarks>
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
        if (places >= 28)
        {
            return x;
        }

        if (places >= 0)
        {
            decimal unit = TenTo(places);
            decimal whole = Math.Truncate(x);
            return whole + (ToWhole((x - whole) * unit, how) / unit);
        }

        if (places < -28)
        {
            return ToWhole(x > 0 ? 0.1m : x < 0 ? -0.1m : 0m, how) == 0 ? 0m : null;
        }

        decimal size = TenTo(-places);
        return ToWhole(x / size, how) * size;
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

    private static decimal ToWhole(decimal x, Rounding how)
    {
        decimal down = Math.Truncate(x);
        decimal rest = Math.Abs(x - down);
        decimal away = rest == 0 ? down : down + (x < 0 ? -1 : 1);
        return how switch
        {
            Rounding.Up => away,
            Rounding.Down => down,
            Rounding.Floor => Math.Floor(x),
            Rounding.Ceiling => Math.Ceiling(x),
            Rounding.HalfUp => rest >= 0.5m ? away : down,
            Rounding.HalfDown => rest > 0.5m ? away : down,
            _ => Math.Round(x, MidpointRounding.ToEven),
        };
    }
}
