namespace OrderKernel.Adapters.Dmn.Strict;

/// <summary>The facts that a host supplies to its rules.</summary>
public sealed class FactSchema
{
}
