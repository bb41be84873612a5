using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrderKernel.Desk;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Hosting;

/// <summary>What was said about the kernel while services were registered: which adapter fills which port, what is announced where,
/// and what else is to be checked at start.</summary>
internal sealed class KernelSetup
{
    public SortedDictionary<string, List<string>> Claims { get; } = new(StringComparer.Ordinal);

    public List<(string EventType, string Destination)> Routes { get; } = new();

    public List<Action<IServiceProvider, DeskOptions>> Desks { get; } = new();

    public List<Func<IServiceProvider, IEnumerable<string>>> Checks { get; } = new();

    public void Claim(Type port, string adapter)
    {
        if (!Claims.TryGetValue(port.Name, out List<string>? adapters))
        {
            Claims.Add(port.Name, adapters = new List<string>());
        }

        if (!adapters.Contains(adapter))
        {
            adapters.Add(adapter);
        }
    }

    public bool Has<TPort>() => Claims.ContainsKey(typeof(TPort).Name);
}

/// <summary>Checks setup and options when the host starts: every mistake at once, each with its remedy.</summary>
internal sealed class SetupValidator(KernelSetup setup, IServiceProvider services) : IValidateOptions<OrderKernelOptions>
{
    private static readonly TimeSpan ShortestRetention = TimeSpan.FromDays(7);

    public ValidateOptionsResult Validate(string? name, OrderKernelOptions options)
    {
        var mistakes = Ports(options).Concat(Values(options)).Concat(setup.Checks.SelectMany(check => check(services))).ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private IEnumerable<string> Ports(OrderKernelOptions options)
    {
        if (!setup.Has<IOrderStore>())
        {
            yield return "There is no store. Call kernel.UseSqlite(\"orders.db\"), kernel.UsePostgres(...) or, for tests, "
                + "kernel.UseMemory().";
        }

        foreach (KeyValuePair<string, List<string>> claim in setup.Claims.Where(static claim => claim.Value.Count > 1))
        {
            yield return $"{claim.Key} is filled by {string.Join(" and by ", claim.Value)}. Keep one of these calls.";
        }

        if (options.Relay.IsEnabled && setup.Routes.Count > 0 && !setup.Has<IMessageSender>())
        {
            yield return $"Events are announced to {setup.Routes[0].Destination}, but nothing sends them. Call kernel.UseRabbitMq(...) or "
                + "kernel.UseSender<TSender>(), or set Relay.IsEnabled to false where another host sends.";
        }
    }

    private static IEnumerable<string> Values(OrderKernelOptions options)
    {
        if (!IsName(options.Tenant))
        {
            yield return "Tenant is no name. Give one line of 1 to 64 characters.";
        }

        if (!IsName(options.Service))
        {
            yield return "Service is no name. Give one line of 1 to 64 characters, another for every running host.";
        }

        foreach ((string of, int value) in new[]
        {
            ("Relay.Batch", options.Relay.Batch), ("Relay.MaxAttempts", options.Relay.MaxAttempts),
        }.Where(static bound => bound.Item2 < 1))
        {
            yield return $"{of} is {value}. Set it to 1 or more.";
        }

        foreach ((string of, TimeSpan value) in new[]
        {
            ("Relay.Interval", options.Relay.Interval), ("Timers.Interval", options.Timers.Interval),
            ("Sweep.Interval", options.Sweep.Interval), ("Board.Interval", options.Board.Interval), ("Relay.Lease", options.Relay.Lease),
            ("Relay.MaxLag", options.Relay.MaxLag),
        }.Where(static span => span.Item2 <= TimeSpan.Zero || span.Item2.TotalMilliseconds > int.MaxValue))
        {
            yield return $"{of} is {value}. Set it to more than nothing and less than 24 days.";
        }

        if (options.Sweep.InboxRetention < ShortestRetention)
        {
            yield return $"Sweep.InboxRetention is {options.Sweep.InboxRetention}. Set it to seven days or more: a message that "
                + "comes again later would be taken for a new one.";
        }
    }

    private static bool IsName(string? text) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= 64 && !text.Any(static c => char.IsControl(c) || char.IsSurrogate(c));
}
