using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using OrderKernel.Findings;

namespace OrderKernel.Measures;

/// <summary>Reads members of stored JSON; a member that is missing or of another kind is an error naming it.</summary>
internal static class JsonFields
{
    public static string Text(this JsonElement json, string name) =>
        json.Needed(name).GetString() ?? throw Wrong(name, "is null");

    public static long Long(this JsonElement json, string name)
    {
        JsonElement value = json.Needed(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
            ? number
            : throw Wrong(name, "is not a whole number");
    }

    public static int Int(this JsonElement json, string name) => checked((int)json.Long(name));

    public static bool Bool(this JsonElement json, string name) => json.Needed(name).GetBoolean();

    public static Instant Instant(this JsonElement json, string name) => Microseconds.ToInstant(json.Long(name));

    public static Quantity Quantity(this JsonElement json, string name) => new(json.Long(name));

    public static decimal Decimal(this JsonElement json, string name) =>
        decimal.Parse(json.Text(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    public static bool Has(this JsonElement json, string name) => json.TryGetProperty(name, out _);

    public static string? OptionalText(this JsonElement json, string name) => json.Has(name) ? json.Text(name) : null;

    public static Instant? OptionalInstant(this JsonElement json, string name) =>
        json.Has(name) ? json.Instant(name) : null;

    public static ImmutableArray<T> Array<T>(this JsonElement json, string name, Func<JsonElement, T> read)
    {
        JsonElement array = json.Needed(name);
        var items = ImmutableArray.CreateBuilder<T>(array.GetArrayLength());
        foreach (JsonElement item in array.EnumerateArray())
        {
            items.Add(read(item));
        }

        return items.MoveToImmutable();
    }

    public static ImmutableArray<T> OptionalArray<T>(this JsonElement json, string name, Func<JsonElement, T> read) =>
        json.Has(name) ? json.Array(name, read) : ImmutableArray<T>.Empty;

    private static JsonElement Needed(this JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value : throw Wrong(name, "is missing");

    private static FormatException Wrong(string name, string fault) => new($"The member '{name}' {fault}.");

    /// <summary>Whether this is what reading JSON throws that is not what it should be.</summary>
    public static bool IsDamage(Exception fault) =>
        fault is JsonException or FormatException or ArgumentException or OverflowException or KeyNotFoundException
        || (fault is InvalidOperationException and not KernelInvariantException);
}
