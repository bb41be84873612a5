using System.Collections.Immutable;
using System.IO;
using System.Text;
using System.Text.Json;

namespace OrderKernel.Adapters.Sql;

/// <summary>A list as one parameter: a JSON array of strings.</summary>
internal static class JsonList
{
    public static string Of(ImmutableArray<string> items)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (string item in items)
            {
                writer.WriteStringValue(item);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
