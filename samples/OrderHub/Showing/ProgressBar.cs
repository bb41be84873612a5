using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Spectre.Console;

namespace OrderHub.Showing;

/// <summary>A progress bar where somebody watches; nothing where the writer is no terminal.</summary>
internal static class ProgressBar
{
    public static async Task ShowAsync(TextWriter writer, string title, int steps, Func<Action, Task> work)
    {
        bool watched = (ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected)
            || (ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected);
        if (!watched)
        {
            await work(static () => { }).ConfigureAwait(false);
            return;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        await console.Progress().StartAsync(async context =>
        {
            ProgressTask task = context.AddTask(title, true, steps);
            int done = 0;
            await work(() => task.Value = Interlocked.Increment(ref done)).ConfigureAwait(false);
            task.Value = steps;
        }).ConfigureAwait(false);
    }
}
