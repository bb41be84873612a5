using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Promising.Tests.Stock;

/// <summary>Pictures of one SKU at one node, small enough to try every way of serving them.</summary>
internal static class SmallPictures
{
    public const int Days = 6;
    public static readonly LocalDate Today = new(2026, 12, 1);
    public static readonly Sku Bolt = new("bolt");
    public static readonly NodeId Main = new("main");

    public static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    public static SupplyPicture Make(Random random, bool withLife, bool withHolds = true)
    {
        DatedSupply[] supplies = [.. Enumerable.Range(0, random.Next(1, 5)).Select(i => new DatedSupply(
            new StockCell(Bolt, Main, new LotId("l" + i.ToString(CultureInfo.InvariantCulture))),
            SupplyKind.OnHand, new Quantity(random.Next(0, 5)), Today.PlusDays(random.Next(0, Days)),
            withLife && random.Next(4) > 0 ? Today.PlusDays(random.Next(0, Days + 3)) : null))];
        DatedHold[] holds = [.. Enumerable.Range(0, withHolds ? random.Next(0, 4) : 0).Select(_ =>
        {
            LocalDate day = Today.PlusDays(random.Next(0, Days));
            return new DatedHold(
                Bolt, Main, day, new Quantity(random.Next(1, 4)), withLife ? day.PlusDays(random.Next(0, 3)) : null);
        })];
        return new SupplyPicture(Today, Days, [.. supplies], [.. holds]);
    }

    /// <summary>Whether every hold can have pieces of its own that are there and good: tried piece by piece.</summary>
    public static bool CanServe(SupplyPicture picture, params DatedHold[] more) => Served(picture, more) < 0;

    /// <summary>The index of a hold that cannot be served beside the others; -1 when all can.</summary>
    private static int Served(SupplyPicture picture, DatedHold[] more)
    {
        List<(LocalDate From, LocalDate Until)> pieces = [.. picture.Supplies.SelectMany(s => Enumerable.Repeat(
            (s.From, s.GoodUntil ?? LocalDate.MaxIsoValue), (int)(s.Quantity.Units - s.Reserved.Units)))];
        DatedHold[] holds = [.. picture.Holds, .. more];
        int[] owner = [.. Enumerable.Repeat(-1, pieces.Count)];
        List<DatedHold> wants = [.. holds.SelectMany(h => Enumerable.Repeat(h, (int)h.Quantity.Units))];
        bool Find(int want, bool[] seen)
        {
            for (int p = 0; p < pieces.Count; p++)
            {
                bool fits = pieces[p].From <= wants[want].Day && pieces[p].Until >= (wants[want].GoodUntil ?? wants[want].Day);
                if (fits && !seen[p])
                {
                    seen[p] = true;
                    if (owner[p] < 0 || Find(owner[p], seen))
                    {
                        owner[p] = want;
                        return true;
                    }
                }
            }

            return false;
        }

        for (int want = 0; want < wants.Count; want++)
        {
            if (!Find(want, new bool[pieces.Count]))
            {
                return want;
            }
        }

        return -1;
    }
}
