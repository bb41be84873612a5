using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

/// <summary>Promises about feed, lists, timers, outbox, tenants and texts.</summary>
public static partial class StoreContract
{
    private static async Task FeedIsDense(IOrderStore store)
    {
        for (int round = 0; round < 4; round++)
        {
            var batch = ImmutableArray.CreateBuilder<UnitOfWork>();
            for (int order = 0; order < 5; order++)
            {
                batch.Add(SampleUnits.Events($"c{round}-{order}", "O" + order.ToString(CultureInfo.InvariantCulture), round * 2, 2));
            }

            await store.CommitAsync(batch.ToImmutable(), CancellationToken.None);
        }

        ImmutableArray<FeedEntry> feed = await store.ReadFeedAsync(Tenant, 0, 1000, CancellationToken.None);
        Expect(feed.Length == 40, $"Every event once: {feed.Length} of 40.");
        for (int i = 0; i < feed.Length; i++)
        {
            Expect(feed[i].Position == i + 1, "Positions have no holes.");
        }

        foreach (IGrouping<StreamId, FeedEntry> stream in feed.GroupBy(static entry => entry.Event.Stream))
        {
            Expect(
                stream.Select(static entry => entry.Event.Version).SequenceEqual(Enumerable.Range(1, 8).Select(static v => (long)v)),
                "The events of a stream come in version order.");
        }
    }

    private static async Task FeedPages(IOrderStore store)
    {
        await FeedIsDense(store);
        ImmutableArray<FeedEntry> whole = await store.ReadFeedAsync(Tenant, 0, 1000, CancellationToken.None);
        var paged = new List<FeedEntry>();
        while (true)
        {
            long after = paged.Count == 0 ? 0 : paged[paged.Count - 1].Position;
            ImmutableArray<FeedEntry> page = await store.ReadFeedAsync(Tenant, after, 7, CancellationToken.None);
            Expect(page.Length <= 7, "A page is not longer than asked.");
            paged.AddRange(page);
            if (page.IsEmpty)
            {
                break;
            }
        }

        Expect(paged.SequenceEqual(whole), "The pages together are the feed.");
    }

    private static async Task CommandsPage(IOrderStore store)
    {
        var ids = new List<CommandId>();
        for (int i = 0; i < 9; i++)
        {
            UnitOfWork unit = SampleUnits.Empty("c" + i.ToString(CultureInfo.InvariantCulture), "O1");
            ids.Add(unit.Command.Id);
            await One(store, unit);
        }

        // Another tenant's commands, and those that come while the pages are read, take no place of these.
        await One(store, SampleUnits.Events("foreign", "O1", 0, 2, "theirs", new TenantId("other")));
        var read = new List<CommandId>();
        for (CommandId? after = null; ; after = read[read.Count - 1])
        {
            ImmutableArray<DecidedCommand> page = await store.ReadCommandsAsync(Tenant, after, 4, CancellationToken.None);
            Expect(page.Length <= 4, "A page is not longer than asked.");
            read.AddRange(page.Select(static command => command.Id));
            Expect(read.Count <= 12, "Pages come to an end.");
            if (page.IsEmpty)
            {
                break;
            }

            if (ids.Count < 12)
            {
                UnitOfWork unit = SampleUnits.Empty("c" + ids.Count.ToString(CultureInfo.InvariantCulture), "O1");
                ids.Add(unit.Command.Id);
                await One(store, unit);
            }
        }

        Expect(read.SequenceEqual(ids), "Commands come in the order in which they were committed, each once.");
        ImmutableArray<DecidedCommand> none =
            await store.ReadCommandsAsync(Tenant, CommandId.FromName("never"), 4, CancellationToken.None);
        Expect(none.IsEmpty, "After a command that is not stored there is nothing.");
    }

    private static async Task StreamNamesPage(IOrderStore store)
    {
        foreach (string key in new[] { "b", "a", "C", "a1", "单" })
        {
            await One(store, SampleUnits.Events("c-" + key, key, 0));
        }

        ImmutableArray<StreamId> first =
            await store.ReadStreamNamesAsync(Tenant, StreamId.OrderCategory, string.Empty, 3, CancellationToken.None);
        ImmutableArray<StreamId> rest =
            await store.ReadStreamNamesAsync(Tenant, StreamId.OrderCategory, first[2].Key, 3, CancellationToken.None);
        string[] keys = first.Concat(rest).Select(static name => name.Key).ToArray();
        Expect(keys.SequenceEqual(new[] { "C", "a", "a1", "b", "单" }), "Names come in ordinal order: " + string.Join(" ", keys));
        ImmutableArray<StreamId> other = await store.ReadStreamNamesAsync(Tenant, "stock", string.Empty, 3, CancellationToken.None);
        Expect(other.IsEmpty, "Another category has none.");
    }

