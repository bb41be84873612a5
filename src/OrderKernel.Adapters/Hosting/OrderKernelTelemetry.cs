namespace OrderKernel.Adapters.Hosting;

/// <summary>The names that hosts subscribe to. They are part of the contract; figures under them carry bounded tags only, and order
/// numbers appear on spans alone.</summary>
public static class OrderKernelTelemetry
{
    /// <summary>The <c>ActivitySource</c>: a span <c>orderkernel.decide</c> per command.</summary>
    public const string SourceName = "OrderKernel.Adapters.Hosting";

    /// <summary>The <c>Meter</c>.</summary>
    public const string MeterName = "OrderKernel.Adapters.Hosting";

    /// <summary>The health check.</summary>
    public const string HealthCheckName = "orderkernel";

    /// <summary>Counts answers, by <c>command</c> and <c>outcome</c>.</summary>
    public const string Decisions = "orderkernel.decisions";

    /// <summary>How long answers take in seconds, by <c>command</c>.</summary>
    public const string DecisionDuration = "orderkernel.decision.duration";

    /// <summary>Counts reasons of refusals, by <c>command</c> and <c>code</c>.</summary>
    public const string Refusals = "orderkernel.refusals";

    /// <summary>Counts messages, by <c>outcome</c>: sent, postponed, parked or lost.</summary>
    public const string Messages = "orderkernel.messages";

    /// <summary>How long it takes from an event to the receiver's confirmation of its message, in seconds, by <c>destination</c>.</summary>
    public const string OutboxLag = "orderkernel.outbox.lag";

    /// <summary>Counts timers, by <c>outcome</c>: woken or postponed.</summary>
    public const string Timers = "orderkernel.timers";

    /// <summary>Counts what the ledger's audit finds, by <c>code</c>.</summary>
    public const string AuditFindings = "orderkernel.audit.findings";

    /// <summary>Counts passes of hosted services that failed, by <c>duty</c>.</summary>
    public const string DutyFailures = "orderkernel.duty.failures";
}
