using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>A test that starts and kills a PostgreSQL server of its own; skipped, visibly, where there are no programs for it.</summary>
internal sealed class PostgresServerFactAttribute : FactAttribute
{
    public PostgresServerFactAttribute() => Skip = PrivatePostgres.Programs is null ? PostgresFactAttribute.Reason : null;
}
