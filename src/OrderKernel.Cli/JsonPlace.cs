using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Measures;

namespace OrderKernel.Cli;

/// <summary>A place in a JSON file: what stands there, and where that is, so that a fault names it.</summary>
internal readonly struct JsonPlace(JsonElement json, string path)
{
    public string Path => path.Length == 0 ? "the file" : path;

    public JsonElement Json => json;

    /// <summary>Refuses names that mean nothing here; a misspelt name would otherwise be ignored.</summary>
    public void Only(params string[] names)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Fault("an object");
        }

        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw new FormatException($"{Path} has no '{property.Name}'; it may have {string.Join(", ", names)}.");
            }
        }
    }

    /// <summary>What stands under a name; null when nothing does.</summary>
    public JsonPlace? Find(string name) => json.TryGetProperty(name, out JsonElement found) && found.ValueKind != JsonValueKind.Null
        ? new JsonPlace(found, path.Length == 0 ? name : path + "." + name)
        : null;

    public JsonPlace Get(string name) => Find(name) ?? throw new FormatException($"{Path} needs '{name}'.");

    /// <summary>The entries of a list; none when it is not there.</summary>
    public IEnumerable<JsonPlace> Each(string name)
    {
        if (Find(name) is not { } list)
        {
            return [];
        }

        return list.Json.ValueKind == JsonValueKind.Array
            ? list.Json.EnumerateArray().Select((entry, i) =>
                new JsonPlace(entry, $"{list.Path}[{i.ToString(CultureInfo.InvariantCulture)}]")).ToArray()
            : throw list.Fault("a list");
    }

    public string Text() => json.ValueKind == JsonValueKind.String ? json.GetString()! : throw Fault("a text");

    public string Text(string name) => Find(name)?.Text() ?? string.Empty;

    public long Number() => json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out long number)
        ? number
        : throw Fault("a whole number");

    public int Int(string name, int otherwise) => Find(name) is { } at ? checked((int)at.Number()) : otherwise;

    public Quantity Quantity(string name) => Find(name) is { } at
        ? at.Number() >= 0 ? new Quantity(at.Number()) : throw at.Fault("zero or more")
        : default;

    public bool Flag(string name) => Find(name) is { } at
        ? at.Json.ValueKind is JsonValueKind.True or JsonValueKind.False ? at.Json.GetBoolean() : throw at.Fault("true or false")
        : false;

    public LocalDate Date() =>
        LocalDatePattern.Iso.Parse(Text()) is { Success: true } parsed ? parsed.Value : throw Fault("a date such as 2026-12-01");

    public LocalDate? Date(string name) => Find(name)?.Date();

    public Instant Moment() => OffsetDateTimePattern.ExtendedIso.Parse(Text()) is { Success: true } parsed
        ? parsed.Value.ToInstant()
        : throw Fault("a moment such as 2026-12-01T10:00:00+08:00");

    /// <summary>One of a few words, as its place among them.</summary>
    public int OneOf(params string[] words) => Array.IndexOf(words, Text()) is >= 0 and int found
        ? found
        : throw Fault("one of " + string.Join(", ", words));

    public FormatException Fault(string expected) => new($"{Path} should be {expected}, and is {json.GetRawText()}.");
}
