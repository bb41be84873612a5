using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Fields;
using OrderKernel.Findings;

namespace OrderKernel.Packs;

/// <summary>What <c>pack.json</c> says.</summary>
internal sealed record Manifest(string Id, int Version, Term Name, ImmutableArray<string> Shares);

/// <summary>A list that was read, by code.</summary>
internal sealed record Listed<T>(ImmutableArray<T> Items);

/// <summary>Reads the small files of a pack: manifest, parameters, rules and texts.</summary>
internal static class PackManifest
{
    public static DefinitionReading<Manifest> Read(string text) => DefinitionNode.Read(text, static root =>
    {
        root.Only("id", "version", "en", "zh", "shares");
        string id = root.Text("id");
        int version = root.Int("version");
        Term? name = root.Names("pack");
        root.NoteNames(name);
        if (root.At("id").IsThere && !IsId(id))
        {
            root.At("id").Wrong<object>(DefinitionForms.Of("pack_id"));
            return null;
        }

        if (root.At("version").IsThere && version < 1)
        {
            root.At("version").Wrong<object>(DefinitionForms.Of("one_or_more"));
        }

        foreach (DefinitionNode shared in root.Entries("shares"))
        {
            if (!IsBelow(shared.AsText()))
            {
                shared.Wrong<object>(DefinitionForms.Of("shared_file"));
            }
        }

        return name is null ? null : new Manifest(id, version, name, root.Texts("shares"));
    });

    /// <summary>The files that a pack shares with others beside it; none when the manifest cannot be read.</summary>
    public static ImmutableArray<string> Shares(string text) => Read(text).Value?.Shares ?? ImmutableArray<string>.Empty;

    public static DefinitionReading<Listed<PackProfile>> ReadProfiles(string text) => List(text, "profiles", static node =>
    {
        Term? name = node.Only("code", "en", "zh", "packs").Term();
        node.NoteNames(name);
        return name is null ? null : new PackProfile(name, Codes(node, "packs"));
    }, static profile => profile.Name.Code);

    public static DefinitionReading<Listed<PackParameter>> ReadParameters(string text) => List(text, "parameters", static node =>
    {
        Term? name = node.Only("code", "en", "zh", "type", "places", "value").Term();
        FieldType type = FieldReader.Type(node.Needed("type"));
        int places = node.At("places").IsThere ? node.Int("places") : 0;
        var shape = new FieldDefinition(
            name ?? Nameless, FieldSubject.Order, type, ImmutableArray<Term>.Empty, 400, Math.Min(Math.Max(places, 0), 9),
            ImmutableArray<FieldNeed>.Empty, Sensitivity.Internal, string.Empty);
        string? value = node.Needed("value") is { IsThere: true } stated ? shape.Canonical(stated.AsText()) : string.Empty;
        if (value is null)
        {
            node.At("value").Wrong<object>(shape.Expected);
        }

        node.NoteNames(name);
        return name is null ? null : new PackParameter(name, type, shape.Places, value ?? string.Empty);
    }, static parameter => parameter.Name.Code);

    public static DefinitionReading<Listed<PackRule>> ReadRules(string text) => List(text, "rules", static node =>
    {
        Term? name = node.Only("code", "en", "zh", "owner", "fields", "parameters", "findings").Term();
        node.NoteNames(name);
        string owner = node.Text("owner");
        return name is null ? null : new PackRule(
            name, owner, Codes(node, "fields"), Codes(node, "parameters"), Codes(node, "findings"));
    }, static rule => rule.Name.Code);

    public static DefinitionReading<Listed<Term>> ReadTexts(string text) => List(text, "texts", static node =>
    {
        Term? name = node.Only("code", "en", "zh").Term();
        node.NoteNames(name);
        return name;
    }, static term => term.Code);

    private static Term Nameless { get; } = new("unnamed", "Unnamed", "未命名");

    private static ImmutableArray<string> Codes(DefinitionNode node, string member) =>
        node.Texts(member).Distinct().OrderBy(static code => code, StringComparer.Ordinal).ToImmutableArray();

    private static DefinitionReading<Listed<T>> List<T>(
        string text, string member, Func<DefinitionNode, T?> read, Func<T, string> code)
        where T : class => DefinitionNode.Read(text, root =>
    {
        var all = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (DefinitionNode node in root.Only(member).Entries(member))
        {
            T? item = read(node);
            if (item is not null && all.ContainsKey(code(item)))
            {
                node.Note(DefinitionFaults.Repeated, "code", code(item));
            }
            else if (item is not null)
            {
                all.Add(code(item), item);
            }
        }

        return new Listed<T>(all.Values.ToImmutableArray());
    });

    // A path that leads nowhere but down, on every system.
    private static bool IsBelow(string path) => path.Length > 0 && path.IndexOfAny(Elsewhere) < 0
        && path.Split('/').All(static step => step.Trim().Length > 0 && step != "." && step != "..");

    private static readonly char[] Elsewhere = { '\\', ':', '\0' };

    private static bool IsId(string id) => id.Length is >= 1 and <= 40 && id.All(static c =>
        c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_');
}
