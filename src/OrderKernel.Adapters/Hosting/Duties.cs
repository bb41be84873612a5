using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Hosting;

/// <summary>Opens the store before anything else starts, so that what is wrong with it stops the host with its remedy.</summary>
internal sealed class StoreStartup(IServiceProvider services, IOptions<OrderKernelOptions> options, ILoggerFactory loggers) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<OrderDesk>();
        Log.StoreOpened(loggers.CreateLogger(Log.Category), options.Value.Tenant);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>What every duty needs.</summary>
internal sealed class DutyContext(IServiceProvider services, string duty)
{
    public OrderKernelOptions Options { get; } = services.GetRequiredService<IOptions<OrderKernelOptions>>().Value;

    public IOrderStore Store { get; } = services.GetRequiredService<IOrderStore>();

    public IClock Clock { get; } = services.GetRequiredService<IClock>();

    public KernelFigures Figures { get; } = services.GetRequiredService<KernelFigures>();

    public DutyBoard Board { get; } = services.GetRequiredService<DutyBoard>();

    public ILogger Logger { get; } = services.GetRequiredService<ILoggerFactory>().CreateLogger(Log.Category);

    public TenantId Tenant => new(Options.Tenant);

    public OrderDesk Desk => services.GetRequiredService<OrderDesk>();

    public T? Find<T>()
        where T : class => services.GetService<T>();

    public Task RunAsync(DutyOptions options, Func<CancellationToken, Task<bool>> pass, CancellationToken stop) =>
        new DutyLoop(duty, options.Interval, services.GetRequiredService<DutyBoard>(), Figures, Logger).RunAsync(pass, stop);
}

/// <summary>Sends what the outbox holds.</summary>
internal sealed class RelayService(IServiceProvider services) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var context = new DutyContext(services, "relay");
        RelayDutyOptions options = context.Options.Relay;
        if (!options.IsEnabled || context.Store is not IOutbox outbox || context.Find<IMessageSender>() is not { } sender)
        {
            return Task.CompletedTask;
        }

        var relay = new MessageRelay(outbox, sender, context.Clock, context.Tenant, new RelayOptions
        {
            Owner = context.Options.Service,
            Lease = Duration.FromTimeSpan(options.Lease),
            Batch = options.Batch,
            MaxAttempts = options.MaxAttempts,
            Confirmed = context.Figures.RecordLag,
        });
        return context.RunAsync(options, async stop =>
        {
            RelayPass pass = await relay.RunAsync(stop).ConfigureAwait(false);
            context.Figures.Record(pass);
            if (pass.Parked > 0)
            {
                Log.MessagesParked(context.Logger, pass.Parked);
            }

            return pass.HasProgress;
        }, stoppingToken);
    }
}

/// <summary>Wakes up what is due: holds that expire are let go by a command like any other.</summary>
internal sealed class TimerService(IServiceProvider services) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var context = new DutyContext(services, "timers");
        if (!context.Options.Timers.IsEnabled)
        {
            return Task.CompletedTask;
        }

        var actor = new Actor(context.Options.Service, "orderkernel");
        if (context.Store is not ITimerQueue timers)
        {
            // Without claims several hosts would do the same work twice, which is harmless.
            return context.RunAsync(
                context.Options.Timers, async stop => await context.Desk.WakeAsync(actor, stop).ConfigureAwait(false) < 0,
                stoppingToken);
        }

        var pump = new TimerPump(context.Desk, timers, context.Clock, context.Tenant, actor);
        Instant quietFrom = Instant.MinValue;
        bool isFailing = false;
        return context.RunAsync(context.Options.Timers, async stop =>
        {
            PumpPass pass = await pump.RunAsync(100, stop).ConfigureAwait(false);
            context.Figures.Record(pass);
            if (pass.LastFault is { } fault)
            {
                string reason = fault is CommandRefusedException { Findings.IsEmpty: false } refused
                    ? refused.Findings[0].Code
                    : fault.GetType().Name;
                Log.TimersPostponed(context.Logger, pass.Postponed, reason);
                context.Board.Report(new DutyState("timers", pass.Postponed, reason));
                isFailing = true;

                // They are tried again a minute later; until then no news is not good news.
                quietFrom = context.Clock.GetCurrentInstant() + Duration.FromMinutes(2);
            }
            else if (isFailing && context.Clock.GetCurrentInstant() >= quietFrom)
            {
                context.Board.Report(new DutyState("timers", 0, string.Empty));
                isFailing = false;
            }

            return false;
        }, stoppingToken);
    }
}

/// <summary>Recomputes the ledger from its journal, and forgets what the inbox need not know any more.</summary>
internal sealed class SweepService(IServiceProvider services) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var context = new DutyContext(services, "sweep");
        SweepDutyOptions options = context.Options.Sweep;
        return options.IsEnabled ? context.RunAsync(options, SweepAsync, stoppingToken) : Task.CompletedTask;

        async Task<bool> SweepAsync(CancellationToken stop)
        {
            ImmutableArray<Finding> findings = await context.Desk.AuditLedgerAsync(stop).ConfigureAwait(false);
            foreach (Finding finding in findings)
            {
                context.Figures.RecordAudit(finding.Code);
            }

            if (context.Store is IInbox inbox)
            {
                const int page = 1_000;
                Instant before = Microseconds.Cut(context.Clock.GetCurrentInstant()) - Duration.FromTimeSpan(options.InboxRetention);
                while (await inbox.ForgetReceivedAsync(context.Tenant, before, page, stop).ConfigureAwait(false) == page)
                {
                }
            }

            if (!findings.IsEmpty)
            {
                Log.LedgerDiffers(context.Logger, findings.Length, findings[0].Code);
                throw new OrderKernelException(
                    $"The ledger does not agree with its journal: {findings.Length} findings, the first is {findings[0].Code}. "
                    + "Nothing is mended by itself; compare with 'orderkernel db audit'.");
            }

            return false;
        }
    }
}

/// <summary>Keeps the stored board up to the feed.</summary>
internal sealed class BoardService(IServiceProvider services) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var context = new DutyContext(services, "board");
        if (!context.Options.Board.IsEnabled || context.Store is not IOrderBoard board)
        {
            return Task.CompletedTask;
        }

        var projection = new BoardProjection(
            context.Store, board, context.Tenant, services.GetRequiredService<DeskOptions>());
        return context.RunAsync(context.Options.Board, async stop =>
        {
            await projection.CatchUpAsync(500, stop).ConfigureAwait(false);
            return false;
        }, stoppingToken);
    }
}
