using System;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Benchmarks;

/// <summary>A board of 100,000 orders, and the questions people ask it.</summary>
internal static class BoardRun
{
    private const int Orders = 100_000;

    /// <summary>Fills the board and returns the milliseconds of the slowest question, the best of fifteen times each.</summary>
    public static async Task<double> SlowestPage(IOrderBoard board, Action? filled = null)
    {
        var tenant = new TenantId("main");
        for (int from = 0; from < Orders; from += 5_000)
        {
            ImmutableArray<BoardEntry> entries = [.. Enumerable.Range(from, 5_000).Select(Entry)];
            await board.SaveBoardAsync(tenant, from, from + 5_000, entries, default);
        }

        filled?.Invoke();
        double slowest = 0;
        foreach (BoardFilter? filter in Questions())
        {
            foreach (BoardSort sort in Enum.GetValues<BoardSort>())
            {
                ImmutableArray<BoardEntry> first = await board.ReadBoardAsync(tenant, new BoardQuery(filter, sort), default);
                var second = new BoardQuery(filter, sort, 50, first.IsEmpty ? null : first[^1]);
                double best = double.MaxValue;
                for (int i = 0; i < 15; i++)
                {
                    long started = Stopwatch.GetTimestamp();
                    await board.ReadBoardAsync(tenant, second, default);
                    best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }

                slowest = Math.Max(slowest, best);
            }
        }

        return slowest;
    }

    private static BoardFilter?[] Questions() =>
    [
        null,
        new BoardFilter.InStage("stage.blocked"),
        new BoardFilter.TurnOf("finance"),
        new BoardFilter.OfCustomer(new PartnerId("P7")),
        BoardFilter.OverdueAt(Workload.Start),
        new BoardFilter.TurnOf("purchasing").And(new BoardFilter.StuckSinceBefore(Workload.Start)),
    ];

    private static BoardEntry Entry(int i)
    {
        OrderStage stage = OrderStage.All[1 + (i % (OrderStage.All.Length - 1))];
        string role = i % 97 == 0 ? "finance" : stage.Role;
        Instant since = Workload.Start - Duration.FromMinutes((i * 7919L) % 500_000);
        Instant? promise = i % 11 == 0 ? null : Workload.Start + Duration.FromMinutes(((i * 104_729L) % 400_000) - 100_000);
        return new BoardEntry(
            new OrderId("O-" + i.ToString("D7", CultureInfo.InvariantCulture)), 1 + (i % 9), new PartnerId("P" + (i % 500)),
            stage.Name.Code, stage.IsFinal, role, string.Empty, since, new Quantity(i % 40), promise, promise);
    }
}
