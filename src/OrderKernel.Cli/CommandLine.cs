using System;
using System.CommandLine;

namespace OrderKernel.Cli;

/// <summary>The program: every command, with the one place where its text is written.</summary>
internal static class CommandLine
{
    public static int Run(params string[] args)
    {
        Console.SetOut(new TerminalWriter(Console.Out, !Console.IsOutputRedirected));
        Console.SetError(new TerminalWriter(Console.Error, !Console.IsErrorRedirected));
        return Root().Parse(args).Invoke(new InvocationConfiguration { Output = Console.Out, Error = Console.Error });
    }

    private static RootCommand Root() => new("orderkernel: decisions of the order-management kernel on your own files.")
    {
        RulesCommand.Build(), SourceCommand.Build(), ReallocateCommand.Build(), PackCommand.Build(), PromiseCommand.Build(),
        DbCommand.Build(), LifecycleCommand.Build(), CalendarCommand.Build(),
    };
}
