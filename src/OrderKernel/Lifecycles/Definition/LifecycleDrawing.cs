using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>Draws a lifecycle as text: Mermaid for documents, DOT for Graphviz. The same definition always gives the same
/// text.</summary>
public static class LifecycleDrawing
{
    /// <summary>A Mermaid <c>stateDiagram-v2</c>; several regions stand beside each other.</summary>
    /// <param name="lifecycle">What to draw.</param>
    /// <param name="language">The language of the names.</param>
    public static string Mermaid(LifecycleDefinition lifecycle, Language language)
    {
        Check(lifecycle);
        var text = new StringBuilder("stateDiagram-v2\n");
        ImmutableArray<LifecycleRegion> regions = Regions(lifecycle);
        foreach (LifecycleRegion region in regions)
        {
            string indent = regions.Length > 1 ? "        " : "    ";
            Term name = LifecycleWords.Regions[(int)region];
            text.Append(regions.Length > 1 ? $"    state \"{name.Text(language)}\" as {LifecycleWords.Word(name)} {{\n"
                : string.Empty);
            foreach (LifecycleState state in lifecycle.States.Where(state => state.Region == region))
            {
                string owner = state.Owner.Length == 0 ? string.Empty : "<br/>" + Plain(lifecycle.NameOf(state.Owner, language));
                text.Append(indent)
                    .Append($"state \"{Plain(state.Name.Text(language))}{owner}\" as {Id(lifecycle, state.Code)}\n");
                text.Append(state.IsInitial ? $"{indent}[*] --> {Id(lifecycle, state.Code)}\n" : string.Empty);
            }

            foreach (LifecycleTransition way in lifecycle.Transitions.Where(way => lifecycle.State(way.From)!.Region == region))
            {
                text.Append(indent).Append(
                    $"{Id(lifecycle, way.From)} --> {Id(lifecycle, way.To)} : {Plain(Label(lifecycle, way, language))}\n");
            }

            foreach (LifecycleState state in lifecycle.States.Where(state => state.Region == region && state.IsFinal))
            {
                text.Append(indent).Append($"{Id(lifecycle, state.Code)} --> [*]\n");
            }

            text.Append(regions.Length > 1 ? "    }\n" : string.Empty);
        }

        return text.ToString();
    }

    /// <summary>A DOT digraph; positions are pinned where the definition has them.</summary>
    /// <param name="lifecycle">What to draw.</param>
    /// <param name="language">The language of the names.</param>
    public static string Dot(LifecycleDefinition lifecycle, Language language)
    {
        Check(lifecycle);
        var text = new StringBuilder($"digraph \"{lifecycle.Id}\" {{\n  rankdir=LR;\n  node [shape=box, style=rounded];\n");
        foreach (LifecycleRegion region in Regions(lifecycle))
        {
            Term name = LifecycleWords.Regions[(int)region];
            text.Append($"  subgraph \"cluster_{LifecycleWords.Word(name)}\" {{\n    label=\"{name.Text(language)}\";\n");
            foreach (LifecycleState state in lifecycle.States.Where(state => state.Region == region))
            {
                string owner = state.Owner.Length == 0 ? string.Empty : "\\n" + Quoted(lifecycle.NameOf(state.Owner, language));
                string look = (state.IsInitial ? ", penwidth=2" : string.Empty) + (state.IsFinal ? ", peripheries=2"
                    : string.Empty);
                string at = state.Position is { } position
                    ? string.Format(CultureInfo.InvariantCulture, ", pos=\"{0},{1}!\"", position.X, -position.Y) : string.Empty;
                text.Append($"    \"{state.Code}\" [label=\"{Quoted(state.Name.Text(language))}{owner}\"{look}{at}];\n");
            }

            text.Append("  }\n");
        }

        foreach (LifecycleTransition way in lifecycle.Transitions)
        {
            text.Append($"  \"{way.From}\" -> \"{way.To}\" [label=\"{Quoted(Label(lifecycle, way, language))}\"];\n");
        }

        return text.Append("}\n").ToString();
    }

    private static void Check(LifecycleDefinition lifecycle)
    {
        if (lifecycle is null)
        {
            throw new ArgumentNullException(nameof(lifecycle));
        }
    }

    private static ImmutableArray<LifecycleRegion> Regions(LifecycleDefinition lifecycle) =>
        lifecycle.States.Select(static state => state.Region).Distinct().OrderBy(static region => region).ToImmutableArray();

    private static string Label(LifecycleDefinition lifecycle, LifecycleTransition way, Language language)
    {
        string not = language == Language.Chinese ? "非" : "not ";
        string guard = string.Join(", ", way.Guard.Select(condition =>
            (condition.IsNegated ? not : string.Empty) + lifecycle.NameOf(condition.Name, language)));
        string effects = string.Join(", ", way.Effects.Select(effect =>
            effect.Kind is EffectKind.Announce or EffectKind.Raise ? lifecycle.NameOf(effect.Name, language)
            : LifecycleWords.Effects[(int)effect.Kind].Text(language) + (effect.Name.Length == 0 ? string.Empty
                : " " + effect.Name)));
        return lifecycle.NameOf(way.Trigger, language) + (guard.Length == 0 ? string.Empty : $" [{guard}]")
            + (effects.Length == 0 ? string.Empty : $" / {effects}");
    }

    // Codes may hold dots, which Mermaid does not take in names.
    private static string Id(LifecycleDefinition lifecycle, string code)
    {
        int at = 0;
        while (lifecycle.States[at].Code != code)
        {
            at++;
        }

        return "s" + (at + 1).ToString(CultureInfo.InvariantCulture);
    }

    // Mermaid ends a label at these, whatever quotes stand around it.
    private static string Plain(string text) =>
        text.Replace('"', '\'').Replace('<', '＜').Replace('>', '＞').Replace(':', '：')
        .Replace(';', '；').Replace('#', '＃').Replace('\n', ' ').Replace('\r', ' ');

    private static string Quoted(string text) => text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace('\n', ' ')
        .Replace('\r', ' ');
}
