using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using OrderKernel.Adapters.Hosting;
using OrderKernel.Adapters.RabbitMq;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel;

/// <summary>RabbitMQ for <c>AddOrderKernel</c>.</summary>
public static class RabbitMqRegistration
{
    /// <summary>Sends what is announced to RabbitMQ. Every destination needs a queue in the options.</summary>
    /// <param name="kernel">The builder.</param>
    /// <param name="configure">Sets the options; runs when they are first needed.</param>
    /// <returns>The builder, for chaining.</returns>
    public static OrderKernelBuilder UseRabbitMq(this OrderKernelBuilder kernel, Action<RabbitMqOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        kernel.Services.AddOptions<RabbitMqOptions>().Configure(configure);
        kernel.AddCheck(services => Mistakes(kernel, services));
        kernel.Services.AddHostedService<BrokerStartup>();
        return kernel.UsePort<IMessageSender>(
            "UseRabbitMq", static services => new RabbitMqSender(services.GetRequiredService<IOptions<RabbitMqOptions>>().Value));
    }

    /// <summary>Reads a queue of RabbitMQ, each message once.</summary>
    /// <typeparam name="TReceiver">Says what events mean.</typeparam>
    /// <param name="kernel">The builder.</param>
    /// <param name="consumer">The host's name for this reader; part of what makes a message a repeat, so keep it.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="configure">Changes how it is read; may be null.</param>
    /// <returns>The builder, for chaining.</returns>
    public static OrderKernelBuilder AddRabbitMqReceiver<TReceiver>(
        this OrderKernelBuilder kernel, string consumer, string queue, Action<ReceiverOptions>? configure = null)
        where TReceiver : class, IEventReceiver
    {
        ArgumentNullException.ThrowIfNull(kernel);
        var options = new ReceiverOptions(queue);
        configure?.Invoke(options);
        kernel.Services.AddSingleton<IHostedService>(services => new ReceiverService(
            services, options, consumer, static services => ActivatorUtilities.CreateInstance<TReceiver>(services)));
        return kernel;
    }

    private static IEnumerable<string> Mistakes(OrderKernelBuilder kernel, IServiceProvider services)
    {
        RabbitMqOptions options = services.GetRequiredService<IOptions<RabbitMqOptions>>().Value;
        foreach (string mistake in options.Mistakes())
        {
            yield return mistake;
        }

        if (options.Topology != TopologyMode.None)
        {
            foreach (string destination in kernel.Destinations().Where(destination => !options.Queues.ContainsKey(destination)))
            {
                yield return $"Events are announced to {destination}, which has no queue. Set RabbitMq.Queues[\"{destination}\"].";
            }
        }
    }
}

/// <summary>Looks at exchange and queues when the host starts. A broker that is down does not keep orders from being taken; one that
/// is set up wrongly stops the host.</summary>
internal sealed partial class BrokerStartup(IServiceProvider services, ILoggerFactory loggers) : IHostedService
{
    // Hosted services are made before options are checked, so nothing that needs good options is asked for until it starts.
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<IMessageSender>().PrepareAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OrderKernelException fault) when (fault.IsTransient)
        {
            BrokerAbsent(loggers.CreateLogger("OrderKernel.RabbitMq"), fault.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(3000, LogLevel.Warning, "Started without a broker: {Reason}", EventName = "BrokerAbsent")]
    private static partial void BrokerAbsent(ILogger logger, string reason);
}

/// <summary>Keeps a receiver reading while the host runs.</summary>
internal sealed partial class ReceiverService(
    IServiceProvider services, ReceiverOptions options, string consumer, Func<IServiceProvider, IEventReceiver> receiver)
    : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("OrderKernel.RabbitMq");
        IOrderStore store = services.GetRequiredService<IOrderStore>();
        var tenant = new TenantId(services.GetRequiredService<IOptions<OrderKernelOptions>>().Value.Tenant);
        var intake = new EventIntake(
            consumer, services.GetRequiredService<OrderDesk>(),
            store as IInbox ?? throw new InvalidOperationException("The store keeps no inbox, so messages cannot be handled once."),
            services.GetRequiredService<IClock>(), tenant, receiver(services));
        var reader = new RabbitMqReceiver(services.GetRequiredService<IOptions<RabbitMqOptions>>().Value, options, intake);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await reader.RunAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OrderKernelException fault) when (!stoppingToken.IsCancellationRequested)
            {
                ReadingEnded(logger, options.Queue, fault.Message);
                await Task.Delay(Rest, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    [LoggerMessage(3001, LogLevel.Warning, "Reading {Queue} ended and starts again: {Reason}", EventName = "ReadingEnded")]
    private static partial void ReadingEnded(ILogger logger, string queue, string reason);
}
