using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

/// <summary>Promises about what an audit reads.</summary>
public static partial class StoreContract
{
    private static async Task SealsCoverCommands(IOrderStore store)
    {
        if (store is not IStoredHistory history)
        {
            return;
        }

        await One(store, SampleUnits.Receipt("r1", 10));
        await One(store, SampleUnits.Events("c1", "O1", 0));
        Expect((await Seals(history)).Count > 0, "What was committed is sealed when the seals are read.");
        await store.CommitAsync(
            ImmutableArray.Create(SampleUnits.Empty("c2", "O1"), SampleUnits.Events("c3", "O2", 0), SampleUnits.Events("late", "O2", 0)),
            CancellationToken.None);
        List<HistorySeal> seals = await Seals(history);
        Expect(
            seals.Select(static seal => seal.Number).SequenceEqual(Enumerable.Range(1, seals.Count).Select(static i => (long)i)),
            "Seals are numbered without holes.");
        IEnumerable<CommandId> named = seals.SelectMany(static seal => seal.Commands.Select(static command => command.Id));
        ImmutableArray<DecidedCommand> stored = await store.ReadCommandsAsync(Tenant, null, 100, CancellationToken.None);
        Expect(
            named.OrderBy(static id => id.Value).SequenceEqual(stored.Select(static one => one.Id).OrderBy(static id => id.Value)),
            "Each command stands in one seal, refused ones too, and none that lost a race.");
        Expect(
            seals[seals.Count - 1].FeedEnd == (await store.ReadFeedAsync(Tenant, 0, 100, CancellationToken.None)).Length,
            "The seals cover the feed.");
        ImmutableArray<TenantId> tenants = await history.ReadTenantsAsync(CancellationToken.None);
        Expect(tenants.SequenceEqual(new[] { Tenant }), "The store names its tenants.");
        StoredContents contents = await history.ReadContentsAsync(Tenant, CancellationToken.None);
        Expect(
            contents.Postings.Length == 1 && contents.Postings[0].Command == CommandId.FromName("r1"),
            "A movement names the command that made it.");
        Expect(
            contents.Streams.Any(static one => one.Stream == SampleUnits.OrderStream("O1") && one.Version == 1),
            "Streams have versions.");
    }

    // A page at a time, so that paging is tried too.
    private static async Task<List<HistorySeal>> Seals(IStoredHistory history)
    {
        var all = new List<HistorySeal>();
        ImmutableArray<HistorySeal> page;
        do
        {
            page = await history.ReadSealsAsync(Tenant, all.Count, 1, CancellationToken.None);
            all.AddRange(page);
        }
        while (!page.IsEmpty);
        return all;
    }
}
