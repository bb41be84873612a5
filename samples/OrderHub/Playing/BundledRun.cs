using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OrderHub.Showing;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderHub.Playing;

/// <summary>Plays the five bundled businesses into one database and prints the board.</summary>
internal static class BundledRun
{
    public static async Task<bool> RunAsync(
        HubArguments arguments, HubText text, TextWriter output, Func<string, IOrderStore> open)
    {
        string database = arguments.Database ?? "orderhub.db";
        ImmutableArray<Business> businesses = ImmutableArray.CreateRange(Business.Names, Business.Load);
        var tally = new Tally();
        IOrderStore store = open(database);
        try
        {
            await PlayAsync(businesses, store, tally, text, output).ConfigureAwait(false);
            var boards = ImmutableArray.CreateBuilder<BusinessBoard>();
            foreach (Business business in businesses)
            {
                boards.Add(await ReadAsync(business, store).ConfigureAwait(false));
            }

            new BoardPage(text, output).Print(boards.ToImmutable(), tally, database);
            return boards.All(static board => board.LedgerFindings == 0 && board.BrokenChains == 0) && tally.Conflicts == 0;
        }
        finally
        {
            (store as IDisposable)?.Dispose();
        }
    }

    private static async Task PlayAsync(
        ImmutableArray<Business> businesses, IOrderStore store, Tally tally, HubText text, TextWriter output)
    {
        var plays = businesses.Select(business => new BusinessPlay(business, store, tally)).ToArray();
        await ProgressBar.ShowAsync(output, text.Say(HubText.Days), plays.Sum(static play => play.Steps.Length), async advance =>
        {
            foreach (BusinessPlay play in plays)
            {
                foreach (Step step in play.Steps)
                {
                    await play.PlayAsync(step).ConfigureAwait(false);
                    advance();
                }
            }
        }).ConfigureAwait(false);
    }

    private static async Task<BusinessBoard> ReadAsync(Business business, IOrderStore store)
    {
        const int page = 100;
        var desk = new OrderDesk(store, new PlayedClock(), BusinessPlay.OptionsOf(business));
        var orders = ImmutableArray.CreateBuilder<KeyValuePair<OrderId, OrderState>>();
        int broken = 0;
        ImmutableArray<KeyValuePair<OrderId, OrderState>> some;
        do
        {
            OrderId? last = orders.Count == 0 ? null : orders[^1].Key;
            some = await desk.ReadOrdersAsync(last, page).ConfigureAwait(false);
            orders.AddRange(some);
            foreach (KeyValuePair<OrderId, OrderState> order in some)
            {
                ImmutableArray<EventEnvelope> trail = await desk.ReadTrailAsync(order.Key).ConfigureAwait(false);
                broken += HashChain.FirstTampered(trail) is null && trail.Length == order.Value.Version ? 0 : 1;
            }
        }
        while (some.Length == page);

        int ledger = (await desk.AuditLedgerAsync().ConfigureAwait(false)).Length;
        return new BusinessBoard(business, orders.ToImmutable(), ledger, broken);
    }
}
