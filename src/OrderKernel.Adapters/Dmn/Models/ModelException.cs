using System;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Models;

/// <summary>Stops the reading of a model that cannot be used at all. Never leaves the package.</summary>
internal sealed class ModelException(FindingKind kind, params string[] facts) : Exception(kind.Code)
{
    public Finding Finding { get; } = kind.About(string.Empty, string.Empty, facts);
}
