using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using OrderKernel.Measures;

namespace OrderKernel.Sql.Tests;

/// <summary>What a killed writer had said it stored.</summary>
/// <param name="Command">The command.</param>
/// <param name="LogLength">The length of the write-ahead log at that moment.</param>
/// <param name="Outcome">The outcome it returned.</param>
internal sealed record Acknowledgement(CommandId Command, long LogLength, string Outcome);

/// <summary>Runs the writer in a process of its own and kills it.</summary>
internal static class CrashWriter
{
    /// <summary>Where the writer was built: beside the tests, in the same configuration.</summary>
    public static string Assembly { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "CrashWriter", new DirectoryInfo(AppContext.BaseDirectory).Name, "CrashWriter.dll"));

    public static ProcessStartInfo Command(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    /// <summary>Lets it write until so many acknowledgements were heard, then kills it, and returns all that were heard. Each lane stops
    /// by itself after so many orders.</summary>
    public static List<Acknowledgement> RunAndKill(string path, string durability, int lanes, int killAfter, int orders = int.MaxValue)
    {
        using Process writer = Process.Start(Command(
            "dotnet", Assembly, path, durability, lanes.ToString(CultureInfo.InvariantCulture),
            orders.ToString(CultureInfo.InvariantCulture), "stay"))!;
        var heard = new List<Acknowledgement>();
        while (writer.StandardOutput.ReadLine() is { } line)
        {
            heard.Add(Parse(line));
            if (heard.Count == killAfter)
            {
                writer.Kill();
            }
        }

        writer.WaitForExit();
        return heard.Count >= killAfter ? heard : throw new InvalidOperationException(writer.StandardError.ReadToEnd());
    }

    public static Acknowledgement Parse(string line)
    {
        string[] parts = line.Split(' ', 4);
        return new Acknowledgement(
            new CommandId(Guid.Parse(parts[1])), long.Parse(parts[2], CultureInfo.InvariantCulture), parts[3]);
    }
}
