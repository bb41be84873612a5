using System;
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
using OrderKernel.Storage;

namespace OrderKernel.Cli;

/// <summary>Recomputes what a database claims. True when nothing was found.</summary>
internal static class DbAudit
{
    public static async Task<bool> Run(SqlStore store, TenantId tenant, string? against, string? key, DbSay say)
    {
        // What cannot be compared with is said at once, not behind an audit of everything.
        var desk = new OrderDesk(store, SystemClock.Instance, new DeskOptions { Tenant = tenant });
        bool isSame = true;
        if (!string.IsNullOrEmpty(against))
        {
            HistoryCheckpoint? checkpoint = DbHeads.Read(against, key, say);
            bool isOfTenant = checkpoint?.Tenant == tenant;
            isSame = checkpoint is not null && await DbHeads.Compare(desk, checkpoint, isOfTenant, say).ConfigureAwait(false);
            if (!isOfTenant)
            {
                return false;
            }
        }

        (LedgerContents? ledger, ImmutableArray<Finding> wrong) = await Ledger(store, tenant).ConfigureAwait(false);
        ImmutableArray<Finding> past = await desk.AuditHistoryAsync().ConfigureAwait(false);
        ImmutableArray<Finding> kept = await Snapshots(desk).ConfigureAwait(false);
        foreach (Finding finding in wrong.AddRange(kept))
        {
            say.Line(finding);
        }

        int broken = 0, lost = 0;
        foreach (Finding finding in past)
        {
            bool isChain = finding.Code == "history.event_altered", isLost = finding.Code == "history.events_missing";
            (broken, lost) = (broken + (isChain ? 1 : 0), lost + (isLost ? 1 : 0));
            say.Line(isChain ? DbText.ChainBroken.About(string.Empty, string.Empty, Values(finding))
                : isLost ? DbText.EventsMissing.About(string.Empty, string.Empty, Values(finding)) : finding);
        }

        ImmutableArray<StoredForm> forms = await store.ReadStoredFormsAsync(tenant, default).ConfigureAwait(false);
        bool isClean = wrong.IsEmpty && kept.IsEmpty && past.IsEmpty;
        say.Line(
            isClean ? DbText.AuditClean : DbText.AuditFindings, ledger?.Journal.Length ?? 0, ledger?.Balances.Length ?? 0,
            ledger?.Holds.Length ?? 0, forms.Sum(static form => form.Events), wrong.Length, broken, lost, kept.Length,
            past.Length - broken - lost);
        return isClean && isSame;
    }

    // What cannot even be read is told by the audit of the history.
    private static async Task<(LedgerContents? Ledger, ImmutableArray<Finding> Wrong)> Ledger(SqlStore store, TenantId tenant)
    {
        try
        {
            LedgerContents ledger = await store.ReadLedgerAsync(tenant, default).ConfigureAwait(false);
            return (ledger, LedgerAudit.Check(ledger.Journal, ledger.Balances, ledger.Holds));
        }
        catch (Exception fault) when (fault is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            return (null, ImmutableArray<Finding>.Empty);
        }
    }

    private static async Task<ImmutableArray<Finding>> Snapshots(OrderDesk desk)
    {
        try
        {
            return await desk.AuditSnapshotsAsync().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidOperationException)
        {
            return [];
        }
    }

    private static string[] Values(Finding finding) => [.. finding.Facts.Select(static fact => fact.Value)];

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
}
