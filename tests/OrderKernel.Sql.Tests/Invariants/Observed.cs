using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;
using OrderKernel.Testing;

namespace OrderKernel.Sql.Tests.Invariants;

/// <summary>A command that was submitted a second time.</summary>
/// <param name="First">What was answered first.</param>
/// <param name="Again">What the same command was answered under the same id.</param>
/// <param name="Reused">What became of another command under that id.</param>
internal sealed record Repetition(DeskResult First, DeskResult Again, DeskStatus Reused);

/// <summary>An order as it is known in three places, each written out.</summary>
/// <param name="Order">The order.</param>
/// <param name="Remembered">By the desk that played the script, which folded event after event.</param>
/// <param name="Folded">By the stored events, read back.</param>
/// <param name="Row">Its row of the board, made of what is folded.</param>
/// <param name="Board">By the board that followed the feed.</param>
/// <param name="Rebuilt">By the board made anew.</param>
internal sealed record KnownThrice(OrderId Order, string Remembered, string Folded, string Row, string Board, string Rebuilt);

/// <summary>Everything that a store says about one tenant after a script, as the invariants look at it.</summary>
internal sealed record Observed
{
    public ImmutableArray<Submission> Submissions { get; init; }

    public ImmutableArray<DecidedCommand> Commands { get; init; }

    public ImmutableArray<FeedEntry> Feed { get; init; }

    public LedgerContents Ledger { get; init; } = null!;

    /// <summary>The messages that waited before the relay came.</summary>
    public ImmutableArray<OutgoingMessage> Messages { get; init; }

    /// <summary>What the relay brought, in order.</summary>
    public ImmutableArray<OutgoingMessage> Sent { get; init; }

    /// <summary>What waited still when it was done.</summary>
    public int Left { get; init; }

    public ImmutableArray<Repetition> Repetitions { get; init; }

    public ImmutableArray<KnownThrice> Orders { get; init; }

    public ImmutableArray<CommandId> DecidedDifferently { get; init; }

    /// <summary>The tenant's history before another tenant lived through the same, and after.</summary>
    public (string Before, string After) Alone { get; init; }

    /// <summary>What a tenant that did nothing sees.</summary>
    public int SeenByNobody { get; init; }

    /// <summary>Plays a script for one tenant, the same for another with the same names, and looks at the first.</summary>
    public static async Task<Observed> Play(IOrderStore store, Script script)
    {
        var tenant = new TenantId("tenant-a");
        ScriptPlay play = await Play(store, tenant, script);
        string before = await History(store, tenant);
        await Play(store, new TenantId("tenant-b"), script);
        var seen = new Observed
        {
            Submissions = [.. play.Submissions],
            Commands = await store.ReadCommandsAsync(tenant, null, int.MaxValue, default),
            Feed = await store.ReadFeedAsync(tenant, 0, int.MaxValue, default),
            Ledger = await store.ReadLedgerAsync(tenant, default),
            Messages = await store.ReadOutboxAsync(tenant, int.MaxValue, default),
            Repetitions = await Repeat(play),
            Orders = await Know(play, store, tenant),
            DecidedDifferently = (await play.Desk.ReplayAsync()).Differing,
            Alone = (before, await History(store, tenant)),
            SeenByNobody = await Strange(store, play),
        };
        var receiver = new Receiver();
        var relay = new MessageRelay((IOutbox)store, receiver, play.Clock, tenant);
        while ((await relay.RunAsync()).HasProgress)
        {
        }

        return seen with
        {
            Sent = [.. receiver.Taken],
            Left = (await store.ReadOutboxAsync(tenant, int.MaxValue, default)).Length,
        };
    }

    private static async Task<ScriptPlay> Play(IOrderStore store, TenantId tenant, Script script)
    {
        DeskOptions options = new() { Tenant = tenant };
        foreach (string type in new[] { "order.captured", "order.stock_held", "order.shipped" })
        {
            options.Announce(type, "erp");
        }

        var play = new ScriptPlay(store, "law", options);
        await play.PlayAsync(script);
        return play;
    }

