using System;
using System.Data.Common;
using System.Globalization;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Adapters.Sql;

/// <summary>Looks at a server before anything is entrusted to it, and refuses with the remedy when it would not keep promises.</summary>
internal static class PostgresStartup
{
    private static readonly Duration GreatestSkew = Duration.FromSeconds(1);

    public static void Check(DbConnection connection, PostgresStoreOptions options)
    {
        Refuse(Ask(connection, "SELECT pg_is_in_recovery()::text") != "false",
            "The server is a replica, which cannot commit and may be behind. Connect to the primary.");
        Refuse(Show(connection, "transaction_read_only") != "off",
            "Transactions are read-only here. Connect to the primary, with a role that may write.");
        Refuse(Show(connection, "server_encoding") != "UTF8",
            "The database does not keep its texts in UTF-8. Create one with ENCODING 'UTF8'.");
        Refuse(Show(connection, "client_encoding") != "UTF8", "The connection does not speak UTF-8. Set client_encoding to UTF8.");
        if (options.Durability == PostgresDurability.Full)
        {
            Refuse(Show(connection, "fsync") != "on",
                "fsync is off: a loss of power destroys the database. Set fsync = on in postgresql.conf and restart the server.");
            Refuse(Show(connection, "full_page_writes") != "on",
                "full_page_writes is off: a loss of power may leave torn pages. Set full_page_writes = on and reload the server.");
            Refuse(Show(connection, "synchronous_commit") is "off",
                "synchronous_commit is off: a crash takes back acknowledged orders. Set it to on for this role or database.");
        }

        CheckClock(connection, options.Clock);
    }

    /// <summary>Refuses a host's clock that is not the server's. Fences keep claims right whatever clocks say; but a clock that runs ahead
    /// takes over what others are at, and wakes up what is not due. It is asked again with every claim, because clocks drift.</summary>
    public static void CheckClock(DbConnection connection, IClock clock)
    {
        Instant before = clock.GetCurrentInstant();
        long micros = long.Parse(
            Ask(connection, "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint::text"), CultureInfo.InvariantCulture);
        Instant after = clock.GetCurrentInstant();
        Instant theirs = Microseconds.ToInstant(micros);
        if (theirs < before - GreatestSkew || theirs > after + GreatestSkew)
        {
            throw new OrderKernelException(
                "The clocks of this host and of the server differ by more than a second. Synchronise both with NTP.", isTransient: true);
        }
    }

    private static string Show(DbConnection connection, string setting) =>
        Ask(connection, $"SELECT current_setting('{setting}')");

    private static string Ask(DbConnection connection, string text)
    {
        using DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this class.
        command.CommandText = text;
#pragma warning restore CA2100
        return (string)command.ExecuteScalar()!;
    }

    private static void Refuse(bool isUnsafe, string remedy)
    {
        if (isUnsafe)
        {
            throw new OrderKernelException(remedy);
        }
    }
}
