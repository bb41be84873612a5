using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderKernel.Measures;

/// <summary>An id that is a text, as a string of JSON.</summary>
internal sealed class IdJson<T> : JsonConverter<T>
    where T : struct
{
    private readonly string name;
    private readonly Func<string, T> make;
    private readonly Func<T, string> text;
    private readonly bool mayBeNone;

    public IdJson(string name, Func<string, T> make, Func<T, string> text, bool mayBeNone = false)
    {
        this.name = name;
        this.make = make;
        this.text = text;
        this.mayBeNone = mayBeNone;
    }

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => Make(reader.GetString()!),
        JsonTokenType.Null when mayBeNone => default,
        _ => throw Wrong(),
    };

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        // A default that is a bug is shown as nothing: an answer that holds one is told all the same.
        if (EqualityComparer<T>.Default.Equals(value, default))
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStringValue(text(value));
        }
    }

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Make(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(text(value));

    private T Make(string read)
    {
        try
        {
            return make(read);
        }
        catch (ArgumentException)
        {
            throw Wrong();
        }
    }

    private JsonException Wrong() => new($"This is no {name}: a string of 1 to 64 characters without NUL and lone surrogates is one.");
}

/// <summary>The id of a command, as a GUID in a string of JSON.</summary>
internal sealed class CommandIdJson : JsonConverter<CommandId>
{
    public override CommandId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Make(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);

    public override void Write(Utf8JsonWriter writer, CommandId value, JsonSerializerOptions options)
    {
        if (value == default)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStringValue(value.ToString());
        }
    }

    public override CommandId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Make(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, CommandId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value.ToString("D"));

    private static CommandId Make(string? text) => Guid.TryParseExact(text, "D", out Guid id) && id != Guid.Empty
        ? new CommandId(id)
        : throw new JsonException("This is no command id: a GUID with hyphens that is not empty is one.");
}
