using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.CrashWriter;

/// <summary>A host that does everything a host does, until its standard input ends: writers that want the same stock, a poller of the feed,
/// a relay, a timer pump and a board. It says on standard output what it was acknowledged, read, sent and woke up. The pause tests stop
/// and continue it.</summary>
internal sealed class PausedHost : IMessageSender, IDisposable
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;
    private static readonly StockCell Hot = new(new Sku("HOT"), new NodeId("N"));
    private static readonly SystemClock Clock = SystemClock.Instance;

    private readonly SqlStore store;
    private readonly OrderDesk desk;
    private readonly string name;
    private readonly Actor actor;
    private readonly object output = new();
    private readonly CancellationTokenSource ending = new();

    private PausedHost(SqlStore store, string name)
    {
        this.store = store;
        this.name = name;
        actor = new Actor(name, "test");
        desk = new OrderDesk(store, Clock, new DeskOptions { MaxAttempts = 50 }.Announce("order.captured", "erp"));
    }

    public static async Task<int> Run(SqlStore store, int lanes, string name)
    {
        using var host = new PausedHost(store, name);
        await host.Submit("receipt", new ReceiveStock(new DocumentId("R-" + name), [new StockLine(Hot, new Quantity(10_000_000))]));
        Task[] duties = [Task.Run(host.Poll), Task.Run(host.Relay), Task.Run(host.Pump), Task.Run(host.Board)];
        Task[] writers = [.. Enumerable.Range(0, lanes).Select(lane => Task.Run(() => host.Write(lane)))];
        host.Say("ready");

        // A pipe is read by blocking a thread, which is not to be one of the pool's.
        await Task.Factory.StartNew(Console.In.ReadToEnd, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await host.ending.CancelAsync();
        await Task.WhenAll([.. writers, .. duties]);
        host.Say("ended");
        return 0;
    }

    public void Dispose() => ending.Dispose();

    public ValueTask PrepareAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask SendAsync(TenantId tenant, OutgoingMessage message, CancellationToken cancellation)
    {
        Say($"sent {message.Id:D} {message.Stream.Key} {message.Version.ToString(CultureInfo.InvariantCulture)}");
        return ValueTask.CompletedTask;
    }

    // Each order is held; one in two is shipped, the hold of the other is let go by its timer.
    private async Task Write(int lane)
    {
        for (int i = 0; !ending.IsCancellationRequested; i++)
        {
            var order = new OrderId(string.Create(CultureInfo.InvariantCulture, $"{name}-{lane}-{i}"));
            Instant now = Clock.GetCurrentInstant();
            await Submit($"{order}-c", new CaptureOrder(
                order, new PartnerId("P"), now, [new NewLine(1, Hot.Sku, new Quantity(2))], PromisedAt: now + Duration.FromDays(1)));
            bool ships = i % 2 == 0;
            await Submit($"{order}-h", new HoldStock(order, ExpiresAt: ships ? null : now + Duration.FromMilliseconds(200)));
            if (ships)
            {
                await Submit($"{order}-s", new ShipOrder(order, new ShipmentId("S1"), now, [new ShipLine(1, new Quantity(1))]));
            }
        }
    }

    private async Task Poll()
    {
        long last = 0;
        await Duty(async () =>
        {
            ImmutableArray<FeedEntry> page = await store.ReadFeedAsync(Tenant, last, 500, default);
            if (page.Where((entry, i) => entry.Position != last + i + 1).Any())
            {
                Say("broken the feed skips");
            }

            last = page.IsEmpty ? last : page[^1].Position;
            if (!page.IsEmpty)
            {
                Say("fed " + last.ToString(CultureInfo.InvariantCulture));
            }
        });
    }

    private Task Relay()
    {
        var relay = new MessageRelay(
            store, this, Clock, Tenant, new RelayOptions { Owner = name, Lease = Duration.FromSeconds(2), Batch = 16 });
        return Duty(() => relay.RunAsync());
    }

    private Task Pump()
    {
        var pump = new TimerPump(desk, store, Clock, Tenant, actor);
        return Duty(async () =>
        {
            PumpPass pass = await pump.RunAsync(10);
            if (pass.Woken > 0)
            {
                Say("woken " + pass.Woken.ToString(CultureInfo.InvariantCulture));
            }
        });
    }

    private Task Board()
    {
        var board = new BoardProjection(store, store, Tenant);
        return Duty(async () => Say("board " + (await board.CatchUpAsync(50)).ToString(CultureInfo.InvariantCulture)));
    }

    // A duty that fails for the moment begins anew; any other fault ends the host, which the test sees.
    private async Task Duty(Func<Task> pass)
    {
        while (!ending.IsCancellationRequested)
        {
            await UntilDone(pass);
            await Task.Delay(5);
        }
    }

    private async Task UntilDone(Func<Task> work)
    {
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (OrderKernelException fault) when (fault.IsTransient)
            {
                Say("again");
                await Task.Delay(20);
            }
        }
    }

    private async Task Submit(string id, KernelCommand command)
    {
        var submission = new Submission(CommandId.FromName($"{name}/{id}"), actor, command);
        DeskResult? result = null;
        await UntilDone(async () => result = await desk.SubmitAsync(submission));
        Say($"ack {submission.Id} 0 {result!.Outcome.ToJson()}");
    }

    private void Say(string line)
    {
        lock (output)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
