using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Sentences;

/// <summary>Says a row as one sentence.</summary>
internal sealed class SentencePrinter(Vocabulary vocabulary, Wording words)
{
    public string Print(RuleRow row)
    {
        var conditions = new List<string>();
        for (int column = 0; column < row.Inputs.Length; column++)
        {
            if (Condition(column, row.Inputs[column]) is string condition)
            {
                conditions.Add(condition);
            }
        }

        string when = conditions.Count == 0 ? words.Always[0] : string.Join(Between(words.And[0]), conditions);
        string then = string.Join(Between(words.And[0]), row.Outputs.Select((o, c) => Outcome(c, o)));
        return words.If[0] + words.Gap + when + words.Comma[0] + words.Gap + words.Then[0] + words.Gap + then;
    }

    private string Between(string word) => words.Gap + word + words.Gap;

    private string? Condition(int column, string cell)
    {
        CellTests? tests = Vocabulary.Read(cell);
        if (tests is { IsAny: true })
        {
            return null;
        }

        string label = vocabulary.Document.Inputs[column].Label;
        string said = tests is null || tests.IsOpaque ? Raw(cell) : Said(column, tests) ?? Raw(cell);
        return label + words.Gap + said;
    }

    private string Raw(string cell) => words.Word(Relation.Satisfies) + words.Gap + words.OpenQuote + cell.Trim()
        + words.CloseQuote;

    private string? Said(int column, CellTests tests)
    {
        if (tests.Values.Length == 1 && tests.Values[0].IsNull)
        {
            return words.Word(tests.Negated ? Relation.Given : Relation.Missing);
        }

        if (tests.Values.All(v => v is not RangeValue and not ContextValue and not ListValue && !v.IsNull))
        {
            string values = string.Join(Between(words.Or[0]), tests.Values.Select(v => Value(v, vocabulary.InputTexts[column])));
            return words.Word(tests.Negated ? Relation.IsNot : Relation.Is) + words.Gap + values;
        }

        return tests.Values.Length == 1 && !tests.Negated && tests.Values[0] is RangeValue range ? Range(range, column) : null;
    }

    private string? Range(RangeValue range, int column)
    {
        ImmutableArray<string> texts = vocabulary.InputTexts[column];
        if (range.Sole)
        {
            return words.Word(Relation.Is) + words.Gap + Value(range.Low, texts);
        }

        if (range.Excluding)
        {
            return null;
        }

        if (range.Low.IsNull || range.High.IsNull)
        {
            Relation relation = range.Low.IsNull ? range.HighIncluded ? Relation.AtMost : Relation.Less
                : range.LowIncluded ? Relation.AtLeast : Relation.More;
            return words.Word(relation) + words.Gap + Value(range.Low.IsNull ? range.High : range.Low, texts);
        }

        return range.LowIncluded && range.HighIncluded
            ? words.Word(Relation.Between) + words.Gap + Value(range.Low, texts) + Between(words.BetweenAnd)
                + Value(range.High, texts) + words.BetweenEnd
            : words.Word(Relation.In) + words.Gap + range.ToLiteral();
    }

    private string Outcome(int column, string cell)
    {
        RuleOutput output = vocabulary.Document.Outputs[column];
        CellTests? tests = Vocabulary.Read(cell);
        string value = tests is { IsOpaque: false, Negated: false, Values: { Length: 1 } values }
            && values[0] is not (RangeValue or ContextValue)
            ? Value(values[0], vocabulary.OutputTexts[column]) : words.OpenQuote + cell.Trim() + words.CloseQuote;
        bool phrased = output.Phrase.Length > 0 && words == Wording.Chinese;
        return phrased ? output.Phrase.Replace("{}", value) : output.Name + words.Gap + words.Outcome[0] + words.Gap + value;
    }

    private string Value(FeelValue value, ImmutableArray<string> plain) => value switch
    {
        TextValue text => plain.Contains(text.Text) ? text.Text : ValueText.Quote(text.Text),
        BooleanValue flag => (flag.Flag ? words.True : words.False)[0],
        NumberValue number => words == Wording.Chinese ? Numerals.Print(number.Number) : ValueText.Number(number.Number),
        _ => value.ToLiteral(),
    };
}
