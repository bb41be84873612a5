using System;

namespace OrderKernel.Adapters.Hosting;

/// <summary>How the kernel works in a host. Every value has a default and is checked when the host starts.</summary>
public sealed class OrderKernelOptions
{
    /// <summary>Whose orders the host handles.</summary>
    /// <value>The default is <c>main</c>.</value>
    public string Tenant { get; set; } = "main";

    /// <summary>Who acts when a timer wakes up, and who holds leases: a service code. Give every running host a name of its own.</summary>
    /// <value>The default is <c>orderkernel</c>.</value>
    public string Service { get; set; } = "orderkernel";

    /// <summary>Sends what the outbox holds.</summary>
    public RelayDutyOptions Relay { get; } = new();

    /// <summary>Wakes up what is due, such as holds that expire.</summary>
    public DutyOptions Timers { get; } = new() { Interval = TimeSpan.FromSeconds(1) };

    /// <summary>Recomputes the ledger and compares, and forgets what the inbox need not know any more.</summary>
    public SweepDutyOptions Sweep { get; } = new() { Interval = TimeSpan.FromHours(1) };

    /// <summary>Keeps the stored board up to the feed.</summary>
    public DutyOptions Board { get; } = new() { Interval = TimeSpan.FromSeconds(1) };
}

/// <summary>How often a hosted service does its duty, and whether here at all.</summary>
public class DutyOptions
{
    /// <summary>Whether this host does it. Switch it off where another host does.</summary>
    /// <value>The default is true.</value>
    public bool IsEnabled { get; set; } = true;

    /// <summary>How long it rests when there is nothing to do.</summary>
    /// <value>The defaults are a second for relay, timers and board, and an hour for the sweep.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);
}

/// <summary>How the relay works.</summary>
public sealed class RelayDutyOptions : DutyOptions
{
    /// <summary>How long a claim lasts; longer than a sender waits for its receiver.</summary>
    /// <value>The default is one minute.</value>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many messages are under way at once, each of another stream.</summary>
    /// <value>The default is 64.</value>
    public int Batch { get; set; } = 64;

    /// <summary>After how many claims a message that the receiver does not take is parked.</summary>
    /// <value>The default is 8.</value>
    public int MaxAttempts { get; set; } = 8;

    /// <summary>How long a message may wait before the health check reports it.</summary>
    /// <value>The default is five minutes.</value>
    public TimeSpan MaxLag { get; set; } = TimeSpan.FromMinutes(5);
}

/// <summary>How the sweep works.</summary>
public sealed class SweepDutyOptions : DutyOptions
{
    /// <summary>How long it is remembered that a message came in.</summary>
    /// <value>The default is 30 days; less than seven are refused. Keep it above twice the age at which a broker may still deliver
    /// again.</value>
    public TimeSpan InboxRetention { get; set; } = TimeSpan.FromDays(30);
}
