using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using OrderKernel.Adapters.Sql;

namespace OrderKernel.Adapters.EntityFrameworkCore;

/// <summary>The kernel's tables in a host's model, so that the host's migrations own them.</summary>
/// <remarks>
/// <para>They are mapped as property bags under the names of their tables; read them as you like, but let the kernel write them.
/// Names are set explicitly, so that a naming convention of the host leaves them as the kernel's SQL expects them; a default schema of
/// the host is followed.</para>
/// <para>Source: docs/adr/0017-inside-the-hosts-transaction.md.</para>
/// </remarks>
public static class OrderKernelModel
{
    private const string DialectAnnotation = "OrderKernel:Dialect";

    /// <summary>Maps the tables. Call it in <c>OnModelCreating</c>.</summary>
    /// <param name="model">The host's model.</param>
    /// <param name="dialect">Which database, and where the tables are; see <see cref="DialectOf"/> and
    /// <see cref="SqlDialect.WithTables"/>.</param>
    /// <returns>The model, for chaining.</returns>
    public static ModelBuilder ApplyOrderKernel(this ModelBuilder model, SqlDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dialect);
        string schema = dialect.Schema.Length > 0 ? dialect.Schema : model.Model.GetDefaultSchema() ?? string.Empty;
        SqlDialect placed = schema == dialect.Schema ? dialect : dialect.WithTables(schema, dialect.Prefix);
        model.HasAnnotation(DialectAnnotation, $"{placed.Name}|{placed.Schema}|{placed.Prefix}");
        var mapping = new TableMapping(model, placed);
        foreach (Table table in OrderTables.All.Where(table => mapping.Has(table.In)))
        {
            mapping.Map(table);
        }

        mapping.Finish();
        return model;
    }

    /// <summary>Keeps the framework from indexing every reference between the kernel's tables. Call it in
    /// <c>ConfigureConventions</c>; without it the tables work as well, and every write maintains
    /// indexes that nothing reads.</summary>
    /// <param name="conventions">The host's conventions; its own tables are not touched.</param>
    /// <returns>The conventions, for chaining.</returns>
    public static ModelConfigurationBuilder ConfigureOrderKernel(this ModelConfigurationBuilder conventions)
    {
        ArgumentNullException.ThrowIfNull(conventions);
        conventions.Conventions.Replace<ForeignKeyIndexConvention>(static services =>
            new ReferenceIndexes(services.GetRequiredService<ProviderConventionSetBuilderDependencies>()));
        return conventions;
    }

    /// <summary>The dialect of a context's provider, with tables in the default place.</summary>
    /// <param name="database">The <c>Database</c> of the host's context.</param>
    /// <exception cref="NotSupportedException">The provider is neither SQLite nor Npgsql.</exception>
    public static SqlDialect DialectOf(DatabaseFacade database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.ProviderName switch
        {
            "Microsoft.EntityFrameworkCore.Sqlite" => SqlDialect.Sqlite,
            "Npgsql.EntityFrameworkCore.PostgreSQL" => SqlDialect.PostgreSql,
            _ => throw new NotSupportedException(
                $"The kernel's SQL speaks SQLite and PostgreSQL, not {database.ProviderName}. For another database, implement IOrderStore "
                + "and prove it with the contract suite of OrderKernel.Testing."),
        };
    }

    /// <summary>What a model cannot say: the triggers that keep history append-only. Run it once, in the migration that makes the tables:
    /// <c>migrationBuilder.Sql(OrderKernelModel.Protection(dialect))</c>.</summary>
    /// <param name="dialect">The dialect that was given to <see cref="ApplyOrderKernel"/>.</param>
    public static string Protection(SqlDialect dialect) => Protection(dialect, from: 1);

    /// <summary>What a release adds to <see cref="Protection(SqlDialect)"/>, with the note that what is older than seals is still to be
    /// sealed. Run it once, in the migration that upgrades the tables.</summary>
    /// <param name="dialect">The dialect that was given to <see cref="ApplyOrderKernel"/>.</param>
    /// <param name="from">The first version of the scripts that is wanted; the tables have the earlier ones.</param>
    public static string Protection(SqlDialect dialect, int from)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        IEnumerable<string> paragraphs = dialect.Versions.Where(version => version >= from)
            .SelectMany(version => dialect.Script(version).Split("\n\n"));
        string place = dialect.Schema.Length == 0 ? dialect.Prefix : dialect.Schema + "." + dialect.Prefix;
        string[] wanted =
        [
            "CREATE TRIGGER", "CREATE FUNCTION", $"INSERT INTO {place}seal_waiting ",
            $"INSERT INTO {place}rebuild (name) SELECT 'seal'",
        ];
        return string.Join("\n\n", paragraphs.Where(text => wanted.Any(begin => text.StartsWith(begin, StringComparison.Ordinal))));
    }

    /// <summary>The dialect that a model was mapped with.</summary>
    internal static SqlDialect MappedDialect(IReadOnlyModel model)
    {
        string[] parts = (model.FindAnnotation(DialectAnnotation)?.Value as string ?? throw new InvalidOperationException(
            "This context has no tables of the kernel. Call modelBuilder.ApplyOrderKernel(...) in OnModelCreating.")).Split('|');
        SqlDialect dialect = parts[0] == SqlDialect.Sqlite.Name ? SqlDialect.Sqlite : SqlDialect.PostgreSql;
        return dialect.WithTables(parts[1], parts[2]);
    }
}
