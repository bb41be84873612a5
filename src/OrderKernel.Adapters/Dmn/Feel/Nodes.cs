using System.Collections.Immutable;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Feel;

/// <summary>One node of a parsed expression; immutable. Boxed expressions of DMN become the same nodes.</summary>
internal abstract class Node
{
    public Span At { get; init; }

    /// <summary>The text that the span is in, for messages.</summary>
    public string Source { get; init; } = string.Empty;

    public string Text => At.Length > 0 && At.End <= Source.Length ? Source.Substring(At.Start, At.Length) : Source;
}

internal sealed class LiteralNode(FeelValue value) : Node
{
    public FeelValue Value { get; } = value;
}

/// <summary>A name; depth -1 when only an item of a filter can supply it, or nothing.</summary>
internal sealed class NameNode(string name, int depth, int slot, bool inItem) : Node
{
    public string Name { get; } = name;

    public int Depth { get; } = depth;

    public int Slot { get; } = slot;

    public bool InItem { get; } = inItem;
}

internal sealed class PathNode(Node target, string name) : Node
{
    public Node Target { get; } = target;

    public string Name { get; } = name;
}

internal sealed class FilterNode(Node list, Node match) : Node
{
    public Node List { get; } = list;

    public Node Match { get; } = match;
}

internal enum Operator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
}

internal sealed class BinaryNode(Operator @operator, Node left, Node right) : Node
{
    public Operator Operator { get; } = @operator;

    public Node Left { get; } = left;

    public Node Right { get; } = right;
}

internal sealed class NegateNode(Node operand) : Node
{
    public Node Operand { get; } = operand;
}

internal sealed class BetweenNode(Node value, Node low, Node high) : Node
{
    public Node Value { get; } = value;

    public Node Low { get; } = low;

    public Node High { get; } = high;
}

/// <summary><c>x in tests</c>, and a table's cell, whose value is the input <c>?</c>.</summary>
internal sealed class TestsNode(Node value, ImmutableArray<TestNode> tests, bool negated, bool isCell) : Node
{
    public Node Value { get; } = value;

    /// <summary>The alternatives; empty stands for <c>-</c>, which is always satisfied.</summary>
    public ImmutableArray<TestNode> Tests { get; } = tests;

    public bool Negated { get; } = negated;

    public bool IsCell { get; } = isCell;
}

/// <summary>One alternative: an expression, and whether it speaks of <c>?</c> itself.</summary>
internal sealed class TestNode(Node expression, bool usesInput) : Node
{
    public Node Expression { get; } = expression;

    public bool UsesInput { get; } = usesInput;
}

internal sealed class RangeNode(Node? low, bool lowIncluded, Node? high, bool highIncluded, bool excluding) : Node
{
    public Node? Low { get; } = low;

    public bool LowIncluded { get; } = lowIncluded;

    public Node? High { get; } = high;

    public bool HighIncluded { get; } = highIncluded;

    /// <summary>True for <c>!= x</c>: everything but the low end.</summary>
    public bool Excluding { get; } = excluding;
}

/// <summary>A choice. As text it takes <c>else</c> for whatever is not true; boxed it has no answer for a condition that is a
/// value and no truth value.</summary>
internal sealed class IfNode(Node condition, Node then, Node otherwise, bool isBoxed = false) : Node
{
    public bool IsBoxed { get; } = isBoxed;

    public Node Condition { get; } = condition;

    public Node Then { get; } = then;

    public Node Otherwise { get; } = otherwise;
}

/// <summary>One <c>name in list</c> or <c>name in from..to</c>.</summary>
internal sealed class Iterator(string name, Node source, Node? to)
{
    public string Name { get; } = name;

    public Node Source { get; } = source;

    public Node? To { get; } = to;
}

internal enum Loop
{
    For,
    Some,
    Every,
}

internal sealed class LoopNode(Loop kind, ImmutableArray<Iterator> iterators, Node body, bool usesPartial) : Node
{
    public Loop Kind { get; } = kind;

    public ImmutableArray<Iterator> Iterators { get; } = iterators;

    /// <summary>Whether the body may speak of the results so far.</summary>
    public bool UsesPartial { get; } = usesPartial;

    public Node Body { get; } = body;
}

internal sealed class ListNode(ImmutableArray<Node> items) : Node
{
    public ImmutableArray<Node> Items { get; } = items;
}

/// <summary>A context; with a result (a boxed context) it answers that, otherwise its entries.</summary>
internal sealed class ContextNode(ImmutableArray<Entry> entries, Node? result) : Node
{
    public ImmutableArray<Entry> Entries { get; } = entries;

    public Node? Result { get; } = result;
}

internal sealed class Entry(string name, Node value, FeelType type)
{
    public string Name { get; } = name;

    public Node Value { get; } = value;

    public FeelType Type { get; } = type;
}

internal sealed class Parameter(string name, FeelType type)
{
    public string Name { get; } = name;

    public FeelType Type { get; } = type;
}

/// <summary>A function written in FEEL; without a body it is an external one that no host supplies here.</summary>
internal sealed class FunctionNode(ImmutableArray<Parameter> parameters, Node? body, FeelType result) : Node
{
    public ImmutableArray<Parameter> Parameters { get; } = parameters;

    public Node? Body { get; } = body;

    public FeelType Result { get; } = result;

    public int Depth { get; } = body is null ? 0 : NodeDepth.Of(body);
}

/// <summary>A call; names are empty for arguments by position.</summary>
internal sealed class CallNode(Node function, ImmutableArray<string> names, ImmutableArray<Node> arguments) : Node
{
    public Node Function { get; } = function;

    public ImmutableArray<string> Names { get; } = names;

    public ImmutableArray<Node> Arguments { get; } = arguments;
}

internal sealed class InstanceNode(Node value, FeelType? type) : Node
{
    public Node Value { get; } = value;

    public FeelType? Type { get; } = type;
}

/// <summary>An expression that could not be read; it yields null with the finding that says why.</summary>
internal sealed class BrokenNode(OrderKernel.Findings.Finding finding) : Node
{
    public OrderKernel.Findings.Finding Finding { get; } = finding;
}

/// <summary>A decision table as an expression.</summary>
internal sealed class TableNode(Tables.DecisionTable table) : Node
{
    public Tables.DecisionTable Table { get; } = table;
}

/// <summary>A value converted to a declared type, or null where it does not conform.</summary>
internal sealed class TypedNode(Node value, FeelType type) : Node
{
    public Node Value { get; } = value;

    public FeelType Type { get; } = type;
}
