using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Cli;

/// <summary>A place in a JSON file. What is missing or of another form is noted with its place, and reading goes on with something
/// harmless, so that one pass finds every fault.</summary>
internal readonly struct JsonPlace(JsonElement json, string path, List<Finding> faults)
{
    private static readonly FindingKind DoNotFit = new(
        "file.values_do_not_fit", Severity.Refusal,
        "{place}: the values do not fit together: {reason}", "{place}：取值相互矛盾：{reason}");

    public string Path => path;

    public JsonElement Json => json;

    private bool IsThere => json.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>Refuses names that mean nothing here; a misspelt name would otherwise be ignored.</summary>
    public void Only(params string[] names)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Wrong(DefinitionForms.Of("object"));
            return;
        }

        foreach (JsonProperty property in json.EnumerateObject().Where(property => !names.Contains(property.Name)))
        {
            Note(DefinitionFaults.MemberUnknown, property.Name, string.Join(", ", names));
        }
    }

    /// <summary>What stands under a name; null when nothing does.</summary>
    public JsonPlace? Find(string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement found) && found.ValueKind != JsonValueKind.Null
            ? new JsonPlace(found, path + "." + name, faults)
            : null;

    /// <summary>What must stand under a name.</summary>
    public JsonPlace Get(string name)
    {
        if (Find(name) is { } found)
        {
            return found;
        }

        Note(DefinitionFaults.MemberMissing, name);
        return new JsonPlace(default, path + "." + name, faults);
    }

    /// <summary>The entries of a list, read one by one; none when it is not there. An entry that was faulty, or whose values do not fit
    /// together, is left out.</summary>
    public T[] Each<T>(string name, Func<JsonPlace, T> read)
    {
        if (Find(name) is not { } list)
        {
            return [];
        }

        if (list.Json.ValueKind != JsonValueKind.Array)
        {
            list.Wrong(DefinitionForms.Of("list"));
            return [];
        }

        var entries = new List<T>();
        int at = 0;
        foreach (JsonElement entry in list.Json.EnumerateArray())
        {
            var place = new JsonPlace(entry, $"{list.Path}[{at++.ToString(CultureInfo.InvariantCulture)}]", faults);
            int before = faults.Count;
            try
            {
                entries.Add(read(place));
            }
            catch (Exception fault) when (fault is ArgumentException or OverflowException)
            {
                // Where a value was at fault already, its harmless stand-in is not worth a second complaint.
                if (faults.Count == before)
                {
                    faults.Add(DoNotFit.About(place.Path, string.Empty, place.Path, fault.Message));
                }
            }
        }

        return [.. entries];
    }

    public string Text()
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return json.GetString()!;
        }

        Wrong(DefinitionForms.Of("text"));
        return string.Empty;
    }

    public string Text(string name) => Find(name)?.Text() ?? string.Empty;

    /// <summary>A name of at most 64 characters; a dash where there is none.</summary>
    public string Name()
    {
        string text = Text();
        if (!string.IsNullOrWhiteSpace(text) && TextRule.IdFault(text, Sku.MaxLength) is null)
        {
            return text;
        }

        if (json.ValueKind == JsonValueKind.String)
        {
            Wrong(DefinitionForms.Of("name", "64"));
        }

        return "-";
    }

    public long Number()
    {
        if (json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out long number))
        {
            return number;
        }

        Wrong(DefinitionForms.Of("whole_number"));
        return 0;
    }

    public int Int(string name, int otherwise) => Find(name)?.Int() ?? otherwise;

    public int Int()
    {
        if (json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out int number))
        {
            return number;
        }

        Wrong(DefinitionForms.Of("whole_number"));
        return 0;
    }

    public Quantity Quantity(string name)
    {
        if (Find(name) is not { } at)
        {
            return default;
        }

        long units = at.Number();
        if (units < 0)
        {
            at.Wrong(DefinitionForms.Of("zero_or_more"));
        }

        return new Quantity(Math.Max(0, units));
    }

    public bool Flag(string name)
    {
        if (Find(name) is not { } at)
        {
            return false;
        }

        if (at.Json.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            at.Wrong(DefinitionForms.Of("flag"));
        }

        return at.Json.ValueKind == JsonValueKind.True;
    }

    public LocalDate Date() => Parsed(LocalDatePattern.Iso, DefinitionForms.Of("date", "2026-12-01"));

    public LocalDate? Date(string name) => Find(name)?.Date();

    public Instant Moment() =>
        Parsed(OffsetDateTimePattern.ExtendedIso, DefinitionForms.Of("moment", "2026-12-01T10:00:00+08:00")).ToInstant();

    /// <summary>One of a few words, as its place among them.</summary>
    public int OneOf(params string[] words)
    {
        int found = json.ValueKind == JsonValueKind.String ? Array.IndexOf(words, json.GetString()) : -1;
        if (found < 0)
        {
            Wrong(DefinitionForms.Of("one_of", string.Join(", ", words)));
        }

        return Math.Max(0, found);
    }

    /// <summary>Notes what another reader found here.</summary>
    public void Add(IEnumerable<Finding> found) => faults.AddRange(found);

    private T Parsed<T>(IPattern<T> pattern, string expected)
    {
        ParseResult<T>? parsed = json.ValueKind == JsonValueKind.String ? pattern.Parse(json.GetString()!) : null;
        if (parsed is { Success: true })
        {
            return parsed.Value;
        }

        Wrong(expected);
        return default!;
    }

    // What is missing was noted as such where it was asked for.
    private void Wrong(string expected)
    {
        if (IsThere)
        {
            string value = json.GetRawText();
            faults.Add(DefinitionFaults.ValueWrong.About(
                path, string.Empty, path, value.Length > 60 ? value[..60] + "…" : value, expected));
        }
    }

    private void Note(FindingKind kind, string member, params string[] facts) =>
        faults.Add(kind.About(path, member, [path, member, .. facts]));
}
