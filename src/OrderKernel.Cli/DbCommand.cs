using System;
using System.Collections.Immutable;
using System.CommandLine;
using System.Linq;
using System.Threading.Tasks;
using Npgsql;
using OrderKernel.Adapters.Sql;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Cli;

/// <summary><c>orderkernel db …</c>: the database of a host, looked at from outside. Nothing here changes an order.</summary>
internal static class DbCommand
{
    private static readonly Option<string> Sqlite = new("--sqlite") { Description = "The SQLite file; no other program has it open." };
    private static readonly Option<string> Postgres = new("--postgres") { Description = "A PostgreSQL connection string." };
    private static readonly Option<string> Tenant = new("--tenant")
    {
        Description = "Whose orders.",
        DefaultValueFactory = static _ => "main",
    };

    private static readonly Option<string> Spoken = RulesCommand.LanguageOption();
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a line instead of sentences." };

    public static Command Build()
    {
        var db = new Command("db", "Scripts, checks, audit, replay and feed of a database.")
        {
            BuildScript(),
            OnStore(
                "check", "Opens the store as a host would, says what keeps it from being safe, and in which forms events are stored.",
                static (job, say) => DbForms.Check(job.Store, job.Tenant, say)),
            BuildAudit(),
            BuildHeads(),
            OnStore(
                "replay", "Decides every stored command again from its recorded facts and compares bytes.",
                static (job, say) => DbAudit.Replay(job.Store, job.Tenant, say)),
        };
        var after = new Option<long>("--after") { Description = "The last position already seen." };
        var most = new Option<int>("--most") { Description = "How many events at most.", DefaultValueFactory = static _ => 100 };
        Command feed = OnStore("feed", "Lists the feed.", (job, say) => DbAudit.Feed(
            job.Store, job.Tenant, job.Parsed.GetValue(after), job.Parsed.GetValue(most), say));
        feed.Add(after);
        feed.Add(most);
        db.Add(feed);
        return db;
    }

    private static Command BuildAudit()
    {
        var against = new Option<string>("--against") { Description = "A file of orderkernel db heads: the past must be that one." };
        Option<string> key = KeyOption();
        Command audit = OnStore(
            "audit",
            "Recomputes whatever follows from the events (ledger, holds, timers, messages, open lines, board, snapshots), every hash "
            + "chain, and the seals over commands and feed.",
            (job, say) => DbAudit.Run(
                job.Store, job.Tenant, job.Parsed.GetValue(against), job.Parsed.GetValue(key), say));
        audit.Add(against);
        audit.Add(key);
        return audit;
    }

    private static Command BuildHeads()
    {
        var file = new Option<string>("--out") { Description = "The file to write; without it the heads are printed." };
        Option<string> key = KeyOption();
        Command heads = OnStore(
            "heads", "Writes the heads of all chains of a tenant, to be kept where the database's users may not write.",
            (job, say) => DbHeads.Take(
                job.Store, job.Tenant, job.Parsed.GetValue(file), job.Parsed.GetValue(key),
                job.Parsed.InvocationConfiguration.Output, say));
        heads.Add(file);
        heads.Add(key);
        return heads;
    }

    private static Option<string> KeyOption() =>
        new("--key") { Description = "A file with a secret of 16 bytes or more: heads are signed with it (HMAC-SHA256) and must bear it." };

    private static Command BuildScript()
    {
        var dialect = new Option<string>("--dialect") { Description = "sqlite or postgres.", DefaultValueFactory = static _ => "sqlite" };
        dialect.AcceptOnlyFromAmong("sqlite", "postgres");
        var from = new Option<int>("--from") { Description = "The first version wanted.", DefaultValueFactory = static _ => 1 };
        var script = new Command("script", "Prints the scripts that make the tables, for your own migrations.") { dialect, from };
        script.SetAction(parsed =>
        {
            SqlDialect of = parsed.GetValue(dialect) == "postgres" ? SqlDialect.PostgreSql : SqlDialect.Sqlite;
            foreach (int version in of.Versions)
            {
                if (version >= parsed.GetValue(from))
                {
                    parsed.InvocationConfiguration.Output.Write(of.Script(version) + Environment.NewLine);
                }
            }

            return 0;
        });
        return script;
    }

    private static Command OnStore(string name, string description, Func<DbJob, DbSay, Task<bool>> run)
    {
        var command = new Command(name, description) { Sqlite, Postgres, Tenant, Json, Spoken };
        command.SetAction(async parsed =>
        {
            var say = new DbSay(
                parsed.InvocationConfiguration.Output, parsed.GetValue(Json), RulesCommand.Language(parsed.GetValue(Spoken)!));
            (string? sqlite, string? postgres) = (parsed.GetValue(Sqlite), parsed.GetValue(Postgres));
            if (string.IsNullOrEmpty(sqlite) == string.IsNullOrEmpty(postgres))
            {
                say.Line(DbText.OnePlace);
                return 1;
            }

            try
            {
                (SqlStore store, IDisposable close) = Open(sqlite, postgres);
                using (close)
                {
                    var tenant = new TenantId(parsed.GetValue(Tenant)!);
                    ImmutableArray<TenantId> known = await store.ReadTenantsAsync(default).ConfigureAwait(false);
                    bool isNamed = parsed.GetResult(Tenant) is { Implicit: false };
                    if ((isNamed || !known.IsEmpty) && !known.Contains(tenant))
                    {
                        string here = known.IsEmpty ? "-" : string.Join(", ", known.Take(20));
                        say.Line(DbText.TenantUnknown, tenant, here);
                        return 1;
                    }

                    return await run(new DbJob(store, tenant, parsed), say).ConfigureAwait(false) ? 0 : 1;
                }
            }
            catch (Exception fault) when (fault is OrderKernelException or ArgumentException)
            {
                say.Line(DbText.Unsafe, fault.Message);
                return 1;
            }
        });
        return command;
    }

    private static (SqlStore Store, IDisposable Close) Open(string? sqlite, string? postgres)
    {
        if (!string.IsNullOrEmpty(sqlite))
        {
            SqliteStore file = SqliteStore.Open(new SqliteStoreOptions(sqlite));
            return (file, file);
        }

        PostgresStore server = PostgresStore.Open(new PostgresStoreOptions(() => new NpgsqlConnection(postgres)));
        return (server, server);
    }
}

/// <summary>What a command works on.</summary>
internal sealed record DbJob(SqlStore Store, TenantId Tenant, ParseResult Parsed);
