using System.Collections.Immutable;
using OrderKernel.Adapters.Dmn.Strict;

namespace OrderKernel.Adapters.Dmn;

/// <summary>How a model is read.</summary>
/// <param name="IsStrict">True (the default) to refuse what could become a silent null; false for the letter of the
/// standard.</param>
/// <param name="Schema">The facts that a host supplies; null to take the model's own input data for them.</param>
/// <param name="Imports">The texts of the models that this one imports; may be empty.</param>
public sealed record DmnReadOptions(bool IsStrict = true, FactSchema? Schema = null, ImmutableArray<string> Imports = default)
{
    /// <summary>Strict reading without a schema: the default.</summary>
    public static DmnReadOptions Strict { get; } = new();

    /// <summary>The letter of the standard: what cannot be read evaluates to null.</summary>
    public static DmnReadOptions Spec { get; } = new(IsStrict: false);
}
