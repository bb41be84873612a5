using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderKernel.Journal;

/// <summary>Writes the name of a stream with System.Text.Json as <c>"order/SO-1"</c>, also as the key of a dictionary.</summary>
/// <remarks>
/// <para>Errors: what is no such name throws <see cref="JsonException"/>. A category that holds a slash cannot be read back.</para>
/// </remarks>
public sealed class StreamIdJson : JsonConverter<StreamId>
{
    /// <inheritdoc />
    public override StreamId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Make(reader.TokenType == JsonTokenType.String ? reader.GetString()! : string.Empty);

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, StreamId value, JsonSerializerOptions options)
    {
        if (writer is null)
        {
            throw new ArgumentNullException(nameof(writer));
        }

        if (value == default)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStringValue(value.ToString());
        }
    }

    /// <inheritdoc />
    public override StreamId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Make(reader.GetString()!);

    /// <inheritdoc />
    public override void WriteAsPropertyName(Utf8JsonWriter writer, StreamId value, JsonSerializerOptions options) =>
        (writer ?? throw new ArgumentNullException(nameof(writer))).WritePropertyName($"{value.Category}/{value.Key}");

    private static StreamId Make(string text)
    {
        int slash = text.IndexOf('/');
        try
        {
            return new StreamId(text.Substring(0, Math.Max(0, slash)), text.Substring(slash + 1));
        }
        catch (ArgumentException)
        {
            throw new JsonException("This is no name of a stream: a category, a slash and an id are one.");
        }
    }
}
