using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Benchmarks;

/// <summary>What the audit of the past costs, beside the least that it could be (reading every event and command once) and a replay of
/// every decision; and how large a checkpoint is.</summary>
internal static class AuditRun
{
    private const int Orders = 2_000;

    public static async Task RunAsync(SortedDictionary<string, double> figures, string folder)
    {
        using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions(Path.Combine(folder, "audit.db"))
        {
            Schema = SchemaMode.Create,
            Durability = SqliteDurability.UnsafeNormal,
        });
        var desk = new OrderDesk(store, new Workload.FixedClock());
        (await desk.SubmitAsync(Workload.Receipt("audit"))).ThrowIfRefused();
        foreach (Submission command in Enumerable.Range(0, Orders).SelectMany(static number => Workload.Life("audit", number, 3)))
        {
            (await desk.SubmitAsync(command)).ThrowIfRefused();
        }

        const double thousands = Orders / 1_000d;
        figures["sqlite.audit.readOnly.millisecondsPer1000Orders"] = await Milliseconds(() => ReadAllAsync(store)) / thousands;
        figures["sqlite.audit.replay.millisecondsPer1000Orders"] = await Milliseconds(async () => await desk.ReplayAsync()) / thousands;
        ImmutableArray<Findings.Finding> found = [];
        figures["sqlite.audit.history.millisecondsPer1000Orders"] =
            await Milliseconds(async () => found = await desk.AuditHistoryAsync()) / thousands;
        HistoryCheckpoint heads = await desk.TakeCheckpointAsync();
        figures["sqlite.audit.checkpoint.bytesPerOrder"] = heads.Write(null).Length / (double)Orders;
        if (!found.IsEmpty)
        {
            throw new InvalidOperationException("The audit found " + found[0]);
        }
    }

    private static async Task ReadAllAsync(SqliteStore store)
    {
        var tenant = new DeskOptions().Tenant;
        for (long after = 0; ;)
        {
            ImmutableArray<FeedEntry> page = await store.ReadFeedAsync(tenant, after, 1_000, default);
            if (page.IsEmpty)
            {
                break;
            }

            after = page[^1].Position;
        }

        for (CommandId? after = null; ;)
        {
            ImmutableArray<DecidedCommand> page = await store.ReadCommandsAsync(tenant, after, 1_000, default);
            if (page.IsEmpty)
            {
                return;
            }

            after = page[^1].Id;
        }
    }

    private static async Task<double> Milliseconds(Func<Task> once)
    {
        double best = double.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await once();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return best;
    }
}
