using System;
using System.Buffers;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime.Text;

namespace OrderKernel.Adapters.RabbitMq;

/// <summary>Reads and writes CloudEvents as JSON, one or a batch. Strict: what the standard does not allow is refused, and so is an
/// attribute given twice.</summary>
/// <remarks>
/// <para>Errors: <see cref="FormatException"/> that names the attribute and the remedy, never a value.</para>
/// <para>Source: CloudEvents 1.0.2, JSON event format 1.0.2. Bounds: 1 MiB, 32 levels deep.</para>
/// </remarks>
public static class CloudEventJson
{
    /// <summary>The media type of one event.</summary>
    public const string MediaType = "application/cloudevents+json";

    /// <summary>The media type of a batch.</summary>
    public const string BatchMediaType = "application/cloudevents-batch+json";

    /// <summary>The greatest length of what is read, in bytes.</summary>
    public const int MaxLength = 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads one event.</summary>
    /// <param name="utf8">The JSON object.</param>
    /// <exception cref="FormatException">It is no CloudEvent 1.0.</exception>
    public static CloudEvent Read(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = Parse(utf8);
        return CloudEventReader.Read(document.RootElement);
    }

    /// <summary>Reads a batch: all of its events, or none.</summary>
    /// <param name="utf8">The JSON array; may be empty.</param>
    /// <returns>In the order of the array.</returns>
    /// <exception cref="FormatException">It is no array, or one of its elements is no CloudEvent 1.0.</exception>
    public static ImmutableArray<CloudEvent> ReadBatch(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = Parse(utf8);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("A batch of CloudEvents is a JSON array.");
        }

        var events = ImmutableArray.CreateBuilder<CloudEvent>();
        foreach (JsonElement element in document.RootElement.EnumerateArray())
        {
            events.Add(CloudEventReader.Read(element));
        }

        return events.ToImmutable();
    }

    /// <summary>Writes one event: the same event always gives the same bytes.</summary>
    /// <param name="happened">The event.</param>
    /// <exception cref="FormatException">An attribute is not as the standard wants it.</exception>
    public static byte[] Write(CloudEvent happened)
    {
        if (happened is null)
        {
            throw new ArgumentNullException(nameof(happened));
        }

        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            Write(json, happened);
        }

        // What we would not read ourselves is not sent.
        byte[] utf8 = buffer.WrittenSpan.ToArray();
        Read(utf8);
        return utf8;
    }

    private static void Write(Utf8JsonWriter json, CloudEvent happened)
    {
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", happened.Id);
        json.WriteString("source", happened.Source);
        json.WriteString("type", happened.Type);
        WriteOptional(json, "subject", happened.Subject);
        WriteOptional(json, "time", happened.Time is { } time ? OffsetDateTimePattern.Rfc3339.Format(time) : null);
        WriteOptional(json, "datacontenttype", happened.DataContentType);
        WriteOptional(json, "dataschema", happened.DataSchema);
        foreach (KeyValuePair<string, object> extension in happened.Extensions)
        {
            WriteExtension(json, extension.Key, extension.Value);
        }

        if (happened.Data is not null)
        {
            json.WritePropertyName("data");
            json.WriteRawValue(happened.Data);
        }

        if (!happened.BinaryData.IsDefault)
        {
            json.WriteBase64String("data_base64", ImmutableCollectionsMarshal.AsArray(happened.BinaryData)!);
        }

        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteExtension(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            default:
                throw new FormatException($"The extension {name} is neither a string nor a bool nor an int.");
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaxLength)
        {
            throw new FormatException($"The JSON is longer than {MaxLength} bytes. Send a reference to the data instead.");
        }

        try
        {
            return JsonDocument.Parse(utf8, Strict);
        }
        catch (JsonException fault)
        {
            // The parser's own message may quote the text, so only the place is told.
            throw new FormatException(
                $"No strict JSON at line {fault.LineNumber}, byte {fault.BytePositionInLine}: give valid UTF-8 JSON, each member once.");
        }
    }
}
