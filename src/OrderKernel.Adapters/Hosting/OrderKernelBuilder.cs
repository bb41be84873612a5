using System;
using System.Collections.Generic;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NodaTime;
using OrderKernel.Adapters.Hosting;
using OrderKernel.Desk;
using OrderKernel.Storage;

namespace OrderKernel;

/// <summary>Puts the kernel together in a host, by four verbs: <c>Use</c> fills a port, once; <c>Add</c> adds one of many;
/// <c>Configure</c> sets options; <c>Map</c> says what goes where.</summary>
/// <remarks>
/// <para>Nothing is opened while it is put together. Mistakes are collected and told together when the host starts.</para>
/// <para>Source: docs/adr/0018-hosting-verbs.md.</para>
/// </remarks>
public sealed class OrderKernelBuilder
{
    private readonly KernelSetup setup;

    internal OrderKernelBuilder(IServiceCollection services, KernelSetup setup)
    {
        Services = services;
        this.setup = setup;
    }

    /// <summary>The host's services; adapters add theirs.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Sets options.</summary>
    /// <param name="configure">Changes them; runs when they are first needed.</param>
    /// <returns>The builder, for chaining.</returns>
    public OrderKernelBuilder Configure(Action<OrderKernelOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Sets options the longer way: bound to configuration, validated further, set after all others.</summary>
    /// <param name="configure">Given the builder of the options, now.</param>
    /// <returns>The builder, for chaining.</returns>
    public OrderKernelBuilder ConfigureOptions(Action<OptionsBuilder<OrderKernelOptions>> configure)
    {
        (configure ?? throw new ArgumentNullException(nameof(configure)))(Services.AddOptions<OrderKernelOptions>());
        return this;
    }

    /// <summary>Sets how the desk works: bounds of orders, tiers of holds, who is served first.</summary>
    /// <param name="configure">Changes the options, with the host's services at hand; runs once, when the host starts. The tenant is
    /// that of <see cref="OrderKernelOptions"/>.</param>
    /// <returns>The builder, for chaining.</returns>
    public OrderKernelBuilder ConfigureDesk(Action<IServiceProvider, DeskOptions> configure)
    {
        setup.Desks.Add(configure ?? throw new ArgumentNullException(nameof(configure)));
        return this;
    }

    /// <summary>Fills a port. A second adapter for it is a mistake that is told at start.</summary>
    /// <typeparam name="TPort">The port.</typeparam>
    /// <param name="adapter">The adapter's name, for the message.</param>
    /// <param name="make">Makes it, once, when the host starts; disposed with the host.</param>
    /// <returns>The builder, for chaining.</returns>
    public OrderKernelBuilder UsePort<TPort>(string adapter, Func<IServiceProvider, TPort> make)
        where TPort : class
    {
        setup.Claim(typeof(TPort), adapter);
        Services.Replace(ServiceDescriptor.Singleton(make));
        return this;
    }

    /// <summary>Keeps everything in memory; lost with the process. For tests and first steps.</summary>
    /// <returns>The builder, for chaining.</returns>
    public OrderKernelBuilder UseMemory() => UsePort<IOrderStore>("UseMemory", static _ => new MemoryStore());

    /// <summary>Uses a store of the host's own.</summary>
    /// <typeparam name="TStore">The store; proved by the contract suite of <c>OrderKernel.Testing</c>.</typeparam>
    /// <returns>The builder, for chaining.</returns>
    public OrderKernelBuilder UseStore<[System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(
        System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>()
        where TStore : class, IOrderStore =>
        UsePort<IOrderStore>(typeof(TStore).Name, static services => ActivatorUtilities.CreateInstance<TStore>(services));

    /// <summary>Sends messages by a sender of the host's own.</summary>
    /// <typeparam name="TSender">The sender.</typeparam>
    /// <returns>The builder, for chaining.</returns>
    public OrderKernelBuilder UseSender<[System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(
        System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)] TSender>()
        where TSender : class, IMessageSender =>
        UsePort<IMessageSender>(typeof(TSender).Name, static services => ActivatorUtilities.CreateInstance<TSender>(services));

    /// <summary>Uses another clock than the system's.</summary>
    /// <param name="clock">The clock.</param>
    /// <returns>The builder, for chaining.</returns>
    public OrderKernelBuilder UseClock(IClock clock) => UsePort("UseClock", _ => clock);

    /// <summary>Has every event of a type announced to a destination, through the outbox.</summary>
    /// <param name="eventType">The dotted type, such as <c>order.shipped</c>.</param>
    /// <param name="destination">The host's name for the receiver.</param>
    /// <returns>The builder, for chaining.</returns>
    public OrderKernelBuilder MapEvent(string eventType, string destination)
    {
        setup.Routes.Add((
            eventType ?? throw new ArgumentNullException(nameof(eventType)),
            destination ?? throw new ArgumentNullException(nameof(destination))));
        return this;
    }

    /// <summary>Adds a check for the start of the host; adapters check their own options by it.</summary>
    /// <param name="check">Answers every mistake, each with its remedy; nothing when there is none.</param>
    /// <returns>The builder, for chaining.</returns>
    public OrderKernelBuilder AddCheck(Func<IServiceProvider, IEnumerable<string>> check)
    {
        setup.Checks.Add(check ?? throw new ArgumentNullException(nameof(check)));
        return this;
    }

    /// <summary>The destinations that events are announced to, by <see cref="MapEvent"/>; complete when the host starts.</summary>
    public IEnumerable<string> Destinations()
    {
        var destinations = new SortedSet<string>(StringComparer.Ordinal);
        setup.Routes.ForEach(route => destinations.Add(route.Destination));
        return destinations;
    }
}
