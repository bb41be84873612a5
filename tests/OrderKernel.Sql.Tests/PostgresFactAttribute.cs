using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>A test that needs a PostgreSQL server; skipped, visibly, where there is none.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    public const string Reason = "No PostgreSQL server: eng/test.sh starts one and names it in " + PostgresDatabase.Variable + ".";

    public PostgresFactAttribute() => Skip = PostgresDatabase.Server is null ? Reason : null;
}

/// <summary>A theory that needs a PostgreSQL server; skipped, visibly, where there is none.</summary>
internal sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresDatabase.Server is null ? PostgresFactAttribute.Reason : null;
}
