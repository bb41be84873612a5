using Microsoft.EntityFrameworkCore;

namespace OrderKernel.Adapters.EntityFrameworkCore;

/// <summary>A ready context with the kernel's tables and nothing else, for hosts that have none of their own. Derive from it to add to
/// it.</summary>
/// <remarks><para>SQLite and PostgreSQL; tables in the default place, named <c>om_…</c>.</para></remarks>
public class OrderKernelContext : DbContext
{
    /// <summary>Makes a context.</summary>
    /// <param name="options">The provider and its connection.</param>
    public OrderKernelContext(DbContextOptions options)
        : base(options)
    {
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.ConfigureOrderKernel();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyOrderKernel(OrderKernelModel.DialectOf(Database));
}
