using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using OrderKernel.Access;
using OrderKernel.Calendars;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Orders;

namespace OrderKernel.Packs;

/// <summary>Reads the files of a pack, each by the reader of its room, and then looks at them together.</summary>
internal sealed class PackReader
{
    private readonly List<Finding> findings = new();

    public static DefinitionReading<Pack> Read(string json)
    {
        try
        {
            return Read(FilesOf(json));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            return new DefinitionReading<Pack>(null, ImmutableArray.Create(
                PackFindings.ManifestMissing.About(PackWriter.Manifest, string.Empty)));
        }
    }

    /// <summary>A pack that was accepted once: its parts are read, its references are not judged again.</summary>
    public static Pack ReadStored(string json)
    {
        DefinitionReading<Pack> reading = Read(json);
        if (reading.Value is { } clean)
        {
            return clean;
        }

        PackParts? parts = new PackReader().Parts(FilesOf(json));
        return parts is null ? throw new KernelInvariantException("A stored pack is damaged.") : new Pack(parts);
    }

    public static DefinitionReading<Pack> Read(IReadOnlyDictionary<string, string> files)
    {
        var reader = new PackReader();
        PackParts? parts = reader.Parts(files);
        Pack? pack = parts is null || reader.findings.Any(static f => f.Severity == Severity.Refusal) ? null : new Pack(parts);
        if (pack is not null)
        {
            reader.findings.AddRange(PackAnalysis.Check(pack));
        }

        return new DefinitionReading<Pack>(pack, reader.findings.ToImmutableArray());
    }

    private PackParts? Parts(IReadOnlyDictionary<string, string> files)
    {
        if (!files.TryGetValue(PackWriter.Manifest, out string? manifestText))
        {
            findings.Add(PackFindings.ManifestMissing.About(PackWriter.Manifest, string.Empty));
        }

        var fields = FieldSet.Empty;
        AccessPolicy? access = null;
        var lifecycles = new SortedDictionary<string, LifecycleDefinition>(StringComparer.Ordinal);
        var calendars = new SortedDictionary<string, WorkingCalendar>(StringComparer.Ordinal);
        var types = new SortedDictionary<string, OrderType>(StringComparer.Ordinal);
        var parameters = ImmutableArray<PackParameter>.Empty;
        var rules = ImmutableArray<PackRule>.Empty;
        var texts = ImmutableArray<Term>.Empty;
        Manifest? manifest = manifestText is null ? null : In(PackWriter.Manifest, PackManifest.Read(manifestText));
        foreach (string shared in (manifest?.Shares ?? ImmutableArray<string>.Empty).Where(shared => !files.ContainsKey(shared)))
        {
            findings.Add(PackFindings.ReferenceUnknown.About(PackWriter.Manifest, "shares", PackWriter.Manifest, "file", shared));
        }

        foreach (string file in files.Keys.OrderBy(static file => file, StringComparer.Ordinal))
        {
            string text = files[file];
            switch (file)
            {
                case PackWriter.Manifest:
                    break;
                case PackWriter.Fields:
                    fields = In(file, FieldSet.Read(text)) ?? fields;
                    break;
                case PackWriter.Access:
                    access = In(file, AccessPolicy.Read(text));
                    break;
                case PackWriter.Parameters:
                    parameters = In(file, PackManifest.ReadParameters(text))?.Items ?? parameters;
                    break;
                case PackWriter.Rules:
                    rules = In(file, PackManifest.ReadRules(text))?.Items ?? rules;
                    break;
                case PackWriter.Texts:
                    texts = In(file, PackManifest.ReadTexts(text))?.Items ?? texts;
                    break;
                case var _ when Under(file, PackWriter.Lifecycles):
                    LifecycleReading reading = LifecycleDefinition.Read(text);
                    var read = new DefinitionReading<LifecycleDefinition>(reading.Definition, reading.Findings);
                    Keep(lifecycles, file, In(file, read), static lifecycle => lifecycle.Id);
                    break;
                case var _ when Under(file, PackWriter.Calendars):
                    Keep(calendars, file, In(file, WorkingCalendar.Read(text)), static calendar => calendar.Name.Code);
                    break;
                case var _ when file == PackWriter.Types || Under(file, PackWriter.SharedTypes):
                    foreach (OrderType type in In(file, OrderTypes.Read(text)) ?? Array.Empty<OrderType>())
                    {
                        Keep(types, file, type, static type => type.Code);
                    }

                    break;
                default:
                    findings.Add(PackFindings.FileUnknown.About(file, string.Empty, file));
                    break;
            }
        }

        return manifest is null ? null : new PackParts(
            manifest.Id, manifest.Version, manifest.Name, fields, access, lifecycles.Values.ToImmutableArray(),
            calendars.Values.ToImmutableArray(), types.Values.ToImmutableArray(), parameters, rules, texts);
    }

    internal static SortedDictionary<string, string> FilesOf(string json)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using JsonDocument document = JsonDocument.Parse(json);
        foreach (JsonProperty file in document.RootElement.EnumerateObject())
        {
            files[file.Name] = file.Value.GetRawText();
        }

        return files;
    }

    // Findings of a part say which file they are of.
    private T? In<T>(string file, DefinitionReading<T> reading)
        where T : class
    {
        findings.AddRange(reading.Findings.Select(found =>
            new Finding(found.Kind, (file + " " + found.Subject).TrimEnd(), found.Field, found.Facts)));
        return reading.Value;
    }

    private void Keep<T>(SortedDictionary<string, T> all, string file, T? read, Func<T, string> id)
        where T : class
    {
        if (read is not null && all.ContainsKey(id(read)))
        {
            findings.Add(DefinitionFaults.Repeated.About(file, "id", file, id(read)));
        }
        else if (read is not null)
        {
            all.Add(id(read), read);
        }
    }

    private static bool Under(string file, string folder) =>
        file.StartsWith(folder, StringComparison.Ordinal) && file.EndsWith(".json", StringComparison.Ordinal);
}
