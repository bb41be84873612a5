using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OrderKernel.Adapters.Dmn.Values;

/// <summary>FEEL values as JSON. Dates, times and durations are texts with an <c>@</c> before them:
/// <c>"@2026-02-17"</c>.</summary>
/// <remarks><para>Shape: text that itself begins with <c>@</c> is written with two. Ranges and functions become their FEEL
/// text.</para></remarks>
public static class FeelJson
{
    /// <summary>Reads a value.</summary>
    /// <param name="json">The text.</param>
    /// <remarks><para>Cost: linear in the text.</para></remarks>
    /// <exception cref="ArgumentException">The text is no JSON, a member stands twice in one object, a number exceeds 28 digits, half
    /// a surrogate pair stands alone or a text after <c>@</c> is no date, time or duration.</exception>
    public static FeelValue Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json ?? throw new ArgumentNullException(nameof(json)));
            return Read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            throw new ArgumentException("The text is no JSON of FEEL values: " + error.Message, nameof(json));
        }
    }

    /// <summary>Writes a value, without blanks. Half a surrogate pair, which JSON cannot hold, is written as U+FFFD.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value holds more than sixteen million values and characters, what is shared counted as
    /// often as it stands there; no answer of a model does.</exception>
    public static string Write(FeelValue value)
    {
        if (ValueSize.Of(value ?? throw new ArgumentNullException(nameof(value)), ValueText.MaxLength) > ValueText.MaxLength)
        {
            throw new ArgumentException($"The value holds more than {ValueText.MaxLength} values and characters.", nameof(value));
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static FeelValue Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => FeelValue.Of(element.GetDecimal()),
        JsonValueKind.String => Text(element.GetString()!),
        JsonValueKind.True or JsonValueKind.False => FeelValue.Of(element.ValueKind == JsonValueKind.True),
        JsonValueKind.Array => FeelValue.List(element.EnumerateArray().Select(Read)),
        JsonValueKind.Object => Members(element),
        _ => FeelValue.Null,
    };

    private static FeelValue Members(JsonElement element)
    {
        var entries = new List<KeyValuePair<string, FeelValue>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string name = Feel.NameSet.Normal(member.Name);
            entries.Add(names.Add(name) ? new KeyValuePair<string, FeelValue>(name, Read(member.Value))
                : throw new FormatException($"The member '{Evaluation.Semantics.Short(FeelValue.Of(name))}' stands twice in one object."));
        }

        return FeelValue.Context(entries);
    }

    private static FeelValue Text(string text)
    {
        if (text.Length == 0 || text[0] != '@')
        {
            return FeelValue.Of(text);
        }

        if (text.Length > 1 && text[1] == '@')
        {
            return FeelValue.Of(text.Substring(1));
        }

        FeelValue value = FeelValue.Temporal(text.Substring(1));
        return value.IsNull ? throw new FormatException($"'{text}' is no date, time or duration; write two @ for text.") : value;
    }

    private static string Whole(string text) =>
        Functions.TextFunctions.IsWhole(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static void Write(Utf8JsonWriter writer, FeelValue value)
    {
        switch (value)
        {
            case NullValue:
                writer.WriteNullValue();
                break;
            case NumberValue number:
                writer.WriteRawValue(ValueText.Number(number.Number));
                break;
            case BooleanValue flag:
                writer.WriteBooleanValue(flag.Flag);
                break;
            case TextValue text:
                writer.WriteStringValue((text.Text.Length > 0 && text.Text[0] == '@' ? "@" : string.Empty) + Whole(text.Text));
                break;
            case ListValue list:
                writer.WriteStartArray();
                foreach (FeelValue item in list.Values)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case ContextValue context:
                writer.WriteStartObject();
                for (int i = 0; i < context.Keys.Length; i++)
                {
                    writer.WritePropertyName(Whole(context.Keys[i]));
                    Write(writer, context.Values[i]);
                }

                writer.WriteEndObject();
                break;
            case RangeValue or Functions.FunctionValue:
                writer.WriteStringValue(Whole(value.ToString()));
                break;
            default:
                writer.WriteStringValue("@" + value);
                break;
        }
    }
}
