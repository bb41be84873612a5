using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Sentences;

/// <summary>The words of one table: its columns and the texts that its cells and types know. These stand in sentences without
/// quotes.</summary>
internal sealed class Vocabulary
{
    public Vocabulary(RuleDocument document)
    {
        Document = document;
        InputTexts = document.Inputs.Select((input, c) => Texts(document.Rows.Select(r => r.Inputs[c]).Prepend(input.Values)))
            .ToImmutableArray();
        OutputTexts = document.Outputs.Select((output, c) =>
            Texts(document.Rows.Select(r => r.Outputs[c]).Prepend(output.Values).Append(output.Default))).ToImmutableArray();
    }

    public RuleDocument Document { get; }

    /// <summary>By column the known texts, longest first.</summary>
    public ImmutableArray<ImmutableArray<string>> InputTexts { get; }

    public ImmutableArray<ImmutableArray<string>> OutputTexts { get; }

    /// <summary>A cell of constants; C# null when it cannot be read.</summary>
    public static CellTests? Read(string cell)
    {
        try
        {
            var types = new TypeNames();
            Scope scope = Scope.Root(Array.Empty<string>(), new NameSet(), types.Names).Inner("?");
            return CellTests.Of(Parser.Cell(cell.Trim().Length == 0 ? "-" : cell, scope, types, strict: true), CellTests.Allowance());
        }
        catch (SyntaxException)
        {
            return null;
        }
    }

    private static ImmutableArray<string> Texts(IEnumerable<string> cells) =>
        cells.Where(c => c.Trim().Length > 0).Distinct().Select(Read).Where(t => t is not null).SelectMany(t => t!.Values)
            .SelectMany(v => v is RangeValue range ? new[] { range.Low } : new[] { v })
            .OfType<TextValue>().Select(t => t.Text).Where(IsPlain).Distinct().OrderByDescending(t => t.Length)
            .ThenBy(t => t, StringComparer.Ordinal).ToImmutableArray();

    // A text that reads as something else, or ends a phrase, keeps its quotes.
    private static bool IsPlain(string text) =>
        text.Trim() == text && text.Length > 0 && !char.IsDigit(text[0])
            && text.IndexOfAny(new[] { '"', ',', '，', '@', '「', '」', '-' }) < 0
        && text is not ("是" or "否" or "真" or "假" or "true" or "false" or "yes" or "no" or "null" or "空"
            or "missing" or "given" or "not");
}
