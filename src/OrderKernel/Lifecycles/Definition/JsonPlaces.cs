using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OrderKernel.Lifecycles;

/// <summary>On which line each value of a JSON text begins. Built only when there is something to complain about.</summary>
internal sealed class JsonPlaces
{
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);

    public JsonPlaces(string json)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true });
        var open = new Stack<(string Path, int Next)>();
        string path = "$";
        int line = 1;
        long counted = 0;
        while (reader.Read())
        {
            for (; counted < reader.TokenStartIndex; counted++)
            {
                line += utf8[counted] == '\n' ? 1 : 0;
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    path = open.Peek().Path + "." + reader.GetString();
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    break;
                default:
                    path = Here(open, path);
                    lines[path] = line;
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        open.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
                    }

                    break;
            }
        }
    }

    /// <summary>The path with its line, such as <c>$.states[3].owner (line 12)</c>; of a path that is not there, its nearest
    /// parent's line.</summary>
    public string Of(string path)
    {
        for (string at = path; at.Length > 0; at = Parent(at))
        {
            if (lines.TryGetValue(at, out int line))
            {
                return path + " (line " + line.ToString(CultureInfo.InvariantCulture) + ")";
            }
        }

        return path;
    }

    private static string Parent(string path) =>
        path.Substring(0, Math.Max(0, Math.Max(path.LastIndexOf('.'), path.LastIndexOf('['))));

    // An element of an array takes the next number; a member keeps the path that its name gave it.
    private static string Here(Stack<(string Path, int Next)> open, string path)
    {
        if (open.Count == 0 || open.Peek().Next < 0)
        {
            return path;
        }

        (string parent, int next) = open.Pop();
        open.Push((parent, next + 1));
        return parent + "[" + next.ToString(CultureInfo.InvariantCulture) + "]";
    }
}
