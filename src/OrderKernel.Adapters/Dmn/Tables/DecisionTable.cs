using System.Collections.Immutable;
using OrderKernel.Adapters.Dmn.Feel;

namespace OrderKernel.Adapters.Dmn.Tables;

/// <summary>How a table makes one answer of the rows that match.</summary>
/// <remarks><para>Source: DMN 1.5 §8.2.11.</para></remarks>
public enum HitPolicy
{
    /// <summary>U: at most one row may match.</summary>
    Unique = 0,

    /// <summary>A: several may match, with equal outputs.</summary>
    Any = 1,

    /// <summary>P: the row whose output stands first among the output values.</summary>
    Priority = 2,

    /// <summary>F: the first row that matches.</summary>
    First = 3,

    /// <summary>R: all, in the order of the rows.</summary>
    RuleOrder = 4,

    /// <summary>O: all, in the order of the output values.</summary>
    OutputOrder = 5,

    /// <summary>C: all; the order carries no meaning.</summary>
    Collect = 6,

    /// <summary>C+: the sum.</summary>
    CollectSum = 7,

    /// <summary>C&lt;: the smallest.</summary>
    CollectMin = 8,

    /// <summary>C&gt;: the largest.</summary>
    CollectMax = 9,

    /// <summary>C#: how many.</summary>
    CollectCount = 10,
}

/// <summary>One input column.</summary>
internal sealed class InputColumn(string label, string text, Node expression, FeelType type, TestsNode? allowed)
{
    public string Label { get; } = label;

    public string Text { get; } = text;

    public Node Expression { get; } = expression;

    public FeelType Type { get; } = type;

    /// <summary>The input values; null when the column declares none.</summary>
    public TestsNode? Allowed { get; } = allowed;
}

/// <summary>One output column.</summary>
internal sealed class OutputColumn(string name, FeelType type, TestsNode? allowed, Node? fallback)
{
    public string Name { get; } = name;

    public FeelType Type { get; } = type;

    /// <summary>The output values; for P and O their order is the priority, highest first.</summary>
    public TestsNode? Allowed { get; } = allowed;

    /// <summary>The value where no row matches; null when the column declares none.</summary>
    public Node? Fallback { get; } = fallback;
}

/// <summary>One row: a cell a column, as written and as read.</summary>
internal sealed class Row(string id, ImmutableArray<string> inputTexts, ImmutableArray<TestsNode> cells,
    ImmutableArray<string> outputTexts, ImmutableArray<Node> outputs, ImmutableArray<string> annotations)
{
    public string Id { get; } = id;

    public ImmutableArray<string> InputTexts { get; } = inputTexts;

    public ImmutableArray<TestsNode> Cells { get; } = cells;

    public ImmutableArray<string> OutputTexts { get; } = outputTexts;

    public ImmutableArray<Node> Outputs { get; } = outputs;

    public ImmutableArray<string> Annotations { get; } = annotations;
}

/// <summary>A decision table as read from a model; immutable.</summary>
internal sealed class DecisionTable(string name, HitPolicy policy, ImmutableArray<InputColumn> inputs,
    ImmutableArray<OutputColumn> outputs, ImmutableArray<string> annotationNames, ImmutableArray<Row> rows)
{
    public string Name { get; } = name;

    public HitPolicy Policy { get; } = policy;

    public ImmutableArray<InputColumn> Inputs { get; } = inputs;

    public ImmutableArray<OutputColumn> Outputs { get; } = outputs;

    public ImmutableArray<string> AnnotationNames { get; } = annotationNames;

    public ImmutableArray<Row> Rows { get; } = rows;
}
