using System;
using System.Globalization;
using System.Text;
using NodaTime;

namespace OrderKernel.Measures;

/// <summary>Writes JSON in the one form that is hashed and stored: no white space, members in the order written, integers in
/// plain digits, strings escaped as little as JSON allows.</summary>
/// <remarks>
/// <para>Why our own: hashes and byte replay need a form that no library version can change (the BCL's encoder escapes by
/// its Unicode tables). Source: RFC 8785 §3.2.2 for strings. Reading uses System.Text.Json.</para>
/// </remarks>
internal sealed class JsonText
{
#if NET
    private static readonly System.Buffers.SearchValues<char> Escaped = System.Buffers.SearchValues.Create(
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017"
        + "\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");
#endif

    [ThreadStatic]
    private static JsonText? spare;

    private readonly StringBuilder text = new(1024);
    private bool comma;

    private JsonText()
    {
    }

    /// <summary>Starts an object; end with <see cref="Finish"/>. One per thread at a time is reused.</summary>
    public static JsonText Start()
    {
        JsonText json = spare ?? new JsonText();
        spare = null;
        json.text.Clear();
        json.text.Append('{');
        json.comma = false;
        return json;
    }

    /// <summary>Closes the outer object and returns the text.</summary>
    public string Finish()
    {
        text.Append('}');
        string result = text.ToString();
        if (text.Capacity <= 1 << 20)
        {
            spare = this;
        }

        return result;
    }

    public JsonText Member(string name, string value)
    {
        Name(name);
        Quote(value);
        return this;
    }

    public JsonText Member(string name, long value)
    {
        Name(name);
        Digits(value);
        return this;
    }

    public JsonText Member(string name, bool value)
    {
        Name(name);
        text.Append(value ? "true" : "false");
        return this;
    }

    /// <summary>An instant as whole microseconds since 1970-01-01T00:00:00Z.</summary>
    public JsonText Member(string name, Instant value) => Member(name, Microseconds.Of(value));

    /// <summary>Writes the member only when the value is there.</summary>
    public JsonText Optional(string name, string? value) => value is null ? this : Member(name, value);

    /// <summary>Writes the member only when the value is there.</summary>
    public JsonText Optional(string name, Instant? value) => value is null ? this : Member(name, value.Value);

    /// <summary>Writes a member that is already canonical JSON.</summary>
    public JsonText Raw(string name, string json)
    {
        Name(name);
        text.Append(json);
        return this;
    }

    public JsonText OpenArray(string name)
    {
        Name(name);
        text.Append('[');
        comma = false;
        return this;
    }

    public JsonText CloseArray()
    {
        text.Append(']');
        comma = true;
        return this;
    }

    public JsonText OpenObject(string name)
    {
        Name(name);
        text.Append('{');
        comma = false;
        return this;
    }

    /// <summary>Starts an object that is an element of an array.</summary>
    public JsonText OpenObject()
    {
        Separate();
        text.Append('{');
        comma = false;
        return this;
    }

    public JsonText CloseObject()
    {
        text.Append('}');
        comma = true;
        return this;
    }

    /// <summary>A string that is an element of an array.</summary>
    public JsonText Element(string value)
    {
        Separate();
        Quote(value);
        return this;
    }

    /// <summary>An element of an array that is already canonical JSON.</summary>
    public JsonText RawElement(string json)
    {
        Separate();
        text.Append(json);
        return this;
    }

    private void Name(string name)
    {
        Separate();
        text.Append('"').Append(name).Append("\":");
    }

    private void Separate()
    {
        if (comma)
        {
            text.Append(',');
        }

        comma = true;
    }

    private void Digits(long value)
    {
#if NET
        text.Append(CultureInfo.InvariantCulture, $"{value}");
#else
        text.Append(value.ToString(CultureInfo.InvariantCulture));
#endif
    }

    private void Quote(string value)
    {
        text.Append('"');
#if NET
        // Nearly every text needs no escape; the vectorised search spares looking at each character.
        if (!value.AsSpan().ContainsAny(Escaped))
        {
            text.Append(value).Append('"');
            return;
        }
#endif
        int from = 0;
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (c >= ' ' && c != '"' && c != '\\')
            {
                continue;
            }

            text.Append(value, from, i - from);
            from = i + 1;
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                default: text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)); break;
            }
        }

        text.Append(value, from, value.Length - from).Append('"');
    }
}
