using System;
using System.CommandLine;
using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary>What every command that reads text files has in common: in which encoding, and what is said when one cannot be read.</summary>
internal static class TextFileOption
{
    public static Option<string> Encoding()
    {
        var option = new Option<string>("--encoding")
        {
            Description = "Of files without a byte order mark and without an encoding in an XML declaration: utf-8 or gb18030.",
            DefaultValueFactory = static _ => "utf-8",
        };
        option.AcceptOnlyFromAmong("utf-8", "gb18030");
        return option;
    }

    /// <summary>Runs a command; what it cannot read is told, and is 2.</summary>
    public static int Guard(Language language, Func<int> run)
    {
        try
        {
            return run();
        }
        catch (TextFileException unreadable)
        {
            Console.Error.WriteLine($"refusal {unreadable.Finding.Code} {unreadable.Finding.Text(language)}");
            return 2;
        }
    }
}
