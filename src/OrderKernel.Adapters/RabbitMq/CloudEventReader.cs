using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Net.Http.Headers;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace OrderKernel.Adapters.RabbitMq;

/// <summary>Turns a JSON object into an event and holds every rule of the standard.</summary>
internal static class CloudEventReader
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "data", "data_base64",
    };

    public static CloudEvent Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("A CloudEvent is a JSON object.");
        }

        if (Required(json, "specversion") != "1.0")
        {
            throw new FormatException("specversion is not 1.0, the only version that is understood.");
        }

        string source = Required(json, "source");
        Hold(Uri.TryCreate(source, UriKind.RelativeOrAbsolute, out _), "source", "a URI reference");
        return new CloudEvent(Required(json, "id"), source, Required(json, "type"))
        {
            Subject = Optional(json, "subject"),
            Time = ReadTime(json),
            DataContentType = ReadMediaType(json),
            DataSchema = ReadSchema(json),
            Extensions = ReadExtensions(json),
            Data = ReadData(json),
            BinaryData = ReadBinary(json),
        };
    }

    private static OffsetDateTime? ReadTime(JsonElement json)
    {
        if (Optional(json, "time") is not { } text)
        {
            return null;
        }

        ParseResult<OffsetDateTime> time = OffsetDateTimePattern.Rfc3339.Parse(text);
        Hold(time.Success, "time", "an RFC 3339 timestamp with seconds and offset");
        return time.Value;
    }

    private static string? ReadMediaType(JsonElement json)
    {
        string? text = Optional(json, "datacontenttype");
        Hold(text is null || MediaTypeHeaderValue.TryParse(text, out _), "datacontenttype", "a media type such as application/json");
        return text;
    }

    private static string? ReadSchema(JsonElement json)
    {
        string? text = Optional(json, "dataschema");
        Hold(text is null || Uri.TryCreate(text, UriKind.Absolute, out _), "dataschema", "an absolute URI");
        return text;
    }

    private static ImmutableSortedDictionary<string, object> ReadExtensions(JsonElement json)
    {
        var extensions = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (JsonProperty member in json.EnumerateObject().Where(static member => !Known.Contains(member.Name)))
        {
            Hold(
                member.Name.Length > 0 && member.Name.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9')),
                "an extension", "named in lower-case letters and digits");
            if (member.Value.ValueKind != JsonValueKind.Null)
            {
                extensions.Add(member.Name, ReadExtension(member));
            }
        }

        return extensions.ToImmutable();
    }

    private static object ReadExtension(JsonProperty member)
    {
        switch (member.Value.ValueKind)
        {
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.String:
                return Text(member.Value, member.Name);
            case JsonValueKind.Number when member.Value.TryGetInt32(out int number):
                return number;
            default:
                throw new FormatException($"{member.Name} is not a string, a bool or a whole number of 32 bits.");
        }
    }

    private static string? ReadData(JsonElement json)
    {
        bool hasData = json.TryGetProperty("data", out JsonElement data);
        Hold(!hasData || !json.TryGetProperty("data_base64", out _), "data", "given once, not also as data_base64");
        return hasData ? data.GetRawText() : null;
    }

    private static ImmutableArray<byte> ReadBinary(JsonElement json)
    {
        if (!json.TryGetProperty("data_base64", out JsonElement data) || data.ValueKind == JsonValueKind.Null)
        {
            return default;
        }

        byte[]? bytes = null;
        Hold(
            data.ValueKind == JsonValueKind.String && data.TryGetBytesFromBase64(out bytes), "data_base64", "a text in Base64");
        return ImmutableArray.Create(bytes!);
    }

    private static string Required(JsonElement json, string name) =>
        Optional(json, name) ?? throw new FormatException($"{name} is missing; every CloudEvent has one.");

    private static string? Optional(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        Hold(value.ValueKind == JsonValueKind.String, name, "a string");
        string text = Text(value, name);
        Hold(text.Length > 0, name, "a text of at least one character");
        return text;
    }

    // Strings of the standard hold no control characters, no lone surrogates and no code points that stand for nothing.
    private static string Text(JsonElement value, string name)
    {
        try
        {
            string text = value.GetString()!;
            bool isClean = text.EnumerateRunes().All(static rune =>
                rune.Value is not (<= 0x1F or (>= 0x7F and <= 0x9F) or (>= 0xFDD0 and <= 0xFDEF)) && (rune.Value & 0xFFFE) != 0xFFFE);
            Hold(isClean, name, "free of control characters");
            return text;
        }
        catch (InvalidOperationException)
        {
            throw new FormatException($"{name} holds half of a surrogate pair. Give valid Unicode.");
        }
    }

    private static void Hold(bool kept, string name, string rule)
    {
        if (!kept)
        {
            throw new FormatException($"{name} must be {rule}.");
        }
    }
}
