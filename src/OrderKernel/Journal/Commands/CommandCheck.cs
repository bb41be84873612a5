using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using OrderKernel.Findings;

namespace OrderKernel.Journal;

/// <summary>Collects what is malformed in a command, all of it rather than the first.</summary>
internal sealed class CommandCheck
{
    private readonly int maxText;
    private readonly List<Finding> findings = new();

    public CommandCheck(int maxText) => this.maxText = maxText;

    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>A text that must say something.</summary>
    public void Needed(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            findings.Add(CommandFaults.TextMissing.About(string.Empty, field, field));
            return;
        }

        Allowed(text, field);
    }

    /// <summary>A text that may be empty.</summary>
    public void Allowed(string? text, string field)
    {
        string? fault = TextRule.Fault(text, maxText);
        if (fault is not null)
        {
            string limit = maxText.ToString(CultureInfo.InvariantCulture);
            findings.Add(CommandFaults.TextUnacceptable.About(string.Empty, field, field, fault, limit));
        }
    }

    /// <summary>A list that must hold something.</summary>
    public void NotEmpty<T>(ImmutableArray<T> list, string field)
    {
        if (list.IsDefaultOrEmpty)
        {
            findings.Add(CommandFaults.ListEmpty.About(string.Empty, field, field));
        }
    }

    /// <summary>A list that may be left out; one that is given and empty is a search that found nothing, and never means
    /// everything.</summary>
    public void NotEmptyWhenGiven<T>(ImmutableArray<T> list, string field)
    {
        if (!list.IsDefault)
        {
            NotEmpty(list, field);
        }
    }

    /// <summary>A list that must hold something unless everything is meant, and then nothing.</summary>
    public void SomeOrAll<T>(ImmutableArray<T> list, bool isAll, string field)
    {
        if (!isAll)
        {
            NotEmpty(list, field);
        }
        else if (!list.IsDefaultOrEmpty)
        {
            findings.Add(CommandFaults.AllAndSome.About(string.Empty, field, field));
        }
    }

    /// <summary>A number that must be above zero.</summary>
    public void Positive(long number, string subject, string field)
    {
        if (number <= 0)
        {
            findings.Add(CommandFaults.NotPositive.About(subject, field, field));
        }
    }

    public void Add(Finding finding) => findings.Add(finding);
}
