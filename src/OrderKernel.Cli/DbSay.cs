using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrderKernel.Findings;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderKernel.Cli;

/// <summary>Says one thing a line, as a sentence or as JSON.</summary>
internal sealed class DbSay(TextWriter output, bool asJson, Language language)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Line(FindingKind kind, params object[] facts) => Line(kind.About(
        string.Empty, string.Empty, [.. facts.Select(static fact => Convert.ToString(fact, CultureInfo.InvariantCulture)!)]));

    public void Line(Finding finding)
    {
        string text = finding.Text(language);
        output.WriteLine(asJson
            ? JsonSerializer.Serialize(
                new { code = finding.Code, text, facts = finding.Facts.ToDictionary(static fact => fact.Name, static fact => fact.Value) },
                Readable)
            : finding.Code + " " + text);
    }

    /// <summary>A finding about a place in a file.</summary>
    public void Line(Finding finding, string file)
    {
        string text = finding.Text(language);
        string weight = finding.Severity.ToString().ToLowerInvariant();
        output.WriteLine(asJson
            ? JsonSerializer.Serialize(new { code = finding.Code, severity = weight, file, place = finding.Subject, text }, Readable)
            : $"{weight} {finding.Code} [{file} {finding.Subject}] {text}");
    }

    /// <summary>An event at its place in the feed; its words are those of the store.</summary>
    public void Entry(FeedEntry entry)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.Event.Stream} v{entry.Event.Version} {entry.Event.EventType} {entry.Event.Payload}");
        output.WriteLine(asJson
            ? JsonSerializer.Serialize(new { code = entry.Event.EventType, position = entry.Position, text }, Readable)
            : entry.Position.ToString(CultureInfo.InvariantCulture) + " " + text);
    }
}
