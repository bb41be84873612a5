using System.Collections.Generic;
using System.Linq;
using OrderKernel.Adapters.Dmn.Tables;

namespace OrderKernel.Adapters.Dmn.Feel;

/// <summary>How deeply nodes lie in one another: what walking them costs of the stack, which no exception gives back.</summary>
internal static class NodeDepth
{
    /// <summary>The deepest logic that is read.</summary>
    public const int Max = 300;

    /// <summary>The depth, counted without recursion.</summary>
    public static int Of(Node root)
    {
        int deepest = 0;
        var left = new Stack<(Node Node, int Depth)>();
        left.Push((root, 1));
        while (left.Count > 0)
        {
            (Node node, int depth) = left.Pop();
            deepest = depth > deepest ? depth : deepest;
            foreach (Node child in Children(node))
            {
                left.Push((child, depth + 1));
            }
        }

        return deepest;
    }

    private static IEnumerable<Node> Children(Node node) => node switch
    {
        PathNode path => new[] { path.Target },
        FilterNode filter => new[] { filter.List, filter.Match },
        BinaryNode binary => new[] { binary.Left, binary.Right },
        NegateNode negate => new[] { negate.Operand },
        BetweenNode between => new[] { between.Value, between.Low, between.High },
        TestsNode tests => tests.Tests.Select(t => t.Expression).Append(tests.Value),
        RangeNode range => new[] { range.Low, range.High }.OfType<Node>(),
        IfNode choice => new[] { choice.Condition, choice.Then, choice.Otherwise },
        LoopNode loop => loop.Iterators.SelectMany(i => new[] { i.Source, i.To }).Append(loop.Body).OfType<Node>(),
        ListNode list => list.Items,
        ContextNode context => context.Entries.Select(e => e.Value).Concat(new[] { context.Result }.OfType<Node>()),
        FunctionNode function => new[] { function.Body }.OfType<Node>(),
        CallNode call => call.Arguments.Add(call.Function),
        InstanceNode instance => new[] { instance.Value },
        TableNode table => Cells(table.Table),
        TypedNode typed => new[] { typed.Value },
        _ => Enumerable.Empty<Node>(),
    };

    private static IEnumerable<Node> Cells(DecisionTable table) =>
        table.Inputs.Select(i => i.Expression).Concat(table.Rows.SelectMany(r => r.Cells.Concat(r.Outputs)))
            .Concat(table.Outputs.Select(o => o.Fallback).OfType<Node>());
}
