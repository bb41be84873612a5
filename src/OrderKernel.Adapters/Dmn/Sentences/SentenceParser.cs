using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Adapters.Dmn.Strict;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Sentences;

/// <summary>Reads a sentence as a row of its table. The words that count are those of the table and of the language, nothing
/// else.</summary>
internal sealed class SentenceParser(Vocabulary vocabulary, Wording words, string sentence)
{
    private int at;

    public RuleRow Parse()
    {
        string[] inputs = vocabulary.Document.Inputs.Select(_ => "-").ToArray();
        string[] outputs = vocabulary.Document.Outputs.Select(_ => string.Empty).ToArray();
        Need(words.If, "若 / if");
        if (!Take(words.Always))
        {
            do
            {
                Condition(inputs);
            }
            while (Take(words.And));
        }

        Take(words.Comma);
        Need(words.Then, "则 / then");
        do
        {
            Outcome(outputs);
        }
        while (Take(words.And) || Take(words.Comma));

        Take("。", ".");
        Skip();
        if (at < sentence.Length)
        {
            throw Fail(DmnFindings.SentenceWord, Rest(), Position(at), string.Empty);
        }

        return new RuleRow(string.Empty, inputs.ToImmutableArray(),
            outputs.Select(o => o.Length == 0 ? "null" : o).ToImmutableArray(), ImmutableArray<string>.Empty);
    }

    private void Condition(string[] inputs)
    {
        List<string> labels = vocabulary.Document.Inputs.Select(i => i.Label).ToList();
        int column = TakeLongest(labels);
        if (column < 0)
        {
            throw Unknown(labels);
        }

        int start = at;
        Relation relation = TakeRelation();
        string cell = Cell(column, relation);
        if (inputs[column] != "-")
        {
            throw Fail(DmnFindings.SentenceTwice, labels[column], Position(start));
        }

        inputs[column] = cell;
    }

    private Relation TakeRelation()
    {
        var candidates = words.Relations.SelectMany(r => r.Words.Select(w => (r.Relation, Word: w)))
            .OrderByDescending(c => c.Word.Length);
        foreach ((Relation relation, string word) in candidates)
        {
            if (Take(word))
            {
                return relation;
            }
        }

        throw Fail(DmnFindings.SentenceWord, Rest(), Position(at), string.Join(" ", words.Relations.Select(r => r.Words[0])));
    }

    private string Cell(int column, Relation relation)
    {
        ImmutableArray<string> texts = vocabulary.InputTexts[column];
        switch (relation)
        {
            case Relation.Missing:
                return "null";
            case Relation.Given:
                return "not(null)";
            case Relation.Satisfies:
                return Quoted();
            case Relation.In:
                return Interval();
            case Relation.Between:
                string low = Value(texts);
                Need(new[] { words.BetweenAnd, "和", "到" }, words.BetweenAnd);
                string high = Value(texts);
                Take("之间");
                return "[" + low + ".." + high + "]";
            case Relation.Is or Relation.IsNot:
                var values = new List<string> { Value(texts) };
                while (Take(words.Or))
                {
                    values.Add(Value(texts));
                }

                string list = string.Join(", ", values);
                return relation == Relation.Is ? list : "not(" + list + ")";
            default:
                string sign = relation switch { Relation.More => "> ", Relation.AtLeast => ">= ", Relation.Less => "< ",
                    _ => "<= " };
                return sign + Value(texts);
        }
    }

    private void Outcome(string[] outputs)
    {
        int start = at;
        ImmutableArray<RuleOutput> columns = vocabulary.Document.Outputs;
        int column = TakeLongest(columns.Select(o => o.Name).ToList());
        if (column >= 0)
        {
            Take(words.Outcome);
            outputs[column] = OutputValue(column);
            return;
        }

        // "跳过信用审核": the value first, then what it is said of; the table's own phrase, or the bare name.
        for (column = 0; column < columns.Length; column++)
        {
            string phrase = columns[column].Phrase.Length > 0 ? columns[column].Phrase : "{}" + columns[column].Name;
            int hole = phrase.IndexOf("{}", StringComparison.Ordinal);
            at = start;
            string before = phrase.Substring(0, hole);
            string after = phrase.Substring(hole + 2);
            if (before.Length > 0 && !Take(before))
            {
                continue;
            }

            string? value = TryValue(vocabulary.OutputTexts[column]);
            if (value is not null && (after.Length == 0 || Take(after)))
            {
                outputs[column] = value;
                return;
            }
        }

        at = start;
        throw Unknown(columns.Select(o => o.Name).Concat(vocabulary.OutputTexts.SelectMany(t => t)).ToList());
    }

    private string OutputValue(int column)
    {
        Skip();
        return Starts(words.OpenQuote) ? Quoted() : Value(vocabulary.OutputTexts[column]);
    }

    private string Value(ImmutableArray<string> texts) => TryValue(texts) ?? throw Unknown(texts);

    /// <summary>A known text, a text in quotes, a number with or without a unit, a truth value or a date.</summary>
    private string? TryValue(ImmutableArray<string> texts)
    {
        Skip();
        string? known = texts.FirstOrDefault(Starts);
        if (known is not null)
        {
            at += known.Length;
            return ValueText.Quote(known);
        }

        if (at < sentence.Length && (sentence[at] is '"' or '“' or '”' || (sentence[at] == '@' && at + 1 < sentence.Length)))
        {
            return Literal();
        }

        if (Take(words.True))
        {
            return "true";
        }

        if (Take(words.False))
        {
            return "false";
        }

        return Take("null") ? "null" : Number();
    }

