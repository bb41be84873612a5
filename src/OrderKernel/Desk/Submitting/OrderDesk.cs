using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>The one façade: takes commands, reads what they need, has them decided, and commits outcome, events, stock, timers and
/// messages together.</summary>
/// <remarks>
/// <para>Stateless and safe to share; many desks may work on one store. A command that lost a race is decided again on
/// fresh data, so callers never see a conflict of their own making.</para>
/// </remarks>
public sealed partial class OrderDesk
{
    private static readonly StockPicture NoStock = StockPicture.Empty;
    private readonly IOrderStore store;
    private readonly IClock clock;
    private readonly DeskOptions options;
    private readonly OrderCache cache;
    private readonly OrderLoader loader;

    /// <summary>Opens a desk.</summary>
    /// <param name="store">Where everything is kept.</param>
    /// <param name="clock">The host's clock; the kernel has none.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <exception cref="ArgumentException">The options say both that packs are used and that their rights are not held.</exception>
    public OrderDesk(IOrderStore store, IClock clock, DeskOptions? options = null)
    {
        this.store = store ?? throw new ArgumentNullException(nameof(store));
        this.clock = clock ?? throw new ArgumentNullException(nameof(clock));
        this.options = options ?? new DeskOptions();
        if (this.options.UsePacks && this.options.IgnoresStoredRights)
        {
            throw new ArgumentException(
                "UsePacks holds the rights of the packs, and IgnoresStoredRights does not. Set one of them.", nameof(options));
        }

        cache = new OrderCache(this.options.CachedOrders);
        loader = new OrderLoader(store, this.options.Tenant, this.options);
    }

    // SubmitAsync, in OrderDesk.Watching.cs, is this with a watch around it.
    private async Task<DeskResult> AnswerAsync(Submission submission, CancellationToken cancellation)
    {
        KernelCommand command = submission.Command;
        ImmutableArray<Finding> faults = FaultsOf(submission);
        if (!faults.IsEmpty)
        {
            return new DeskResult(DeskStatus.Malformed, CommandOutcome.Refused(0, faults));
        }

        bool stockMoved = options.MaxAttempts == 1;
        for (int attempt = 0; attempt < options.MaxAttempts; attempt++)
        {
            if (await DecideAsync(submission, fresh: attempt > 0, stockMoved, cancellation).ConfigureAwait(false) is not { } decided)
            {
                continue;
            }

            if (await FindOwnAsync(submission, decided, cancellation).ConfigureAwait(false) is { } before)
            {
                return new DeskResult(DeskStatus.Repeated, CommandOutcome.Read(before.Outcome, KernelFindings.Catalog))
                {
                    LeavesNoEvent = command is ExportOrders,
                };
            }

            (decided, ImmutableArray<Sku> raised) = await RemindAsync(submission, decided, cancellation).ConfigureAwait(false);
            ImmutableArray<UnitResult> results =
                await store.CommitAsync(ImmutableArray.Create(decided.Unit), cancellation).ConfigureAwait(false);
            UnitResult result = results[0];
            switch (result.Status)
            {
                case UnitStatus.Committed:
                    foreach (KnownOrder known in decided.After)
                    {
                        cache.Keep(known);
                    }

                    await loader.KeepAsync(decided, cancellation).ConfigureAwait(false);
                    await CoverAsync(submission, decided.Unit, raised, cancellation).ConfigureAwait(false);
                    return new DeskResult(
                        DeskStatus.Decided, decided.Outcome, decided,
                        await ServeAsync(submission, decided.Unit, cancellation).ConfigureAwait(false))
                    {
                        LeavesNoEvent = command is ExportOrders,
                    };
                case UnitStatus.Repeated when await IsOwnAsync(submission, decided, cancellation).ConfigureAwait(false):
                    return new DeskResult(
                        DeskStatus.Repeated, CommandOutcome.Read(result.StoredOutcome!, KernelFindings.Catalog))
                    {
                        LeavesNoEvent = command is ExportOrders,
                    };
                case UnitStatus.Repeated or UnitStatus.KeyReused:
                    Finding reused = KernelFindings.KeyReused.About(string.Empty, "command", submission.Id.ToString());
                    return new DeskResult(DeskStatus.KeyReused, CommandOutcome.Refused(0, ImmutableArray.Create(reused)));
                default:
                    stockMoved |= result.Status == UnitStatus.StockMoved;
                    continue;
            }
        }

        throw new OrderKernelException(
            $"{command.Stream} moved {options.MaxAttempts} times while a command was decided. Repeat the command.", isTransient: true);
    }

    private ImmutableArray<Finding> FaultsOf(Submission submission) =>
        submission.Origin == CommandOrigin.Host && DerivedId.IsOfDesk(submission.Id.Value)
            ? ImmutableArray.Create(KernelFindings.IdReserved.About(string.Empty, "command", submission.Id.ToString()))
            : submission.Faults(options.Limits);

    // Who may no longer do what they did is answered as they were, and nothing is done; a denial would be of something new.
    private async Task<DecidedCommand?> FindOwnAsync(Submission submission, Decided decided, CancellationToken cancellation)
    {
        if (submission.Origin != CommandOrigin.Host || decided.Unit.Command.Id == submission.Id)
        {
            return null;
        }

        DecidedCommand? before = await store.ReadCommandAsync(options.Tenant, submission.Id, cancellation).ConfigureAwait(false);
        return before?.Actor == submission.Actor && before.BodyHash == submission.BodyHash ? before : null;
    }

