using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

/// <content>What an honest past looks like to an audit.</content>
public static partial class KernelLaws
{
    /// <summary>Whatever happened, the audit of it finds nothing, before and after a checkpoint was written and read.</summary>
    /// <param name="store">The store; everything in it came through a desk.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task HistoryAudits(IOrderStore store, TenantId tenant, CancellationToken cancellation = default)
    {
        var desk = new OrderDesk(store, new FakeClock(SampleUnits.Now), new DeskOptions { Tenant = tenant });
        ImmutableArray<Finding> findings = await desk.AuditHistoryAsync(cancellation).ConfigureAwait(false);
        LawBrokenException.Unless(findings.IsEmpty, "The audit of an honest past finds: " + string.Join("; ", findings));
        HistoryCheckpoint taken = await desk.TakeCheckpointAsync(cancellation).ConfigureAwait(false);
        HistoryCheckpoint? read = HistoryCheckpoint.Read(taken.Write(), null, out Finding? wrong);
        LawBrokenException.Unless(read is not null, $"A checkpoint is read back: {wrong}");
        findings = await desk.CompareAsync(read!, cancellation).ConfigureAwait(false);
        LawBrokenException.Unless(findings.IsEmpty, "The past differs from its own checkpoint: " + string.Join("; ", findings));
    }
}
