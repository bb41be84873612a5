using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Packages;

/// <summary>CycloneDX 1.5 JSON of everything that the shipped projects restore, with hashes; the same bytes for the same lock
/// files.</summary>
internal static class BillOfMaterials
{
    public static string Of(string root)
    {
        ImmutableArray<LockedPackage> packages = LockedPackage.Under(Path.Combine(root, "src"));
        string version = XElement.Load(Path.Combine(root, "Directory.Build.props")).Descendants("Version").First().Value;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.5");
            json.WriteString("serialNumber", "urn:uuid:" + Serial(packages));
            json.WriteNumber("version", 1);
            json.WriteStartObject("metadata");
            json.WriteStartObject("component");
            json.WriteString("type", "library");
            json.WriteString("bom-ref", "OrderKernel@" + version);
            json.WriteString("name", "OrderKernel");
            json.WriteString("version", version);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartArray("components");
            foreach (LockedPackage package in packages)
            {
                WriteComponent(json, package);
            }

            json.WriteEndArray();
            WriteDependencies(json, packages);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void WriteComponent(Utf8JsonWriter json, LockedPackage package)
    {
        json.WriteStartObject();
        json.WriteString("type", "library");
        json.WriteString("bom-ref", Purl(package));
        json.WriteString("name", package.Id);
        json.WriteString("version", package.Version);
        json.WriteStartArray("hashes");
        json.WriteStartObject();
        json.WriteString("alg", "SHA-512");
        json.WriteString("content", Convert.ToHexStringLower(Convert.FromBase64String(package.Hash)));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("licenses");
        json.WriteStartObject();
        json.WriteString("expression", Licences.Of(package).Expression);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("purl", Purl(package));
        json.WriteEndObject();
    }

    private static void WriteDependencies(Utf8JsonWriter json, ImmutableArray<LockedPackage> packages)
    {
        // Two targets may lock two versions of one package; a need then points at both.
        ILookup<string, string> byId = packages.ToLookup(package => package.Id, Purl, StringComparer.OrdinalIgnoreCase);
        json.WriteStartArray("dependencies");
        foreach (LockedPackage package in packages)
        {
            json.WriteStartObject();
            json.WriteString("ref", Purl(package));
            json.WriteStartArray("dependsOn");
            foreach (string need in package.Needs.SelectMany(id => byId[id]).Distinct())
            {
                json.WriteStringValue(need);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Purl(LockedPackage package) => $"pkg:nuget/{package.Id}@{package.Version}";

    // A version 8 UUID of the contents, so that a bill that did not change keeps its number.
    private static Guid Serial(IEnumerable<LockedPackage> packages)
    {
        string text = string.Join('\n', packages.Select(package => Purl(package) + package.Hash));
        byte[] id = SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16];
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
