using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

/// <summary>The laws that hold after any script on any store. Each throws <see cref="LawBrokenException"/> naming what broke it.</summary>
public static partial class KernelLaws
{
    /// <summary>Deciding is total and folding never refuses what was decided: the script plays to its end.</summary>
    /// <param name="play">The play.</param>
    /// <param name="script">The script.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task PlaysToTheEnd(ScriptPlay play, Script script, CancellationToken cancellation = default)
    {
        try
        {
            await play.PlayAsync(script, cancellation).ConfigureAwait(false);
        }
        catch (System.Exception fault) when (fault is System.ArgumentException or System.InvalidOperationException)
        {
            throw new LawBrokenException($"Deciding or folding threw {fault.GetType().Name}: {fault.Message}", fault);
        }

        foreach (DeskResult result in play.Results)
        {
            LawBrokenException.Unless(result.IsAccepted == result.Findings.IsEmpty, "A refusal says why; an acceptance does not.");
        }
    }

    /// <summary>A command repeated under its id returns the stored outcome byte for byte and changes nothing.</summary>
    /// <param name="play">A play that has been played.</param>
    /// <param name="store">Its store.</param>
    /// <param name="tenant">Its tenant.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task RepeatsChangeNothing(
        ScriptPlay play, IOrderStore store, TenantId tenant, CancellationToken cancellation = default)
    {
        ImmutableArray<FeedEntry> before = await store.ReadFeedAsync(tenant, 0, int.MaxValue, cancellation).ConfigureAwait(false);
        for (int i = 0; i < play.Submissions.Count; i++)
        {
            DeskResult again = await play.Desk.SubmitAsync(play.Submissions[i], cancellation).ConfigureAwait(false);
            DeskStatus expected = play.Results[i].Status == DeskStatus.Malformed ? DeskStatus.Malformed : DeskStatus.Repeated;
            LawBrokenException.Unless(again.Status == expected, $"Repeating command {i} answers {again.Status}.");
            LawBrokenException.Unless(
                again.Outcome.ToJson() == play.Results[i].Outcome.ToJson(), $"Repeating command {i} answers another outcome.");
        }

        ImmutableArray<FeedEntry> after = await store.ReadFeedAsync(tenant, 0, int.MaxValue, cancellation).ConfigureAwait(false);
        LawBrokenException.Unless(before.SequenceEqual(after), "Repeating the commands changed the feed.");
    }

    /// <summary>The ledger conserves: balances are the sums of their movements, accounts sum to zero, holds are what is reserved,
    /// and only supply and, where it is permitted, what is available are below zero.</summary>
    /// <param name="store">The store.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task LedgerConserves(IOrderStore store, TenantId tenant, CancellationToken cancellation = default)
    {
        LedgerContents ledger = await store.ReadLedgerAsync(tenant, cancellation).ConfigureAwait(false);
        ImmutableArray<Finding> findings = Stock.LedgerAudit.Check(ledger.Journal, ledger.Balances, ledger.Holds);
        LawBrokenException.Unless(findings.IsEmpty, "The ledger does not agree: " + string.Join("; ", findings));
        foreach (Stock.CellBalance balance in ledger.Balances)
        {
            for (var account = Stock.StockAccount.Reserved; account <= Stock.StockAccount.Scrap; account++)
            {
                LawBrokenException.Unless(balance[account] >= 0, $"{balance.Cell} {account} is {balance[account]}.");
            }

            LawBrokenException.Unless(balance.OnHand >= 0, $"{balance.Cell}: {balance.OnHand} lie there.");
        }
    }

    /// <summary>The counters of every line keep their inequalities, its holds are what the ledger reserves for it, and no serial number is
    /// out twice.</summary>
    /// <param name="play">A play that has been played.</param>
    /// <param name="store">Its store.</param>
    /// <param name="tenant">Its tenant.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task CountersHold(
        ScriptPlay play, IOrderStore store, TenantId tenant, CancellationToken cancellation = default)
    {
        LedgerContents ledger = await store.ReadLedgerAsync(tenant, cancellation).ConfigureAwait(false);
        foreach (OrderId order in play.Orders)
        {
            OrderState state = await play.Desk.ReadOrderAsync(order, cancellation).ConfigureAwait(false);
            string? twice = state.Shipments.SelectMany(Outside).GroupBy(static number => number)
                .FirstOrDefault(static same => same.Count() > 1)?.Key;
            LawBrokenException.Unless(twice is null, $"{order}: serial {twice} is out twice.");
            foreach (OrderLine line in state.Lines)
            {
                bool holds = line.Held.Units + line.Shipped.Units + line.Cancelled.Units <= line.Ordered.Units
                    && line.Returned + line.Consumed <= line.Delivered && line.Delivered <= line.Shipped
                    && line.Holds.Sum(hold => hold.Quantity.Units) == line.Held.Units;
                LawBrokenException.Unless(holds, $"{order} line {line.Number}: {line}");
                long reserved = ledger.Holds.Where(h => h.Order == order && h.Line == line.Number).Sum(h => h.Quantity.Units);
                LawBrokenException.Unless(reserved == line.Held.Units, $"{order} line {line.Number}: {reserved} in the ledger.");
                long left = state.Shipments.SelectMany(s => s.Takes).Where(t => t.Line == line.Number).Sum(t => t.Quantity.Units);
                bool isWork = state.Features.Any(static feature => feature.Code == "service");
                LawBrokenException.Unless(isWork || left == line.Shipped.Units, $"{order} line {line.Number}: {left} in its shipments.");
            }
        }
    }

    /// <summary>An accepted hold is so: what is open afterwards is held, at the nodes asked for where nothing was taken, until when it
    /// said, and what is not stands among its shortages.</summary>
    /// <param name="play">A play that has been played.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task HoldsAreSo(ScriptPlay play, CancellationToken cancellation = default)
    {
        for (int i = 0; i < play.Results.Count; i++)
        {
            DeskResult result = play.Results[i];
            if (!result.IsAccepted || play.Submissions[i].Command is not HoldStock { Plan.IsDefaultOrEmpty: true } hold)
            {
                continue;
            }

            OrderState after = await play.Desk.ReadRevisionAsync(hold.Order, result.Outcome.Version, cancellation).ConfigureAwait(false);
            long missing = after.Lines.Sum(static line => line.Unheld.Units);
            bool isFrame = after.Features.Any(static feature => feature.Code == "subscription");
            LawBrokenException.Unless(
                isFrame || missing == result.Shortages.Sum(static one => one.Missing.Units), $"{hold}: {missing} missing and not said.");
            LawBrokenException.Unless(after.Lines.Any(static line => !line.Held.IsZero), $"{hold}: accepted, and nothing is held.");
            LawBrokenException.Unless(
                hold.ExpiresAt is null || after.HoldsExpireAt == hold.ExpiresAt, $"{hold}: held until {after.HoldsExpireAt}.");
            LawBrokenException.Unless(
                result.Extent != DeskExtent.AlreadySo || hold.Nodes.IsDefault
                    || after.Lines.All(line => line.Holds.All(one => hold.Nodes.Contains(one.Cell.Node))), $"{hold}: held elsewhere.");
        }
    }

    /// <summary>Events and commands read back as they were written, every stream's hash chain is intact, and every decision comes
    /// out byte for byte when it is replayed from its recorded facts.</summary>
    /// <param name="play">A play that has been played.</param>
    /// <param name="store">Its store.</param>
    /// <param name="tenant">Its tenant.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task HistoryReplays(
        ScriptPlay play, IOrderStore store, TenantId tenant, CancellationToken cancellation = default)
    {
        ImmutableArray<FeedEntry> feed = await store.ReadFeedAsync(tenant, 0, int.MaxValue, cancellation).ConfigureAwait(false);
        foreach (FeedEntry entry in feed)
        {
            string again = StoredForms.ReadEvent(entry.Event).ToJson();
            LawBrokenException.Unless(again == entry.Event.Payload, $"{entry.Event.EventType} reads back as {again}.");
        }

        foreach (IGrouping<StreamId, FeedEntry> stream in feed.GroupBy(static entry => entry.Event.Stream))
        {
            long? tampered = HashChain.FirstTampered(stream.Select(static entry => entry.Event));
            LawBrokenException.Unless(tampered is null, $"{stream.Key}: the chain breaks at version {tampered}.");
        }

        foreach (Submission submission in play.Submissions)
        {
            string body = submission.Command.ToJson();
            LawBrokenException.Unless(StoredForms.ReadCommand(body).ToJson() == body, $"A command reads back differently: {body}");
        }

        ReplayReport replay = await play.Desk.ReplayAsync(cancellation).ConfigureAwait(false);
        LawBrokenException.Unless(
            replay.Differing.IsEmpty, $"{replay.Differing.Length} decisions come out differently when replayed.");
    }

    /// <summary>The index of open lines is what the orders say, row by row.</summary>
    /// <param name="store">The store.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task OpenLinesAgree(IOrderStore store, TenantId tenant, CancellationToken cancellation = default)
    {
        var expected = new List<OpenLine>();
        var skus = new SortedSet<Sku>();
        foreach (StreamId name in await store.ReadStreamNamesAsync(
            tenant, StreamId.OrderCategory, string.Empty, int.MaxValue, cancellation).ConfigureAwait(false))
        {
            OrderState state = StoredForms.FoldOrder(
                await store.ReadStreamAsync(tenant, name, 0, cancellation).ConfigureAwait(false));
            expected.AddRange(OpenLine.Changes(new OrderId(name.Key), OrderState.None, state));
            skus.UnionWith(state.Lines.Select(static line => line.Sku));
        }

        ImmutableArray<OpenLine> kept = await store.ReadOpenLinesAsync(
            tenant, ImmutableArray.CreateRange(skus), cancellation).ConfigureAwait(false);
        IEnumerable<OpenLine> inOrder = expected
            .OrderBy(static line => line.Sku).ThenBy(static line => line.Order).ThenBy(static line => line.Line);
        LawBrokenException.Unless(
            kept.SequenceEqual(inOrder),
            $"Open lines kept:\n{string.Join("\n", kept)}\nby the orders:\n{string.Join("\n", inOrder)}");
    }

    /// <summary>Plays a script on a fresh store and checks every law.</summary>
    /// <param name="store">The store; empty.</param>
    /// <param name="script">The script.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task CheckAll(IOrderStore store, Script script, CancellationToken cancellation = default)
    {
        var tenant = new DeskOptions().Tenant;
        int length = (script ?? throw new System.ArgumentNullException(nameof(script))).Steps.Length;

        // Every second script runs with tiers, every third serves those who wait; a script always runs the same way.
        var options = new DeskOptions
        {
            Tiers = length % 2 == 0 ? TierPolicy.PaidBeforeUnpaid : null,
            ServesWaiting = length % 3 == 0,
            MaxOrdersInUnit = 2,
        };
        await CheckAll(store, script, options, tenant, cancellation).ConfigureAwait(false);
    }

    private static async Task<ScriptPlay> CheckAll(
        IOrderStore store, Script script, DeskOptions options, TenantId tenant, CancellationToken cancellation)
    {
        var play = new ScriptPlay(store, "law", options);
        await PlaysToTheEnd(play, script, cancellation).ConfigureAwait(false);
        await LedgerConserves(store, tenant, cancellation).ConfigureAwait(false);
        await CountersHold(play, store, tenant, cancellation).ConfigureAwait(false);
        await HoldsAreSo(play, cancellation).ConfigureAwait(false);
        await BorrowedIsOwed(store, tenant, cancellation).ConfigureAwait(false);
        await OpenLinesAgree(store, tenant, cancellation).ConfigureAwait(false);
        await RepeatsChangeNothing(play, store, tenant, cancellation).ConfigureAwait(false);
        await HistoryReplays(play, store, tenant, cancellation).ConfigureAwait(false);
        await HistoryAudits(store, tenant, cancellation).ConfigureAwait(false);
        return play;
    }

    private static IEnumerable<string> Outside(ShipmentRecord shipment) => shipment.Serials.SelectMany(line => line.Numbers.Except(
        shipment.SerialsBack.Where(back => back.Line == line.Line).SelectMany(static back => back.Numbers)));
}
