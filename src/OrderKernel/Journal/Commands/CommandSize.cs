using System.Collections.Immutable;

namespace OrderKernel.Journal;

/// <summary>Counts the entries of all lists of a command, those within entries too, before anything looks at one of them.</summary>
internal sealed class CommandSize
{
    private long largest;

    public CommandSize(int most) => Most = most;

    /// <summary>The most entries that a command may have.</summary>
    public int Most { get; }

    /// <summary>The entries so far.</summary>
    public long Entries { get; private set; }

    /// <summary>The field of the longest list; empty when there is none.</summary>
    public string Field { get; private set; } = string.Empty;

    /// <summary>Nothing more needs to be counted.</summary>
    public bool IsTooLarge => Entries > Most;

    /// <summary>Counts a list.</summary>
    public void Of<T>(ImmutableArray<T> list, string field)
    {
        int length = list.IsDefault ? 0 : list.Length;
        Entries += length;
        if (length > largest)
        {
            largest = length;
            Field = field;
        }
    }
}
