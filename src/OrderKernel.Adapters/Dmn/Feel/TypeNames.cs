using System;
using System.Collections.Generic;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Feel;

/// <summary>The types known by name: FEEL's own and those a model defines.</summary>
internal sealed class TypeNames
{
    private static readonly Dictionary<string, FeelType> BuiltIn = new(StringComparer.Ordinal)
    {
        ["Any"] = FeelType.Any,
        ["number"] = new SimpleType("number", FeelKind.Number),
        ["string"] = new SimpleType("string", FeelKind.Text),
        ["boolean"] = new SimpleType("boolean", FeelKind.Boolean),
        ["date"] = new SimpleType("date", FeelKind.Date),
        ["time"] = new SimpleType("time", FeelKind.Time),
        ["date and time"] = new SimpleType("date and time", FeelKind.DateTime),
        ["dateTime"] = new SimpleType("date and time", FeelKind.DateTime),
        ["days and time duration"] = new SimpleType("days and time duration", FeelKind.DaysDuration),
        ["dayTimeDuration"] = new SimpleType("days and time duration", FeelKind.DaysDuration),
        ["years and months duration"] = new SimpleType("years and months duration", FeelKind.MonthsDuration),
        ["yearMonthDuration"] = new SimpleType("years and months duration", FeelKind.MonthsDuration),
        ["Null"] = new SimpleType("Null", FeelKind.Null),
        ["list"] = new ListType(FeelType.Any),
        ["context"] = new ContextType("context", System.Collections.Immutable.ImmutableArray<Parameter>.Empty),
        ["range"] = new RangeType(FeelType.Any),
        ["function"] = new SimpleType("function", FeelKind.Function),
    };

    private readonly Dictionary<string, FeelType> declared = new(StringComparer.Ordinal);

    public NameSet Names { get; } = new(BuiltIn.Keys);

    public static FeelType Of(string builtIn) => BuiltIn[builtIn];

    public void Declare(string name, FeelType type)
    {
        declared[name] = type;
        Names.Add(name);
    }

    /// <summary>The type by that name, an earlier model's spelling with a prefix included; null when there is none.</summary>
    public FeelType? Find(string name)
    {
        if (declared.TryGetValue(name, out FeelType? type) || BuiltIn.TryGetValue(name, out type))
        {
            return type;
        }

        int colon = name.LastIndexOf(':');
        return colon >= 0 ? Find(name.Substring(colon + 1)) : null;
    }
}
