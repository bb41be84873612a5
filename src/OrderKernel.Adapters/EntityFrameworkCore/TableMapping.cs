using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderKernel.Adapters.Sql;

namespace OrderKernel.Adapters.EntityFrameworkCore;

/// <summary>Maps tables into one model, named and shaped as one dialect's scripts do.</summary>
internal sealed class TableMapping(ModelBuilder model, SqlDialect dialect)
{
    public bool IsPostgres { get; } = dialect.Name == SqlDialect.PostgreSql.Name;

    /// <summary>Whether the dialect has it.</summary>
    public bool Has(Has which) => which == EntityFrameworkCore.Has.Both || (which == EntityFrameworkCore.Has.PostgresOnly) == IsPostgres;

    private string? Schema => dialect.Schema.Length == 0 ? null : dialect.Schema;

    public void Map(Table table)
    {
        string name = dialect.Prefix + table.Name;
        EntityTypeBuilder<Dictionary<string, object>> entity = model.SharedTypeEntity<Dictionary<string, object>>(name);
        entity.HasAnnotation(ReferenceIndexes.Ours, true);
        entity.ToTable(name, Schema, mapped =>
        {
            foreach (Column column in table.Columns.Where(static column => column.Check is not null))
            {
                mapped.HasCheckConstraint($"{name}_{column.Name}_check", column.Check);
            }
        });
        foreach (Column column in table.Columns)
        {
            Map(entity, table, column);
        }

        entity.HasKey(table.Key).HasName(name + "_pkey");
        if (table.Unique.Length > 0)
        {
            entity.HasAlternateKey(table.Unique).HasName($"{name}_{string.Join('_', table.Unique)}_key");
        }

        foreach (TableIndex index in table.Indexes)
        {
            entity.HasIndex(index.Columns, IndexName(index)).HasFilter(index.IsOpenOnly ? "sent = 0" : null);
        }

        if (table.FillFactor > 0 && IsPostgres)
        {
            entity.HasAnnotation("Npgsql:StorageParameter:fillfactor", table.FillFactor);
        }
    }

    /// <summary>References, once all tables are there; then what only one table has.</summary>
    public void Finish()
    {
        foreach (Table table in OrderTables.All)
        {
            foreach (Reference reference in table.References.Where(reference => Has(reference.In)))
            {
                Map(table, reference);
            }
        }

        model.SharedTypeEntity<Dictionary<string, object>>(dialect.Prefix + "schema")
            .HasData(dialect.Versions.Select(static version => new Dictionary<string, object> { ["version"] = (long)version }));
        if (IsPostgres)
        {
            model.HasSequence<long>(dialect.Prefix + "command_seq", Schema);
            model.SharedTypeEntity<Dictionary<string, object>>(dialect.Prefix + "feed")
                .HasAlternateKey("event_pos").HasName(dialect.Prefix + "feed_event_pos_key");
        }
    }

    private void Map(EntityTypeBuilder<Dictionary<string, object>> entity, Table table, Column column)
    {
        PropertyBuilder property = entity.IndexerProperty(ClrType(column), column.Name).HasColumnName(column.Name)
            .IsRequired(!column.IsNullable).HasColumnType(Spell(column.Type)).ValueGeneratedNever();
        if (column.Default is not null)
        {
            property.HasDefaultValue(column.Default);
        }

        if (IsPostgres && column.Type == ColumnType.Text)
        {
            property.UseCollation("C");
        }

        if (IsPostgres && table.HasIdentity && table.Key[0] == column.Name)
        {
            property.ValueGeneratedOnAdd().HasAnnotation("Npgsql:ValueGenerationStrategy", IdentityAlways());
        }
    }

    private void Map(Table table, Reference reference)
    {
        string name = dialect.Prefix + table.Name;
        EntityTypeBuilder<Dictionary<string, object>> entity = model.SharedTypeEntity<Dictionary<string, object>>(name);
        entity.HasOne(dialect.Prefix + reference.Table, null).WithMany().HasForeignKey(reference.Column).HasPrincipalKey(reference.Target)
            .OnDelete(DeleteBehavior.NoAction).HasConstraintName($"{name}_{reference.Column}_fkey");
    }

    private static Type ClrType(Column column) => column.Type switch
    {
        ColumnType.Text => typeof(string),
        ColumnType.Long => column.IsNullable ? typeof(long?) : typeof(long),
        _ => column.IsNullable ? typeof(int?) : typeof(int),
    };

    private string Spell(ColumnType type) => type switch
    {
        ColumnType.Text => IsPostgres ? "text" : "TEXT",
        ColumnType.Long => IsPostgres ? "bigint" : "INTEGER",
        _ => IsPostgres ? "integer" : "INTEGER",
    };

    private string IndexName(TableIndex index) => (IsPostgres ? "ix_" : string.Empty) + dialect.Prefix + index.Name;

    // The provider's enumeration, without a package reference that a SQLite host would have to carry.
    private static object IdentityAlways()
    {
        const string provider = "Npgsql.EntityFrameworkCore.PostgreSQL";
        const string name = provider + ".Metadata.NpgsqlValueGenerationStrategy, " + provider;
        return Enum.Parse(Type.GetType(name, throwOnError: true)!, "IdentityAlwaysColumn");
    }
}
