using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Scarcity;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Amendments: what may change, what it was before, and what happens to the holds.</summary>
internal static class OrderAmendment
{
    public static Decision Decide(OrderState state, AmendOrder amend, DecisionContext context)
    {
        if (amend.ExpectedVersion is { } expected && expected != state.Version)
        {
            return Decision.Refuse(OrderRefusals.VersionConflict.About(
                string.Empty, "expected_version", OrderDecider.Digits(expected), OrderDecider.Digits(state.Version),
                ChangesSince(state, expected)));
        }

        if (state.Stage.IsFinal)
        {
            return Decision.Refuse(OrderRefusals.NothingOpen.About(string.Empty, string.Empty));
        }

        List<Finding>? findings = null;
        ImmutableArray<NewLine> added = amend.Added.IsDefault ? ImmutableArray<NewLine>.Empty : amend.Added;
        CheckAdded(state, added, context, ref findings);
        if (!added.IsEmpty)
        {
            context.Owners.Refuse(OuterSystem.Lines, string.Empty, ref findings);
        }

        var changes = ImmutableArray.CreateBuilder<FieldChanged>();
        var released = ImmutableArray.CreateBuilder<Take>();
        var seen = new HashSet<(int Line, string Field)>();
        foreach (FieldChange change in amend.Changes.IsDefault ? ImmutableArray<FieldChange>.Empty : amend.Changes)
        {
            bool foreign = context.Owners.Refuse(change.Field, Place(change), ref findings);
            FieldChanged? changed = foreign ? null : Check(state, change, context, ref findings);
            if (!seen.Add((change.Line, change.Field)))
            {
                OrderDecider.Add(ref findings, OrderRefusals.FieldRepeated.About(Place(change), change.Field, change.Field));
            }
            else if (changed is { } some && some.Before != some.After)
            {
                changes.Add(some);
            }
        }

        if (findings is not null)
        {
            return Decision.Refuse(findings.ToArray());
        }

        // Takes stand in the order of lines, whatever order the changes were named in.
        foreach (OrderLine line in state.Lines)
        {
            foreach (FieldChanged change in changes.Where(c => c.Line == line.Number && c.Field == OrderFields.LineQuantity.Code))
            {
                OrderDecider.ReleaseDownTo(line, Units(change.After) - line.Shipped - line.Cancelled, released);
            }
        }

        var amended = new OrderAmended(
            context.Now, changes.ToImmutable(), added, released.ToImmutable(), amend.Reason, amend.Voucher);
        OrderSize.Check(Apply(state, amended).Lines.Select(static line => (line.Ordered, line.Price)), ref findings);
        return findings is not null ? Decision.Refuse(findings.ToArray())
            : changes.Count == 0 && added.IsEmpty ? Decision.AlreadyTrue()
            : Decision.Accept(amend.Stream, amended);
    }

    public static OrderState Apply(OrderState state, OrderAmended amended)
    {
        OrderState next = state with { Lines = OrderFold.Release(state, amended.Released) };
        foreach (FieldChanged change in amended.Changes)
        {
            next = Apply(next, change);
        }

        var record = new AmendmentRecord(state.Version + 1, amended.At, amended.Changes, amended.Reason, amended.Voucher);
        return next with
        {
            Lines = next.Lines.AddRange(amended.Added.Select(static line => new OrderLine(line))),
            Amendments = state.Amendments.Add(record),
        };
    }

    private static OrderState Apply(OrderState state, FieldChanged change)
    {
        if (change.Field == OrderFields.RequestedAt.Code)
        {
            return state with { RequestedAt = InstantPattern.ExtendedIso.Parse(change.After).Value };
        }

        if (change.Field == OrderFields.ExternalKey.Code)
        {
            return state with { ExternalKey = change.After };
        }

        if (change.Field == OrderFields.Customer.Code)
        {
            return state with { Customer = new PartnerId(change.After) };
        }

        if (change.Field == OrderFields.Priority.Code)
        {
            OrderStanding standing = state.Standing;
            int priority = int.Parse(change.After, NumberStyles.None, CultureInfo.InvariantCulture);
            return state with
            {
                Standing = new OrderStanding(standing.CustomerLevel, standing.PaymentMethod, standing.IsPaid, priority),
            };
        }

        if (OrderFields.Find(change.Field) is null)
        {
            return OrderExtensions.Apply(state, change);
        }

        int at = OrderFold.IndexOfLine(state, change.Line);
        OrderLine line = state.Lines[at];
        OrderLine changed = change.Field == OrderFields.LineQuantity.Code
            ? line with { Ordered = Units(change.After) }
            : line with { Price = new UnitPrice(Amount(change.After), line.Price!.Value.Currency) };
        return state with { Lines = state.Lines.SetItem(at, changed.Checked()) };
    }

    private static FieldChanged? Check(
        OrderState state, FieldChange change, DecisionContext context, ref List<Finding>? findings)
    {
        OrderField? field = OrderFields.Find(change.Field);
        if (field is null && context.Fields.Find(change.Field) is { } extension)
        {
            return OrderExtensions.Changed(state, change, extension, ref findings);
        }

        if (field is null || (field.Amendable && field.OfLine != change.Line > 0))
        {
            string known = string.Join(", ", OrderFields.All.Where(f => f.Amendable).Select(f => f.Code)
                .Concat(context.Fields.All.Where(f => f.Of <= FieldSubject.Line).Select(f => f.Code)));
            OrderDecider.Add(ref findings, OrderRefusals.FieldUnknown.About(Place(change), change.Field, change.Field, known));
            return null;
        }

        if (!field.Amendable)
        {
            OrderDecider.Add(ref findings, OrderRefusals.FieldIsRecorded.About(Place(change), field.Code, field.Code));
            return null;
        }

        OrderLine? line = field.OfLine ? state.Line(change.Line) : null;
        if (field.OfLine && line is null)
        {
            OrderDecider.Add(ref findings, OrderDecider.LineUnknown(change.Line));
            return null;
        }

        string? before = field == OrderFields.RequestedAt ? CheckInstant(state, change, ref findings)
            : field == OrderFields.ExternalKey ? state.ExternalKey
            : field == OrderFields.Customer ? CheckCustomer(state, change, ref findings)
            : field == OrderFields.Priority ? CheckPriority(state, change, ref findings)
            : field == OrderFields.LineQuantity ? CheckQuantity(line!, change, ref findings)
            : CheckPrice(line!, change, ref findings);
        return before is null ? null : new FieldChanged(change.Line, change.Field, before, Kept(field, line, change.Value));
    }

