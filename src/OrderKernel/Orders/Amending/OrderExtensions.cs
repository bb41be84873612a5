using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

public sealed partial record OrderCaptured
{
    /// <summary>The values of extension fields that came with the order, by line and code; may be empty.</summary>
    public ImmutableArray<FieldValue> Fields { get; internal init; } = ImmutableArray<FieldValue>.Empty;
}

public sealed partial record OrderState
{
    /// <summary>The value of an extension field; null when it is unknown, also for fields that are younger than the order.</summary>
    /// <param name="field">The field's code.</param>
    /// <param name="line">The line number; 0 for the order itself.</param>
    public string? Field(string field, int line = 0) => OrderExtensions.ValueIn(Fields, field, line);
}

/// <summary>What extension fields add to orders: values captured, amended and needed. Folding needs no definitions, so an order
/// stays readable whatever becomes of its fields.</summary>
internal static class OrderExtensions
{
    /// <summary>The values of a capture in canonical form.</summary>
    public static ImmutableArray<FieldValue> Captured(CaptureOrder capture, DecisionContext context, ref List<Finding>? findings)
    {
        var values = new SortedSet<FieldValue>();
        for (int i = 0; !capture.Fields.IsDefault && i < capture.Fields.Length; i++)
        {
            FieldChange change = capture.Fields[i];
            FieldDefinition? field = context.Fields.Find(change.Field);
            if (field is null)
            {
                string known = string.Join(", ", context.Fields.All.Where(f => f.Of <= FieldSubject.Line).Select(f => f.Code));
                OrderDecider.Add(
                    ref findings, OrderRefusals.FieldUnknown.About(Place(change.Line), change.Field, change.Field, known));
                continue;
            }

            bool there = change.Line == 0 || capture.Lines.Any(line => line.Number == change.Line);
            string? value = Checked(change, field, there, ref findings);
            if (value is not null && !values.Add(new FieldValue(change.Line, field.Code, value)))
            {
                OrderDecider.Add(
                    ref findings, OrderRefusals.FieldRepeated.About(Place(change.Line), field.Code, field.Code));
            }
        }

        return values.ToImmutableArray();
    }

    /// <summary>The change that an amendment makes; null after noting what is wrong with it.</summary>
    public static FieldChanged? Changed(
        OrderState state, FieldChange change, FieldDefinition field, ref List<Finding>? findings)
    {
        bool there = change.Line == 0 || state.IndexOfLine(change.Line) >= 0;
        string? after = Checked(change, field, there, ref findings);
        return after is null ? null
            : new FieldChanged(change.Line, field.Code, state.Field(field.Code, change.Line) ?? string.Empty, after);
    }

    public static OrderState Apply(OrderState state, FieldChanged change)
    {
        var value = new FieldValue(change.Line, change.Field, change.After);
        ImmutableArray<FieldValue> others = state.Fields.RemoveAll(other => other.CompareTo(value) == 0);
        return state with { Fields = change.After.Length == 0 ? others : others.Add(value).Sort() };
    }

    /// <summary>The decision, refused also for every field that the command needs and that is unknown.</summary>
    public static Decision Complete(OrderState state, OrderCommand command, DecisionContext context, Decision decision)
    {
        bool concerned = context.Fields.All.Length > 0 && (state.Exists || command is CaptureOrder)
            && !(decision.IsAccepted && decision.Streams.IsEmpty);
        if (!concerned)
        {
            return decision;
        }

        ImmutableArray<Finding> missing = Missing(state, command, context.Fields).ToImmutableArray();
        return missing.IsEmpty ? decision : Decision.Refuse(missing.AddRange(decision.Findings).ToArray());
    }

    public static string? ValueIn(ImmutableArray<FieldValue> values, string field, int line)
    {
        foreach (FieldValue value in values)
        {
            if (value.Line == line && string.Equals(value.Field, field, StringComparison.Ordinal))
            {
                return value.Value;
            }
        }

        return null;
    }

    public static JsonText WriteFields(this JsonText json, ImmutableArray<FieldValue> values)
    {
        return values.IsEmpty
            ? json
            : json.WriteFields(ImmutableArray.CreateRange(
                values, static value => new FieldChange(value.Line, value.Field, value.Value)));
    }

    /// <summary>Writes the member only when there are values, so that what was stored before fields existed keeps its bytes.</summary>
    public static JsonText WriteFields(this JsonText json, ImmutableArray<FieldChange> values)
    {
        if (values.IsDefaultOrEmpty)
        {
            return json;
        }

        json.OpenArray("fields");
        foreach (FieldChange value in values)
        {
            json.OpenObject().Member("line", value.Line).Member("field", value.Field).Member("value", value.Value).CloseObject();
        }

        return json.CloseArray();
    }

    public static FieldValue ReadValue(JsonElement json) => new(json.Int("line"), json.Text("field"), json.Text("value"));

    private static IEnumerable<Finding> Missing(OrderState state, OrderCommand command, FieldSet fields)
    {
        var capture = command as CaptureOrder;
        IEnumerable<int> lines = capture is null ? state.Lines.Select(line => line.Number) : capture.Lines.Select(line => line.Number);
        int[] orderAndLines = new[] { 0 }.Concat(lines).ToArray();

        // What a command states itself counts, or an amendment could never supply what amendments need.
        ImmutableArray<FieldChange> stated = capture is not null ? capture.Fields : command is AmendOrder amend ? amend.Changes : default;
        string? Value(string field, int line)
        {
            string? now = stated.IsDefault ? null
                : stated.Where(f => f.Line == line && f.Field == field).Select(f => f.Value).FirstOrDefault();
            return now is null ? state.Field(field, line) : now.Length == 0 ? null : now;
        }

        foreach (FieldDefinition field in fields.All.Where(f => f.Of <= FieldSubject.Line && !f.Needs.IsEmpty))
        {
            foreach (int line in orderAndLines.Where(line => (line > 0) == (field.Of == FieldSubject.Line)))
            {
                if (Value(field.Code, line) is null && fields.IsNeeded(field, command.CommandType, other => Value(other, line)))
                {
                    yield return FieldFindings.Required.About(Place(line), field.Code, BothNames(field));
                }
            }
        }
    }

    private static string? Checked(FieldChange change, FieldDefinition field, bool there, ref List<Finding>? findings)
    {
        if (field.Of > FieldSubject.Line || (field.Of == FieldSubject.Line) != change.Line > 0)
        {
            OrderDecider.Add(ref findings, OrderRefusals.FieldUnknown.About(
                Place(change.Line), field.Code, field.Code, field.Code + " @ " + FieldReader.Code(field.Of)));
            return null;
        }

        if (!there)
        {
            OrderDecider.Add(ref findings, OrderDecider.LineUnknown(change.Line));
            return null;
        }

        string? value = change.Value.Length == 0 ? string.Empty : field.Canonical(change.Value);
        if (value is null)
        {
            OrderDecider.Add(ref findings, FieldFindings.WrongValue(
                field, Place(change.Line), change.Value, BothNames(field)));
        }

        return value;
    }

    private static string BothNames(FieldDefinition field) => field.Name.English + " / " + field.Name.Chinese;

    private static string Place(int line) => line > 0 ? OrderDecider.Subject(line) : string.Empty;
}
