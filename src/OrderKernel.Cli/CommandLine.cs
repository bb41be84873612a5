using System;
using System.CommandLine;

namespace OrderKernel.Cli;

/// <summary>The program: every command, with the one place where its text is written.</summary>
internal static class CommandLine
{
    /// <param name="args">What the program is called with.</param>
    /// <param name="isTerminal">Whether somebody reads along; null for what the system says.</param>
    public static int Run(string[] args, bool? isTerminal = null)
    {
        Console.SetOut(new TerminalWriter(Console.Out, isTerminal ?? !Console.IsOutputRedirected));
        Console.SetError(new TerminalWriter(Console.Error, isTerminal ?? !Console.IsErrorRedirected));
        return Root().Parse(args).Invoke(new InvocationConfiguration { Output = Console.Out, Error = Console.Error });
    }

    private static RootCommand Root() => new("orderkernel: decisions of the order-management kernel on your own files.")
    {
        RulesCommand.Build(), SourceCommand.Build(), ReallocateCommand.Build(), PackCommand.Build(), PromiseCommand.Build(),
        DbCommand.Build(), LifecycleCommand.Build(), CalendarCommand.Build(),
    };
}