    // What is the same however it is written is no change, and what is kept is what is read back from a snapshot.
    private static string Kept(OrderField field, OrderLine? line, string value) =>
        field == OrderFields.RequestedAt
            ? OrderDecider.Iso(Microseconds.Cut(InstantPattern.ExtendedIso.Parse(value).Value))
        : field == OrderFields.LineQuantity ? Units(value).ToString()
        : field == OrderFields.LinePrice && line?.Price is { } price && price.Amount == Amount(value)
            ? price.Amount.ToString(CultureInfo.InvariantCulture)
        : value;

    private static string? CheckInstant(OrderState state, FieldChange change, ref List<Finding>? findings)
    {
        if (InstantPattern.ExtendedIso.Parse(change.Value).Success)
        {
            return state.RequestedAt is { } requested ? OrderDecider.Iso(requested) : string.Empty;
        }

        return Invalid(change, "2026-10-20T10:00:00Z", ref findings);
    }

    private static string? CheckCustomer(OrderState state, FieldChange change, ref List<Finding>? findings) =>
        string.IsNullOrWhiteSpace(change.Value) || TextRule.IdFault(change.Value, PartnerId.MaxLength) is not null
            ? Invalid(change, "CUST0001", ref findings)
            : state.Customer.Text;

    private static string? CheckPriority(OrderState state, FieldChange change, ref List<Finding>? findings) =>
        change.Value.Length is >= 1 and <= 3 && change.Value.All(static c => c is >= '0' and <= '9')
            && (change.Value.Length == 1 || change.Value[0] != '0')
            ? OrderDecider.Digits(state.Standing.Priority)
            : Invalid(change, "0 to 999", ref findings);

    private static string? CheckQuantity(OrderLine line, FieldChange change, ref List<Finding>? findings)
    {
        if (!long.TryParse(change.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long units) || units < 1)
        {
            return Invalid(change, "1, 2, 3 …", ref findings);
        }

        Quantity done = line.Shipped + line.Cancelled;
        if (units < done.Units)
        {
            OrderDecider.Add(ref findings, OrderRefusals.QuantityBelowDone.About(
                Place(change), change.Field, OrderDecider.Digits(line.Number), change.Value, done.ToString()));
            return null;
        }

        return line.Ordered.ToString();
    }

    private static string? CheckPrice(OrderLine line, FieldChange change, ref List<Finding>? findings)
    {
        bool number = decimal.TryParse(
            change.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount);
        bool fits = number && amount <= 1_000_000_000_000m && decimal.Round(amount, 10, MidpointRounding.ToEven) == amount;
        return fits && line.Price is { } price
            ? price.Amount.ToString(CultureInfo.InvariantCulture)
            : Invalid(change, line.Price is null ? "possible: the line has no price" : "12.50", ref findings);
    }

    private static string? Invalid(FieldChange change, string expected, ref List<Finding>? findings)
    {
        OrderDecider.Add(ref findings, OrderRefusals.ValueInvalid.About(
            Place(change), change.Field, change.Field, change.Value, expected));
        return null;
    }

    private static void CheckAdded(
        OrderState state, ImmutableArray<NewLine> added, DecisionContext context, ref List<Finding>? findings)
    {
        if (state.Lines.Length + added.Length > context.Limits.MaxLines)
        {
            OrderDecider.Add(ref findings, OrderDecider.Limit("lines", context.Limits.MaxLines));
        }

        if (state.Amendments.Length >= context.Limits.MaxHistory)
        {
            OrderDecider.Add(ref findings, OrderDecider.Limit("amendments", context.Limits.MaxHistory));
        }

        foreach (NewLine line in added)
        {
            if (state.IndexOfLine(line.Number) >= 0)
            {
                OrderDecider.Add(ref findings, OrderRefusals.LineExists.About(
                    OrderDecider.Subject(line.Number), "line", OrderDecider.Digits(line.Number)));
            }
        }

        Currency? currency = state.Lines.Select(line => line.Price?.Currency).FirstOrDefault(c => c is not null);
        OrderDecider.CheckCurrency(added, currency, ref findings);
    }

    // What others changed since a version, for the person whose edit came second.
    private static string ChangesSince(OrderState state, long version)
    {
        var text = new StringBuilder();
        foreach (AmendmentRecord amendment in state.Amendments)
        {
            if (amendment.Version > version)
            {
                foreach (FieldChanged change in amendment.Changes)
                {
                    text.Append(text.Length > 0 ? "; " : string.Empty);
                    text.Append(change.Line > 0 ? $"{change.Field}[{change.Line}]" : change.Field);
                    text.Append(' ').Append(change.Before).Append(" → ").Append(change.After);
                }
            }
        }

        return text.Length > 0 ? text.ToString() : "-";
    }

    private static string Place(FieldChange change) => change.Line > 0 ? OrderDecider.Subject(change.Line) : string.Empty;

    private static Quantity Units(string text) => new(long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));

    private static decimal Amount(string text) =>
        decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
