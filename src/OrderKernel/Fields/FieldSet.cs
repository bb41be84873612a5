using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Fields;

/// <summary>The extension fields that are in force together.</summary>
/// <remarks><para>Shape: by code in ordinal order, each code once. Immutable and safe to share.</para></remarks>
public sealed class FieldSet
{
    private readonly Dictionary<string, FieldDefinition> byCode = new(StringComparer.Ordinal);

    /// <summary>Makes a set.</summary>
    /// <param name="fields">The fields, in any order.</param>
    /// <exception cref="ArgumentException">A code stands twice.</exception>
    public FieldSet(IEnumerable<FieldDefinition> fields)
    {
        All = (fields ?? throw new ArgumentNullException(nameof(fields)))
            .OrderBy(static field => field.Code, StringComparer.Ordinal).ToImmutableArray();
        foreach (FieldDefinition field in All)
        {
            byCode.Add(field.Code, field);
        }
    }

    /// <summary>No fields.</summary>
    public static FieldSet Empty { get; } = new(ImmutableArray<FieldDefinition>.Empty);

    /// <summary>The fields, by code in ordinal order.</summary>
    public ImmutableArray<FieldDefinition> All { get; }

    /// <summary>The field with a code, or null.</summary>
    /// <param name="code">The code.</param>
    public FieldDefinition? Find(string code) => byCode.TryGetValue(code, out FieldDefinition? field) ? field : null;

    /// <summary>Reads fields.</summary>
    /// <param name="json">An object with a list <c>fields</c>; see docs/packs.md.</param>
    /// <returns>The fields, or every fault of the text with its place.</returns>
    /// <remarks><para>Errors: the codes of <see cref="DefinitionFaults"/>, <see cref="BusinessName"/> and
    /// <see cref="FieldFindings"/>.</para></remarks>
    public static DefinitionReading<FieldSet> Read(string json) => DefinitionNode.Read(json, FieldReader.ReadSet);

    /// <summary>The fields in their one canonical form.</summary>
    public string ToJson()
    {
        JsonText json = JsonText.Start().OpenArray("fields");
        foreach (FieldDefinition field in All)
        {
            FieldReader.Write(json.OpenObject(), field).CloseObject();
        }

        return json.CloseArray().Finish();
    }

    /// <summary>What values do not belong to a customer or a SKU, or are missing there: for the host that keeps them.</summary>
    /// <param name="of">What carries the values.</param>
    /// <param name="values">The values by field code.</param>
    /// <param name="on">The command type for which they must be complete; empty to check the values only.</param>
    /// <returns>Every fault; empty when there is none.</returns>
    public ImmutableArray<Finding> Check(FieldSubject of, IReadOnlyDictionary<string, string> values, string on = "")
    {
        if (values is null || on is null)
        {
            throw new ArgumentNullException(nameof(values));
        }

        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (string code in values.Keys.OrderBy(static code => code, StringComparer.Ordinal))
        {
            FieldDefinition? field = Find(code);
            if (field is null || field.Of != of)
            {
                string known = string.Join(", ", All.Where(f => f.Of == of).Select(static f => f.Code));
                findings.Add(DefinitionFaults.MemberUnknown.About(string.Empty, code, FieldReader.Code(of), code, known));
            }
            else if (field.Canonical(values[code]) is null)
            {
                findings.Add(FieldFindings.WrongValue(field, string.Empty, values[code], code));
            }
        }

        findings.AddRange(All.Where(field => field.Of == of && !values.ContainsKey(field.Code)
                && IsNeeded(field, on, other => values.TryGetValue(other, out string? value) ? value : null))
            .Select(static field => FieldFindings.Required.About(string.Empty, field.Code, field.Code)));
        return findings.ToImmutable();
    }

    /// <summary>Whether a field must have a value for a command, given the values of the others.</summary>
    internal bool IsNeeded(FieldDefinition field, string on, Func<string, string?> valueOf) => field.Needs.Any(need =>
        string.Equals(need.On, on, StringComparison.Ordinal) && (need.Field.Length == 0 || IsSaid(need, valueOf(need.Field))));

    // 5, 5.0 and 5.00 are one number, however a definition or a command writes it.
    private bool IsSaid(FieldNeed need, string? value) => value is not null && Find(need.Field) is { } other
        && string.Equals(other.Canonical(value) ?? value, other.Canonical(need.Is) ?? need.Is, StringComparison.Ordinal);
}