    private static async Task TimersFireOnce(IOrderStore store)
    {
        StreamId stream = SampleUnits.OrderStream("O1");
        Instant soon = SampleUnits.Now + Duration.FromHours(1);
        await Set("t1", new TimerChange(stream, "expiry", 1, soon));
        Expect((await Due(soon - Duration.FromMilliseconds(1))).IsEmpty, "A timer does not fire early.");
        Expect((await Due(soon)).Single().Generation == 1, "A timer is due at its moment.");
        await Set("t2", new TimerChange(stream, "expiry", 2, soon + Duration.FromHours(1)));
        Expect((await Due(soon)).IsEmpty, "A timer that was moved is not due at its old moment.");
        await Set("t3", new TimerChange(stream, "expiry", 1, null));
        Expect((await Due(soon + Duration.FromHours(1))).Single().Generation == 2, "Clearing an old setting leaves the new one.");
        await Set("t4", new TimerChange(stream, "expiry", 1, soon));
        Expect((await Due(soon)).IsEmpty, "An old setting that comes late changes nothing.");
        await Set("t5", new TimerChange(stream, "expiry", 2, null));
        Expect((await Due(soon + Duration.FromDays(9))).IsEmpty, "A cleared timer is gone.");

        async Task Set(string command, TimerChange timer) =>
            await One(store, SampleUnits.Empty(command, "O1") with { Timers = ImmutableArray.Create(timer) });

        async Task<ImmutableArray<TimerChange>> Due(Instant now) =>
            await store.ReadDueTimersAsync(Tenant, now, 10, CancellationToken.None);
    }

    private static async Task OutboxIsMarked(IOrderStore store)
    {
        var messages = new List<OutgoingMessage>();
        for (int i = 0; i < 3; i++)
        {
            UnitOfWork unit = SampleUnits.Events("c" + i.ToString(CultureInfo.InvariantCulture), "O1", i);
            OutgoingMessage message = OutgoingMessage.Announce(unit.Appends[0].Events[0], "orders");
            messages.Add(message);
            await One(store, unit with { Messages = ImmutableArray.Create(message) });
        }

        ImmutableArray<OutgoingMessage> waiting = await store.ReadOutboxAsync(Tenant, 10, CancellationToken.None);
        Expect(waiting.SequenceEqual(messages), "Messages come back as written, in commit order.");
        await store.MarkSentAsync(Tenant, ImmutableArray.Create(messages[0].Id, Guid.Empty), CancellationToken.None);
        await store.MarkSentAsync(Tenant, ImmutableArray.Create(messages[0].Id), CancellationToken.None);
        waiting = await store.ReadOutboxAsync(Tenant, 1, CancellationToken.None);
        Expect(waiting.Single().Equals(messages[1]), "A message that was sent is not read again; the next one is.");
    }

    private static async Task TenantsDoNotMeet(IOrderStore store)
    {
        var other = new TenantId("other");
        await One(store, SampleUnits.Events("c1", "O1", 0));
        await One(store, SampleUnits.Receipt("r1", 5));
        UnitResult same = await One(store, SampleUnits.Events("c1", "O1", 0, 2, "theirs", other));
        Expect(same.Status == UnitStatus.Committed, "Ids of one tenant mean nothing to another.");
        Expect((await One(store, SampleUnits.Receipt("r1", 9, other))).Status == UnitStatus.Committed, "Nor do its commands.");
        ImmutableArray<FeedEntry> feed = await store.ReadFeedAsync(other, 0, 10, CancellationToken.None);
        Expect(feed.Length == 2 && feed[0].Position == 1, "Each tenant has a feed of its own.");
        StockPicture stock = await store.ReadStockAsync(Tenant, ImmutableArray.Create(SampleUnits.Sku), CancellationToken.None);
        Expect(stock.FreeIn(SampleUnits.Cell) == 5, "Stock is not shared.");
        await KernelLaws.LedgerConserves(store, Tenant);
        await KernelLaws.LedgerConserves(store, other);
    }

    private static async Task TextsComeBack(IOrderStore store)
    {
        string[] texts = { "O'Reilly \"x\" \\ %_;--", "换行\n制表\t", "𠮷野家 😀", "\u0001\u007f\ufeff", " 前后 " };
        for (int i = 0; i < texts.Length; i++)
        {
            UnitOfWork unit = SampleUnits.Events("c" + i.ToString(CultureInfo.InvariantCulture), "订单" + texts[i].Trim(), 0, 1, texts[i]);
            Expect((await One(store, unit)).Status == UnitStatus.Committed, "A text of any script is stored.");
            ImmutableArray<EventEnvelope> stream = await store.ReadStreamAsync(Tenant, unit.Appends[0].Stream, 0, CancellationToken.None);
            Expect(stream.Single().Equals(unit.Appends[0].Events[0]), "It comes back unchanged.");
            Expect(stream.Single().ComputeHash() == stream.Single().Hash, "Its hash still fits.");
        }
    }
}
