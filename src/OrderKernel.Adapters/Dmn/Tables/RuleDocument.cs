using System;
using System.Collections.Immutable;
using System.Linq;

namespace OrderKernel.Adapters.Dmn.Tables;

/// <summary>One input column as text.</summary>
/// <param name="Label">What people call it; the expression where the model gives no label.</param>
/// <param name="Expression">The FEEL expression, as a rule the name of a fact.</param>
/// <param name="Type">The FEEL type; empty when none is declared.</param>
/// <param name="Values">The values allowed, as unary tests; empty when any is.</param>
public sealed record RuleInput(string Label, string Expression, string Type, string Values);

/// <summary>One output column as text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The FEEL type; empty when none is declared.</param>
/// <param name="Values">The values allowed, highest priority first; empty when any is.</param>
/// <param name="Default">The value where no row matches, as FEEL; empty when there is none.</param>
/// <param name="Phrase">How a sentence says it, with <c>{}</c> for the value, such as <c>{}信用审核</c>; empty for "name is
/// value".</param>
public sealed record RuleOutput(string Name, string Type, string Values, string Default, string Phrase);

/// <summary>One row as text.</summary>
/// <param name="Id">Its id in the model; may be empty.</param>
/// <param name="Inputs">One unary test for each input column.</param>
/// <param name="Outputs">One FEEL expression for each output column.</param>
/// <param name="Annotations">One text for each annotation column; may be shorter.</param>
public sealed record RuleRow(string Id, ImmutableArray<string> Inputs, ImmutableArray<string> Outputs,
    ImmutableArray<string> Annotations);

/// <summary>A decision table as plain data, for a host's own editor: shown, changed, stored as JSON, written back.</summary>
/// <remarks><para>Shape: every row has as many inputs and outputs as there are columns. Nothing in it is compiled or checked;
/// <see cref="DmnModel.Read"/> does that with what <see cref="ToXml"/> or <see cref="DmnModel.Write"/> gives.</para></remarks>
public sealed class RuleDocument
{
    /// <summary>Makes a document.</summary>
    /// <param name="decision">The decision's name.</param>
    /// <param name="policy">How rows become an answer.</param>
    /// <param name="owner">Who answers for the rule; may be empty.</param>
    /// <param name="inputs">The input columns.</param>
    /// <param name="outputs">The output columns.</param>
    /// <param name="annotations">The names of the annotation columns.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentException">A row has another number of cells than there are columns.</exception>
    public RuleDocument(string decision, HitPolicy policy, string owner, ImmutableArray<RuleInput> inputs,
        ImmutableArray<RuleOutput> outputs, ImmutableArray<string> annotations, ImmutableArray<RuleRow> rows)
    {
        Decision = decision ?? throw new ArgumentNullException(nameof(decision));
        Policy = policy;
        Owner = owner ?? throw new ArgumentNullException(nameof(owner));
        Inputs = inputs;
        Outputs = outputs;
        Annotations = annotations;
        Rows = rows;
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i].Inputs.Length != inputs.Length || rows[i].Outputs.Length != outputs.Length)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Row {i + 1} does not have {inputs.Length} input and {outputs.Length} output cells."),
                    nameof(rows));
            }
        }
    }

    /// <summary>The decision's name.</summary>
    public string Decision { get; }

    /// <summary>How rows become an answer.</summary>
    public HitPolicy Policy { get; }

    /// <summary>Who answers for the rule; may be empty.</summary>
    public string Owner { get; }

    /// <summary>The input columns.</summary>
    public ImmutableArray<RuleInput> Inputs { get; }

    /// <summary>The output columns.</summary>
    public ImmutableArray<RuleOutput> Outputs { get; }

    /// <summary>The names of the annotation columns.</summary>
    public ImmutableArray<string> Annotations { get; }

    /// <summary>The rows.</summary>
    public ImmutableArray<RuleRow> Rows { get; }

    /// <summary>The same table with other rows.</summary>
    /// <param name="rows">The rows.</param>
    public RuleDocument WithRows(ImmutableArray<RuleRow> rows) =>
        new(Decision, Policy, Owner, Inputs, Outputs, Annotations, rows);

    /// <summary>The canonical JSON: equal tables give equal bytes. It carries its own hash as <c>version</c>.</summary>
    public string ToJson() => RuleDocumentJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text; a <c>version</c> in it is not believed but made anew.</param>
    /// <exception cref="ArgumentException">The text is not of that form; the message names the place.</exception>
    public static RuleDocument FromJson(string json) =>
        RuleDocumentJson.Read(json ?? throw new ArgumentNullException(nameof(json)));

    /// <summary>A DMN 1.3 model of this one table, which any modeller opens; input columns that name a fact become input
    /// data.</summary>
    public string ToXml() => RuleDocumentXml.Write(this);

    internal static ImmutableArray<HitPolicy> Policies { get; } =
        Enumerable.Range(0, (int)HitPolicy.CollectCount + 1).Select(p => (HitPolicy)p).ToImmutableArray();

    internal static (string Policy, string? Aggregation) Names(HitPolicy policy) => policy switch
    {
        HitPolicy.Unique => ("UNIQUE", null),
        HitPolicy.Any => ("ANY", null),
        HitPolicy.Priority => ("PRIORITY", null),
        HitPolicy.First => ("FIRST", null),
        HitPolicy.RuleOrder => ("RULE ORDER", null),
        HitPolicy.OutputOrder => ("OUTPUT ORDER", null),
        HitPolicy.CollectSum => ("COLLECT", "SUM"),
        HitPolicy.CollectMin => ("COLLECT", "MIN"),
        HitPolicy.CollectMax => ("COLLECT", "MAX"),
        HitPolicy.CollectCount => ("COLLECT", "COUNT"),
        _ => ("COLLECT", null),
    };
}
