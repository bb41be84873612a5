using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Csv.Profiles;

/// <summary>A member of a profile under its path; whatever is wrong with it goes to one list of faults.</summary>
internal sealed class ProfileNode
{
    private readonly JsonElement? json;
    private readonly List<Finding> faults;

    private ProfileNode(JsonElement? json, string path, List<Finding> faults)
    {
        this.json = json;
        Path = path;
        this.faults = faults;
    }

    public string Path { get; }

    public bool IsPresent => json is not null;

    public static ProfileNode Root(JsonElement json, List<Finding> faults) => new(json, string.Empty, faults);

    public void Fault(FindingKind kind, params string[] facts) =>
        faults.Add(kind.About("profile", Path.Length == 0 ? "(profile)" : Path, facts));

    /// <summary>The member with a name; absent when there is none.</summary>
    public ProfileNode Member(string name)
    {
        string path = Path.Length == 0 ? name : Path + "." + name;
        bool found = json is { ValueKind: JsonValueKind.Object } && json.Value.TryGetProperty(name, out _);
        return new ProfileNode(found ? json!.Value.GetProperty(name) : null, path, faults);
    }

    /// <summary>The members of an object, which may only have certain names when some are given.</summary>
    public ImmutableArray<KeyValuePair<string, ProfileNode>> Members(params string[] known)
    {
        if (json is { ValueKind: not JsonValueKind.Object })
        {
            Fault(ProfileFaults.WrongType, "{ … }");
            return ImmutableArray<KeyValuePair<string, ProfileNode>>.Empty;
        }

        var members = ImmutableArray.CreateBuilder<KeyValuePair<string, ProfileNode>>();
        foreach (JsonProperty property in json?.EnumerateObject().ToArray() ?? Array.Empty<JsonProperty>())
        {
            ProfileNode member = Member(property.Name);
            if (known.Length > 0 && !known.Contains(property.Name, StringComparer.Ordinal))
            {
                member.Fault(ProfileFaults.Unknown, string.Join(", ", known));
            }
            else if (members.All(seen => seen.Key != property.Name))
            {
                members.Add(new KeyValuePair<string, ProfileNode>(property.Name, member));
            }
        }

        return members.ToImmutable();
    }

    /// <summary>The text of the member; the fallback where it is absent or faulty.</summary>
    public string Text(string fallback)
    {
        if (json is { ValueKind: not JsonValueKind.String })
        {
            Fault(ProfileFaults.WrongType, "\"text\"");
        }

        return json is { ValueKind: JsonValueKind.String } ? json.Value.GetString()! : fallback;
    }

    /// <summary>The text of a member that must be there; null when it is not.</summary>
    public string? Needed(string example)
    {
        if (!IsPresent)
        {
            Fault(ProfileFaults.Missing, example);
            return null;
        }

        string text = Text(string.Empty);
        if (text.Length == 0 && json is { ValueKind: JsonValueKind.String })
        {
            Fault(ProfileFaults.Missing, example);
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>The texts of a list; the fallback where it is absent.</summary>
    public ImmutableArray<string> Texts(ImmutableArray<string> fallback)
    {
        if (!IsPresent)
        {
            return fallback;
        }

        bool fits = json is { ValueKind: JsonValueKind.Array }
            && json.Value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String);
        if (!fits)
        {
            Fault(ProfileFaults.WrongType, "[ \"text\", … ]");
            return fallback;
        }

        return ImmutableArray.CreateRange(json!.Value.EnumerateArray().Select(static item => item.GetString()!));
    }

    /// <summary>The items of a list, each under its number from 0; none where it is absent or faulty.</summary>
    public ImmutableArray<ProfileNode> Items()
    {
        if (json is { ValueKind: not JsonValueKind.Array })
        {
            Fault(ProfileFaults.WrongType, "[ { … } ]");
            return ImmutableArray<ProfileNode>.Empty;
        }

        JsonElement[] items = json?.EnumerateArray().ToArray() ?? Array.Empty<JsonElement>();
        return ImmutableArray.CreateRange(
            items.Select((item, i) => new ProfileNode(item, FormattableString.Invariant($"{Path}[{i}]"), faults)));
    }

    /// <summary>A text, a number or null; null where it is something else, which is a fault.</summary>
    public JsonElement? Scalar()
    {
        if (json is { ValueKind: JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Null })
        {
            return json;
        }

        Fault(ProfileFaults.WrongType, "\"text\", 5, null");
        return null;
    }

    /// <summary>A whole number within bounds; the fallback where it is absent or faulty.</summary>
    public int Number(int fallback, int least, int most)
    {
        if (!IsPresent)
        {
            return fallback;
        }

        bool whole = json is { ValueKind: JsonValueKind.Number } && json.Value.TryGetInt32(out _);
        int number = whole ? json!.Value.GetInt32() : 0;
        if (whole && number >= least && number <= most)
        {
            return number;
        }

        Fault(ProfileFaults.WrongType, FormattableString.Invariant($"{least} … {most}"));
        return fallback;
    }

    /// <summary>One of some words; the fallback where it is absent or faulty.</summary>
    public string OneOf(string fallback, params string[] known)
    {
        string text = Text(fallback);
        if (known.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        Fault(ProfileFaults.ValueUnknown, text, string.Join(", ", known));
        return fallback;
    }
}
