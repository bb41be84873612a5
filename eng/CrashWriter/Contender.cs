using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.CrashWriter;

/// <summary>One of the writers of several processes that want the same few pieces: it reserves, edits, cancels, releases, ships, lets
/// expire and wakes up what others let expire. Beside that it reserves pieces that nobody else wants and must always get them.</summary>
internal sealed class Contender
{
    public static readonly StockCell Hot = new(new Sku("HOT"), new NodeId("N"));
    private static readonly Actor Actor = new("contender", "test");
    private static int commands;

    private readonly OrderDesk desk;
    private readonly string name;
    private readonly Sku own;
    private readonly Queue<OrderId> kept = new();
    private int granted;
    private int refused;
    private int withheld;
    private int repeated;

    private Contender(IOrderStore store, string name)
    {
        desk = new OrderDesk(store, SystemClock.Instance, new DeskOptions { MaxAttempts = 50 });
        this.name = name;
        own = new Sku("OWN-" + name);
    }

    /// <summary>Plays so many lanes at once and says what they came to; 3 when a piece was withheld that nobody else wanted.</summary>
    public static async Task<int> Run(IOrderStore store, int lanes, int attempts, string name)
    {
        Contender[] all = [.. Enumerable.Range(0, lanes)
            .Select(lane => new Contender(store, string.Create(CultureInfo.InvariantCulture, $"{name}-{lane}")))];
        await Task.WhenAll(all.Select((one, lane) => Task.Run(() => one.Run(attempts, lane))));
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"granted {all.Sum(one => one.granted)} refused {all.Sum(one => one.refused)} withheld {all.Sum(one => one.withheld)} "
            + $"repeated {all.Sum(one => one.repeated)} writers {string.Join(' ', all.Select(one => one.granted))}"));
        return all.Any(one => one.withheld > 0) ? 3 : 0;
    }

    private async Task Run(int attempts, int lane)
    {
        await Receive(own, attempts);
        for (int i = 0; i < attempts; i++)
        {
            if (i % 5 == 4)
            {
                bool isGranted = await Reserve(Order(i), [Line(1, own, 1)], Duration.FromDays(1));
                withheld += isGranted ? 0 : 1;
            }
            else
            {
                await Contend(Order(i), i + lane);
            }

            if (lane == 0 && i % 20 == 19)
            {
                await UntilAnswered(() => desk.WakeAsync(Actor));
            }
        }
    }

    private OrderId Order(int i) => new(string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"));

    private async Task Contend(OrderId order, int turn)
    {
        Sku sku = turn % 4 == 0 ? new Sku("COLD-" + (turn % 5)) : Hot.Sku;
        ImmutableArray<NewLine> lines = [Line(1, sku, 1 + (turn % 3)), Line(2, Hot.Sku, 1)];
        Duration time = turn % 7 == 5 ? Duration.FromMilliseconds(100) : Duration.FromDays(1);
        if (!await Reserve(order, lines, time))
        {
            return;
        }

        switch (turn % 7)
        {
            case 0:
                await Cancel(order);
                break;
            case 1:
                await Submit(new AmendOrder(order, [new FieldChange(1, "quantity", "1")], "less", "V"));
                await Cancel(order);
                break;
            case 2:
                await Submit(ReleaseStock.All(order, "let go"));
                break;
            case 3:
                await Ship(order, lines);
                break;
            case 5:
                // Its timer gives the pieces back.
                break;
            default:
                await Submit(new CancelLines(order, [new LineQuantity(2, new Quantity(1))], "one less"));
                kept.Enqueue(order);
                break;
        }

        if (kept.Count > 3)
        {
            await Cancel(kept.Dequeue());
        }
    }

    private async Task<bool> Reserve(OrderId order, ImmutableArray<NewLine> lines, Duration time)
    {
        Instant now = SystemClock.Instance.GetCurrentInstant();
        await Submit(new CaptureOrder(order, new PartnerId("P"), now, lines, PromisedAt: now + Duration.FromDays(1)));
        bool isGranted = await Submit(new HoldStock(order, ExpiresAt: now + time));
        granted += isGranted ? 1 : 0;
        refused += isGranted ? 0 : 1;
        return isGranted;
    }

    // What leaves comes in again, so that there is always something to fight for.
    private async Task Ship(OrderId order, ImmutableArray<NewLine> lines)
    {
        await Submit(new ShipOrder(
            order, new ShipmentId("S1"), SystemClock.Instance.GetCurrentInstant(),
            [.. lines.Select(static line => new ShipLine(line.Number, line.Quantity))]));
        foreach (NewLine line in lines)
        {
            await Receive(line.Sku, line.Quantity.Units);
        }
    }

    private Task<bool> Receive(Sku sku, long units) => Submit(new ReceiveStock(
        new DocumentId(string.Create(CultureInfo.InvariantCulture, $"R-{name}-{Interlocked.Increment(ref commands)}")),
        [new StockLine(new StockCell(sku, Hot.Node), new Quantity(units))]));

    private Task<bool> Cancel(OrderId order) => Submit(CancelLines.All(order, "changed my mind"));

    private async Task<bool> Submit(KernelCommand command)
    {
        var submission = new Submission(
            CommandId.FromName($"{name}/{Interlocked.Increment(ref commands)}/{command.ToJson()}"), Actor, command);
        return (await UntilAnswered(() => desk.SubmitAsync(submission))).IsAccepted;
    }

    private async Task<T> UntilAnswered<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (OrderKernelException fault) when (fault.IsTransient)
            {
                repeated++;
            }
        }
    }

    private static NewLine Line(int number, Sku sku, long units) => new(number, sku, new Quantity(units));
}
