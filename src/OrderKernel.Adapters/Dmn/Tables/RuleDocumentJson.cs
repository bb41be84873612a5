using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OrderKernel.Adapters.Dmn.Tables;

/// <summary>Rule documents as canonical JSON: fixed order of members, no blanks, the hash of the rest as version.</summary>
internal static class RuleDocumentJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(RuleDocument document) => Write(document, Hash(Write(document, null)));

    public static RuleDocument Read(string json)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(json);
            JsonElement root = parsed.RootElement;
            string policy = Text(root, "hitPolicy");
            HitPolicy known = RuleDocument.Policies.FirstOrDefault(p => Name(p) == policy);
            if (Name(known) != policy)
            {
                throw new ArgumentException($"'hitPolicy' is '{policy}', which is none of DMN's.", nameof(json));
            }

            return new RuleDocument(Text(root, "decision"), known, Text(root, "owner"),
                Items(root, "inputs").Select(i => new RuleInput(Text(i, "label"), Text(i, "expression"), Text(i, "type"),
                    Text(i, "values"))).ToImmutableArray(),
                Items(root, "outputs").Select(o =>
                    new RuleOutput(Text(o, "name"), Text(o, "type"), Text(o, "values"), Text(o, "default"), Text(o, "phrase")))
                    .ToImmutableArray(),
                Texts(root, "annotations"),
                Items(root, "rows").Select(r => new RuleRow(Text(r, "id"), Texts(r, "if"), Texts(r, "then"), Texts(r, "notes")))
                    .ToImmutableArray());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ArgumentException("The text is no rule document: " + error.Message, nameof(json));
        }
    }

    private static string Write(RuleDocument document, string? version)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
        {
            writer.WriteStartObject();
            writer.WriteString("decision", document.Decision);
            writer.WriteString("hitPolicy", Name(document.Policy));
            writer.WriteString("owner", document.Owner);
            if (version is not null)
            {
                writer.WriteString("version", version);
            }

            Array(writer, "inputs", document.Inputs,
                i => Members(writer, ("label", i.Label), ("expression", i.Expression), ("type", i.Type), ("values", i.Values)));
            Array(writer, "outputs", document.Outputs, o => Members(writer,
                ("name", o.Name), ("type", o.Type), ("values", o.Values), ("default", o.Default), ("phrase", o.Phrase)));
            Array(writer, "annotations", document.Annotations, writer.WriteStringValue);
            Array(writer, "rows", document.Rows, r =>
            {
                writer.WriteStartObject();
                writer.WriteString("id", r.Id);
                Array(writer, "if", r.Inputs, writer.WriteStringValue);
                Array(writer, "then", r.Outputs, writer.WriteStringValue);
                Array(writer, "notes", r.Annotations, writer.WriteStringValue);
                writer.WriteEndObject();
            });
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Hash(string text)
    {
        using SHA256 sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(text))
            .Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static string Name(HitPolicy policy)
    {
        (string name, string? aggregation) = RuleDocument.Names(policy);
        return aggregation is null ? name : name + " " + aggregation;
    }

    private static void Members(Utf8JsonWriter writer, params (string Name, string Value)[] members)
    {
        writer.WriteStartObject();
        foreach ((string name, string value) in members)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }

    private static void Array<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            write(item);
        }

        writer.WriteEndArray();
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? string.Empty;

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) => element.GetProperty(name).EnumerateArray();

    private static ImmutableArray<string> Texts(JsonElement element, string name) =>
        Items(element, name).Select(t => t.GetString() ?? string.Empty).ToImmutableArray();
}
