using System;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Sentences;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn;

/// <summary>Rows as sentences, in both languages and both directions.</summary>
/// <remarks>
/// <para>若客户等级为VIP且付款方式为电汇,则跳过信用审核. What is printed reads back to the same row; of several words for one thing
/// (大于, 超过) the first is printed. Texts that the table knows stand without quotes; 5万 is 50000.</para>
/// </remarks>
public sealed class RuleSentences
{
    private readonly Vocabulary vocabulary;

    /// <summary>Takes the words of a table.</summary>
    /// <param name="document">The table.</param>
    public RuleSentences(RuleDocument document) =>
        vocabulary = new Vocabulary(document ?? throw new ArgumentNullException(nameof(document)));

    /// <summary>A row as a sentence.</summary>
    /// <param name="row">A row of the table.</param>
    /// <param name="language">The language to say it in.</param>
    public string Print(RuleRow row, Language language) =>
        new SentencePrinter(vocabulary, Wording.Of(language)).Print(row ?? throw new ArgumentNullException(nameof(row)));

    /// <summary>Every row as a sentence, in order.</summary>
    /// <param name="language">The language to say it in.</param>
    public ImmutableArray<string> PrintAll(Language language) => vocabulary.Document.Rows.Select(r => Print(r, language))
        .ToImmutableArray();

    /// <summary>Reads a sentence as a row.</summary>
    /// <param name="sentence">The sentence; blanks between words do not matter.</param>
    /// <param name="language">The language it is in.</param>
    /// <param name="row">The row, without id; null when the sentence cannot be read.</param>
    /// <param name="fault">What is wrong, at which character and what was probably meant; null when nothing is.</param>
    /// <returns>True when it was read.</returns>
    public bool TryParse(string sentence, Language language, out RuleRow? row, out Finding? fault)
    {
        try
        {
            row = new SentenceParser(vocabulary, Wording.Of(language),
                sentence ?? throw new ArgumentNullException(nameof(sentence))).Parse();
            fault = null;
            return true;
        }
        catch (SentenceException error)
        {
            row = null;
            fault = error.Finding;
            return false;
        }
    }
}
