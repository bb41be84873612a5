using System.CommandLine;

namespace OrderKernel.Cli;

internal static class ReallocateCommand
{
    public static Command Build() => new("reallocate", "x");
}
