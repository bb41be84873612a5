using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.CrashWriter;

/// <summary>One of several processes that want the same few pieces: they reserve, edit, cancel, let expire and ship.</summary>
internal static class Contender
{
    public static readonly StockCell Hot = new(new Sku("HOT"), new NodeId("N"));

    /// <summary>Plays and prints how many reservations were granted and refused.</summary>
    public static async Task<int> Run(IOrderStore store, int lanes, int attempts, string name)
    {
        int granted = 0, refused = 0;
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => Task.Run(async () =>
        {
            var desk = new OrderDesk(store, SystemClock.Instance, new DeskOptions { MaxAttempts = 50 });
            for (int i = 0; i < attempts; i++)
            {
                bool isGranted = await Play(desk, new OrderId($"{name}-{lane}-{i}"), lane + i);
                Interlocked.Add(ref granted, isGranted ? 1 : 0);
                Interlocked.Add(ref refused, isGranted ? 0 : 1);
            }
        })));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"granted {granted} refused {refused}"));
        return 0;
    }

    private static async Task<bool> Play(OrderDesk desk, OrderId order, int turn)
    {
        Instant now = SystemClock.Instance.GetCurrentInstant();
        Sku sku = turn % 4 == 0 ? new Sku("COLD-" + (turn % 5)) : Hot.Sku;
        ImmutableArray<NewLine> lines = [new NewLine(1, sku, new Quantity(1 + (turn % 3))), new NewLine(2, Hot.Sku, new Quantity(1))];
        await Submit(desk, new CaptureOrder(order, new PartnerId("P"), now, lines, PromisedAt: now + Duration.FromDays(1)));
        bool isGranted = (await Submit(desk, new HoldStock(order, ExpiresAt: now + Duration.FromSeconds(1)))).IsAccepted;
        switch (turn % 5)
        {
            case 0:
                await Submit(desk, new CancelLines(order, default, "changed my mind"));
                break;
            case 1:
                await Submit(desk, new AmendOrder(order, [new FieldChange(1, "quantity", "1")], "less", "V"));
                await Submit(desk, new HoldStock(order));
                break;
            case 2:
                await Submit(desk, new ReleaseStock(order, default, "expired"));
                break;
            case 3 when isGranted:
                await Submit(desk, new CancelLines(order, [new LineQuantity(1, new Quantity(1))], "one less"));
                break;
            default:
                break;
        }

        return isGranted;
    }

    private static Task<DeskResult> Submit(OrderDesk desk, OrderCommand command) => desk.SubmitAsync(new Submission(
        CommandId.FromName(command.ToJson() + Interlocked.Increment(ref count)), new Actor("contender", "test"), command));

    private static int count;
}
