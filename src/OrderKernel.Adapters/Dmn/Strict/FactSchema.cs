using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Strict;

/// <summary>One fact that a host supplies: its name, its FEEL type and, where it is an enumeration, its values.</summary>
public sealed class FactField
{
    /// <summary>Declares a fact.</summary>
    /// <param name="name">The name that rules use, such as <c>订单金额</c>.</param>
    /// <param name="type">A FEEL type, such as <c>number</c>, <c>string</c>, <c>list&lt;string&gt;</c> or <c>context&lt;数量:
    /// number&gt;</c>.</param>
    /// <param name="values">The texts that may occur; null when any may.</param>
    /// <exception cref="ArgumentException">The name is empty or the type is no FEEL type.</exception>
    public FactField(string name, string type, IEnumerable<string>? values = null)
    {
        Name = NameSet.Normal(name ?? throw new ArgumentNullException(nameof(name)));
        if (Name.Length == 0)
        {
            throw new ArgumentException("A fact has a name.", nameof(name));
        }

        Values = values?.ToImmutableArray() ?? ImmutableArray<string>.Empty;
        Type = type ?? throw new ArgumentNullException(nameof(type));
        Shape = Read(type) ?? throw new ArgumentException($"'{type}' is no FEEL type.", nameof(type));
    }

    /// <summary>The name that rules use.</summary>
    public string Name { get; }

    /// <summary>The FEEL type as declared.</summary>
    public string Type { get; }

    /// <summary>The texts that may occur; empty when any may.</summary>
    public ImmutableArray<string> Values { get; }

    internal FeelType Shape { get; }

    private static FeelType? Read(string type)
    {
        try
        {
            var names = new TypeNames();
            return Parser.Type(type, Scope.Root(Array.Empty<string>(), new NameSet(), names.Names), names);
        }
        catch (SyntaxException)
        {
            return null;
        }
    }
}

/// <summary>The facts that a host supplies to its rules: what strict reading holds every model against.</summary>
public sealed class FactSchema
{
    /// <summary>Declares the facts.</summary>
    /// <param name="fields">The facts; no two of one name.</param>
    /// <exception cref="ArgumentException">Two facts have one name.</exception>
    public FactSchema(IEnumerable<FactField> fields)
    {
        Fields = (fields ?? throw new ArgumentNullException(nameof(fields))).ToImmutableArray();
        string? twice = Fields.GroupBy(f => f.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new ArgumentException($"The fact '{twice}' is declared twice.", nameof(fields));
        }
    }

    /// <summary>The facts, as declared.</summary>
    public ImmutableArray<FactField> Fields { get; }

    /// <summary>Reads a schema:
    /// <c>{"facts":[{"name":"订单金额","type":"number"},{"name":"客户等级","type":"string","values":["VIP"]}]}</c>.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="ArgumentException">The text is not of that form; the message names the place.</exception>
    public static FactSchema FromJson(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json ?? throw new ArgumentNullException(nameof(json)));
            return new FactSchema(document.RootElement.GetProperty("facts").EnumerateArray().Select(Field).ToList());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ArgumentException("The schema is not of the form {\"facts\":[{\"name\":…,\"type\":…}]}: " + error.Message,
                nameof(json));
        }
    }

    internal FactField? Find(string name) => Fields.FirstOrDefault(f => f.Name == name);

    private static FactField Field(JsonElement fact) => new(
        fact.GetProperty("name").GetString() ?? string.Empty,
        fact.GetProperty("type").GetString() ?? string.Empty,
        fact.TryGetProperty("values", out JsonElement values)
            ? values.EnumerateArray().Select(v => v.GetString() ?? string.Empty).ToList() : null);
}
