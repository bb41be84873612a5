using System;
using System.Numerics;
using OrderKernel.Adapters.Dmn.Values;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>Every function that rounds, against whole numbers without bound: a number is a fraction over a power of ten.</summary>
public sealed class RoundingTests
{
    private static readonly BigInteger Largest = new(decimal.MaxValue);

    [Theory]
    [InlineData("decimal(1.5, 0)", "2")]
    [InlineData("decimal(3.5, 0)", "4")]
    [InlineData("decimal(2.5, 0)", "2")]
    [InlineData("decimal(-1.5, 0)", "-2")]
    [InlineData("decimal(0.25, 1)", "0.2")]
    [InlineData("decimal(15, -1)", "20")]
    [InlineData("decimal(25, -1)", "20")]
    [InlineData("decimal(5.0000000000000000000000000001, -1)", "10")]
    [InlineData("round half up(4.9999999999999999999999999999, -1)", "0")]
    [InlineData("floor(-1.5)", "-2")]
    [InlineData("ceiling(-1.5)", "-1")]
    [InlineData("modulo(-1.5, 1)", "0.5")]
    public void Number_Rounded_IsThis(string expression, string expected) => Assert.Equal(expected, Expression.Answer(expression));

    [Theory]
    [InlineData("decimal")]
    [InlineData("round up")]
    [InlineData("round down")]
    [InlineData("round half up")]
    [InlineData("round half down")]
    [InlineData("floor")]
    [InlineData("ceiling")]
    public void AnyNumber_AtAnyScale_IsRoundedExactly(string function)
    {
        var expression = new Expression(function + "(a, b)");
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            int places = random.Next(-30, 30);
            decimal number = Number(random, places);
            FeelValue answer = expression.Ask(FeelValue.Of(number), FeelValue.Of(places));
            BigInteger? expected = Rounded(function, number, places);
            string said = $"{function}({number}, {places}) = {answer}";
            Assert.True(answer.TryGetNumber(out decimal found) == (expected is not null), said);
            Assert.True(expected is null || Same(found, expected.Value, places), said);
        }
    }

    [Fact]
    public void AnyNumbers_Modulo_IsWhatFloorLeaves()
    {
        var expression = new Expression("modulo(a, b)");
        var random = new Random(8);
        for (int i = 0; i < 20_000; i++)
        {
            decimal a = Number(random, random.Next(0, 6));
            decimal b = Number(random, random.Next(0, 6));
            FeelValue answer = expression.Ask(FeelValue.Of(a), FeelValue.Of(b));
            if (b == 0)
            {
                Assert.True(answer.IsNull);
                continue;
            }

            BigInteger x = Over(a, 28);
            BigInteger y = Over(b, 28);
            BigInteger rest = x - (y * Floor(x, y));
            Assert.True(answer.TryGetNumber(out decimal found));

            // What has more than 28 digits is the nearest that has not.
            BigInteger tolerance = BigInteger.Abs(rest) < Largest ? BigInteger.Zero : BigInteger.Abs(rest) / BigInteger.Pow(10, 28);
            Assert.True(BigInteger.Abs(Over(found, 28) - rest) <= tolerance, $"modulo({a}, {b}) = {answer}");
        }
    }

    private static BigInteger? Rounded(string function, decimal number, int places)
    {
        // number × 10^places as a fraction over ten to the shift.
        int shift = Math.Max(0, 28 - places);
        BigInteger value = Over(number, 28) * BigInteger.Pow(10, Math.Max(0, places - 28));
        BigInteger unit = BigInteger.Pow(10, shift);
        BigInteger floor = Floor(value, unit);
        BigInteger rest = value - (floor * unit);
        BigInteger up = rest.IsZero ? floor : floor + 1;
        BigInteger down = value.Sign < 0 ? up : floor;
        BigInteger away = value.Sign < 0 ? floor : up;
        int half = (rest * 2).CompareTo(unit);
        BigInteger nearest = half < 0 ? floor : up;
        BigInteger answer = function switch
        {
            "floor" => floor,
            "ceiling" => up,
            "round up" => away,
            "round down" => down,
            "round half up" => half == 0 ? away : nearest,
            "round half down" => half == 0 ? down : nearest,
            _ => half == 0 ? (floor.IsEven ? floor : up) : nearest,
        };
        bool fits = places >= 0 || BigInteger.Abs(answer) * BigInteger.Pow(10, -places) <= Largest;
        return fits ? answer : null;
    }

    private static bool Same(decimal found, BigInteger units, int places) =>
        Over(found, 28) * BigInteger.Pow(10, Math.Max(0, places)) == units * BigInteger.Pow(10, 28 + Math.Max(0, -places));

    /// <summary>A number as whole units of ten to minus the places, which it must have no more of.</summary>
    private static BigInteger Over(decimal number, int places)
    {
        int[] bits = decimal.GetBits(number);
        BigInteger mantissa = (Word(bits[2]) << 64) | (Word(bits[1]) << 32) | Word(bits[0]);
        int scale = (bits[3] >> 16) & 0xFF;
        return mantissa * BigInteger.Pow(10, places - scale) * (bits[3] < 0 ? -1 : 1);
    }

    private static BigInteger Word(int bits) => unchecked((uint)bits);

    private static BigInteger Floor(BigInteger a, BigInteger b)
    {
        BigInteger whole = BigInteger.DivRem(a, b, out BigInteger rest);
        return !rest.IsZero && (rest.Sign < 0) != (b.Sign < 0) ? whole - 1 : whole;
    }

    // Halves at the place asked for, their next neighbours, and anything else.
    private static decimal Number(Random random, int places)
    {
        int scale = Math.Clamp(places + random.Next(0, 3), 0, 28);
        uint high = random.Next(3) == 0 ? (uint)random.NextInt64(1L << 32) : 0;
        uint middle = random.Next(2) == 0 ? (uint)random.NextInt64(1L << 32) : 0;
        uint low = (uint)random.NextInt64(random.Next(2) == 0 ? 1_000 : 1L << 32);
        decimal any = new(unchecked((int)low), unchecked((int)middle), unchecked((int)high), random.Next(2) == 0, (byte)scale);
        if (random.Next(2) == 0 || places is < -27 or > 26)
        {
            return any;
        }

        decimal unit = 1m;
        for (int i = 0; i < Math.Abs(places); i++)
        {
            unit = places < 0 ? unit * 10m : unit / 10m;
        }

        decimal count = random.Next(-20, 21);
        decimal near = random.Next(3) switch { 0 => 0.0000000000000000000000000001m, 1 => -0.0000000000000000000000000001m, _ => 0m };
        return (count * unit) + (unit / 2m) + near;
    }
}
