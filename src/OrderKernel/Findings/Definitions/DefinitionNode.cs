using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace OrderKernel.Findings;

/// <summary>One place in the JSON of a definition. Reading what is missing or of another form notes a finding and goes on with
/// something harmless, so that one pass finds every fault.</summary>
internal readonly struct DefinitionNode
{
    private readonly JsonElement json;
    private readonly List<Finding> findings;

    private DefinitionNode(JsonElement json, string place, List<Finding> findings)
    {
        this.json = json;
        this.findings = findings;
        Place = place;
    }

    /// <summary>Where it stands, as a JSON path from <c>$</c>.</summary>
    public string Place { get; }

    public bool IsThere => json.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public bool IsObject => json.ValueKind == JsonValueKind.Object;

    public bool IsText => json.ValueKind == JsonValueKind.String;

    /// <summary>Parses a text and has its outer object read.</summary>
    public static DefinitionReading<T> Read<T>(string text, Func<DefinitionNode, T?> read)
        where T : class
    {
        var findings = new List<Finding>();
        T? value = null;
        int half = HalfCharacters.IndexIn(text ?? throw new ArgumentNullException(nameof(text)));
        if (half >= 0)
        {
            int lineStart = half == 0 ? 0 : text.LastIndexOf('\n', half - 1) + 1;
            findings.Add(NotJson(text.Take(half).Count(static c => c == '\n'), half - lineStart));
            return new DefinitionReading<T>(null, findings.ToImmutableArray());
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(
                text,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = new DefinitionNode(document.RootElement, "$", findings);
            value = root.json.ValueKind == JsonValueKind.Object ? read(root) : root.Wrong<T>(DefinitionForms.Of("object"));
        }
        catch (JsonException fault)
        {
            findings.Add(NotJson(fault.LineNumber ?? 0, fault.BytePositionInLine ?? 0));
        }

        // A part that is looked at twice is told once.
        return new DefinitionReading<T>(findings.Count == 0 ? value : null, findings.Distinct().ToImmutableArray());
    }

    /// <summary>Notes members that nobody reads and members that stand twice; the names of the known ones.</summary>
    public DefinitionNode Only(params string[] known)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Wrong<object>(DefinitionForms.Of("object"));
            return this;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                Note(DefinitionFaults.Repeated, member.Name, member.Name);
            }
            else if (Array.IndexOf(known, member.Name) < 0)
            {
                Note(DefinitionFaults.MemberUnknown, member.Name, member.Name, string.Join(", ", known));
            }
        }

        return this;
    }

    /// <summary>A member; look at <see cref="IsThere"/> when it may be absent.</summary>
    public DefinitionNode At(string member)
    {
        JsonElement value = default;
        if (json.ValueKind == JsonValueKind.Object)
        {
            json.TryGetProperty(member, out value);
        }

        return new DefinitionNode(value, Place + "." + member, findings);
    }

    /// <summary>A member that must be there.</summary>
    public DefinitionNode Needed(string member)
    {
        DefinitionNode node = At(member);
        if (!node.IsThere)
        {
            Note(DefinitionFaults.MemberMissing, member, member);
        }

        return node;
    }

    /// <summary>The entries of an array that may be absent.</summary>
    public IEnumerable<DefinitionNode> Entries(string member)
    {
        DefinitionNode array = At(member);
        if (array.IsThere && array.json.ValueKind != JsonValueKind.Array)
        {
            array.Wrong<object>(DefinitionForms.Of("list"));
        }

        return array.json.ValueKind == JsonValueKind.Array ? array.Items() : Array.Empty<DefinitionNode>();
    }

    /// <summary>The members of an object that may be absent.</summary>
    public IEnumerable<KeyValuePair<string, DefinitionNode>> Members()
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in json.EnumerateObject())
            {
                yield return new KeyValuePair<string, DefinitionNode>(
                    member.Name, new DefinitionNode(member.Value, Place + "." + member.Name, findings));
            }
        }
    }

    public string Text(string member) => Needed(member).AsText();

    public string? OptionalText(string member) => At(member) is { IsThere: true } node ? node.AsText() : null;

    public ImmutableArray<string> Texts(string member)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (DefinitionNode entry in Entries(member))
        {
            texts.Add(entry.AsText());
        }

        return texts.ToImmutable();
    }

    /// <summary>The code and both names that nearly every definition starts with; null when one of them is at fault.</summary>
    /// <param name="member">What the member with the code is called: <c>id</c> of a whole file, <c>code</c> of an entry.</param>
    public Term? Term(string member = "code")
    {
        string code = Needed(member).AsCode();
        Term? named = Names("unnamed");
        return code.Length > 0 && named is not null ? new Term(code, named.English, named.Chinese) : null;
    }

    /// <summary>Both names under a code that stands elsewhere; null when one of them is at fault.</summary>
    public Term? Names(string code)
    {
        string? english = Needed("en").AsName();
        string? chinese = Needed("zh").AsName();
        return english is not null && chinese is not null ? new Term(code, english, chinese) : null;
    }

    /// <summary>Notes names that are not business language.</summary>
    public void NoteNames(Term? name)
    {
        if (name is not null)
        {
            findings.AddRange(BusinessName.Faults(name.English, name.Chinese, Place));
        }
    }

    public bool Flag(string member)
    {
        DefinitionNode node = At(member);
        if (node.IsThere && node.json.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            node.Wrong<object>(DefinitionForms.Of("flag"));
        }

        return node.json.ValueKind == JsonValueKind.True;
    }

    public string AsText()
    {
        if (!IsThere)
        {
            return string.Empty;
        }

        string? text = json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        return text is not null && TextRule.Fault(text, 4_000) is null ? text : Wrong<string>(DefinitionForms.Of("text")) ?? string.Empty;
    }

    /// <summary>A code; empty when it is not there or after a finding.</summary>
    public string AsCode()
    {
        bool fits = IsText && CodeRule.Fits(json.GetString()!);
        return fits ? json.GetString()! : IsThere ? Wrong<string>(DefinitionForms.Of("code")) ?? string.Empty : string.Empty;
    }

    private string? AsName()
    {
        string text = AsText();
        bool fits = text.Trim().Length > 0 && text.Length <= 400;
        return fits ? text : IsThere && json.ValueKind == JsonValueKind.String ? Wrong<string>(DefinitionForms.Of("name", "400")) : null;
    }

    /// <summary>A text that may name something, such as the id of a customer; null when it is not there or after a finding.</summary>
    public string? AsId()
    {
        string text = AsText();
        bool fits = text.Trim().Length > 0 && TextRule.IdFault(text, 64) is null;
        return fits ? text : IsThere && json.ValueKind == JsonValueKind.String ? Wrong<string>(DefinitionForms.Of("name", "64")) : null;
    }

    public int Int(string member)
    {
        DefinitionNode node = Needed(member);
        if (node.IsThere && (node.json.ValueKind != JsonValueKind.Number || !node.json.TryGetInt32(out _)))
        {
            node.Wrong<object>(DefinitionForms.Of("whole_number"));
            return 0;
        }

        return node.IsThere ? node.json.GetInt32() : 0;
    }

    /// <summary>The value turned into something, noting what was expected where that fails.</summary>
    public T? Parse<T>(Func<string, T?> parse, string expected)
        where T : struct
    {
        if (!IsThere)
        {
            return null;
        }

        T? value = json.ValueKind == JsonValueKind.String ? parse(json.GetString()!) : null;
        if (value is null)
        {
            Wrong<object>(expected);
        }

        return value;
    }

    /// <summary>The place, said to be of another form than expected; answers null.</summary>
    public T? Wrong<T>(string expected)
        where T : class
    {
        string value = json.ValueKind == JsonValueKind.Undefined ? "nothing" : json.GetRawText();
        findings.Add(DefinitionFaults.ValueWrong.About(
            Place, string.Empty, Place, value.Length > 60 ? value.Remove(60) + "…" : value, expected));
        return null;
    }

    /// <summary>Notes a finding of a kind whose first place is the place.</summary>
    public void Note(FindingKind kind, string field, params string[] facts)
    {
        var all = new string[facts.Length + 1];
        all[0] = Place;
        facts.CopyTo(all, 1);
        findings.Add(kind.About(Place, field, all));
    }

    /// <summary>Notes what another check found in this place.</summary>
    public void Add(Finding found) => findings.Add(new Finding(found.Kind, Place, found.Field, found.Facts));

    private IEnumerable<DefinitionNode> Items()
    {
        int i = 0;
        foreach (JsonElement item in json.EnumerateArray())
        {
            var node = new DefinitionNode(item, $"{Place}[{i++.ToString(CultureInfo.InvariantCulture)}]", findings);
            if (node.IsThere)
            {
                yield return node;
            }
            else
            {
                node.Wrong<object>(DefinitionForms.Of("entry"));
            }
        }
    }

    /// <summary>The text is no JSON at a line and column, each counted from zero.</summary>
    public static Finding NotJson(long line, long column) =>
        DefinitionFaults.NotJson.About("$", string.Empty, Digits(line + 1), Digits(column + 1));

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);
}
