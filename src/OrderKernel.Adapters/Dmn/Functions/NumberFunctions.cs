using System;
using System.Numerics;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Functions;

/// <summary>Functions on numbers.</summary>
internal static class NumberFunctions
{
    public static void AddTo(Library library)
    {
        AddRounding(library, "decimal", Rounding.HalfEven, "n:n,scale:n");
        AddRounding(library, "round up", Rounding.Up, "n:n,scale:n");
        AddRounding(library, "round down", Rounding.Down, "n:n,scale:n");
        AddRounding(library, "round half up", Rounding.HalfUp, "n:n,scale:n");
        AddRounding(library, "round half down", Rounding.HalfDown, "n:n,scale:n");
        AddRounding(library, "floor", Rounding.Floor, "n:n,scale?:n");
        AddRounding(library, "ceiling", Rounding.Ceiling, "n:n,scale?:n");
        library.Add("abs", "n:a", 'a', (a, _) => Abs(a[0]));
        library.Add("modulo", "dividend:n,divisor:n", 'n', (a, _) => Modulo(Number(a[0]), Number(a[1])));
        library.Add("sqrt", "number:n", 'n', (a, _) => Of(DecimalMath.Sqrt(Number(a[0]))));
        library.Add("log", "number:n", 'n', (a, _) => Of(DecimalMath.Ln(Number(a[0]))));
        library.Add("exp", "number:n", 'n', (a, _) => FeelValue.Of(DecimalMath.Exp(Number(a[0]))));
        library.Add("odd", "number:n", 'b', (a, _) => FeelValue.Of(Math.Abs(Number(a[0]) % 2) == 1));
        library.Add("even", "number:n", 'b', (a, _) => FeelValue.Of(Number(a[0]) % 2 == 0));
        library.Add("not", "negand:A", 'b', (a, _) => a[0] is BooleanValue flag ? FeelValue.Of(!flag.Flag) : null);
    }

    public static decimal Number(FeelValue value) => ((NumberValue)value).Number;

    public static FeelValue? Of(decimal? number) => number is decimal known ? FeelValue.Of(known) : null;

    private static void AddRounding(Library library, string name, Rounding how, string parameters) =>
        library.Add(name, parameters, 'n', (a, _) => Of(DecimalMath.Round(Number(a[0]), a[1].IsNull ? 0 : Number(a[1]), how)));

    private static FeelValue? Abs(FeelValue value) => value switch
    {
        NumberValue number => FeelValue.Of(Math.Abs(number.Number)),
        DaysValue days => new DaysValue(Math.Abs(days.Total)),
        MonthsValue months => new MonthsValue(Math.Abs(months.Months)),
        _ => null,
    };

    private static FeelValue? Modulo(decimal dividend, decimal divisor)
    {
        if (divisor == 0)
        {
            return null;
        }

        decimal rest = Remainder(dividend, divisor);
        return FeelValue.Of(rest != 0 && (rest < 0) != (divisor < 0) ? rest + divisor : rest);
    }

    // The runtime's remainder overflows where the places of both lie far apart, as in 5002709156693298454649949.452 and 0.000115 with
    // 28 places; what is left over is then smaller than a divisor of as many places, so it fits.
    private static decimal Remainder(decimal dividend, decimal divisor)
    {
        try
        {
            return dividend % divisor;
        }
        catch (OverflowException)
        {
            int places = Math.Max(Places(dividend), Places(divisor));
            BigInteger rest = BigInteger.Remainder(Units(dividend, places), Units(divisor, places));
            int[] bits = decimal.GetBits((decimal)rest);
            return new decimal(bits[0], bits[1], bits[2], rest.Sign < 0, (byte)places);
        }
    }

    private static int Places(decimal number) => (decimal.GetBits(number)[3] >> 16) & 0xFF;

    private static BigInteger Units(decimal number, int places)
    {
        int[] bits = decimal.GetBits(number);
        bits[3] &= int.MinValue;
        return new BigInteger(new decimal(bits)) * BigInteger.Pow(10, places - Places(number));
    }
}
