using System;
using System.IO;
using System.Threading.Tasks;
using OrderHub.Importing;
using OrderHub.Playing;
using OrderHub.Showing;
using OrderHub.Sourcing;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Sql;
using OrderKernel.Cli;
using OrderKernel.Findings;
using OrderKernel.Storage;

namespace OrderHub;

/// <summary>The sample as a function of its arguments and writers, so that tests can run it in-process.</summary>
public static class Hub
{
    private const int Done = 0;
    private const int Wrong = 1;
    private const int Misused = 2;

    /// <summary>Runs the sample.</summary>
    /// <param name="args">What stands on the command line.</param>
    /// <param name="output">Where the board, or the one JSON line, goes.</param>
    /// <param name="error">Where everything else goes.</param>
    /// <param name="open">Opens the store in a file; null for the sample's own.</param>
    /// <returns>0 when all is well; 1 when the books do not agree or a file lacks what it needs; 2 when the arguments,
    /// the profile or the files cannot be used.</returns>
    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter error, Func<string, IOrderStore>? open = null)
    {
        HubArguments arguments = HubArguments.Read(args);
        HubText text = HubText.In(arguments.Language);
        if (arguments.Fault is { } fault)
        {
            await error.WriteLineAsync(fault).ConfigureAwait(false);
            await error.WriteLineAsync(text.Say(HubText.Usage)).ConfigureAwait(false);
            await error.WriteLineAsync(text.Say(HubText.UsageSourcing)).ConfigureAwait(false);
            return Misused;
        }

        if (arguments.WantsHelp)
        {
            await output.WriteLineAsync(text.Say(HubText.Usage)).ConfigureAwait(false);
            await output.WriteLineAsync(text.Say(HubText.UsageSourcing)).ConfigureAwait(false);
            return Done;
        }

        try
        {
            if (arguments.WantsPlans)
            {
                await SplitPlans.PrintAsync(text, output).ConfigureAwait(false);
                return Done;
            }

            bool agrees = arguments.Brunel is { } folder ? await BrunelRun.RunAsync(folder, text, output).ConfigureAwait(false)
                : arguments.Profile is null
                ? await BundledRun.RunAsync(arguments, text, output, open ?? OpenStore).ConfigureAwait(false)
                : await ProfileRun.RunAsync(arguments, text, output, error, open ?? OpenStore).ConfigureAwait(false);
            return agrees ? Done : Wrong;
        }
        catch (ProfileException bad)
        {
            await error.WriteLineAsync(bad.Text(arguments.Language)).ConfigureAwait(false);
            return Misused;
        }
        catch (TextFileException bad)
        {
            await error.WriteLineAsync(bad.Finding.Text(arguments.Language)).ConfigureAwait(false);
            return Misused;
        }
        catch (Exception bad) when (bad is InputException or OrderKernelException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(bad.Message).ConfigureAwait(false);
            return Misused;
        }
    }

    // The one place that chooses a store.
    private static SqliteStore OpenStore(string file) =>
        SqliteStore.Open(new SqliteStoreOptions(file) { Schema = SchemaMode.Create });
}
