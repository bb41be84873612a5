using System.Globalization;
using System.Text;
using OrderKernel.Findings;
using OrderKernel.Journal;

namespace WebHost;

/// <summary>Looks at a request before it becomes a command: what is missing, null or no name, all at once, in the kernel's words.</summary>
public sealed class RequestCheck
{
    private const int MaxKey = 200;
    private readonly List<Finding> findings = [];

    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>The key under which a caller repeats a request.</summary>
    public string Key(string? key, string field) => Name(key, MaxKey, field);

    /// <summary>What something is to be named with.</summary>
    public string Name(string? text, int limit, string field) => Name(text, limit, field, isNew: true);

    /// <summary>The number of an order that is there: it may be named with what no new one is named with.</summary>
    public string KnownName(string? text, int limit, string field) => Name(text, limit, field, isNew: false);

    /// <summary>A text that says something.</summary>
    public string Text(string? text, int limit, string field)
    {
        if (Missing(string.IsNullOrWhiteSpace(text) ? null : text, field) || Unacceptable(TextRule.Fault(text, limit), limit, field))
        {
            return string.Empty;
        }

        return text!;
    }

    /// <summary>A text that may be empty and not null.</summary>
    public string Note(string? text, int limit, string field) => text is "" ? text : Text(text, limit, field);

    /// <summary>Whether a member is missing or null.</summary>
    public bool Missing(object? member, string field)
    {
        if (member is null)
        {
            findings.Add(CommandFaults.TextMissing.About(string.Empty, field, field));
        }

        return member is null;
    }

    public void Add(Finding finding) => findings.Add(finding);

    private string Name(string? text, int limit, string field, bool isNew)
    {
        string name = Text(text, limit, field);
        if (isNew && name.EnumerateRunes().Any(NamesNothing))
        {
            string character = "U+" + name.EnumerateRunes().First(NamesNothing).Value.ToString("X4", CultureInfo.InvariantCulture);
            findings.Add(CommandFaults.IdUnacceptable.About(string.Empty, field, field, character));
        }

        return name;
    }

    private static bool NamesNothing(Rune character) => TextRule.IdFault(character.ToString(), 2) is not null;

    private bool Unacceptable(string? fault, int limit, string field)
    {
        if (fault is not null)
        {
            findings.Add(CommandFaults.TextUnacceptable.About(
                string.Empty, field, field, fault, limit.ToString(CultureInfo.InvariantCulture)));
        }

        return fault is not null;
    }
}
