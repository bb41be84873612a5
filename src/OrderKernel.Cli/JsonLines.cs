using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary>Files of JSON lines: each line is answered alone, and a line that fails is named without stopping the rest.</summary>
internal static class JsonLines
{
    /// <summary>Answers every line; 1 when one failed or the input is not there, else 0.</summary>
    public static int Run(FileInfo input, FileInfo output, string encoding, Action<JsonElement, Utf8JsonWriter> answer)
    {
        if (!input.Exists)
        {
            Console.Error.WriteLine($"{input.FullName}: there is no such file; give an existing one with --in.");
            return 1;
        }

        return TextFileOption.Guard(Language.English, () =>
        {
            IEnumerable<string> lines = TextFile.Lines(input.FullName, encoding);
            int failed = 0;
            WholeFile.Write(output.FullName, to => failed = Answer(input, lines, to, answer));
            return failed > 0 ? 1 : 0;
        });
    }

    /// <summary>Says which options are missing.</summary>
    public static int Missing(string options)
    {
        Console.Error.WriteLine($"Give {options}.");
        return 1;
    }

    private static int Answer(FileInfo input, IEnumerable<string> lines, TextWriter to, Action<JsonElement, Utf8JsonWriter> answer)
    {
        int failed = 0;
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                to.WriteLine(Answer(line, answer));
            }
            catch (Exception fault) when (fault is JsonException or ArgumentException or OverflowException
                or FormatException or InvalidOperationException or KeyNotFoundException)
            {
                failed++;
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{input.Name} line {number} ({IdOf(line)}): {fault.Message}"));
            }
        }

        return failed;
    }

    private static string Answer(string line, Action<JsonElement, Utf8JsonWriter> answer)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            answer(document.RootElement, json);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string IdOf(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("id", out JsonElement id)
                ? id.ToString()
                : "no id";
        }
        catch (JsonException)
        {
            return "not JSON";
        }
    }
}
