using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace OrderKernel.Tests.Shared;

/// <summary>JSON that somebody damaged on purpose: members dropped, doubled, renamed, exchanged and grown, values of another kind, and now
/// and then text that is no JSON any more.</summary>
internal sealed class HostileJson(int seed)
{
    private static readonly string[] Values =
    {
        "null", "true", "0", "-1", "1.5", "1e400", "-1e-400", "9223372036854775808", "79228162514264337593543950336", "\"\"", "\" \"",
        "\"\\u0000\"", "\"\\uD83D\"", "\"\\u202Ex\"", "\"\\uFFFE\"", "\"\\n\"", "\"＝1+1\"", "\"江州\"",
        "\"00000000-0000-0000-0000-000000000000\"",
        "\"2026-02-29\"", "\"9999-12-31T23:59:59Z\"", "\"Asia/Nowhere\"", "\"/dev/zero\"", "\"../../x\"", "[]", "{}", "[null]", "[[[[]]]]",
        "{\"\":{}}", "253402300800000000", "-9223372036854775808",
    };

    private readonly Random random = new(seed);
    private readonly List<string> names = new();

    /// <summary>A text that is nearly the given one.</summary>
    public string Damaged(string json)
    {
        using (JsonDocument document = JsonDocument.Parse(json))
        {
            Collect(document.RootElement);
            var text = new StringBuilder();
            Write(text, document.RootElement, 1 + random.Next(40));
            json = text.ToString();
        }

        for (int change = random.Next(6) == 0 ? 1 + random.Next(3) : 0; change > 0 && json.Length > 0; change--)
        {
            int at = random.Next(json.Length);
            string piece = "{}[]\",:\\u0eD8-.1 \0\uFEFF"[random.Next(19)].ToString();
            json = json[..at] + piece + json[Math.Min(json.Length, at + random.Next(3))..];
        }

        return json;
    }

    public int Next(int bound) => random.Next(bound);

    private void Collect(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in json.EnumerateObject())
            {
                names.Add(member.Name);
                Collect(member.Value);
            }
        }
        else if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement element in json.EnumerateArray())
            {
                Collect(element);
            }
        }
    }

    // One place in so many is damaged.
    private void Write(StringBuilder text, JsonElement json, int spared)
    {
        if (random.Next(spared) == 0 && random.Next(4) == 0)
        {
            WriteOther(text, json);
        }
        else if (json.ValueKind == JsonValueKind.Object)
        {
            WriteAll(text, '{', '}', json.EnumerateObject().ToArray(), spared, member =>
            {
                string name = random.Next(spared * 4) == 0 ? names[random.Next(names.Count)] : member.Name;
                text.Append(JsonSerializer.Serialize(name)).Append(':');
                Write(text, member.Value, spared);
            });
        }
        else if (json.ValueKind == JsonValueKind.Array)
        {
            WriteAll(text, '[', ']', json.EnumerateArray().ToArray(), spared, element => Write(text, element, spared));
        }
        else
        {
            text.Append(json.GetRawText());
        }
    }

    private void WriteAll<T>(StringBuilder text, char open, char close, T[] parts, int spared, Action<T> write)
    {
        text.Append(open);
        int start = text.Length;
        foreach (T part in parts)
        {
            for (int times = random.Next(spared * 6) == 0 ? random.Next(3) : 1; times > 0; times--)
            {
                text.Append(text.Length > start ? "," : string.Empty);
                write(part);
            }
        }

        text.Append(close);
    }

    private void WriteOther(StringBuilder text, JsonElement json)
    {
        int kind = random.Next(12);
        if (kind < 9 || text.Length > 100_000)
        {
            text.Append(Values[random.Next(Values.Length)]);
            return;
        }

        int size = random.Next(3) == 0 ? 2_000 : 20;
        text.Append(kind switch
        {
            9 => new string('[', size) + new string(']', size),
            10 => "\"" + new string('x', size * 10) + "\"",
            _ => "[" + string.Join(",", Enumerable.Repeat(json.GetRawText().Length > 500 ? "{}" : json.GetRawText(), size)) + "]",
        });
    }
}