    // An id is its actor's: to anybody else it is used, whatever came of it. What the desk issues is the same whoever made it do so.
    private async Task<bool> IsOwnAsync(Submission submission, Decided decided, CancellationToken cancellation) =>
        submission.Origin != CommandOrigin.Host || (await store.ReadCommandAsync(
            options.Tenant, decided.Unit.Command.Id, cancellation).ConfigureAwait(false))?.Actor == submission.Actor;

    /// <summary>Null when the order moved while its stock was read.</summary>
    private async Task<Decided?> DecideAsync(
        Submission submission, bool fresh, bool stockMoved, CancellationToken cancellation)
    {
        if (submission.Command is OrderCommand command)
        {
            // A remembered order may be old. Events are safe on it: the store checks the version they were decided on. An answer
            // without events is checked by nobody, so it is only given on what the store holds now.
            bool remembered = !fresh && cache.Find(command.Order).Head.Version > 0;
            Decided? decided = await DecideOrderAsync(submission, command, !remembered, stockMoved, cancellation).ConfigureAwait(false);
            return remembered && decided!.Unit.Appends.IsEmpty
                ? await DecideOrderAsync(submission, command, true, stockMoved, cancellation).ConfigureAwait(false)
                : decided;
        }

        if (submission.Command is DefinitionCommand or ExportOrders)
        {
            return await DecideOtherAsync(submission, cancellation).ConfigureAwait(false);
        }

        ImmutableArray<EventEnvelope> history =
            await store.ReadStreamAsync(options.Tenant, submission.Command.Stream, 0, cancellation).ConfigureAwait(false);
        if (submission.Command is not StockCommand stock)
        {
            return await DecideManyAsync(submission, StreamHead.Of(history), cancellation).ConfigureAwait(false);
        }

        ImmutableArray<Sku> needs = ImmutableArray.CreateRange(new SortedSet<Sku>(stock.Needs));
        StockPicture cells = await ReadStockAsync(needs, cancellation).ConfigureAwait(false);
        StockDocument document = StoredForms.FoldDocument(options.Forms.Lift(history));
        DecisionBasis basis = await BasisInForceAsync(submission, null, document, cancellation).ConfigureAwait(false);
        var reading = Reading.Of(StreamHead.Of(history), options.Limits, basis) with { Stock = cells, Document = document };
        return Deciding.Decide(options, submission, Now(), reading);
    }

    private async Task<Decided?> DecideOrderAsync(
        Submission submission, OrderCommand command, bool fresh, bool stockMoved, CancellationToken cancellation)
    {
        KnownOrder own = await LoadAsync(command.Order, fresh, cancellation).ConfigureAwait(false);
        // What an order holds for real lies there, so a departure needs no look at the stock, until the store says otherwise: then an
        // earlier release let more leave than there was. Who may try only once looks first.
        ImmutableArray<Sku> needs = command is ShipOrder && stockMoved
            ? ImmutableArray.CreateRange(new SortedSet<Sku>(own.State.Lines.Select(static line => line.Sku)))
            : OrderNeeds.Stock(own.State, command);
        StockPicture stock = await ReadStockAsync(needs, cancellation).ConfigureAwait(false);
        DecisionBasis basis = await BasisInForceAsync(submission, own.State, StockDocument.None, cancellation).ConfigureAwait(false);
        Instant now = Instant.Max(Now(), submission.NotBefore);
        ImmutableArray<KnownOrder> orders = ImmutableArray.Create(own);
        DecisionSight sight = DecisionSight.None;
        if (command is HoldStock hold && options.Tiers is not null)
        {
            hold = OrderFeatures.Narrow(own.State, hold, hasTiers: true);
            (orders, sight) = await LookAroundAsync(own, hold, stock, now, cancellation).ConfigureAwait(false);
        }

        Decided decided =
            Deciding.Decide(options, submission, now, new Reading(own.Head, orders, stock, options.Limits, sight, basis));

        // Order and stock are read one after the other. An order that got the last pieces in between would be refused for want of
        // what it holds, and no store checks an answer without events.
        bool isUnchecked = fresh && decided.Unit.Appends.IsEmpty && !needs.IsEmpty;
        return isUnchecked && await loader.LoadAsync(own, cancellation).ConfigureAwait(false) != own ? null : decided;
    }

    private async Task<KnownOrder> LoadAsync(OrderId order, bool fresh, CancellationToken cancellation)
    {
        KnownOrder known = cache.Find(order);
        return fresh ? await loader.LoadAsync(known, cancellation).ConfigureAwait(false) : known;
    }

    private async ValueTask<StockPicture> ReadStockAsync(ImmutableArray<Sku> skus, CancellationToken cancellation) => skus.IsEmpty
        ? NoStock
        : await store.ReadStockAsync(options.Tenant, skus, cancellation).ConfigureAwait(false);

    private Instant Now() => Microseconds.Cut(clock.GetCurrentInstant());
}
