using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Feel;

namespace OrderKernel.Adapters.Dmn.Functions;

/// <summary>The FEEL library by name.</summary>
/// <remarks><para>Source: DMN 1.5 §10.3.4.</para></remarks>
internal static class BuiltIns
{
    private static readonly Dictionary<string, BuiltIn> ByName = Collect();

    /// <summary>The names of all functions, for the parser.</summary>
    public static NameSet Names { get; } = new(ByName.Keys);

    public static BuiltIn? Find(string name) => ByName.TryGetValue(name, out BuiltIn? found) ? found : null;

    private static Dictionary<string, BuiltIn> Collect()
    {
        var library = new Library();
        TextFunctions.AddTo(library);
        PatternFunctions.AddTo(library);
        NumberFunctions.AddTo(library);
        ListFunctions.AddTo(library);
        SummaryFunctions.AddTo(library);
        ConversionFunctions.AddTo(library);
        TemporalFunctions.AddTo(library);
        RangeFunctions.AddTo(library);
        ContextFunctions.AddTo(library);
        return library.Build();
    }
}

/// <summary>Collects functions while the library is put together.</summary>
internal sealed class Library
{
    private readonly Dictionary<string, List<Overload>> overloads = new(StringComparer.Ordinal);

    public void Add(string name, string parameters, char result, Body body) =>
        Add(name, new Overload(parameters, result, false, body));

    /// <summary>Adds a function whose last list may also be given item by item.</summary>
    public void AddVariadic(string name, string parameters, char result, Body body) =>
        Add(name, new Overload(parameters, result, true, body));

    public Dictionary<string, BuiltIn> Build() =>
        overloads.ToDictionary(o => o.Key, o => new BuiltIn(o.Key, o.Value.ToImmutableArray()), StringComparer.Ordinal);

    private void Add(string name, Overload overload)
    {
        if (!overloads.TryGetValue(name, out List<Overload>? list))
        {
            overloads.Add(name, list = new List<Overload>());
        }

        list.Add(overload);
    }
}
