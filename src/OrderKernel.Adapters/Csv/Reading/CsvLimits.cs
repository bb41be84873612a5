namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>The bounds of a file. A file beyond one of the first four or the last is not read in part: it is refused, naming the bound
/// (<c>csv.limit_reached</c>). A row beyond <paramref name="MaxField"/> or <paramref name="MaxRecord"/> is a dead letter that
/// does.</summary>
/// <param name="MaxBytes">Bytes of a file. The default is 256 MiB.</param>
/// <param name="MaxRows">Rows below the header. The default is 5,000,000.</param>
/// <param name="MaxColumns">Columns of the header. The default is 1,000.</param>
/// <param name="MaxField">Characters of one cell. The default is 32,767, what a spreadsheet cell holds.</param>
/// <param name="MaxRecord">Characters of one row, quotes and line ends included. The default is 1,048,576.</param>
/// <param name="MaxHeld">Rows and dead letters that one reading holds in memory: those of the file, or of one part of it. The default is
/// 1,000,000, about 300 MB; a <see cref="CsvFile"/> with more rows is read in parts.</param>
public sealed record CsvLimits(
    int MaxBytes = 268_435_456, int MaxRows = 5_000_000, int MaxColumns = 1_000, int MaxField = 32_767,
    int MaxRecord = 1_048_576, int MaxHeld = 1_000_000)
{
    /// <summary>The bounds a caller gets without asking.</summary>
    public static CsvLimits Default { get; } = new();
}
