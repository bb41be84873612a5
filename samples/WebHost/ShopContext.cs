using Microsoft.EntityFrameworkCore;
using OrderKernel.Adapters.EntityFrameworkCore;

namespace WebHost;

/// <summary>A row of the host's own: what the shop knows of an order and the kernel need not.</summary>
public sealed class Basket
{
    public required string Order { get; set; }

    /// <summary>The customer's own number for it; each once.</summary>
    public required string Reference { get; set; }

    public string Note { get; set; } = string.Empty;
}

/// <summary>The host's context: its own table, and the kernel's beside it.</summary>
public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Basket> Baskets => Set<Basket>();

    /// <summary>Makes the file when it is not there. A host with migrations runs them instead.</summary>
    public void Prepare()
    {
        if (Database.EnsureCreated())
        {
            Database.ExecuteSqlRaw(OrderKernelModel.Protection(OrderKernelModel.DialectOf(Database)));
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) => conventions.ConfigureOrderKernel();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Basket>().HasKey(basket => basket.Order);
        model.Entity<Basket>().HasIndex(basket => basket.Reference).IsUnique();
        model.ApplyOrderKernel(OrderKernelModel.DialectOf(Database));
    }
}