    private string? Number()
    {
        int from = at;
        int end = at;
        while (end < sentence.Length && (sentence[end] is (>= '0' and <= '9') or '.' || (end == from && sentence[end] == '-')))
        {
            end++;
        }

        if (!decimal.TryParse(sentence.Substring(from, end - from), NumberStyles.Float, CultureInfo.InvariantCulture,
            out decimal number))
        {
            return null;
        }

        at = end;
        decimal unit = at < sentence.Length ? Numerals.Unit(sentence[at]) : 1m;
        at += unit == 1m ? 0 : 1;
        Take("元");
        return unit != 1m && Math.Abs(number) > decimal.MaxValue / unit ? null : ValueText.Number(number * unit);
    }

    private string Literal()
    {
        int open = at;
        bool temporal = sentence[at] == '@';
        int from = temporal ? at + 2 : at + 1;
        int close = from;
        while (close < sentence.Length && sentence[close] is not ('"' or '”' or '“'))
        {
            close += sentence[close] == '\\' ? 2 : 1;
        }

        if (close >= sentence.Length)
        {
            throw Fail(DmnFindings.SentenceWord, sentence.Substring(open), Position(open), "\"");
        }

        at = close + 1;
        string inner = sentence.Substring(from, close - from);
        return temporal ? "@\"" + inner + "\"" : "\"" + inner + "\"";
    }

    private string Interval()
    {
        Skip();
        int from = at;
        int end = sentence.IndexOfAny(new[] { ']', ')' }, at);
        if (end < 0)
        {
            throw Fail(DmnFindings.SentenceWord, Rest(), Position(at), "(a..b]");
        }

        at = end + 1;
        return sentence.Substring(from, at - from);
    }

    private string Quoted()
    {
        Skip();
        int close = Starts(words.OpenQuote) ? sentence.IndexOf(words.CloseQuote, at, StringComparison.Ordinal) : -1;
        if (close < 0)
        {
            throw Fail(DmnFindings.SentenceWord, Rest(), Position(at), words.OpenQuote + "…" + words.CloseQuote);
        }

        string cell = sentence.Substring(at + 1, close - at - 1);
        at = close + words.CloseQuote.Length;
        return cell;
    }

    private int TakeLongest(List<string> names)
    {
        Skip();
        int best = -1;
        for (int i = 0; i < names.Count; i++)
        {
            if (Starts(names[i]) && (best < 0 || names[i].Length > names[best].Length))
            {
                best = i;
            }
        }

        at += best < 0 ? 0 : names[best].Length;
        return best;
    }

    private void Need(string[] options, string expected)
    {
        if (!Take(options))
        {
            throw Fail(DmnFindings.SentenceWord, Rest(), Position(at), expected);
        }
    }

    private bool Take(params string[] options)
    {
        Skip();
        string? word = options.OrderByDescending(o => o.Length).FirstOrDefault(o => o.Length > 0 && Starts(o) && EndsWord(o));
        at += word?.Length ?? 0;
        return word is not null;
    }

    // An English word ends where its letters end; a Chinese one where it is complete.
    private bool EndsWord(string word) =>
        word[word.Length - 1] > 127 || !char.IsLetter(word[word.Length - 1]) || at + word.Length >= sentence.Length
        || !(sentence[at + word.Length] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_');

    private bool Starts(string text) => text.Length > 0 && string.CompareOrdinal(sentence, at, text, 0, text.Length) == 0;

    private void Skip()
    {
        while (at < sentence.Length && Feel.NameRule.IsBlank(sentence[at]))
        {
            at++;
        }
    }

    private string Rest()
    {
        string rest = at < sentence.Length ? sentence.Substring(at) : "…";
        int end = rest.IndexOfAny(new[] { ',', '，', ' ' });
        rest = end > 0 ? rest.Substring(0, end) : rest;
        return rest.Length > 12 ? rest.Substring(0, 12) + "…" : rest;
    }

    private SentenceException Unknown(IReadOnlyList<string> known)
    {
        Skip();
        string rest = at < sentence.Length ? sentence.Substring(at) : string.Empty;
        int end = words.Relations.SelectMany(r => r.Words).Concat(words.And).Concat(words.Comma).Concat(words.Then)
            .Select(w => rest.IndexOf(w, StringComparison.Ordinal)).Where(i => i > 0).DefaultIfEmpty(Math.Min(rest.Length, 12))
                .Min();
        string word = rest.Substring(0, end).Trim();
        string nearest = Suggestion.Nearest(word, known) ?? string.Join(" / ", known.Take(6));
        return Fail(DmnFindings.SentenceWord, word.Length == 0 ? "…" : word, Position(at), nearest);
    }

    private static string Position(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);

    private static SentenceException Fail(FindingKind kind, params string[] facts) =>
        new(kind.About(string.Empty, string.Empty, facts));
}

/// <summary>Stops the reading of a sentence; never leaves the package.</summary>
internal sealed class SentenceException(Finding finding) : Exception(finding.Code)
{
    public Finding Finding { get; } = finding;
}
