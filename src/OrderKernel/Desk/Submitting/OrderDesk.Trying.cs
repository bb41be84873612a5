using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Access;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>What would come of a command.</summary>
public sealed partial class OrderDesk
{
    /// <summary>Decides a command as <see cref="SubmitAsync"/> would now, under the same packs, rights, owners, tiers and limits, and
    /// stores nothing: no command, no event, no timer, no message, no denial. The id stays free.</summary>
    /// <param name="submission">The command, its id and who would issue it.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>What the desk would answer. A look at a moment, not a promise; of a command that is stored already, its outcome.</returns>
    /// <exception cref="OrderKernelException">The store failed, or the stream kept moving; a repeat is safe.</exception>
    /// <remarks><para>Cost: the reads of a submission, and one more for the id. <see cref="DeskOptions.Watch"/> hears nothing of it.</para>
    /// </remarks>
    public async Task<DeskTrial> TryAsync(Submission submission, CancellationToken cancellation = default)
    {
        if (submission is null)
        {
            throw new ArgumentNullException(nameof(submission));
        }

        ImmutableArray<Finding> faults = FaultsOf(submission);
        if (!faults.IsEmpty)
        {
            return Told(submission, DeskStatus.Malformed, CommandOutcome.Refused(0, faults));
        }

        DecidedCommand? stored = await store.ReadCommandAsync(options.Tenant, submission.Id, cancellation).ConfigureAwait(false);
        if (stored?.Actor == submission.Actor && stored.BodyHash == submission.BodyHash)
        {
            return Told(submission, DeskStatus.Repeated, CommandOutcome.Read(stored.Outcome, KernelFindings.Catalog));
        }

        for (int attempt = 0; attempt < options.MaxAttempts; attempt++)
        {
            // No store checks what is not committed: everything is read as it is now, stock also for what leaves.
            Decided? decided = await DecideAsync(submission, fresh: true, stockMoved: true, cancellation).ConfigureAwait(false);
            if (decided is not null && stored is not null && decided.Unit.Command.Id == submission.Id)
            {
                Finding reused = KernelFindings.KeyReused.About(string.Empty, "command", submission.Id.ToString());
                return Told(submission, DeskStatus.KeyReused, CommandOutcome.Refused(0, ImmutableArray.Create(reused)));
            }

            if (decided is not null)
            {
                return decided.Outcome.IsAccepted
                    ? await ShowAsync(submission, decided, cancellation).ConfigureAwait(false)
                    : Told(submission, DeskStatus.Decided, decided.Outcome);
            }
        }

        throw new OrderKernelException(
            $"{submission.Command.Stream} moved {options.MaxAttempts} times while a command was tried. Try it again.", isTransient: true);
    }

    private static DeskTrial Told(Submission submission, DeskStatus status, CommandOutcome outcome) => new(
        new DeskResult(status, outcome) { LeavesNoEvent = submission.Command is ExportOrders }, ImmutableArray<StreamEvents>.Empty, null);

    // Who may command is not thereby one who may read: what a trial shows of an order is what a reader of all of it would see. An order
    // that is there is looked at as it stands, so that nobody makes it their own by trying.
    private async Task<DeskTrial> ShowAsync(Submission submission, Decided decided, CancellationToken cancellation)
    {
        AccessPolicy? policy = await RightsInForceAsync(cancellation).ConfigureAwait(false);
        ActorStanding standing =
            await StandingAsync(policy, submission.Actor, cancellation).ConfigureAwait(false) ?? ActorStanding.Unknown;
        AccessPolicy? whole = policy is null ? null : new AccessPolicy(policy.Roles.Where(
            static role => role.Hides.IsEmpty && role.Sees.Contains(AccessRole.EveryField)));
        var shown = ImmutableArray.CreateBuilder<StreamEvents>(decided.Decision.Streams.Length);
        foreach (StreamEvents events in decided.Decision.Streams)
        {
            OrderState? order = events.Stream.Category == StreamId.OrderCategory
                ? await SeenAsync(new OrderId(events.Stream.Key), decided, cancellation).ConfigureAwait(false)
                : null;
            if (Shows(order))
            {
                shown.Add(events);
            }
        }

        OrderState? after = null;
        if (submission.Command is OrderCommand { Order: var own }
            && Shows(await SeenAsync(own, decided, cancellation).ConfigureAwait(false)))
        {
            after = decided.After.FirstOrDefault(known => known.Order == own)?.State
                ?? (await LoadAsync(own, true, cancellation).ConfigureAwait(false)).State;
        }

        var answer = new DeskResult(DeskStatus.Decided, decided.Outcome) { LeavesNoEvent = submission.Command is ExportOrders };
        return new DeskTrial(answer, shown.ToImmutable(), after is { Exists: true } ? after : null);

        bool Shows(OrderState? order)
        {
            DecisionBasis basis = order is null ? DecisionBasis.None : AccessGate.Of(ActiveDefinitions.None, standing, order);
            return whole?.Reaches(standing.Roles, CommandTypes.Read, basis.OwnsCustomer, basis.OwnsNode) != false;
        }
    }

    private async Task<OrderState> SeenAsync(OrderId order, Decided decided, CancellationToken cancellation)
    {
        OrderState before = (await LoadAsync(order, true, cancellation).ConfigureAwait(false)).State;
        return before.Exists ? before : decided.After.FirstOrDefault(known => known.Order == order)?.State ?? before;
    }
}
