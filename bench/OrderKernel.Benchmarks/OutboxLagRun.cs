using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.RabbitMq;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Benchmarks;

/// <summary>How long it takes from the decision on an order until its message is confirmed: 2,000 orders, 32 at a time, and one relay that
/// looks again 10 ms after it found nothing. Once with a receiver that takes every message at once, so that outbox and relay alone are
/// measured, and once with RabbitMQ, where <c>ORDERKERNEL_RABBITMQ_URI</c> names one (<c>eng/rabbitmq.sh start FOLDER</c>).</summary>
internal static class OutboxLagRun
{
    private const int Orders = 2_000;
    private const int AtOnce = 32;

    public static async Task RunSqlite(SortedDictionary<string, double> figures, string folder)
    {
        using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions(Path.Combine(folder, "lag.db")) { Schema = SchemaMode.Create });
        await RunAsync(figures, "sqlite", store, store);
    }

    public static async Task RunAsync(SortedDictionary<string, double> figures, string name, IOrderStore store, IOutbox outbox)
    {
        await RunAsync(figures, name + ".outbox", store, outbox, new Taker());
        if (Environment.GetEnvironmentVariable("ORDERKERNEL_RABBITMQ_URI") is { Length: > 0 } uri)
        {
            var options = new RabbitMqOptions { Uri = uri, Topology = TopologyMode.Create, Exchange = "bench-" + Environment.ProcessId };
            options.Queues["erp"] = "bench-" + Environment.ProcessId;
            await using var sender = new RabbitMqSender(options);
            await RunAsync(figures, name + ".rabbitMq", store, outbox, sender);
        }
    }

    private static async Task RunAsync(
        SortedDictionary<string, double> figures, string name, IOrderStore store, IOutbox outbox, IMessageSender sender)
    {
        var lags = new ConcurrentQueue<double>();
        var tenant = new TenantId("main");
        var desk = new OrderDesk(store, SystemClock.Instance, new DeskOptions().Announce("order.captured", "erp"));
        var relay = new MessageRelay(outbox, sender, SystemClock.Instance, tenant, new RelayOptions
        {
            Confirmed = (_, lag) => lags.Enqueue(lag.TotalMilliseconds),
        });
        using var stop = new CancellationTokenSource();
        Task relaying = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                if (!(await relay.RunAsync()).HasProgress)
                {
                    await Task.Delay(10);
                }
            }
        });
        long started = Stopwatch.GetTimestamp();
        for (int from = 0; from < Orders; from += AtOnce)
        {
            await Task.WhenAll(Enumerable.Range(from, AtOnce).Select(i => Capture(desk, name, i)));
        }

        while (lags.Count < Orders && Stopwatch.GetElapsedTime(started).TotalMinutes < 2)
        {
            await Task.Delay(10);
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await stop.CancelAsync();
        await relaying;
        double[] sorted = [.. lags.Order()];
        figures[name + ".messagesPerSecond"] = sorted.Length / seconds;
        figures[name + ".lagMedian.milliseconds"] = sorted[sorted.Length / 2];
        figures[name + ".lag99.milliseconds"] = sorted[sorted.Length * 99 / 100];
    }

    private static async Task Capture(OrderDesk desk, string name, int i)
    {
        var order = new OrderId($"{name}-{i.ToString(CultureInfo.InvariantCulture)}");
        KernelCommand capture = Workload.Capture(order, i, 3);
        (await desk.SubmitAsync(new Submission(CommandId.FromName("lag/" + order.Text), Workload.Actor, capture))).ThrowIfRefused();
    }

    private sealed class Taker : IMessageSender
    {
        public ValueTask PrepareAsync(CancellationToken cancellation) => default;

        public ValueTask SendAsync(TenantId tenant, OutgoingMessage message, CancellationToken cancellation) => default;
    }
}
