using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>Decides commands on orders. Total, pure and synchronous: every state and every command has an answer.</summary>
public static partial class OrderDecider
{
    /// <summary>Decides.</summary>
    /// <param name="state">The order as it is.</param>
    /// <param name="command">What is wanted; well-formed (see <see cref="KernelCommand.Faults"/>).</param>
    /// <param name="context">Everything else that is looked at.</param>
    /// <remarks><para>Errors: refuses with the codes of <see cref="OrderRefusals"/> and <c>stock.short</c>, all at once.</para></remarks>
    public static Decision Decide(OrderState state, OrderCommand command, DecisionContext context)
    {
        if (state is null || command is null || context is null)
        {
            throw new ArgumentNullException(nameof(command));
        }

        command = command switch
        {
            HoldStock hold => OrderFeatures.Narrow(state, hold, context.Sight.Tiers is not null),
            ShipOrder ship => PartRules.Narrow(state, ship),
            _ => command,
        };
        Decision decision = OrderExtensions.Complete(state, command, context, DecideKnown(state, command, context));
        decision = PartRules.Follow(state, command, decision);
        return OrderLifecycle.Follow(state, command, context, OrderFeatures.Follow(state, command, context, decision));
    }

    private static Decision DecideKnown(OrderState state, OrderCommand command, DecisionContext context)
    {
        if (command is CaptureOrder capture)
        {
            return Capture(state, capture, context);
        }

        if (!state.Exists)
        {
            return Decision.Refuse(OrderRefusals.Unknown.About(string.Empty, "order", command.Order.Text));
        }

        if (state.ArchivedAt is not null)
        {
            return command is ArchiveOrder or ExpireHold
                ? Decision.AlreadyTrue()
                : Decision.Refuse(OrderRefusals.Archived.About(string.Empty, string.Empty));
        }

        return command switch
        {
            AmendOrder amend => OrderAmendment.Decide(state, amend, context),
            PromiseOrder promise => Promise(state, promise, context),
            HoldStock hold => Hold(state, hold, context),
            ReleaseStock release => Release(state, release, context),
            ExpireHold expire => Expire(state, expire, context),
            ShipOrder ship => Ship(state, ship, context),
            ConfirmDelivery deliver => Deliver(state, deliver, context),
            CancelLines cancel => Cancel(state, cancel, context),
            ReturnLines back => Return(state, back, context),
            BlockOrder block => Block(state, block, context),
            UnblockOrder unblock => Unblock(state, unblock, context),
            CorrectFact correct => Correct(state, correct, context),
            ArchiveOrder archive => Archive(state, archive, context),
            SetStanding set => state.Standing == set.Standing
                ? Decision.AlreadyTrue()
                : Decision.Accept(set.Stream, new OrderStandingSet(context.Now, set.Standing)),
            SignalOrder signal => OrderLifecycle.Signal(state, signal, context),
            AttachEvidence attach => OrderLifecycle.Attach(state, attach, context),
            MigrateLifecycle migrate => OrderLifecycle.Migrate(state, migrate, context),
            RecordPayment pay => pay.Decide(state, context),
            AgreeTradeIn agree => agree.Decide(state, context),
            CloseTradeIn close => close.Decide(state, context),
            ConfirmService confirm => confirm.Decide(state, context),
            ReportConsumption report => report.Decide(state, context),
            SplitOrder split => PartRules.Split(state, split, context),
            _ => throw new ArgumentException($"{command.CommandType} is not decided here.", nameof(command)),
        };
    }

    private static Decision Capture(OrderState state, CaptureOrder capture, DecisionContext context)
    {
        if (state.Exists)
        {
            return Decision.Refuse(OrderRefusals.Exists.About(string.Empty, "order", capture.Order.Text));
        }

        List<Finding>? findings = null;
        if (capture.Lines.Length > context.Limits.MaxLines)
        {
            Add(ref findings, Limit("lines", context.Limits.MaxLines));
        }

        if (Cut(capture.PlacedAt) is { } placedAt && placedAt > context.Now)
        {
            Add(ref findings, InFuture("placed_at", placedAt, context));
        }

        CheckCurrency(capture.Lines, null, ref findings);
        OrderSize.Check(capture.Lines.Select(static line => (line.Quantity, line.Price)), ref findings);
        ImmutableArray<FieldValue> fields = OrderExtensions.Captured(capture, context, ref findings);
        if (findings is not null)
        {
            return Decision.Refuse(findings.ToArray());
        }

        var captured = new OrderCaptured(
            context.Now, capture.Customer, Cut(capture.PlacedAt), capture.Lines, Cut(capture.RequestedAt),
            capture.SignOff, capture.ExternalKey, capture.ShipTo) { Fields = fields };
        return capture.PromisedAt is { } promised
            ? Decision.Accept(
                capture.Stream, captured,
                new OrderPromised(context.Now, Microseconds.Cut(promised), PromiseCause.First, string.Empty))
            : Decision.Accept(capture.Stream, captured);
    }

    private static Decision Promise(OrderState state, PromiseOrder promise, DecisionContext context)
    {
        Instant promised = Microseconds.Cut(promise.PromisedAt);
        // A cause or a note alone is not another promise; other planned times are.
        if (state.CurrentPromise is { } current && current.PromisedAt == promised
            && (Cut(promise.ShipsAt) ?? current.ShipsAt) == current.ShipsAt
            && (Cut(promise.ArrivesAt) ?? current.ArrivesAt) == current.ArrivesAt)
        {
            return Decision.AlreadyTrue();
        }

        if (state.Stage.IsFinal)
        {
            return Decision.Refuse(OrderRefusals.NothingOpen.About(string.Empty, string.Empty));
        }

        if (state.Promises.Length >= context.Limits.MaxHistory)
        {
            return Decision.Refuse(Limit("promises", context.Limits.MaxHistory));
        }

        PromiseCause cause = state.Promises.IsEmpty ? PromiseCause.First : promise.Cause;
        return Decision.Accept(promise.Stream, new OrderPromised(
            context.Now, promised, cause, promise.Note, Cut(promise.ShipsAt), Cut(promise.ArrivesAt)));
    }

