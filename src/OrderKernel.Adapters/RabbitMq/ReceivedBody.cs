using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RabbitMQ.Client;

namespace OrderKernel.Adapters.RabbitMq;

/// <summary>What was received, as one event in JSON: itself in structured mode, put together of headers and data in binary mode.</summary>
/// <remarks>
/// <para>Errors: <see cref="FormatException"/> that names the rule, never a value.</para>
/// <para>Source: CloudEvents AMQP binding 1.0.2 §3 (attributes in headers that begin with <c>cloudEvents:</c> or <c>cloudEvents_</c>).
/// </para>
/// </remarks>
internal static class ReceivedBody
{
    private const string Json = "application/json";
    private static readonly string[] Prefixes = ["cloudEvents:", "cloudEvents_"];
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> AsEvent(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        // Who says nothing about the content sends the event itself, or is told what it lacks.
        if (string.IsNullOrEmpty(properties.ContentType))
        {
            return body;
        }

        bool isMedia = MediaTypeHeaderValue.TryParse(properties.ContentType, out MediaTypeHeaderValue? type);
        bool isUtf8 = type?.CharSet is not { } charset || IsUtf8(charset);
        if (!isMedia || !isUtf8 || !(Is(type, CloudEventJson.MediaType) || Is(type, Json)))
        {
            throw new FormatException($"content-type must be {CloudEventJson.MediaType} or {Json}, in UTF-8.");
        }

        (string Name, object? Value)[] attributes = Is(type, Json) ? [.. Attributes(properties.Headers)] : [];
        return attributes.Length == 0 ? body : Combine(attributes, body);
    }

    private static bool Is(MediaTypeHeaderValue? type, string name) =>
        string.Equals(type?.MediaType, name, StringComparison.OrdinalIgnoreCase);

    private static bool IsUtf8(string charset) => string.Equals(charset.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string Name, object? Value)> Attributes(IDictionary<string, object?>? headers) =>
        from header in headers ?? new Dictionary<string, object?>()
        from prefix in Prefixes
        where header.Key.StartsWith(prefix, StringComparison.Ordinal)
        select (header.Key[prefix.Length..], header.Value);

    private static byte[] Combine((string Name, object? Value)[] attributes, ReadOnlyMemory<byte> body)
    {
        var buffer = new ArrayBufferWriter<byte>(body.Length + 512);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            foreach ((string name, object? value) in attributes)
            {
                if (name is "data" or "data_base64" or "datacontenttype")
                {
                    throw new FormatException($"The header of {name} is not one of binary mode: the body is the data.");
                }

                json.WritePropertyName(name);
                WriteValue(json, name, value);
            }

            json.WriteString("datacontenttype", Json);
            if (!body.IsEmpty)
            {
                json.WritePropertyName("data");
                WriteData(json, body);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteData(Utf8JsonWriter json, ReadOnlyMemory<byte> body)
    {
        try
        {
            json.WriteRawValue(body.Span);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw new FormatException("The body is no JSON, as content-type says.");
        }
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case byte[] text:
                json.WriteStringValue(Text(name, text));
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case AmqpTimestamp time:
                json.WriteStringValue(NodaTime.Instant.FromUnixTimeSeconds(time.UnixTime).ToString());
                break;
            default:
                throw new FormatException($"The header of {name} is neither a text nor a bool nor an int.");
        }
    }

    private static string Text(string name, byte[] utf8)
    {
        try
        {
            return Strict.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException($"{name} is not UTF-8.");
        }
    }
}
