using System;
using System.CommandLine;
using System.IO;

namespace OrderKernel.Definitions.Tests;

/// <summary>A command of the tool, run in-process: its exit code and all that it says.</summary>
internal static class ConsoleRun
{
    public static (int Exit, string Output) Of(Command command, params string[] args)
    {
        using var output = new StringWriter();
        (TextWriter console, TextWriter errors) = (Console.Out, Console.Error);
        Console.SetOut(output);
        Console.SetError(output);
        try
        {
            int exit = command.Parse(args).Invoke();
            return (exit, output.ToString());
        }
        finally
        {
            Console.SetOut(console);
            Console.SetError(errors);
        }
    }
}
