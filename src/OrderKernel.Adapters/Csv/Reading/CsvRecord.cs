namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>Why a record is not one row.</summary>
internal enum RecordFault
{
    None = 0,

    /// <summary>A quote is opened and not closed where it should be.</summary>
    QuoteOpen,

    /// <summary>The line lies in a quoted cell that takes in what would be rows.</summary>
    Swallowed,

    /// <summary>A cell is longer than the bound.</summary>
    FieldTooLong,

    /// <summary>The record is longer than the bound.</summary>
    RecordTooLong,
}

/// <summary>One record of a file: its cells as they stand, as many as may count, and what is wrong with it as a whole.</summary>
/// <param name="Row">The line of the file at which it begins.</param>
/// <param name="Cells">Its cells; of a faulty record those of its line as if a quote were a letter, each cut short.</param>
/// <param name="Width">How many cells it has, also where fewer were kept.</param>
/// <param name="Fault">What is wrong with it.</param>
internal readonly record struct CsvRecord(int Row, string[] Cells, int Width, RecordFault Fault = RecordFault.None)
{
    /// <summary>The first line of the quoted cell that the record lies in; its own where it lies in none.</summary>
    public int First { get; init; } = Row;

    /// <summary>The last line of the quoted cell that the record lies in; its own where it lies in none.</summary>
    public int Last { get; init; } = Row;

    public bool IsBlank => Cells.Length == 0 || (Cells.Length == 1 && string.IsNullOrWhiteSpace(Cells[0]));
}
