using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using OrderKernel.Adapters.Sql;
using OrderKernel.Cli;
using OrderKernel.Findings;
using OrderKernel.Sql.Tests.Faults;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>Nothing that <c>orderkernel</c> was given or found stored controls a terminal, forges a line or turns text around.</summary>
[Collection("Console")]
public class TerminalTests
{
    // Kernels before the names were looked at let each of these in.
    private const string Evil = "E\u001B[2J\u001B[31m\nok 0 movements\u202E\u2066\u009B31m\uFDD0\t\U0001FFFE\u2028end";
    private const string Shown =
        "E\\u001B[2J\\u001B[31m\\u000Aok 0 movements\\u202E\\u2066\\u009B31m\\uFDD0\\u0009\\uD83F\\uDFFE\\u2028end";

    [Fact]
    public async Task IdsInADatabase_AreShownAndDoNotWork_AndJsonStillSaysThem()
    {
        using var database = new TemporaryDatabase();
        using (SqliteStore store = database.Open(SqliteDurability.UnsafeNormal))
        {
            await new ScriptPlay(store, "cli").PlayAsync(Scripts.Walk(20));
        }

        Execute(database.Path, "DROP TRIGGER om_event_no_update", null);
        Execute(database.Path, "UPDATE om_event SET stream_key = @0 WHERE event_pos = 1", Evil);

        string line = Run("db", "feed", "--sqlite", database.Path, "--most", "1");
        Assert.StartsWith("1 ", line, StringComparison.Ordinal);
        Assert.Contains("/" + Shown + " v1 ", line, StringComparison.Ordinal);
        Assert.Single(line.TrimEnd('\n').Split('\n'));
        JsonElement json = JsonDocument.Parse(Run("db", "feed", "--sqlite", database.Path, "--most", "1", "--json")).RootElement;
        Assert.Contains("/" + Evil + " v1 ", json.GetProperty("text").GetString(), StringComparison.Ordinal);

        string audit = Run("db", "audit", "--sqlite", database.Path);
        Assert.Contains("/" + Shown + " ", audit, StringComparison.Ordinal);
        Assert.DoesNotContain(audit.Split('\n'), said => said.StartsWith("ok", StringComparison.Ordinal));
        foreach (string verb in new[] { "check", "audit", "replay", "heads", "feed" })
        {
            IsHarmless(Run("db", verb, "--sqlite", database.Path));
            IsHarmless(Run("db", verb, "--sqlite", database.Path, "--lang", "zh-CN"));
        }
    }

    [Theory]
    [InlineData("db", "audit", "--sqlite", "{database}", "--tenant", "{evil}")]
    [InlineData("db", "check", "--sqlite", "{evil}")]
    [InlineData("db", "check", "--postgres", "{evil}")]
    [InlineData("db", "{evil}")]
    [InlineData("{evil}")]
    [InlineData("rules", "check", "{evil}")]
    [InlineData("rules", "check", "{folder}/{evil}.dmn")]
    [InlineData("rules", "test", "{evil}")]
    [InlineData("lifecycle", "check", "{folder}/{evil}.json")]
    [InlineData("lifecycle", "check", "{json}")]
    [InlineData("pack", "check", "{folder}/{evil}")]
    [InlineData("pack", "check", "{folder}")]
    [InlineData("promise", "--in", "{json}")]
    [InlineData("promise", "--in", "{evil}")]
    [InlineData("reallocate", "--in", "{json}", "--out", "{folder}/out")]
    [InlineData("source", "--in", "{json}", "--out", "{folder}/out")]
    [InlineData("calendar", "check", "{json}")]
    public void WhatACommandIsGiven_IsShownAndDoesNotWork(params string[] arguments)
    {
        string evil = Evil.Replace("/", string.Empty, StringComparison.Ordinal);
        string folder = Directory.CreateTempSubdirectory("orderkernel-terminal-").FullName;
        try
        {
            using var database = new TemporaryDatabase();
            using (database.Open(SqliteDurability.UnsafeNormal))
            {
            }

            string json = Path.Combine(folder, evil + "2.json");
            File.WriteAllText(json, JsonSerializer.Serialize(new { id = evil, code = evil, lines = new[] { new { sku = evil } } }) + "\n");
            File.WriteAllText(Path.Combine(folder, evil + ".json"), JsonSerializer.Serialize(evil));
            File.WriteAllText(Path.Combine(folder, evil + ".dmn"), "<definitions name=\"\u202E\u0085\">");
            string said = Run([.. arguments.Select(argument => argument
                .Replace("{database}", database.Path, StringComparison.Ordinal).Replace("{json}", json, StringComparison.Ordinal)
                .Replace("{folder}", folder, StringComparison.Ordinal).Replace("{evil}", evil, StringComparison.Ordinal))]);
            Assert.NotEmpty(said);
            IsHarmless(said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void ADocument_KeepsItsLines_AndInAFileEveryByte()
    {
        const string document = "a\n\tb\r\n\u001B[0m\u202Ec\rd\uD800";
        Assert.Equal(document, Written(isTerminal: false, writer => writer.Write(document)));
        Assert.Equal(
            "a\n\tb\r\n\\u001B[0m\\u202Ec\\u000Dd\\uD800", Written(isTerminal: true, writer => writer.Write(document)));
        Assert.Equal("订单 \U0001F4E6 é", Written(isTerminal: true, writer => writer.Write("订单 \U0001F4E6 é".AsSpan())));
        Assert.Equal("\\u001B!", Written(isTerminal: true, writer => writer.Write(['\u001B', '!'])));
        foreach (bool isTerminal in new[] { false, true })
        {
            Assert.Equal("\\u000A\\uDC00\\uD800\n", Written(isTerminal, writer => writer.WriteLine("\n\uDC00\uD800")));
            Assert.Equal("\n", Written(isTerminal, writer => writer.WriteLine()));
        }
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("db", "script")]
    [InlineData("db", "--help")]
    public void WhatIsWrittenInLines_StaysSo(params string[] arguments)
    {
        string said = Run(arguments);
        Assert.True(said.Split('\n').Length > 5, said);
        Assert.DoesNotContain("\\u000", said, StringComparison.Ordinal);
    }

    private static void IsHarmless(string said)
    {
        Assert.DoesNotContain(said, c => c != '\n' && TextRule.IdFault(c.ToString(), 1) is "control" or "noncharacter" or "direction");
        Assert.DoesNotContain(said.Split('\n'), line => line.StartsWith("ok 0 movements", StringComparison.Ordinal));
    }

    private static string Written(bool isTerminal, Action<TextWriter> write)
    {
        var output = new StringWriter { NewLine = "\n" };
        write(new TerminalWriter(output, isTerminal));
        return output.ToString();
    }

    /// <summary>Runs the whole program, with what it writes to both outputs.</summary>
    private static string Run(params string[] arguments)
    {
        (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
        var said = new StringWriter { NewLine = "\n" };
        Console.SetOut(said);
        Console.SetError(said);
        try
        {
            CommandLine.Run(arguments, isTerminal: true);
            return said.ToString();
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    private static void Execute(string path, string text, string? value)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.Parameters.AddWithValue("@0", (object?)value ?? DBNull.Value);
        command.ExecuteNonQuery();
    }
}
