using System;
using System.Data.Common;
using System.Linq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NodaTime;
using OrderKernel.Adapters.Hosting;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel;

/// <summary>Adds the kernel to a host.</summary>
public static class OrderKernelRegistration
{
    /// <summary>Adds an <see cref="OrderDesk"/>, its <see cref="DeskOptions"/>, its store, and the hosted services that go with
    /// them.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Puts the kernel together; runs once, now.</param>
    /// <returns>The services, for chaining.</returns>
    /// <remarks><para>May be called several times; the calls add up. Options and ports are checked when the host starts.</para></remarks>
    public static IServiceCollection AddOrderKernel(this IServiceCollection services, Action<OrderKernelBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        if (services.FirstOrDefault(static s => s.ServiceType == typeof(KernelSetup))?.ImplementationInstance is not KernelSetup setup)
        {
            setup = new KernelSetup();
            services.AddSingleton(setup);
            AddKernel(services);
        }

        configure(new OrderKernelBuilder(services, setup));
        return services;
    }

    /// <summary>Keeps everything in one SQLite file, which is created when it is not there.</summary>
    /// <param name="kernel">The builder.</param>
    /// <param name="path">The file, on a local disk.</param>
    /// <param name="configure">Changes how it is opened; may be null.</param>
    /// <returns>The builder, for chaining.</returns>
    public static OrderKernelBuilder UseSqlite(
        this OrderKernelBuilder kernel, string path, Action<SqliteStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return kernel.UsePort<IOrderStore>("UseSqlite", _ =>
        {
            var options = new SqliteStoreOptions(path) { Schema = SchemaMode.Create };
            configure?.Invoke(options);
            return SqliteStore.Open(options);
        });
    }

    /// <summary>Keeps everything in PostgreSQL. The driver is the host's, so that no other host has to carry it.</summary>
    /// <param name="kernel">The builder.</param>
    /// <param name="connect">Makes a closed connection, such as <c>() =&gt; new NpgsqlConnection(text)</c>.</param>
    /// <param name="configure">Changes how it is opened; may be null. Tables are validated unless it says otherwise.</param>
    /// <returns>The builder, for chaining.</returns>
    public static OrderKernelBuilder UsePostgres(
        this OrderKernelBuilder kernel, Func<DbConnection> connect, Action<PostgresStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return kernel.UsePort<IOrderStore>("UsePostgres", services =>
        {
            var options = new PostgresStoreOptions(connect) { Clock = services.GetRequiredService<IClock>() };
            configure?.Invoke(options);
            return PostgresStore.Open(options);
        });
    }

    private static void AddKernel(IServiceCollection services)
    {
        services.AddOptions<OrderKernelOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OrderKernelOptions>, SetupValidator>());
        services.TryAddSingleton<IClock>(SystemClock.Instance);
        services.TryAddSingleton<KernelFigures>();
        services.TryAddSingleton(MakeDeskOptions);
        services.TryAddSingleton(static services => new OrderDesk(
            services.GetRequiredService<IOrderStore>(), services.GetRequiredService<IClock>(),
            services.GetRequiredService<DeskOptions>()));
        services.TryAddSingleton<DutyBoard>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StoreStartup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RelayService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TimerService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SweepService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, BoardService>());
        services.AddHealthChecks().AddCheck<KernelHealthCheck>(OrderKernelTelemetry.HealthCheckName);
    }

    // A service of its own, so that a desk inside the host's transaction works as the host's desk does.
    private static DeskOptions MakeDeskOptions(IServiceProvider services)
    {
        KernelSetup setup = services.GetRequiredService<KernelSetup>();
        var desk = new DeskOptions { Watch = services.GetRequiredService<KernelFigures>() };
        setup.Desks.ForEach(configure => configure(services, desk));
        desk.Tenant = new TenantId(services.GetRequiredService<IOptions<OrderKernelOptions>>().Value.Tenant);
        setup.Routes.ForEach(route => desk.Announce(route.EventType, route.Destination));
        return desk;
    }
}
