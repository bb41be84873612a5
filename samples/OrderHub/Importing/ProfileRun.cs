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
        SourceFiles files = SourceFiles.Read(profile, arguments.Input!, text);
        OrderDocuments documents = OrderDocuments.Join(profile, files.Orders, files.Lines);
        Supply supply = Supply.Of(profile.Name, files, documents.Orders);
        string database = arguments.Database ?? $"orderhub-{profile.Name}-{files.Hash}.db";
        var notes = new ProfileNotes(text, error);
        notes.Assumptions(profile, files, supply, database);
        string letters = arguments.DeadLetters ?? database + ".dead-letters.csv";
        WriteDeadLetters(letters, documents, files, text.Language);
        notes.DeadLetters(documents, letters);

        // A tenant of its own for this input: a shared database never mixes two inputs, nor their command ids.
        string input = $"{profile.Name}-{files.Hash}";
        var options = new DeskOptions { Tenant = new TenantId(input), Definitions = ShippedTypes.For(profile, text) };
        var tally = new Tally();
        IOrderStore store = open(database);
        try
        {
            await supply.PostAsync(store, options, "hub/" + input, tally).ConfigureAwait(false);
            var states = new OrderState[documents.Orders.Length];
            int broken = await PlayAsync(profile, documents.Orders, states, store, options, tally, text, error)
                .ConfigureAwait(false);
            ImmutableArray<Finding> ledger =
                await new OrderDesk(store, new PlayedClock(), options).AuditLedgerAsync().ConfigureAwait(false);
            notes.Outcome(tally, states.Length, ledger.Length, broken);
            decimal seconds = watch.ElapsedMilliseconds / 1000m;
            Instant asOf = Latest(documents.Orders);
            string line = ProfileFigures.Json(profile, documents, states, tally, asOf, seconds);
            await output.WriteLineAsync(arguments.Json ? line : line.Replace(",\"", ",\n \"", StringComparison.Ordinal))
                .ConfigureAwait(false);
            return ledger.IsEmpty && broken == 0 && tally.Conflicts == 0 && files.AreUsable;
        }
        finally
        {
            (store as IDisposable)?.Dispose();
        }
    }

    private static async Task<int> PlayAsync(
        ImportProfile profile, ImmutableArray<ImportedOrder> orders, OrderState[] states, IOrderStore store, DeskOptions options,
        Tally tally, HubText text, TextWriter error)
    {
        int broken = 0;
        await ProgressBar.ShowAsync(error, text.Say(HubText.Orders), orders.Length, async advance =>
        {
            var lane = new OrderLane(store, options, "hub/" + options.Tenant.Text, profile, tally);
            var most = new ParallelOptions { MaxDegreeOfParallelism = InFlight };
            await Parallel.ForAsync(0, orders.Length, most, async (i, _) =>
            {
                (OrderState state, ImmutableArray<EventEnvelope> trail) = await lane.PlayAsync(orders[i]).ConfigureAwait(false);
                states[i] = state;
                if (HashChain.FirstTampered(trail) is not null || trail.Length != state.Version)
                {
                    Interlocked.Increment(ref broken);
                }

                advance();
            }).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return broken;
    }

    private static void WriteDeadLetters(string file, OrderDocuments documents, SourceFiles files, Language language)
    {
        IEnumerable<DeadLetter> all = documents.DeadOrders
            .Concat(documents.DeadLines).Concat(files.Stock?.DeadLetters ?? ImmutableArray<DeadLetter>.Empty);
        using var writer = new StreamWriter(file);
        DeadLetterFile.Write(writer, all, language);
    }

    private static Instant Latest(ImmutableArray<ImportedOrder> orders) => orders
        .SelectMany(static order => new[] { order.Head.PlacedAt, order.Head.ShippedAt, order.Head.DeliveredAt })
        .Max() ?? Instant.FromUnixTimeTicks(0);
}
