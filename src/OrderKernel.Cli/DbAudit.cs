using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Cli;

/// <summary>Recomputes what a database claims. True when nothing was found.</summary>
internal static class DbAudit
{
    private const int Page = 500;

    public static async Task<bool> Run(SqlStore store, TenantId tenant, DbSay say)
    {
        LedgerContents ledger = await store.ReadLedgerAsync(tenant, default).ConfigureAwait(false);
        ImmutableArray<Finding> findings = LedgerAudit.Check(ledger.Journal, ledger.Balances, ledger.Holds);
        foreach (Finding finding in findings)
        {
            say.Line(finding);
        }

        ImmutableArray<Finding> kept = await new OrderDesk(store, SystemClock.Instance, new DeskOptions { Tenant = tenant })
            .AuditSnapshotsAsync().ConfigureAwait(false);
        foreach (Finding finding in kept)
        {
            say.Line(finding);
        }

        (int broken, int events, HashSet<System.Guid> known) = await Chains(store, tenant, say).ConfigureAwait(false);
        int lost = await Commands(store, tenant, known, say).ConfigureAwait(false);
        bool isClean = findings.IsEmpty && kept.IsEmpty && broken == 0 && lost == 0;
        say.Line(
            isClean ? DbText.AuditClean : DbText.AuditFindings, ledger.Journal.Length, ledger.Balances.Length, ledger.Holds.Length, events,
            findings.Length, broken, lost, kept.Length);
        return isClean;
    }

    public static async Task<bool> Replay(SqlStore store, TenantId tenant, DbSay say)
    {
        var desk = new OrderDesk(store, SystemClock.Instance, new DeskOptions { Tenant = tenant });
        ReplayReport report = await desk.ReplayAsync().ConfigureAwait(false);
        foreach (CommandId id in report.Differing)
        {
            say.Line(DbText.ReplayDiffers, id);
        }

        if (report.Differing.IsEmpty)
        {
            say.Line(DbText.ReplayClean, report.Same, KernelVersion.Rules);
        }

        foreach (ReplayOfRules other in report.OtherRules)
        {
            say.Line(
                DbText.ReplayOtherRules, other.Same + other.Otherwise.Length, other.Rules, KernelVersion.Rules, other.Same,
                other.Otherwise.Length);
        }

        return report.Differing.IsEmpty;
    }

    public static async Task<bool> Feed(SqlStore store, TenantId tenant, long after, int most, DbSay say)
    {
        foreach (FeedEntry entry in await store.ReadFeedAsync(tenant, after, most, default).ConfigureAwait(false))
        {
            say.Entry(entry);
        }

        return true;
    }

    private static async Task<(int Broken, int Events, HashSet<System.Guid> Known)> Chains(SqlStore store, TenantId tenant, DbSay say)
    {
        int broken = 0;
        var known = new HashSet<System.Guid>();
        foreach (string category in StreamId.EventCategories)
        {
            string after = string.Empty;
            ImmutableArray<StreamId> names;
            do
            {
                names = await store.ReadStreamNamesAsync(tenant, category, after, Page, default).ConfigureAwait(false);
                foreach (StreamId name in names)
                {
                    ImmutableArray<EventEnvelope> stream = await store.ReadStreamAsync(tenant, name, 0, default).ConfigureAwait(false);
                    known.UnionWith(stream.Select(static one => one.EventId));
                    if (HashChain.FirstTampered(stream) is { } version)
                    {
                        broken++;
                        say.Line(DbText.ChainBroken, name, version);
                    }

                    after = name.Key;
                }
            }
            while (names.Length == Page);
        }

        return (broken, known.Count, known);
    }

    // A chain does not show that its tail is missing; the commands do.
    private static async Task<int> Commands(SqlStore store, TenantId tenant, HashSet<System.Guid> known, DbSay say)
    {
        int lost = 0;
        for (CommandId? after = null; ;)
        {
            ImmutableArray<DecidedCommand> commands = await store.ReadCommandsAsync(tenant, after, Page, default).ConfigureAwait(false);
            foreach (DecidedCommand command in commands)
            {
                if (!CommandOutcome.Read(command.Outcome, KernelFindings.Catalog).Events.All(known.Contains))
                {
                    lost++;
                    say.Line(DbText.EventsMissing, command.Id);
                }
            }

            if (commands.Length < Page)
            {
                return lost;
            }

            after = commands[Page - 1].Id;
        }
    }
}