    private static Decision Block(OrderState state, BlockOrder block, DecisionContext context)
    {
        // Another role, note or day is recorded; who says nothing of note or day wants none changed.
        var wanted = new OrderBlocked(context.Now, block.Reason, block.Role, block.Note, Cut(block.ReleaseExpectedAt));
        foreach (BlockRecord existing in state.Blocks)
        {
            if (string.Equals(existing.Reason, block.Reason, StringComparison.Ordinal))
            {
                wanted = wanted with
                {
                    Note = block.Note.Length == 0 ? existing.Note : block.Note,
                    ReleaseExpectedAt = wanted.ReleaseExpectedAt ?? existing.ReleaseExpectedAt,
                };
                if (existing == new BlockRecord(
                    wanted.Reason, wanted.Role, existing.Since, wanted.Note, wanted.ReleaseExpectedAt))
                {
                    return Decision.AlreadyTrue();
                }
            }
        }

        if (state.Stage.IsFinal)
        {
            return Decision.Refuse(OrderRefusals.NothingOpen.About(string.Empty, string.Empty));
        }

        return state.Blocks.Length >= context.Limits.MaxHistory
            ? Decision.Refuse(Limit("blocks", context.Limits.MaxHistory))
            : Decision.Accept(block.Stream, wanted);
    }

    private static Decision Unblock(OrderState state, UnblockOrder unblock, DecisionContext context)
    {
        foreach (BlockRecord existing in state.Blocks)
        {
            if (string.Equals(existing.Reason, unblock.Reason, StringComparison.Ordinal))
            {
                return Decision.Accept(unblock.Stream, new OrderUnblocked(context.Now, unblock.Reason, unblock.Note));
            }
        }

        return Decision.Refuse(OrderRefusals.BlockUnknown.About(string.Empty, "reason", unblock.Reason));
    }

    private static Decision Correct(OrderState state, CorrectFact correct, DecisionContext context)
    {
        if (state.Corrections.Length >= context.Limits.MaxHistory)
        {
            return Decision.Refuse(Limit("corrections", context.Limits.MaxHistory));
        }

        ShipmentRecord? shipment = correct.Shipment is { } id ? state.Shipment(id) : null;
        Instant? recorded = correct.Fact switch
        {
            RecordedFact.FirstPromise => state.FirstPromise?.PromisedAt,
            RecordedFact.Shipped => shipment?.ShippedAt,
            _ => shipment?.DeliveredAt,
        };
        if (recorded is null)
        {
            return Decision.Refuse(OrderRefusals.FactUnknown.About(string.Empty, "fact", correct.Fact.Code()));
        }

        Instant corrected = Microseconds.Cut(correct.Corrected);
        if (correct.Fact != RecordedFact.FirstPromise && corrected > context.Now)
        {
            return Decision.Refuse(InFuture("corrected", corrected, context));
        }

        string subject = correct.Fact == RecordedFact.FirstPromise ? string.Empty : shipment!.Id.Text;
        return Decision.Accept(correct.Stream, new OrderFactCorrected(
            context.Now, correct.Fact, subject, recorded.Value, corrected, correct.Reason, correct.Voucher));
    }

    private static Decision Archive(OrderState state, ArchiveOrder archive, DecisionContext context) => state.Stage.IsFinal
        ? Decision.Accept(archive.Stream, new OrderArchived(context.Now, archive.Reason))
        : Decision.Refuse(OrderRefusals.StillOpen.About(string.Empty, string.Empty, state.Stage.Name.Code));

    /// <summary>Refuses a second currency among lines; the first one found is the order's.</summary>
    internal static void CheckCurrency(ImmutableArray<NewLine> lines, Currency? first, ref List<Finding>? findings)
    {
        for (int i = 0; !lines.IsDefault && i < lines.Length; i++)
        {
            if (lines[i].Price is not { } price)
            {
                continue;
            }

            first ??= price.Currency;
            if (price.Currency != first.Value)
            {
                Add(ref findings, OrderRefusals.CurrenciesMixed.About(
                    Subject(lines[i].Number), "currency", first.Value.Code, price.Currency.Code));
                return;
            }
        }
    }

    internal static void Add(ref List<Finding>? findings, Finding finding) => (findings ??= new List<Finding>()).Add(finding);

    internal static Finding Limit(string limit, int most) =>
        OrderRefusals.LimitReached.About(string.Empty, limit, limit, most.ToString(CultureInfo.InvariantCulture));

    internal static Finding LineUnknown(int line) =>
        OrderRefusals.LineUnknown.About(Subject(line), "line", line.ToString(CultureInfo.InvariantCulture));

    internal static string Subject(int line) => "line:" + line.ToString(CultureInfo.InvariantCulture);

    internal static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);

    internal static string Iso(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    private static Instant? Cut(Instant? instant) => instant is { } some ? Microseconds.Cut(some) : null;

    private static Finding InFuture(string field, Instant stated, DecisionContext context) =>
        OrderRefusals.TimeInFuture.About(string.Empty, field, field, Iso(stated), Iso(context.Now));
}
