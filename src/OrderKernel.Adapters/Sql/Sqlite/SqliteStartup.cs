using System;
using System.Globalization;
using System.IO;
using Microsoft.Data.Sqlite;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Sql;

/// <summary>Opens connections with the settings that keep promises, and refuses to open without them.</summary>
internal static class SqliteStartup
{
    /// <summary>Refuses what is no database before anything is put beside it.</summary>
    public static void RefuseOther(SqliteStoreOptions options)
    {
        if (!File.Exists(options.Path))
        {
            if (options.Schema != SchemaMode.Create)
            {
                throw new OrderKernelException("There is no such database file. Open it with SchemaMode.Create to make it.");
            }

            return;
        }

        var begin = new byte[16];
        int length;
        try
        {
            using var file = new FileStream(options.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            length = file.Read(begin, 0, begin.Length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new OrderKernelException("The database file cannot be read. Check its rights.", isTransient: false, fault);
        }

        if (length > 0 && System.Text.Encoding.ASCII.GetString(begin, 0, length) != "SQLite format 3\0")
        {
            throw new OrderKernelException("The file is no SQLite database. Name the file that the store was opened with.");
        }
    }

    /// <summary>The connection that alone commits and checkpoints.</summary>
    public static SqliteConnection OpenWriter(SqliteStoreOptions options)
    {
        RefuseNetworkDrive(options.Path);
        SqliteConnection connection = Open(options.Path, options.Schema == SchemaMode.Create
            ? SqliteOpenMode.ReadWriteCreate
            : SqliteOpenMode.ReadWrite);
        try
        {
            Set(connection, "busy_timeout=5000");
            if (options.Schema == SchemaMode.Validate)
            {
                // Before anything is set: what is not ours stays as it is.
                SqlSchema.Prepare(new SqlSession(connection, options.Dialect), options.Schema);
            }

            Set(connection, "journal_mode=WAL");
            Set(connection, options.Durability == SqliteDurability.Full ? "synchronous=FULL" : "synchronous=NORMAL");
            Set(connection, "foreign_keys=ON");
            Set(connection, "journal_size_limit=67108864");
            Set(connection, "cache_size=-65536");
            Expect(connection, "journal_mode", "wal");
            Expect(connection, "synchronous", options.Durability == SqliteDurability.Full ? "2" : "1");
            Expect(connection, "foreign_keys", "1");
            if (options.CheckOnOpen)
            {
                Expect(connection, "quick_check(1)", "ok");
            }

            if (options.Schema == SchemaMode.Create)
            {
                SqlSchema.Prepare(new SqlSession(connection, options.Dialect), options.Schema);
            }

            if (options.Schema != SchemaMode.None)
            {
                OpenLineIndex.RebuildIfNeeded(new SqlSession(connection, options.Dialect));
                SqliteSeals.SealIfNeeded(new SqlSession(connection, options.Dialect));
            }

            return connection;
        }
        catch (SqliteException fault)
        {
            connection.Dispose();
            throw Failure(fault, "The database file cannot be used as it is. Check it with sqlite3, or restore it from a backup.");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that only reads; it never checkpoints.</summary>
    public static SqliteConnection OpenReader(string path)
    {
        SqliteConnection connection = Open(path, SqliteOpenMode.ReadWrite);
        Set(connection, "busy_timeout=5000");
        Set(connection, "wal_autocheckpoint=0");
        Set(connection, "query_only=ON");
        return connection;
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        string text = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString();
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException fault)
        {
            connection.Dispose();
            throw Failure(fault, $"The database file cannot be opened (mode {mode}). Open it with SchemaMode.Create to make it.");
        }
    }

    private static void Set(SqliteConnection connection, string pragma)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Pragmas take no parameters; the texts are constants of this class.
        command.CommandText = "PRAGMA " + pragma;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static void Expect(SqliteConnection connection, string pragma, string value)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // As above.
        command.CommandText = "PRAGMA " + pragma;
#pragma warning restore CA2100
        string found = Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "nothing";
        if (found != value)
        {
            throw new OrderKernelException(
                $"SQLite answers {pragma} = {found} where {value} is needed to keep what is acknowledged. "
                + "Put the file on a local disk, close other programs that use it, and check the file.");
        }
    }

    private static void RefuseNetworkDrive(string path)
    {
        string? root = Path.GetPathRoot(Path.GetFullPath(path));
        if (!string.IsNullOrEmpty(root) && new DriveInfo(root!).DriveType == DriveType.Network)
        {
            throw new OrderKernelException("The database file is on a network drive, where SQLite's locks do not hold. Use a local disk.");
        }
    }

    public static OrderKernelException Failure(SqliteException fault, string message)
    {
        const int busy = 5, locked = 6;
        return new OrderKernelException(message, fault.SqliteErrorCode is busy or locked, fault);
    }
}
