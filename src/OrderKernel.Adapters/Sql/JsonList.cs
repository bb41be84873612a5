using System;
using System.Collections.Immutable;
using System.Text.Json;
using OrderKernel.Measures;

namespace OrderKernel.Adapters.Sql;

/// <summary>A list as one parameter: a JSON array of strings.</summary>
internal static class JsonList
{
    public static string Of(ImmutableArray<Sku> skus) => Write(skus, static sku => sku.Text);

    public static string Of(ImmutableArray<Guid> ids) => Write(ids, static id => id.ToString("D"));

    private static string Write<T>(ImmutableArray<T> items, Func<T, string> text)
    {
        using var stream = new System.IO.MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (T item in items)
            {
                writer.WriteStringValue(text(item));
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
