namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>The bounds of a file. A file beyond one is not read in part: it is refused, naming the bound.</summary>
/// <param name="MaxBytes">Bytes of a file. The default is 256 MiB.</param>
/// <param name="MaxRows">Rows below the header. The default is 5,000,000.</param>
/// <param name="MaxColumns">Columns of the header. The default is 1,000.</param>
/// <param name="MaxField">Characters of one cell. The default is 32,767, what a spreadsheet cell holds.</param>
public sealed record CsvLimits(
    int MaxBytes = 268_435_456, int MaxRows = 5_000_000, int MaxColumns = 1_000, int MaxField = 32_767)
{
    /// <summary>The bounds a caller gets without asking.</summary>
    public static CsvLimits Default { get; } = new();
}
