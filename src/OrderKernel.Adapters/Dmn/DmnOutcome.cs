using System.Collections.Immutable;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn;

/// <summary>The answer of a model.</summary>
/// <remarks><para>Shape: a value with no faults is sound; null with faults is an error that names its cause.</para></remarks>
public sealed class DmnOutcome
{
    internal DmnOutcome(FeelValue value, ImmutableArray<Finding> faults, ImmutableArray<TableTrace> tables)
    {
        Value = value;
        Faults = faults;
        Tables = tables;
    }

    /// <summary>The value; null when there is none.</summary>
    public FeelValue Value { get; }

    /// <summary>True when no operation went without an answer: a null value is then meant.</summary>
    public bool IsSound => Faults.IsEmpty;

    /// <summary>Every operation without an answer, in the order met; at most a hundred and one.</summary>
    public ImmutableArray<Finding> Faults { get; }

    /// <summary>What each table met, in the order evaluated; empty without a trace.</summary>
    public ImmutableArray<TableTrace> Tables { get; }

    /// <summary>The same outcome with a part of the value in the value's place.</summary>
    /// <param name="value">The part, such as one output of a decision service.</param>
    public DmnOutcome WithValue(FeelValue value) => new(value, Faults, Tables);

    internal static DmnOutcome Of(Finding fault) =>
        new(FeelValue.Null, ImmutableArray.Create(fault), ImmutableArray<TableTrace>.Empty);
}
