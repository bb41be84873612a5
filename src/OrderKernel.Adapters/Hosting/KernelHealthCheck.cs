using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Hosting;

/// <summary>Unhealthy when the store cannot be read, degraded when a duty fails, messages are parked or the oldest waits too
/// long.</summary>
internal sealed class KernelHealthCheck(IServiceProvider services, IOptions<OrderKernelOptions> options, DutyBoard duties) : IHealthCheck
{
    private const int MostParked = 100;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var tenant = new TenantId(options.Value.Tenant);
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        try
        {
            IOrderStore store = services.GetRequiredService<IOrderStore>();
            await store.ReadFeedAsync(tenant, 0, 1, cancellationToken).ConfigureAwait(false);
            if (store is IOutbox outbox)
            {
                ImmutableArray<ParkedMessage> parked =
                    await outbox.ReadParkedMessagesAsync(tenant, MostParked, cancellationToken).ConfigureAwait(false);
                data["parked"] = parked.Length;
            }

            if (await OldestAsync(store, tenant, cancellationToken).ConfigureAwait(false) is { } age)
            {
                data["outbox_lag_seconds"] = Math.Max(0, age.TotalSeconds);
            }
        }
        catch (OrderKernelException fault)
        {
            return HealthCheckResult.Unhealthy("The store cannot be read: " + fault.Message);
        }

        ImmutableArray<DutyState> failing = [.. duties.Read().Where(static state => state.Failures > 0)];
        foreach (DutyState state in failing)
        {
            data[state.Duty] = state.Reason;
        }

        return !failing.IsEmpty
            ? HealthCheckResult.Degraded("Failing: " + string.Join(", ", failing.Select(static state => state.Duty)) + ".", null, data)
            : data.TryGetValue("parked", out object? count) && count is > 0
                ? HealthCheckResult.Degraded($"{count} messages are parked and wait for a person.", null, data)
            : data.TryGetValue("outbox_lag_seconds", out object? lag) && (double)lag > options.Value.Relay.MaxLag.TotalSeconds
                ? HealthCheckResult.Degraded(
                    string.Create(CultureInfo.InvariantCulture, $"The oldest message has been waiting for {(double)lag:F0} s."),
                    null, data)
                : HealthCheckResult.Healthy("The store answers and every duty is done.", data);
    }

    private async Task<Duration?> OldestAsync(IOrderStore store, TenantId tenant, CancellationToken cancellation)
    {
        ImmutableArray<OutgoingMessage> waiting = await store.ReadOutboxAsync(tenant, 1, cancellation).ConfigureAwait(false);
        if (waiting.IsEmpty)
        {
            return null;
        }

        ImmutableArray<EventEnvelope> from = await store.ReadStreamAsync(
            tenant, waiting[0].Stream, waiting[0].Version - 1, cancellation).ConfigureAwait(false);
        return from.IsEmpty ? null : services.GetRequiredService<IClock>().GetCurrentInstant() - from[0].RecordedAt;
    }
}
