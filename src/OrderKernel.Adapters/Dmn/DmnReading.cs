using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn;

/// <summary>What reading a model gave: the model, or what stands against it; warnings come with either.</summary>
public sealed class DmnReading
{
    internal DmnReading(DmnModel? model, ImmutableArray<Finding> findings)
    {
        Model = model;
        Findings = findings;
    }

    /// <summary>The model; null when a finding refuses it.</summary>
    public DmnModel? Model { get; }

    /// <summary>Everything found, in the order of the file; the subject names the place: decision / row / column.</summary>
    public ImmutableArray<Finding> Findings { get; }
}
