using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Desk;

/// <summary>Submissions of which none is in the way of another, so that they come to the same in one batch as one by one.</summary>
/// <remarks><para>What could be in the way: the same id, the same stream, and the same SKU where stock is read or moved.</para></remarks>
internal sealed class SubmissionWave
{
    private readonly HashSet<StreamId> streams = new();
    private readonly HashSet<CommandId> ids = new();
    private readonly HashSet<Sku> touched = new();
    private readonly int most;
    private int passedOver;

    public SubmissionWave(int most) => this.most = most;

    /// <summary>Who is in it, by place in the list; what is not decided is answered alone, after the batch.</summary>
    public List<(int Place, Decided? Decided)> Members { get; } = new();

    public bool IsEmpty => Members.Count == 0;

    /// <summary>Whether no more are looked at; passing over is bounded too, or a long list on one order would be walked for each.</summary>
    public bool IsFull => Members.Count >= most || passedOver >= most;

    /// <summary>Whether the id and the stream are free. What has to wait keeps its stream, and nothing that touches stock goes past it:
    /// what it will touch is not known yet.</summary>
    public bool Takes(Submission submission)
    {
        bool isFree = !ids.Contains(submission.Id) & streams.Add(submission.Command.Stream);
        passedOver += isFree ? 0 : 1;
        ids.Add(submission.Id);
        return isFree;
    }

    public void AddAlone(int place) => Members.Add((place, null));

    /// <summary>Adds a decision, or says that it has to wait for those before it.</summary>
    /// <param name="place">Its place in the list.</param>
    /// <param name="stream">Its own stream, which is taken.</param>
    /// <param name="decided">The decision.</param>
    /// <param name="skus">What it may read or move, follow-ups included; default for a command that has nothing to do with stock.</param>
    public bool TryAdd(int place, StreamId stream, Decided decided, ImmutableArray<Sku> skus)
    {
        if (decided.Unit.Appends.Any(append => append.Stream != stream && streams.Contains(append.Stream))
            || (!skus.IsDefault && (passedOver > 0 || skus.Any(touched.Contains))))
        {
            return false;
        }

        streams.UnionWith(decided.Unit.Appends.Select(static append => append.Stream));
        touched.UnionWith(skus.IsDefault ? Enumerable.Empty<Sku>() : skus);
        Members.Add((place, decided));
        return true;
    }
}
