using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Sentences;

/// <summary>Numbers as Chinese business text writes them: 5万, 1.2亿.</summary>
internal static class Numerals
{
    private const decimal TenThousand = 10_000m;
    private const decimal HundredMillion = 100_000_000m;

    /// <summary>Round thousands of ten-thousands in 万 and 亿, everything else in plain digits.</summary>
    public static string Print(decimal number)
    {
        if (number != 0 && number % (HundredMillion / 10) == 0 && (number >= HundredMillion || number <= -HundredMillion))
        {
            return ValueText.Number(number / HundredMillion) + "亿";
        }

        return number != 0 && number % (TenThousand / 10) == 0 && (number >= TenThousand || number <= -TenThousand)
            ? ValueText.Number(number / TenThousand) + "万" : ValueText.Number(number);
    }

    /// <summary>What a unit after a number multiplies it by; 1 for none.</summary>
    public static decimal Unit(char unit) => unit switch
    {
        '千' => 1_000m,
        '万' => TenThousand,
        '亿' => HundredMillion,
        _ => 1m,
    };
}
