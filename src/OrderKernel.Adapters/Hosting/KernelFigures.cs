using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;

namespace OrderKernel.Adapters.Hosting;

/// <summary>Spans and figures of desk and duties. Tags are names from finite lists: command types, outcomes, codes.</summary>
internal sealed class KernelFigures : IDeskWatch, IDisposable
{
    private static readonly ActivitySource Source = new(OrderKernelTelemetry.SourceName);
    private readonly Meter meter;
    private readonly Counter<long> decisions;
    private readonly Histogram<double> duration;
    private readonly Counter<long> refusals;
    private readonly Counter<long> messages;
    private readonly Histogram<double> lag;
    private readonly Counter<long> timers;
    private readonly Counter<long> audit;
    private readonly Counter<long> failures;

    public KernelFigures(IServiceProvider services)
    {
        var options = new MeterOptions(OrderKernelTelemetry.MeterName);
        meter = services.GetService<IMeterFactory>()?.Create(options) ?? new Meter(options);
        decisions = meter.CreateCounter<long>(OrderKernelTelemetry.Decisions, "{decision}");
        duration = meter.CreateHistogram<double>(OrderKernelTelemetry.DecisionDuration, "s");
        refusals = meter.CreateCounter<long>(OrderKernelTelemetry.Refusals, "{finding}");
        messages = meter.CreateCounter<long>(OrderKernelTelemetry.Messages, "{message}");
        lag = meter.CreateHistogram<double>(OrderKernelTelemetry.OutboxLag, "s");
        timers = meter.CreateCounter<long>(OrderKernelTelemetry.Timers, "{timer}");
        audit = meter.CreateCounter<long>(OrderKernelTelemetry.AuditFindings, "{finding}");
        failures = meter.CreateCounter<long>(OrderKernelTelemetry.DutyFailures, "{pass}");
    }

    public object? Begin(Submission submission)
    {
        Activity? span = Source.StartActivity("orderkernel.decide");
        span?.SetTag("orderkernel.command", submission.Command.CommandType);
        span?.SetTag("orderkernel.stream", submission.Command.Stream.ToString());
        return new Begun(span, Stopwatch.GetTimestamp());
    }

    public void End(object? begun, Submission submission, DeskResult? result)
    {
        var (span, since) = (Begun)begun!;
        var command = new KeyValuePair<string, object?>("command", submission.Command.CommandType);
        string outcome = Outcome(result);
        decisions.Add(1, command, new("outcome", outcome));
        duration.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, command);
        if (result is not null)
        {
            foreach (Finding finding in result.Findings)
            {
                refusals.Add(1, command, new("code", finding.Code));
            }
        }

        span?.SetTag("orderkernel.outcome", outcome);
        span?.SetStatus(result is null ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
        span?.Dispose();
    }

    public void Record(RelayPass pass)
    {
        Count(messages, pass.Sent, "sent");
        Count(messages, pass.Postponed, "postponed");
        Count(messages, pass.Parked, "parked");
        Count(messages, pass.Lost, "lost");
    }

    public void RecordLag(OutgoingMessage message, Duration since) =>
        lag.Record(since.TotalSeconds, new KeyValuePair<string, object?>("destination", message.Destination));

    public void Record(PumpPass pass)
    {
        Count(timers, pass.Woken, "woken");
        Count(timers, pass.Postponed, "postponed");
    }

    public void RecordAudit(string code) => audit.Add(1, new KeyValuePair<string, object?>("code", code));

    public void RecordFailure(string duty) => failures.Add(1, new KeyValuePair<string, object?>("duty", duty));

    public void Dispose() => meter.Dispose();

    private static void Count(Counter<long> counter, int count, string outcome)
    {
        if (count > 0)
        {
            counter.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    private static string Outcome(DeskResult? result) => result switch
    {
        null => "failed",
        { Status: DeskStatus.Malformed } => "malformed",
        { Status: DeskStatus.KeyReused } => "key_reused",
        { Status: DeskStatus.Repeated } => "repeated",
        { IsAccepted: true } => "accepted",
        _ => "refused",
    };

    private sealed record Begun(Activity? Span, long Since);
}
