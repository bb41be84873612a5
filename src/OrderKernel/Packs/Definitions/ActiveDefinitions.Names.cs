using System;
using System.Collections.Generic;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Orders;

namespace OrderKernel.Packs;

/// <summary>The business names behind codes.</summary>
public sealed partial class ActiveDefinitions
{
    /// <summary>The business name of a code: the text of an active pack, or the kernel's own word, or an extension field,
    /// or a role.</summary>
    /// <param name="code">The code, such as <c>block.credit</c>.</param>
    /// <returns>Both names, or null when nobody names the code.</returns>
    public Term? Name(string code)
    {
        IEnumerable<Term> all = Texts.Concat(OrderWords.All).Concat(Fields.All.Select(static field => field.Name));
        return all.Concat(Access is null ? Enumerable.Empty<Term>() : Access.Roles.Select(static role => role.Name))
            .FirstOrDefault(term => string.Equals(term.Code, code, StringComparison.Ordinal));
    }

    /// <summary>The kind of finding that a rule of an active pack reports, with the sentence that the pack gives it.</summary>
    /// <param name="code">The code, such as <c>finding.stock_below_120</c>.</param>
    /// <param name="severity">The weight the host gives it.</param>
    /// <exception cref="ArgumentException">No rule of an active pack reports the code; every code that one reports has a
    /// sentence, as the check of packs holds.</exception>
    public FindingKind FindingOf(string code, Severity severity)
    {
        bool reported = Packs.Any(pack => pack.Rules.Any(rule => rule.Findings.Contains(code)));
        return reported && Texts.FirstOrDefault(text => text.Code == code) is { } sentence
            ? new FindingKind(code, severity, sentence.English, sentence.Chinese)
            : throw new ArgumentException(
                $"No rule of an active pack reports '{code}'. Name it in rules.json and texts.json.", nameof(code));
    }
}
