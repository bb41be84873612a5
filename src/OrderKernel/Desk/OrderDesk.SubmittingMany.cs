using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Desk;

/// <summary>Many commands at once.</summary>
public sealed partial class OrderDesk
{
    /// <summary>Decides and stores many commands. Each is answered as <see cref="SubmitAsync"/> would answer it in its turn; those that are
    /// not in each other's way are committed together, which spares most of the waiting for the store.</summary>
    /// <param name="submissions">The commands, in the order in which they are meant; may be empty.</param>
    /// <param name="cancellation">Gives up waiting; some commands may have been stored, so repeat all of them under their ids.</param>
    /// <returns>One answer per command, in the order given. One that is refused keeps none of the others back.</returns>
    /// <exception cref="ArgumentException">One of them is null.</exception>
    /// <exception cref="OrderKernelException">The store failed, or a stream kept moving; some may have been stored, and a repeat of all
    /// of them is safe.</exception>
    /// <remarks>
    /// <para>Shape: commands on one order follow each other, and so do those that read or move stock of one SKU; what is on no order, such
    /// as a receipt, is committed alone. So captures go together best. Up to <see cref="DeskOptions.MaxUnitsInBatch"/> commands share a
    /// batch; those of the list that have nothing to do with each other may be stored in another order.</para>
    /// <para>Each command is all or nothing; the list is not. <see cref="DeskOptions.Watch"/> hears of those that share a batch one after
    /// the other, once they are committed.</para>
    /// </remarks>
    public async Task<ImmutableArray<DeskResult>> SubmitManyAsync(
        IEnumerable<Submission> submissions, CancellationToken cancellation = default)
    {
        Submission[] all = (submissions ?? throw new ArgumentNullException(nameof(submissions))).ToArray();
        if (all.Contains(null!))
        {
            throw new ArgumentException("One of the submissions is null.", nameof(submissions));
        }

        var results = new DeskResult?[all.Length];
        var waiting = new List<int>(all.Length);
        for (int place = 0; place < all.Length; place++)
        {
            // What is malformed is stored nowhere and changes nothing, so its turn does not matter.
            if (options.MaxUnitsInBatch <= 1 || !FaultsOf(all[place]).IsEmpty)
            {
                results[place] = await SubmitAsync(all[place], cancellation).ConfigureAwait(false);
            }
            else
            {
                waiting.Add(place);
            }
        }

        while (waiting.Count > 0)
        {
            SubmissionWave wave = await GatherAsync(all, waiting, cancellation).ConfigureAwait(false);
            await AnswerAsync(wave, all, results, cancellation).ConfigureAwait(false);
            waiting.RemoveAll(place => results[place] is not null);
        }

        return ImmutableArray.CreateRange(results)!;
    }

    private async Task<SubmissionWave> GatherAsync(
        Submission[] all, List<int> waiting, CancellationToken cancellation)
    {
        var wave = new SubmissionWave(options.MaxUnitsInBatch);
        foreach (int place in waiting)
        {
            Submission submission = all[place];
            if (wave.IsFull || submission.Command is not OrderCommand command)
            {
                break;
            }

            if (!wave.Takes(submission))
            {
                continue;
            }

            Decided? decided = await DecideAsync(submission, fresh: false, options.MaxAttempts == 1, cancellation).ConfigureAwait(false);
            if (decided is null)
            {
                break;
            }

            // A denial is of nothing that the others change, and it is answered as a whole.
            if (decided.Unit.Command.Id != submission.Id)
            {
                wave.AddAlone(place);
                continue;
            }

            ImmutableArray<Sku> skus = await TouchedAsync(command, decided, cancellation).ConfigureAwait(false);
            if (!wave.TryAdd(place, command.Stream, decided, skus))
            {
                break;
            }
        }

        // The first waits for nobody: when it goes with no others, it goes alone.
        if (wave.IsEmpty)
        {
            wave.AddAlone(waiting[0]);
        }

        return wave;
    }

    // Everything that a command on an order, or what the desk does after it, may read or move of stock: the SKUs of its lines, and what it
    // takes from others. Default where it is nothing: then nobody else's stock changes the answer either.
    private async ValueTask<ImmutableArray<Sku>> TouchedAsync(OrderCommand command, Decided decided, CancellationToken cancellation)
    {
        OrderState state = decided.After.FirstOrDefault(known => known.Order == command.Order)?.State
            ?? (await LoadAsync(command.Order, true, cancellation).ConfigureAwait(false)).State;
        UnitOfWork unit = decided.Unit;
        bool isOfStock = command is HoldStock || options.ServesWaiting || options.Tiers is not null || !unit.Postings.IsEmpty
            || !unit.Holds.IsEmpty || state.Lines.Any(static line => !line.Borrowed.IsEmpty);
        return !isOfStock ? default : ImmutableArray.CreateRange(
            state.Lines.Select(static line => line.Sku)
                .Concat(unit.Postings.SelectMany(static posting => new[] { posting.FromCell.Sku, posting.ToCell.Sku }))
                .Concat(unit.OpenLines.Select(static line => line.Sku)).Distinct());
    }

    private async Task AnswerAsync(
        SubmissionWave wave, Submission[] all, DeskResult?[] results, CancellationToken cancellation)
    {
        var units = ImmutableArray.CreateBuilder<UnitOfWork>(wave.Members.Count);
        var committing = new List<(int Place, Decided? Decided, ImmutableArray<Sku> Raised)>(wave.Members.Count);
        foreach ((int place, Decided? decided) in wave.Members)
        {
            if (decided is null)
            {
                committing.Add((place, null, ImmutableArray<Sku>.Empty));
                continue;
            }

            (Decided reminding, ImmutableArray<Sku> raised) = await RemindAsync(all[place], decided, cancellation).ConfigureAwait(false);
            committing.Add((place, reminding, raised));
            units.Add(reminding.Unit);
        }

        ImmutableArray<UnitResult> committed = units.Count == 0
            ? ImmutableArray<UnitResult>.Empty
            : await store.CommitAsync(units.ToImmutable(), cancellation).ConfigureAwait(false);
        int next = 0;
        foreach ((int place, Decided? decided, ImmutableArray<Sku> raised) in committing)
        {
            results[place] = decided is not null && committed[next++].Status == UnitStatus.Committed
                ? await WatchedAsync(all[place], () => FollowAsync(all[place], decided, raised, cancellation)).ConfigureAwait(false)
                : await SubmitAsync(all[place], cancellation).ConfigureAwait(false);
        }
    }
}
