// Writes orders for as long as it lives and says each acknowledgement on standard output. The crash tests kill it.
using System;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using Npgsql;
using OrderKernel.Adapters.Sql;
using OrderKernel.CrashWriter;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

string path = args[0];
SqliteDurability durability = args[1] == "full" ? SqliteDurability.Full : SqliteDurability.UnsafeNormal;
int atOnce = int.Parse(args[2], CultureInfo.InvariantCulture);
int most = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : int.MaxValue;

bool isServer = path.StartsWith("Host=", StringComparison.Ordinal);
SqlStore store = isServer
    ? PostgresStore.Open(new PostgresStoreOptions(() => new NpgsqlConnection(path))
    {
        Schema = SchemaMode.Create, PauseLimit = TimeSpan.FromSeconds(args[1] == "paused" ? 1 : 5),
    })
    : SqliteStore.Open(new SqliteStoreOptions(path) { Schema = SchemaMode.Create, Durability = durability });
using var closing = (IDisposable)store;
if (args[1] == "mixed")
{
    return await Contender.Run(store, lanes: atOnce, attempts: most, name: args[4]);
}

if (args[1] == "paused")
{
    return await PausedHost.Run(store, lanes: atOnce, name: args[4]);
}

var desk = new OrderDesk(store, SystemClock.Instance);
var output = new object();
var actor = new Actor("crash-writer", "test");
var cell = new StockCell(new Sku("S"), new NodeId("N"));

// Every run goes on where the last one was killed: ids depend on what the file holds already.
var tenant = new TenantId("main");
long known = (await store.ReadFeedAsync(tenant, 0, int.MaxValue, default)).Length;
await Submit(
    $"receipt-{known}",
    new ReceiveStock(new DocumentId($"R{known}"), ImmutableArray.Create(new StockLine(cell, new Quantity(1_000_000)))));
await Task.WhenAll(Enumerable.Range(0, atOnce).Select(lane => Task.Run(() => Lane(lane))));
if (args.Length > 4 && args[4] == "stay")
{
    // It has written what was asked for, and waits with an open store to be killed.
    await Task.Delay(System.Threading.Timeout.Infinite);
}

return 0;

async Task Lane(int lane)
{
    for (int i = 0; i < most; i++)
    {
        var order = new OrderId($"O-{known}-{lane}-{i}");
        Instant now = SystemClock.Instance.GetCurrentInstant();
        var lines = ImmutableArray.Create(new NewLine(1, cell.Sku, new Quantity(2)), new NewLine(2, cell.Sku, new Quantity(3)));
        await Submit($"{order}-c", new CaptureOrder(order, new PartnerId("P"), now, lines, PromisedAt: now + Duration.FromDays(1)));
        await Submit($"{order}-h", new HoldStock(order));
        await Submit($"{order}-s", new ShipOrder(
            order, new ShipmentId("S1"), now, ImmutableArray.Create(new ShipLine(1, new Quantity(2)), new ShipLine(2, new Quantity(1)))));
    }
}

async Task Submit(string name, KernelCommand command)
{
    CommandId id = CommandId.FromName(name);
    DeskResult result = await UntilAnswered(new Submission(id, actor, command));
    lock (output)
    {
        // The acknowledgement: after it, nothing of the command may ever be lost.
        long log = isServer ? 0 : new FileInfo(path + "-wal").Length;
        Console.Out.WriteLine($"ack {id} {log} {result.Outcome.ToJson()}");
        Console.Out.Flush();
    }
}

// What a client does when the server is away: it repeats the command under its id until it is answered.
async Task<DeskResult> UntilAnswered(Submission submission)
{
    while (true)
    {
        try
        {
            return await desk.SubmitAsync(submission);
        }
        catch (OrderKernelException fault) when (fault.IsTransient)
        {
            await Task.Delay(50);
        }
    }
}
