using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Strict;

/// <summary>What types operations take and give. Any stands for "not known until it runs" and fits everywhere.</summary>
internal static class TypeRules
{
    public static readonly FeelType Number = TypeNames.Of("number");
    public static readonly FeelType Text = TypeNames.Of("string");
    public static readonly FeelType Truth = TypeNames.Of("boolean");
    public static readonly FeelType Nothing = TypeNames.Of("Null");
    private static readonly FeelType Days = TypeNames.Of("days and time duration");
    private static readonly FeelType Months = TypeNames.Of("years and months duration");

    /// <summary>The kind of the values of a type; C# null when it is not known.</summary>
    public static FeelKind? Kind(FeelType type) => type.Base switch
    {
        SimpleType { Kind: FeelKind.Null } => null,
        SimpleType simple => simple.Kind,
        ListType => FeelKind.List,
        ContextType => FeelKind.Context,
        RangeType => FeelKind.Range,
        FunctionType => FeelKind.Function,
        _ => null,
    };

    public static FeelType Of(FeelValue value) => value switch
    {
        NullValue => Nothing,
        NumberValue => Number,
        TextValue => Text,
        BooleanValue => Truth,
        DateValue => TypeNames.Of("date"),
        TimeValue => TypeNames.Of("time"),
        DateTimeValue => TypeNames.Of("date and time"),
        DaysValue => Days,
        MonthsValue => Months,
        RangeValue range => new RangeType(Of(range.Low.IsNull ? range.High : range.Low)),
        ListValue { Values.Length: > 0 } list => new ListType(Of(list.Values[0])),
        ListValue => TypeNames.Of("list"),
        _ => FeelType.Any,
    };

    public static bool Comparable(FeelType a, FeelType b) => Kind(a) is not FeelKind x || Kind(b) is not FeelKind y || x == y;

    public static FeelType Common(FeelType a, FeelType b) =>
        Kind(a) is null && a.Base is not AnyType ? b : Kind(b) is null && b.Base is not AnyType ? a
        : a.ConformsTo(b) ? b : b.ConformsTo(a) ? a : FeelType.Any;

    /// <summary>Whether a value of one type may stand where another is asked for, a list of one included.</summary>
    public static bool Fits(FeelType given, FeelType asked) =>
        Kind(given) is null || Kind(asked) is null || given.ConformsTo(asked) || Kind(given) == Kind(asked)
            && Loosely(given, asked)
        || (asked.Base is ListType list && Fits(given, list.Item))
        || (Kind(asked) == FeelKind.DateTime && Kind(given) == FeelKind.Date)
        || (asked.Base is SimpleType { Kind: FeelKind.Function } && Kind(given) == FeelKind.Function);

    /// <summary>The type of an arithmetic result; C# null when the operands have none.</summary>
    public static FeelType? Arithmetic(Operator sign, FeelType a, FeelType b)
    {
        if (Kind(a) is not FeelKind x || Kind(b) is not FeelKind y)
        {
            return FeelType.Any;
        }

        bool moment = x is FeelKind.Date or FeelKind.DateTime or FeelKind.Time;
        bool duration = y is FeelKind.DaysDuration or FeelKind.MonthsDuration;
        return sign switch
        {
            Operator.Add when x == y && x is FeelKind.Number or FeelKind.Text => x == y ? a : null,
            Operator.Add or Operator.Subtract when x == y
                && x is FeelKind.Number or FeelKind.DaysDuration or FeelKind.MonthsDuration =>
                x == y ? a : sign == Operator.Add && IsMoment(y) ? b : null,
            Operator.Add or Operator.Subtract when moment && duration => x == FeelKind.Time && y == FeelKind.MonthsDuration
                ? null : a,
            Operator.Add when IsMoment(y) && x is FeelKind.DaysDuration or FeelKind.MonthsDuration => b,
            Operator.Subtract when moment && IsMoment(y) && (x == FeelKind.Time) == (y == FeelKind.Time) => Days,
            Operator.Multiply or Operator.Divide or Operator.Power when x == FeelKind.Number && y == FeelKind.Number => Number,
            Operator.Multiply when duration && x == FeelKind.Number => b,
            Operator.Multiply or Operator.Divide when y == FeelKind.Number
                && x is FeelKind.DaysDuration or FeelKind.MonthsDuration =>
                y == FeelKind.Number ? a : sign == Operator.Divide && x == y ? Number : null,
            _ => null,
        };
    }

    private static bool IsMoment(FeelKind kind) => kind is FeelKind.Date or FeelKind.DateTime or FeelKind.Time;

    // Lists and contexts whose parts are only known when they run are not refused.
    private static bool Loosely(FeelType given, FeelType asked) => (given.Base, asked.Base) switch
    {
        (ListType a, ListType b) => Fits(a.Item, b.Item),
        (RangeType a, RangeType b) => Fits(a.Item, b.Item),
        (FunctionType, FunctionType) => true,
        (ContextType a, ContextType b) => System.Linq.Enumerable.All(b.Entries, e => a.Find(e.Name) is FeelType own
            && Fits(own, e.Type)),
        _ => true,
    };
}
