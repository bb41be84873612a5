using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Csv.Profiles;

/// <summary>Reads the samples of a profile as rows of a file are read, and reports every column that comes out otherwise.</summary>
internal static class SampleCheck
{
    // Stands for a cell that is read, where a sample expects others to be refused.
    private const string Taken = "ok";

    public static void Check(ImportProfile profile, List<Finding> faults)
    {
        foreach (DocumentProfile document in profile.Documents)
        {
            foreach (ProfileSample sample in document.Samples)
            {
                foreach ((string column, string place, string expected, string actual) in Outcomes(document, sample))
                {
                    if (!string.Equals(expected, actual, StringComparison.Ordinal))
                    {
                        faults.Add(ProfileFaults.SampleDiffers.About(
                            "profile", sample.Path + "." + place, sample.Name, profile.Name, column, expected, actual));
                    }
                }
            }
        }
    }

    private static IEnumerable<(string Column, string Place, string Expected, string Actual)> Outcomes(
        DocumentProfile document, ProfileSample sample)
    {
        ImmutableArray<KeyValuePair<string, string>> row = Filled(document, sample.Row);
        Header header = Header.Of(
            new CsvRecord(1, row.Select(static cell => cell.Key).ToArray(), row.Length), document, CsvLimits.Default);
        var reasons = new List<Finding>(header.Faults);
        string[] cells = row.Select(static cell => cell.Value).ToArray();
        object?[] values = RowReader.Values(cells, header, document, document.Encoding, reasons, new List<int>());
        for (int i = 0; i < values.Length; i++)
        {
            string column = header.Names[i];
            string field = document.Shape.Fields[i].Name;
            string? code = reasons.Find(reason => reason.Field == column)?.Code;
            string value = SampleValue.Of(values[i]);
            if (!sample.IsRefused)
            {
                yield return (column, field, sample.Expected.GetValueOrDefault(field, SampleValue.Empty), code ?? value);
            }
            else if (sample.Expected.TryGetValue(column, out string? expected))
            {
                yield return (column, column, expected, code ?? value);
            }
            else
            {
                yield return (column, column, Taken, code ?? Taken);
            }
        }

        foreach (KeyValuePair<string, string> stray in sample.Expected.Where(
            stated => sample.IsRefused && !header.Names.Contains(stated.Key)))
        {
            yield return (stray.Key, stray.Key, stray.Value, SampleValue.Empty);
        }
    }

    // A sample need not repeat every header: what it leaves out is an empty cell.
    private static ImmutableArray<KeyValuePair<string, string>> Filled(
        DocumentProfile document, ImmutableArray<KeyValuePair<string, string>> row)
    {
        foreach (IGrouping<string, string> headers in document.Columns.GroupBy(
            static column => column.Value, static column => column.Key, StringComparer.Ordinal))
        {
            if (!headers.Any(header => row.Any(cell => cell.Key == header)))
            {
                row = row.Add(new KeyValuePair<string, string>(headers.First(), string.Empty));
            }
        }

        return row;
    }
}
