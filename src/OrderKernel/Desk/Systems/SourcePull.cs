using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Desk;

/// <summary>A row that was made or changed in a system beside the kernel, and what that asks of the kernel.</summary>
/// <param name="Key">The row's key there; unique.</param>
/// <param name="ChangedAt">When it was last changed, as that system states.</param>
/// <param name="Command">What is wanted.</param>
public sealed record SourceRow(string Key, Instant ChangedAt, KernelCommand Command);

/// <summary>How far a source was pulled: the last row that was taken.</summary>
/// <param name="ChangedAt">When that row was changed.</param>
/// <param name="Key">Its key.</param>
public readonly record struct PullMark(Instant ChangedAt, string Key);

/// <summary>A system that is asked for what changed, such as an ERP. The host's.</summary>
public interface IChangedRows
{
    /// <summary>Reads rows by time of change and then by key, both ascending, the key by the order of its characters.</summary>
    /// <param name="from">Rows that changed later, or at this moment with a greater key.</param>
    /// <param name="most">How many at most; fewer mean that there are no more.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    ValueTask<ImmutableArray<SourceRow>> ReadAsync(PullMark from, int most, CancellationToken cancellation);
}

/// <summary>Keeps marks where they outlast the process, such as a row beside the orders. The host's.</summary>
public interface IPullMarks
{
    /// <summary>The mark of a source; null when it was never pulled.</summary>
    /// <param name="source">The system's name.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    ValueTask<PullMark?> ReadAsync(string source, CancellationToken cancellation);

    /// <summary>Replaces the mark of a source.</summary>
    /// <param name="source">The system's name.</param>
    /// <param name="mark">How far it was pulled.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    ValueTask SaveAsync(string source, PullMark mark, CancellationToken cancellation);
}

/// <summary>A row that the kernel did not take, and every reason.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Findings">Why.</param>
public sealed record RowRefused(string Key, ImmutableArray<Finding> Findings);

/// <summary>What came of a pull.</summary>
/// <param name="Applied">How many rows were taken now.</param>
/// <param name="Repeated">How many had been taken before: those of the mark's own moment, which are read again.</param>
/// <param name="Refused">The rows that were not taken; may be empty.</param>
public sealed record PullPass(int Applied, int Repeated, ImmutableArray<RowRefused> Refused);

/// <summary>Takes what changed in a system beside the kernel since the last time. Run it on the host's schedule, and whenever that
/// system says that something changed.</summary>
/// <remarks>
/// <para>Every row becomes a command whose id is made of the row's key, moment and content. So a row is taken once, however often it
/// is read, and a row that changed again at the very moment of the mark is neither lost nor doubled.</para>
/// <para>Errors: what source, marks or store throw ends the pass. The mark then stands at the last row that was taken, and the next
/// pass goes on behind it; after a killed process at most one page is read again.</para>
/// </remarks>
public sealed class SourcePull
{
    private const int Page = 200;
    private readonly OrderDesk desk;
    private readonly IChangedRows rows;
    private readonly IPullMarks marks;
    private readonly Actor actor;

    /// <summary>Makes a pull; nothing is read yet.</summary>
    /// <param name="desk">Takes the commands.</param>
    /// <param name="rows">The source.</param>
    /// <param name="marks">Keeps its mark.</param>
    /// <param name="actor">Who issues the commands; its source system names the source.</param>
    public SourcePull(OrderDesk desk, IChangedRows rows, IPullMarks marks, Actor actor)
    {
        this.desk = desk ?? throw new ArgumentNullException(nameof(desk));
        this.rows = rows ?? throw new ArgumentNullException(nameof(rows));
        this.marks = marks ?? throw new ArgumentNullException(nameof(marks));
        this.actor = actor ?? throw new ArgumentNullException(nameof(actor));
    }

    /// <summary>Takes everything that changed.</summary>
    /// <param name="cancellation">Gives up; what was taken stays taken.</param>
    public async Task<PullPass> RunAsync(CancellationToken cancellation = default)
    {
        PullMark? saved = await marks.ReadAsync(actor.SourceSystem, cancellation).ConfigureAwait(false);
        var from = new PullMark(saved?.ChangedAt ?? Instant.MinValue, string.Empty);
        var pass = new PullPass(0, 0, ImmutableArray<RowRefused>.Empty);
        ImmutableArray<SourceRow> page;
        do
        {
            page = await rows.ReadAsync(from, Page, cancellation).ConfigureAwait(false);
            PullMark reached = from;
            try
            {
                foreach (SourceRow row in page)
                {
                    pass = await TakeAsync(row, pass, cancellation).ConfigureAwait(false);
                    reached = new PullMark(row.ChangedAt, row.Key);
                }
            }
            finally
            {
                if (reached != from)
                {
                    await marks.SaveAsync(actor.SourceSystem, reached, CancellationToken.None).ConfigureAwait(false);
                }
            }

            from = reached;
        }
        while (page.Length == Page);

        return pass;
    }

    private async Task<PullPass> TakeAsync(SourceRow row, PullPass pass, CancellationToken cancellation)
    {
        string changed = InstantPattern.ExtendedIso.Format(row.ChangedAt);
        var id = CommandId.FromName($"pull/{actor.SourceSystem}\n{row.Key}\n{changed}\n{row.Command.ToJson()}");
        DeskResult result = await desk.SubmitAsync(new Submission(id, actor, row.Command), cancellation).ConfigureAwait(false);
        return !result.IsAccepted ? pass with { Refused = pass.Refused.Add(new RowRefused(row.Key, result.Findings)) }
            : result.Status == DeskStatus.Repeated ? pass with { Repeated = pass.Repeated + 1 }
            : pass with { Applied = pass.Applied + 1 };
    }
}
