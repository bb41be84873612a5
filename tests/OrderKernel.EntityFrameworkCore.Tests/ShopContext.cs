using System;
using System.IO;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Npgsql;
using OrderKernel.Adapters.EntityFrameworkCore;
using Xunit;

namespace OrderKernel.EntityFrameworkCore.Tests;

/// <summary>A row of the host's own.</summary>
public sealed class Basket
{
    public int Id { get; set; }

    public string Order { get; set; } = string.Empty;
}

/// <summary>The context of a host, with a table of its own beside the kernel's.</summary>
public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Basket> Baskets => Set<Basket>();

    /// <summary>Makes the tables; a SQLite file stays in the write-ahead mode in which the framework makes it.</summary>
    public void Create() => Database.EnsureCreated();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.ConfigureOrderKernel();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyOrderKernel(OrderKernelModel.DialectOf(Database));
}

/// <summary>A host with a default schema, a prefix and a naming convention.</summary>
public sealed class NamedContext(DbContextOptions<NamedContext> options) : DbContext(options)
{
    public DbSet<Basket> Baskets => Set<Basket>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Conventions.Add(_ => new Shouting());

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.HasDefaultSchema("shop")
            .ApplyOrderKernel(OrderKernelModel.DialectOf(Database).WithTables(string.Empty, "ok_"));

    /// <summary>Names every table in capitals, as naming conventions do: where nothing was said explicitly.</summary>
    private sealed class Shouting : IModelFinalizingConvention
    {
        public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
        {
            foreach (IConventionEntityType entity in modelBuilder.Metadata.GetEntityTypes())
            {
                entity.Builder.ToTable(entity.GetTableName()!.ToUpperInvariant());
                foreach (IConventionProperty property in entity.GetProperties())
                {
                    property.Builder.HasColumnName(property.Name.ToUpperInvariant());
                }
            }
        }
    }
}

/// <summary>A SQLite file in a folder of its own, removed afterwards.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("orderkernel-").FullName;

    public string ConnectionString => $"Data Source={Path.Combine(folder, "shop.db")};Pooling=False;Default Timeout=2";

    public ShopContext Open() => new(new DbContextOptionsBuilder<ShopContext>().UseSqlite(ConnectionString).Options);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

/// <summary>A PostgreSQL database of its own on the tests' server, removed afterwards.</summary>
internal sealed class PostgresFile : IDisposable
{
    private static int count;
    private readonly string name = $"ef_{Environment.ProcessId}_{System.Threading.Interlocked.Increment(ref count)}";

    public PostgresFile() => Execute(Server!, $"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'");

    /// <summary>The connection string of the server; null where there is none.</summary>
    public static string? Server => Environment.GetEnvironmentVariable("ORDERKERNEL_POSTGRES");

    public string ConnectionString => new NpgsqlConnectionStringBuilder(Server) { Database = name, Pooling = false }.ToString();

    public ShopContext Open() => new(new DbContextOptionsBuilder<ShopContext>().UseNpgsql(ConnectionString).Options);

    public long Ask(string text)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = text;
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose() => Execute(Server!, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    private static void Execute(string server, string text)
    {
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}

/// <summary>A test that needs a PostgreSQL server; skipped, visibly, where there is none.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresFile.Server is null
        ? "No PostgreSQL server: eng/test.sh starts one and names it in ORDERKERNEL_POSTGRES."
        : null;
}
