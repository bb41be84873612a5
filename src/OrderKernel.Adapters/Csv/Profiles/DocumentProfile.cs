using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace OrderKernel.Adapters.Csv.Profiles;

/// <summary>How one kind of document is read: its file names, its text form, and which column gives which field.</summary>
public sealed class DocumentProfile
{
    internal DocumentProfile(
        DocumentShape shape, ImmutableArray<string> files, char delimiter, string quotes, string encoding, CellFormats formats,
        DateMeaning promise, DateMeaning fact, ImmutableArray<KeyValuePair<string, string>> columns,
        ImmutableSortedDictionary<string, string> defaults,
        ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> words,
        ImmutableArray<string> partial, ImmutableArray<string> shortened, bool isRowPerLine)
    {
        Shape = shape;
        Files = files;
        Delimiter = delimiter;
        Quotes = quotes;
        Encoding = encoding;
        Formats = formats;
        PromiseDateOnly = promise;
        FactDateOnly = fact;
        Columns = columns;
        Defaults = defaults;
        Words = words;
        Partial = partial;
        Shortened = shortened;
        IsRowPerLine = isRowPerLine;
    }

    /// <summary>The kind of document.</summary>
    public DocumentShape Shape { get; }

    /// <summary>The names under which the file is looked up in a folder, best first.</summary>
    public ImmutableArray<string> Files { get; }

    /// <summary>What separates fields.</summary>
    public char Delimiter { get; }

    /// <summary>What a quote at the beginning of a cell means: <c>checked</c> (the cell goes on to the closing quote, also over lines,
    /// and is refused where it takes in what would be rows), <c>trusted</c> (the same, and such cells are taken) or <c>none</c> (a quote
    /// is a letter, and a row ends with its line).</summary>
    public string Quotes { get; }

    /// <summary>The encoding of a file without a byte order mark: <c>utf-8</c>, <c>gb18030</c>, <c>utf-16le</c>, <c>utf-16be</c>,
    /// or <c>auto</c> (UTF-8 where the bytes are valid UTF-8, else GB18030).</summary>
    public string Encoding { get; }

    /// <summary>What a date without a time means as a promise.</summary>
    public DateMeaning PromiseDateOnly { get; }

    /// <summary>What a date without a time means as the moment something happened.</summary>
    public DateMeaning FactDateOnly { get; }

    /// <summary>Which header gives which field; several headers may give one field, the first one present counts.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Columns { get; }

    /// <summary>The text taken where a field has no column or its cell is empty, by field; an empty text takes nothing, and lets the
    /// file lack the column.</summary>
    public ImmutableSortedDictionary<string, string> Defaults { get; }

    /// <summary>The required fields that the source states only in part: an empty cell stays null and is no fault. May be empty.</summary>
    public ImmutableArray<string> Partial { get; }

    /// <summary>The key fields whose longer texts are cut to 64 characters, the last nine of them <c>~</c> and eight hexadecimal
    /// digits of the SHA-256 of the whole text, so that two long names stay two. May be empty.</summary>
    public ImmutableArray<string> Shortened { get; }

    /// <summary>Whether an orders document has one row a line: the first row of an order number gives the order, further ones only
    /// repeat it for the sake of their lines.</summary>
    public bool IsRowPerLine { get; }

    /// <summary>The IANA name of the zone in which dates and times without an offset are meant.</summary>
    public string Zone => Formats.Zone.Id;

    internal CellFormats Formats { get; }

    internal ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Words { get; }

    internal ImmutableArray<ProfileSample> Samples { get; init; } = ImmutableArray<ProfileSample>.Empty;

    internal bool Needs(FieldShape field) => field.IsRequired && !Partial.Contains(field.Name);

    internal bool Gives(string field)
    {
        foreach (KeyValuePair<string, string> column in Columns)
        {
            if (string.Equals(column.Value, field, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return Defaults.ContainsKey(field);
    }
}
