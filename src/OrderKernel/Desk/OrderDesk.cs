using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

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

    /// <summary>Opens a desk.</summary>
    /// <param name="store">Where everything is kept.</param>
    /// <param name="clock">The host's clock; the kernel has none.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    public OrderDesk(IOrderStore store, IClock clock, DeskOptions? options = null)
    {
        this.store = store ?? throw new ArgumentNullException(nameof(store));
        this.clock = clock ?? throw new ArgumentNullException(nameof(clock));
        this.options = options ?? new DeskOptions();
    }

    /// <summary>Decides a command and stores what came of it.</summary>
    /// <param name="submission">The command, its id and who issues it.</param>
    /// <param name="cancellation">Gives up waiting; the command may still have been stored, so repeat it under its id.</param>
    /// <returns>The outcome; durable when this returns, unless malformed.</returns>
    /// <exception cref="OrderKernelException">The store failed, or the stream kept moving; a repeat is safe.</exception>
    public async Task<DeskResult> SubmitAsync(Submission submission, CancellationToken cancellation = default)
    {
        if (submission is null)
        {
            throw new ArgumentNullException(nameof(submission));
        }

        KernelCommand command = submission.Command;
        var faults = command.Faults(options.Limits.MaxText);
        if (faults.Count > 0)
        {
            return new DeskResult(DeskStatus.Malformed, CommandOutcome.Refused(0, ImmutableArray.CreateRange(faults)));
        }

        string body = command.ToJson();
        for (int attempt = 0; attempt < options.MaxAttempts; attempt++)
        {
            UnitOfWork unit = await DecideAsync(submission, body, cancellation).ConfigureAwait(false);
            ImmutableArray<UnitResult> results =
                await store.CommitAsync(ImmutableArray.Create(unit), cancellation).ConfigureAwait(false);
            UnitResult result = results[0];
            switch (result.Status)
            {
                case UnitStatus.Committed:
                    return Answer(DeskStatus.Decided, unit.Command.Outcome);
                case UnitStatus.Repeated:
                    return Answer(DeskStatus.Repeated, result.StoredOutcome!);
                case UnitStatus.KeyReused:
                    Finding reused = KernelFindings.KeyReused.About(string.Empty, "command", submission.Id.ToString());
                    return new DeskResult(DeskStatus.KeyReused, CommandOutcome.Refused(0, ImmutableArray.Create(reused)));
                default:
                    continue;
            }
        }

        throw new OrderKernelException(
            $"{command.Stream} moved {options.MaxAttempts} times while a command was decided. Repeat the command.", isTransient: true);
    }

    private async Task<UnitOfWork> DecideAsync(Submission submission, string body, CancellationToken cancellation)
    {
        KernelCommand command = submission.Command;
        ImmutableArray<EventEnvelope> history =
            await store.ReadStreamAsync(options.Tenant, command.Stream, cancellation).ConfigureAwait(false);
        if (command is OrderCommand ofOrder)
        {
            OrderState state = StoredForms.FoldOrder(history);
            StockPicture stock = await ReadStockAsync(OrderNeeds.Stock(state, ofOrder), cancellation).ConfigureAwait(false);
            return Deciding.Order(options, submission, body, Now(), history, state, stock, options.Limits);
        }

        StockDocument document = StoredForms.FoldDocument(history);
        ImmutableArray<Sku> needs = ImmutableArray.CreateRange(
            new System.Collections.Generic.SortedSet<Sku>(((StockCommand)command).Needs));
        StockPicture cells = await ReadStockAsync(needs, cancellation).ConfigureAwait(false);
        return Deciding.Stock(options, submission, body, Now(), history, document, cells, options.Limits);
    }

    private async ValueTask<StockPicture> ReadStockAsync(ImmutableArray<Sku> skus, CancellationToken cancellation) => skus.IsEmpty
        ? NoStock
        : await store.ReadStockAsync(options.Tenant, skus, cancellation).ConfigureAwait(false);

    private Instant Now() => Microseconds.Cut(clock.GetCurrentInstant());

    private static DeskResult Answer(DeskStatus status, string outcome) =>
        new(status, CommandOutcome.Read(outcome, KernelFindings.Catalog));
}