    private static async Task<ImmutableArray<Repetition>> Repeat(ScriptPlay play)
    {
        var repetitions = ImmutableArray.CreateBuilder<Repetition>();
        for (int i = 0; i < play.Submissions.Count; i++)
        {
            Submission sent = play.Submissions[i];
            var other = new ArchiveOrder(new OrderId("another"), "other body");
            DeskResult again = await play.Desk.SubmitAsync(sent);
            DeskResult reused = play.Results[i].Status == DeskStatus.Malformed
                ? again
                : await play.Desk.SubmitAsync(new Submission(sent.Id, sent.Actor, other));
            repetitions.Add(new Repetition(play.Results[i], again, reused.Status));
        }

        return repetitions.ToImmutable();
    }

    private static async Task<ImmutableArray<KnownThrice>> Know(ScriptPlay play, IOrderStore store, TenantId tenant)
    {
        var board = (IOrderBoard)store;
        var projection = new BoardProjection(store, board, tenant);
        await projection.CatchUpAsync(7);
        Dictionary<OrderId, string> live = await Entries(board, tenant);
        await projection.RebuildAsync();
        Dictionary<OrderId, string> rebuilt = await Entries(board, tenant);
        var known = ImmutableArray.CreateBuilder<KnownThrice>();
        foreach (OrderId order in play.Orders)
        {
            var stream = new StreamId(StreamId.OrderCategory, order.Text);
            OrderState folded = StoredForms.FoldOrder(await store.ReadStreamAsync(tenant, stream, 0, default));
            known.Add(new KnownThrice(
                order, Write(await play.Desk.ReadOrderAsync(order)), Write(folded),
                folded.Exists ? BoardEntry.Of(order, folded).ToString() : string.Empty,
                live.GetValueOrDefault(order, string.Empty), rebuilt.GetValueOrDefault(order, string.Empty)));
        }

        return known.ToImmutable();
    }

    private static async Task<Dictionary<OrderId, string>> Entries(IOrderBoard board, TenantId tenant) =>
        (await board.ReadBoardAsync(tenant, new BoardQuery(null, BoardSort.Order), default))
            .ToDictionary(entry => entry.Order, entry => entry.ToString());

    private static string Write(OrderState state) => string.Join('\n', state.Lines
        .Select(line => $"{line.Number} {line.Sku} {line.Ordered} {line.Held} {line.Shipped} {line.Cancelled} "
            + $"{line.Delivered} {line.Returned} {string.Join(',', line.Holds)}")
        .Append($"{state.Stage} {state.FirstPromise} {state.CurrentPromise} {state.Standing} {string.Join(',', state.Blocks)}"));

    /// <summary>All that a tenant has, as text.</summary>
    private static async Task<string> History(IOrderStore store, TenantId tenant)
    {
        LedgerContents ledger = await store.ReadLedgerAsync(tenant, default);
        return string.Join('\n', (await store.ReadFeedAsync(tenant, 0, int.MaxValue, default)).Select(e => $"{e.Position} {e.Event.Hash}")
            .Concat((await store.ReadCommandsAsync(tenant, null, int.MaxValue, default)).Select(c => c.Id + c.FactsHash + c.Outcome))
            .Concat(ledger.Journal.Select(posting => posting.ToString())).Concat(ledger.Balances.Select(cell => cell.ToString()))
            .Concat(ledger.Holds.Select(held => held.ToString())));
    }

    private static async Task<int> Strange(IOrderStore store, ScriptPlay play)
    {
        var nobody = new TenantId("tenant-c");
        int seen = (await History(store, nobody)).Length;
        foreach (Submission submission in play.Submissions)
        {
            seen += await store.ReadCommandAsync(nobody, submission.Id, default) is null ? 0 : 1;
            seen += (await store.ReadStreamAsync(nobody, submission.Command.Stream, 0, default)).Length;
        }

        return seen;
    }

    private sealed class Receiver : IMessageSender
    {
        private readonly List<OutgoingMessage> taken = new();

        public IReadOnlyList<OutgoingMessage> Taken => taken;

        public ValueTask PrepareAsync(CancellationToken cancellation) => default;

        public ValueTask SendAsync(TenantId tenant, OutgoingMessage message, CancellationToken cancellation)
        {
            taken.Add(message);
            return default;
        }
    }
}
