using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>A value of the text being read, with its path; what is wrong with it goes to the list of findings, and reading
/// goes on.</summary>
internal readonly struct JsonPart
{
    private readonly JsonElement json;
    private readonly List<Finding> findings;

    public JsonPart(JsonElement json, string path, List<Finding> findings)
    {
        this.json = json;
        this.findings = findings;
        Path = path;
    }

    public string Path { get; }

    public void Fault(FindingKind kind, string field, params string[] facts) => findings.Add(kind.About(Path, field, facts));

    /// <summary>Whether this is an object with no other members than these, each once; otherwise says so.</summary>
    public bool IsObject(params string[] known)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Fault(LifecycleFindings.MemberWrong, string.Empty, LastOf(Path), DefinitionForms.Of("object"));
            return false;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (Array.IndexOf(known, member.Name) < 0)
            {
                Fault(LifecycleFindings.MemberUnknown, member.Name, member.Name, string.Join(", ", known));
            }
            else if (!seen.Add(member.Name))
            {
                Fault(LifecycleFindings.MemberRepeated, member.Name, member.Name);
            }
        }

        return true;
    }

    /// <summary>A text that must be there and say something; empty after a finding.</summary>
    public string Text(string name)
    {
        string? text = Optional(name, needed: true);
        if (text is not null && (string.IsNullOrWhiteSpace(text) || TextRule.Fault(text, 400) is not null))
        {
            Fault(LifecycleFindings.TextUnacceptable, name, name);
            return string.Empty;
        }

        return text ?? string.Empty;
    }

    /// <summary>A text that may be missing; null then.</summary>
    public string? OptionalText(string name) => Optional(name, needed: false);

    /// <summary>A code that must be there; empty after a finding.</summary>
    public string Code(string name)
    {
        string? code = Optional(name, needed: true);
        return code is null ? string.Empty : CheckedCode(code, name);
    }

    public string CheckedCode(string code, string field)
    {
        if (CodeRule.Fits(code))
        {
            return code;
        }

        Fault(LifecycleFindings.CodeMalformed, field, code);
        return string.Empty;
    }

    public bool Flag(string name)
    {
        if (!Has(name, out JsonElement value))
        {
            return false;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fault(LifecycleFindings.MemberWrong, name, name, DefinitionForms.Of("flag"));
        }

        return value.ValueKind == JsonValueKind.True;
    }

    public int Number(string name)
    {
        if (Has(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number))
        {
            return number;
        }

        Fault(LifecycleFindings.MemberWrong, name, name, DefinitionForms.Of("whole_number"));
        return 0;
    }

    /// <summary>The place of a word in a closed list; 0 after a finding.</summary>
    public int Word(string name, ImmutableArray<Term> list, string listName)
    {
        string? word = Optional(name, needed: true);
        int at = word is null ? 0 : LifecycleWords.IndexOf(list, word);
        if (at < 0)
        {
            Fault(LifecycleFindings.WordUnknown, name, listName, word!, LifecycleWords.Known(list));
        }

        return Math.Max(0, at);
    }

    /// <summary>The member, or null when it is not there.</summary>
    public JsonPart? Member(string name) =>
        Has(name, out JsonElement value) ? new JsonPart(value, Path + "." + name, findings) : null;

    /// <summary>The members of an object, by name; empty when there is none.</summary>
    public IEnumerable<KeyValuePair<string, JsonPart>> Entries()
    {
        var entries = new List<KeyValuePair<string, JsonPart>>();
        if (json.ValueKind != JsonValueKind.Object)
        {
            Fault(LifecycleFindings.MemberWrong, string.Empty, LastOf(Path), DefinitionForms.Of("object"));
            return entries;
        }

        foreach (JsonProperty member in json.EnumerateObject())
        {
            entries.Add(new KeyValuePair<string, JsonPart>(
                member.Name, new JsonPart(member.Value, Path + "." + member.Name, findings)));
        }

        return entries;
    }

    /// <summary>The elements of a list that may be missing.</summary>
    public IEnumerable<JsonPart> Items(string name, bool needed = false)
    {
        var items = new List<JsonPart>();
        if (!Has(name, out JsonElement array))
        {
            if (needed)
            {
                Fault(LifecycleFindings.MemberMissing, name, name);
            }

            return items;
        }

        if (array.ValueKind != JsonValueKind.Array)
        {
            Fault(LifecycleFindings.MemberWrong, name, name, DefinitionForms.Of("list"));
            return items;
        }

        foreach (JsonElement item in array.EnumerateArray())
        {
            string path = Path + "." + name + "[" + items.Count.ToString(CultureInfo.InvariantCulture) + "]";
            items.Add(new JsonPart(item, path, findings));
        }

        return items;
    }

    /// <summary>This value as a text; empty after a finding.</summary>
    public string Value()
    {
        if (json.ValueKind == JsonValueKind.String && TextRule.Fault(json.GetString(), 400) is null)
        {
            return json.GetString()!;
        }

        Fault(LifecycleFindings.MemberWrong, string.Empty, LastOf(Path), DefinitionForms.Of("text"));
        return string.Empty;
    }

    /// <summary>A member that is one text or a list of texts.</summary>
    public IEnumerable<string> OneOrMany(string name)
    {
        if (Has(name, out JsonElement value) && value.ValueKind == JsonValueKind.String)
        {
            return new[] { Text(name) };
        }

        var texts = new List<string>();
        foreach (JsonPart item in Items(name, needed: true))
        {
            texts.Add(item.Value());
        }

        return texts;
    }

    private string? Optional(string name, bool needed)
    {
        if (!Has(name, out JsonElement value))
        {
            if (needed)
            {
                Fault(LifecycleFindings.MemberMissing, name, name);
            }

            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Fault(LifecycleFindings.MemberWrong, name, name, DefinitionForms.Of("text"));
        return null;
    }

    private bool Has(string name, out JsonElement value)
    {
        value = default;
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out value);
    }

    private static string LastOf(string path) => path.Substring(path.LastIndexOf('.') + 1);
}
