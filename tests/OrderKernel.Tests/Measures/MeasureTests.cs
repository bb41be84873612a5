using System;
using System.Collections.Immutable;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Measures;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Measures;

public class MeasureTests
{
    [Fact]
    public void Shares_AlwaysSumToTheTotalAndDifferByLessThanOneUnit()
    {
        Arbitrary<int[]> weights = Gen.Choose(0, 1000).ArrayOf().Where(w => w.Sum() > 0).ToArbitrary();
        Prop.ForAll(KernelArbitraries.Amounts(), weights, (total, parts) =>
        {
            ImmutableArray<Money> shares = total.Share(parts.Select(p => (long)p).ToImmutableArray());
            decimal sum = parts.Sum();
            return shares.Sum(share => share.MinorUnits) == total.MinorUnits
                && shares.Zip(parts).All(pair => Math.Abs(pair.First.MinorUnits - (total.MinorUnits * pair.Second / sum)) < 1);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Quantity_NeverGoesBelowZero()
    {
        Prop.ForAll(KernelArbitraries.Quantities(), KernelArbitraries.Quantities(), (a, b) =>
            b > a ? Throws(() => a - b) : (a - b) + b == a).QuickCheckThrowOnFailure();
        Assert.Throws<OverflowException>(() => new Quantity(long.MaxValue) + new Quantity(1));
    }

    [Theory]
    [InlineData("0.125", 1, 2, "0.12 CNY")]
    [InlineData("0.375", 1, 2, "0.38 CNY")]
    [InlineData("0.0035", 1000, 2, "3.50 CNY")]
    public void UnitPrice_RoundsOnceAndAsNamed(string price, long pieces, int places, string expected)
    {
        var unit = new UnitPrice(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), new Currency("CNY", places));
        Assert.Equal(expected, unit.Times(new Quantity(pieces), MidpointRounding.ToEven).ToString());
    }

    [Fact]
    public void Money_OfTwoCurrencies_DoesNotMix() => Assert.Throws<InvalidOperationException>(
        () => new Money(1, Currency.Cny) + new Money(1, Currency.Usd));

    [Fact]
    public void DerivedId_IsVersionFiveAndAsTheStandardComputesIt()
    {
        // RFC 9562 A.4: namespace DNS, name www.example.com.
        var dns = new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
        Assert.Equal(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"), DerivedId.Of(dns, "www.example.com"));
    }

    [Fact]
    public void Ids_RefuseWhatStoresDisagreeAbout()
    {
        foreach (string bad in new[] { "", " ", "a\0b", "\ud800", new string('x', 65) })
        {
            Assert.Throws<ArgumentException>(() => new OrderId(bad));
        }

        Assert.Throws<InvalidOperationException>(() => default(OrderId).Text);
        Assert.Equal("𠮷", new OrderId("𠮷").Text);
    }

    private static bool Throws(Func<Quantity> compute)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => compute());
        return true;
    }
}
