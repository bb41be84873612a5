using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Evaluation;

internal static partial class Compiler
{
    /// <summary>A cell or the tests of <c>in</c>; its value answers true, false or, outside of cells, null.</summary>
    private static Code Tests(TestsNode node)
    {
        if (node.Tests.IsEmpty)
        {
            return (_, _) => BooleanValue.True;
        }

        Code input = Compile(node.Value);
        Code[] tests = node.Tests.Select(t => Compile(t.Expression)).ToArray();
        return (frame, run) =>
        {
            run.Spend(tests.Length);
            FeelValue given = input(frame, run);
            bool? any = false;
            for (int i = 0; i < tests.Length && any != true; i++)
            {
                FeelValue value = tests[i](frame, run);
                bool? one = node.Tests[i].UsesInput && value is BooleanValue flag ? flag.Flag
                    : node.Tests[i].UsesInput && value.IsNull ? false
                    : node.Tests[i].Expression is RangeNode && value.IsNull ? null
                    : Semantics.Satisfies(given, value, node.IsCell, run);
                any = one == true ? true : one is null ? null : any;
            }

            return node.IsCell ? BooleanValue.Of((any == true) != node.Negated)
                : any is null ? Semantics.NoAnswer(node, run, given) : BooleanValue.Of(any.Value);
        };
    }

    private static Code Filter(FilterNode node)
    {
        Code source = Compile(node.List);
        Code match = Compile(node.Match);
        bool constant = node.Match is LiteralNode or NegateNode { Operand: LiteralNode };
        return (frame, run) =>
        {
            FeelValue found = source(frame, run);
            ListValue list = Semantics.AsList(found);
            if (constant && match(frame, run) is NumberValue index)
            {
                return Semantics.At(node, list, index.Number, run);
            }

            if (list.Values.Length == 0)
            {
                return found.IsNull ? FeelValue.Null : list;
            }

            var kept = ImmutableArray.CreateBuilder<FeelValue>();
            for (int i = 0; i < list.Values.Length; i++)
            {
                FeelValue item = list.Values[i];
                run.Spend(1);
                FeelValue answer = match(new Frame(frame, new[] { item }, true), run);
                // An index is the same whatever the item; one that comes after truth values is none.
                if (answer is NumberValue place && i == 0)
                {
                    return Semantics.At(node, list, place.Number, run);
                }

                if (answer is BooleanValue { Flag: true })
                {
                    kept.Add(item);
                }
                else if (answer is not BooleanValue && !answer.IsNull)
                {
                    return Semantics.NoAnswer(node, run, answer);
                }
            }

            return new ListValue(kept.ToImmutable());
        };
    }

    private static Code Loop(LoopNode node)
    {
        Code[] from = node.Iterators.Select(i => Compile(i.Source)).ToArray();
        Code?[] to = node.Iterators.Select(i => i.To is null ? null : Compile(i.To)).ToArray();
        Code body = Compile(node.Body);
        Operator sign = node.Kind == Feel.Loop.Every ? Operator.And : Operator.Or;
        return (frame, run) =>
        {
            var results = ImmutableArray.CreateBuilder<FeelValue>();
            FeelValue folded = BooleanValue.Of(node.Kind == Feel.Loop.Every);
            bool strange = false;
            bool walked = Walk(0, frame, inner =>
            {
                if (node.Kind == Feel.Loop.For)
                {
                    run.Turn(results.Count);
                    run.SpendList(0, node.UsesPartial ? results.Count : 0);
                    FeelValue partial = node.UsesPartial ? new ListValue(results.ToImmutable()) : FeelValue.Null;
                    results.Add(body(new Frame(inner, new[] { partial }, false), run));
                    return;
                }

                FeelValue one = body(inner, run);
                strange |= one is not BooleanValue && !one.IsNull;
                folded = Semantics.Logic(sign, folded, one);
            });
            return !walked || strange ? Semantics.NoAnswer(node, run)
                : node.Kind == Feel.Loop.For ? new ListValue(results.ToImmutable()) : folded;

            bool Walk(int level, Frame at, Action<Frame> each)
            {
                if (level == from.Length)
                {
                    each(at);
                    return true;
                }

                if (Semantics.Walk(from[level](at, run), to[level]?.Invoke(at, run)) is not IEnumerable<FeelValue> items)
                {
                    return false;
                }

                foreach (FeelValue item in items)
                {
                    run.Spend(1);
                    if (!Walk(level + 1, new Frame(at, new[] { item }, false), each))
                    {
                        return false;
                    }
                }

                return true;
            }
        };
    }
}
