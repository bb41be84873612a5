using System.Collections.Generic;
using OrderKernel.Adapters.Dmn.Models;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Strict;

internal static class Checker
{
    public static IEnumerable<Finding> Check(ModelBuilder model, FactSchema? schema)
    {
        yield break;
    }
}
