using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Csv.Writing;

/// <summary>The file in which people find what was not taken: <c>file,row,column,reason</c>, one row per dead letter.</summary>
public static class DeadLetterFile
{
    /// <summary>Writes dead letters.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="letters">The dead letters, in the order in which they shall stand.</param>
    /// <param name="language">The language of the reasons.</param>
    public static void Write(TextWriter writer, IEnumerable<DeadLetter> letters, Language language)
    {
        GuardedCsv.WriteRow(writer, new[] { "file", "row", "column", "reason" });
        foreach (DeadLetter letter in letters ?? throw new ArgumentNullException(nameof(letters)))
        {
            GuardedCsv.WriteRow(writer, new[]
            {
                letter.File, letter.Row.ToString(CultureInfo.InvariantCulture), letter.Columns, letter.Text(language),
            });
        }
    }
}
