using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrderKernel.Adapters.Hosting;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;
using Xunit;

namespace OrderKernel.Hosting.Tests;

/// <summary>What a host shows of itself: figures and spans under public names, and nothing personal anywhere.</summary>
public class PrivacyTests
{
    private const string Canary = "13812345678";

    [Fact]
    public async Task AnAnswer_IsCountedAndTraced_UnderPublicNames_WithBoundedTags()
    {
        using var seen = new Telemetry();
        await PlayAsync(new ConcurrentQueue<string>());
        Assert.Contains(("orderkernel.decisions", "command=order.capture outcome=accepted"), seen.Figures);
        Assert.Contains(("orderkernel.decisions", "command=order.capture outcome=repeated"), seen.Figures);
        Assert.Contains(("orderkernel.decisions", "command=order.hold_stock outcome=refused"), seen.Figures);
        Assert.Contains(("orderkernel.refusals", "command=order.hold_stock code=order.unknown"), seen.Figures);
        Assert.Contains(("orderkernel.decision.duration", "command=order.capture"), seen.Figures);
        Assert.Contains(("orderkernel.messages", "outcome=parked"), seen.Figures);
        Assert.Contains(seen.Spans, span => span.Contains("orderkernel.stream=order/SO1", StringComparison.Ordinal));
        Assert.DoesNotContain(seen.Figures, figure => figure.Tags.Contains("SO1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PersonalData_ReachesNoLog_NoSpan_NoFigure_AndNoException()
    {
        using var seen = new Telemetry();
        var log = new ConcurrentQueue<string>();
        string thrown = await PlayAsync(log);
        string everything = string.Join("\n", log.Concat(seen.Spans).Concat(seen.Figures.Select(f => f.Name + f.Tags)).Append(thrown));
        Assert.Contains("1004 MessagesParked", everything, StringComparison.Ordinal);
        Assert.Contains("1002 DutyFailed", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, everything, StringComparison.Ordinal);
    }

    /// <summary>Puts a telephone number wherever a text is taken, and has everything go wrong that can.</summary>
    private static async Task<string> PlayAsync(ConcurrentQueue<string> log)
    {
        var sender = new TestSender { Refuses = static () => "Not taken." };
        using IHost host = TestHost.Build(
            kernel => kernel.UsePort<IOrderStore>("test", _ => new MemoryStore()).UsePort<IMessageSender>("test", _ => sender)
                .UsePort<NodaTime.IClock>("test", _ => new BrokenClock())
                .MapEvent("order.captured", "erp").Configure(options =>
                {
                    options.Relay.MaxAttempts = 1;
                    options.Relay.Interval = options.Timers.Interval = options.Sweep.Interval = TimeSpan.FromMilliseconds(10);
                }),
            log);
        await host.StartAsync();
        OrderDesk desk = host.Services.GetRequiredService<OrderDesk>();
        var note = new BlockOrder(new OrderId("SO1"), "price", "sales", "Call " + Canary);
        await desk.SubmitAsync(TestHost.Of(TestHost.Capture("SO1")));
        await desk.SubmitAsync(TestHost.Of(TestHost.Capture("SO1")));
        await desk.SubmitAsync(TestHost.Of(note));
        DeskResult refused = await desk.SubmitAsync(TestHost.Of(note with { Reason = "credit", Note = Canary + Canary }, "again"));
        DeskResult unknown = await desk.SubmitAsync(TestHost.Of(new HoldStock(new OrderId("SO2"))));
        DeskResult malformed = await desk.SubmitAsync(TestHost.Of(note with { Note = Canary + new string('x', 500) }, "long"));
        DeskResult reused = await desk.SubmitAsync(TestHost.Of(note with { Note = "Other " + Canary }, "again"));
        await TestHost.WaitAsync(() => Task.FromResult(
            log.Any(line => line.Contains("1004", StringComparison.Ordinal))
            && log.Any(line => line.Contains("1002", StringComparison.Ordinal))));
        await host.StopAsync();
        return string.Join("\n", ImmutableArray.Create(refused, unknown, malformed, reused).Where(result => !result.IsAccepted)
            .Select(result => Assert.Throws<CommandRefusedException>(() => result.ThrowIfRefused()).ToString()));
    }

    /// <summary>Fails now and then, with a text that no log may show.</summary>
    private sealed class BrokenClock : NodaTime.IClock
    {
        private int asked;

        public NodaTime.Instant GetCurrentInstant() => System.Threading.Interlocked.Increment(ref asked) % 7 == 0 && IsDuty()
            ? throw new InvalidTimeZoneException(Canary)
            : NodaTime.SystemClock.Instance.GetCurrentInstant();

        private static bool IsDuty() => new StackTrace().ToString().Contains("MessageRelay", StringComparison.Ordinal)
            || new StackTrace().ToString().Contains("SweepService", StringComparison.Ordinal)
            || new StackTrace().ToString().Contains("TimerPump", StringComparison.Ordinal);
    }

    private sealed class Telemetry : IDisposable
    {
        private readonly ActivityListener spans;
        private readonly MeterListener figures = new();

        public Telemetry()
        {
            spans = new ActivityListener
            {
                ShouldListenTo = source => source.Name == OrderKernelTelemetry.SourceName,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = span => Spans.Enqueue(span.DisplayName + " " + Tags(span.TagObjects)),
            };
            ActivitySource.AddActivityListener(spans);
            figures.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == OrderKernelTelemetry.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            figures.SetMeasurementEventCallback<long>(
                (instrument, _, tags, _) => Figures.Enqueue((instrument.Name, Tags(tags.ToArray()))));
            figures.SetMeasurementEventCallback<double>(
                (instrument, _, tags, _) => Figures.Enqueue((instrument.Name, Tags(tags.ToArray()))));
            figures.Start();
        }

        public ConcurrentQueue<string> Spans { get; } = new();

        public ConcurrentQueue<(string Name, string Tags)> Figures { get; } = new();

        public void Dispose()
        {
            spans.Dispose();
            figures.Dispose();
        }

        private static string Tags(IEnumerable<KeyValuePair<string, object?>> tags) =>
            string.Join(" ", tags.Select(tag => $"{tag.Key}={tag.Value}"));
    }
}
