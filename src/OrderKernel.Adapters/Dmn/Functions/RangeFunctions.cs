using System;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Functions;

/// <summary>Allen's relations between points and intervals.</summary>
/// <remarks><para>Source: DMN 1.5 §10.3.4.10. A point is an interval that starts and ends at itself.</para></remarks>
internal static class RangeFunctions
{
    private delegate bool Relation(Ends a, Ends b);

    public static void AddTo(Library library)
    {
        Any(library, "before", (a, b) => Before(a, b));
        Any(library, "after", (a, b) => Before(b, a));
        Ranges(library, "meets", (a, b) => a.HighIn && b.LowIn && Order(a.High, b.Low) == 0);
        Ranges(library, "met by", (a, b) => b.HighIn && a.LowIn && Order(b.High, a.Low) == 0);
        Ranges(library, "overlaps", (a, b) => Touches(a, b) && Touches(b, a));
        Ranges(library, "overlaps before", OverlapsBefore);
        Ranges(library, "overlaps after", (a, b) => OverlapsBefore(b, a));
        First(library, "finishes", "point:a,range:r", "range1:r,range2:r", Finishes);
        First(library, "finished by", "range:r,point:a", "range1:r,range2:r", (a, b) => Finishes(b, a));
        First(library, "includes", "range:r,point:a", "range1:r,range2:r", Includes);
        First(library, "during", "point:a,range:r", "range1:r,range2:r", (a, b) => Includes(b, a));
        First(library, "starts", "point:a,range:r", "range1:r,range2:r", Starts);
        First(library, "started by", "range:r,point:a", "range1:r,range2:r", (a, b) => Starts(b, a));
        Relation same = (a, b) => Order(a.Low, b.Low) == 0 && Order(a.High, b.High) == 0 && a.LowIn == b.LowIn
            && a.HighIn == b.HighIn;
        Add(library, "coincides", "range1:r,range2:r", same);
        Add(library, "coincides", "point1:a,point2:a", same);
    }

    private static void Any(Library library, string name, Relation relation)
    {
        Add(library, name, "range1:r,range2:r", relation);
        Add(library, name, "range:r,point:a", relation);
        Add(library, name, "point:a,range:r", relation);
        Add(library, name, "point1:a,point2:a", relation);
    }

    private static void Ranges(Library library, string name, Relation relation) =>
        Add(library, name, "range1:r,range2:r", relation);

    private static void First(Library library, string name, string mixed, string ranges, Relation relation)
    {
        Add(library, name, ranges, relation);
        Add(library, name, mixed, relation);
    }

    private static void Add(Library library, string name, string parameters, Relation relation) =>
        library.Add(name, parameters, 'b', (a, _) => Test(a[0], a[1], relation));

    private static FeelValue? Test(FeelValue a, FeelValue b, Relation relation)
    {
        if (Ends.Of(a) is not Ends x || Ends.Of(b) is not Ends y || !Comparable(x, y))
        {
            return null;
        }

        return FeelValue.Of(relation(x, y));
    }

    private static bool Comparable(Ends a, Ends b) =>
        Equality.Compare(a.Some, b.Some) is not null;

    private static bool Before(Ends a, Ends b) =>
        Order(a.High, b.Low) is int order && (order < 0 || (order == 0 && !(a.HighIn && b.LowIn)));

    private static bool Touches(Ends a, Ends b) => Order(a.High, b.Low) is int order
        && (order > 0 || (order == 0 && a.HighIn && b.LowIn));

    private static bool OverlapsBefore(Ends a, Ends b)
    {
        int low = Order(a.Low, b.Low);
        int high = Order(a.High, b.High);
        return (low < 0 || (low == 0 && a.LowIn && !b.LowIn)) && Touches(a, b)
            && (high < 0 || (high == 0 && (!a.HighIn || b.HighIn)));
    }

    private static bool Includes(Ends a, Ends b)
    {
        int low = Order(a.Low, b.Low);
        int high = Order(b.High, a.High);
        return (low < 0 || (low == 0 && (a.LowIn || !b.LowIn))) && (high < 0 || (high == 0 && (a.HighIn || !b.HighIn)));
    }

    private static bool Starts(Ends a, Ends b) => Order(a.Low, b.Low) == 0 && a.LowIn == b.LowIn && Includes(b, a);

    private static bool Finishes(Ends a, Ends b) => Order(a.High, b.High) == 0 && a.HighIn == b.HighIn && Includes(b, a);

    // A missing end lies beyond everything on its side; the caller has seen that the rest can be compared.
    private static int Order((FeelValue Value, int Side) a, (FeelValue Value, int Side) b) =>
        a.Side != 0 || b.Side != 0 ? a.Side.CompareTo(b.Side) : Equality.Compare(a.Value, b.Value) ?? 0;

    private sealed record Ends((FeelValue Value, int Side) Low, bool LowIn, (FeelValue Value, int Side) High, bool HighIn)
    {
        public FeelValue Some => Low.Side == 0 ? Low.Value : High.Value;

        public static Ends? Of(FeelValue value)
        {
            if (value is not RangeValue range)
            {
                return value.IsNull ? null : new Ends((value, 0), true, (value, 0), true);
            }

            return range.Low.IsNull && range.High.IsNull ? null
                : new Ends((range.Low, range.Low.IsNull ? -1 : 0), range.LowIncluded, (range.High, range.High.IsNull ? 1 : 0),
                    range.HighIncluded);
        }
    }
}
