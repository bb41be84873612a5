using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderHub.Playing;
using OrderHub.Showing;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Adapters.Csv.Writing;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderHub.Importing;

/// <summary>Runs a user's own files: reads, plays every order, tells what was assumed, and gives the figures.</summary>
internal static class ProfileRun
{
    private const int InFlight = 128;

    public static async Task<bool> RunAsync(
        HubArguments arguments, HubText text, TextWriter output, TextWriter error, Func<string, IOrderStore> open)
    {
        var watch = Stopwatch.StartNew();
        ImportProfile profile = ProfileCatalog.Load(arguments.Profile!, text);
        SourceFiles files = SourceFiles.Open(profile, arguments.Input!, text);
        Survey survey = Survey.Of(files);
        Supply supply = Supply.Of(profile.Name, survey);
        string database = arguments.Database ?? $"orderhub-{profile.Name}-{files.Hash}.db";
        var notes = new ProfileNotes(text, error);
        notes.Assumptions(profile, files, survey, supply, database);
        string letters = arguments.DeadLetters ?? database + ".dead-letters.csv";
        WriteDeadLetters(letters, survey, text.Language);
        notes.DeadLetters(survey, letters);

        // A tenant of its own for this input: a shared database never mixes two inputs, nor their command ids.
        string input = $"{profile.Name}-{files.Hash}";
        var options = new DeskOptions { Tenant = new TenantId(input), Definitions = ShippedTypes.For(profile, text) };
        var tally = new Tally();
        var figures = new ProfileFigures(survey.Last);
        IOrderStore store = open(database);
        try
        {
            await supply.PostAsync(store, options, "hub/" + input, tally).ConfigureAwait(false);
            var lane = new OrderLane(store, options, "hub/" + input, profile, tally);
            int broken = await PlayAsync(files, survey, lane, figures, text, error).ConfigureAwait(false);
            ImmutableArray<Finding> ledger =
                await new OrderDesk(store, new PlayedClock(), options).AuditLedgerAsync().ConfigureAwait(false);
            notes.Outcome(tally, survey.Orders, ledger.Length, broken);
            string line = figures.Json(profile, survey, tally, seconds: watch.ElapsedMilliseconds / 1000m);
            await output.WriteLineAsync(arguments.Json ? line : line.Replace(",\"", ",\n \"", StringComparison.Ordinal))
                .ConfigureAwait(false);
            return ledger.IsEmpty && broken == 0 && tally.Conflicts == 0 && survey.AreUsable;
        }
        finally
        {
            (store as IDisposable)?.Dispose();
        }
    }

    // One part after the other; within a part many orders at once.
    private static async Task<int> PlayAsync(
        SourceFiles files, Survey survey, OrderLane lane, ProfileFigures figures, HubText text, TextWriter error)
    {
        int broken = 0;
        await ProgressBar.ShowAsync(error, text.Say(HubText.Orders), survey.Orders, async advance =>
        {
            var most = new ParallelOptions { MaxDegreeOfParallelism = InFlight };
            for (int part = 0; part < files.Parts; part++)
            {
                ImmutableArray<ImportedOrder> orders = files.ReadPart(part).Documents.Orders;
                await Parallel.ForAsync(0, orders.Length, most, async (i, _) =>
                {
                    (OrderState state, ImmutableArray<EventEnvelope> trail) = await lane.PlayAsync(orders[i]).ConfigureAwait(false);
                    figures.Add(state);
                    if (HashChain.FirstTampered(trail) is not null || trail.Length != state.Version)
                    {
                        Interlocked.Increment(ref broken);
                    }

                    advance();
                }).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        return broken;
    }

    private static void WriteDeadLetters(string file, Survey survey, Language language)
    {
        IEnumerable<DeadLetter> all = survey.DeadOrders
            .Concat(survey.DeadLines).Concat(survey.Stock?.DeadLetters ?? ImmutableArray<DeadLetter>.Empty);
        using var writer = new StreamWriter(file);
        DeadLetterFile.Write(writer, all, language);
    }
}
