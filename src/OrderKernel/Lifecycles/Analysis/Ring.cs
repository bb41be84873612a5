using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace OrderKernel.Lifecycles;

/// <summary>Finds a ring in a graph of names.</summary>
internal static class Ring
{
    /// <summary>The first ring found, its first name repeated at the end; empty when there is none.</summary>
    /// <param name="names">The names to start from, in the order in which to look.</param>
    /// <param name="next">The names that one leads to.</param>
    /// <remarks><para>Depth first with its own stack, so that the depth is bounded by memory alone.</para></remarks>
    public static ImmutableArray<string> Find(IEnumerable<string> names, Func<string, IEnumerable<string>> next)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (string start in names)
        {
            var path = new List<string>();
            var open = new Stack<IEnumerator<string>>();
            Enter(start);
            while (open.Count > 0)
            {
                if (!open.Peek().MoveNext())
                {
                    open.Pop().Dispose();
                    done.Add(path[path.Count - 1]);
                    path.RemoveAt(path.Count - 1);
                    continue;
                }

                string name = open.Peek().Current;
                int at = path.IndexOf(name);
                if (at >= 0)
                {
                    return path.GetRange(at, path.Count - at).ToImmutableArray().Add(name);
                }

                Enter(name);
            }

            void Enter(string name)
            {
                if (!done.Contains(name))
                {
                    path.Add(name);
                    open.Push(next(name).GetEnumerator());
                }
            }
        }

        return ImmutableArray<string>.Empty;
    }
}
