using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Text;
using System.Xml.Linq;

namespace OrderKernel.Dmn.Tests;

/// <summary>Inputs that nobody means well with; one seed gives one of each, on every machine.</summary>
internal static class GeneratedInputs
{
    private static readonly string[] Pieces =
    {
        "a", "b", "xs", "c", "f", "t", "?", "1", "2.5", "1e9", "\"x\"", "\"(a+)+$\"", "@\"P1D\"", "@\"2026-01-01\"",
        "@\"2026-03-29T02:30:00@Europe/Berlin\"", "@\"P999999999999999999D\"", "@\"P99999999999999999Y\"", "@\"999999999-12-31\"",
        "79228162514264337593543950335", "0.0000000000000000000000000001", "\"\\uD800\"", "\"(a)\\1\"",
        "null", "true", "+", "-", "*", "/", "**", "=", "<", ">=", "!=", "(", ")", "[", "]", "{", "}", ",", ":", "..", ".",
        "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "function", "and", "or", "not",
        "between", "instance of", "number", "list<", ">", "matches", "replace", "split", "sort", "string join", "flatten",
        "sum", "count", "concatenate", "range", "date", "duration", "1..9", "item", "partial", "金额", "＞", "，", "\\", "//",
        "/*", "\u0000", "😀", "decimal(", "modulo(", "date and time(", "start included", "distinct values(", "context put(",
    };

    private static readonly string[] Wraps =
    {
        "string({0})", "({0}) = ({1})", "is({0}, {1})", "count({0})", "flatten({0})", "distinct values({0})", "[{0}, {0}]",
        "list contains([{0}], {1})", "index of([{0}, {1}], {1})", "union({0}, {1})", "concatenate({0}, {1})", "append({0}, {1})",
        "({0}) instance of list<list<list<Any>>>", "({0})[item = {1}]", "{{p: {0}, q: p, r: [p, q]}}", "reverse({0})", "({0}).a.b",
        "for v in {0} return [v, v]", "some v in {0} satisfies v = {1}", "sort({0}, function(x, y) x = y)", "({0}) in ({1})",
        "max({0})", "string join([string({0}), string({0})])", "context([{{key: \"k\", value: {0}}}])", "({0}) + 1",
        "insert before({0}, 1, {1})", "list replace({0}, 1, {1})", "sublist({0}, 1)", "(function(x) [x, x, x])({0})", "mode({0})",
        "(function(x: list<list<number>>) x)({0})", "get entries({{k: {0}}})", "context put({{}}, \"k\", {0})", "{0} between {1} and {1}",
    };

    /// <summary>An expression: of pieces, or grown and then damaged.</summary>
    public static string Expression(int seed)
    {
        var generated = new GeneratedModels(seed);
        if (generated.Next(3) == 0)
        {
            return string.Concat(Enumerable.Range(0, 1 + generated.Next(25))
                .Select(_ => Pieces[generated.Next(Pieces.Length)] + (generated.Next(3) == 0 ? string.Empty : " ")))
                .Replace("\u0000", generated.Next(2) == 0 ? "\t" : "§", StringComparison.Ordinal);
        }

        string expression = generated.Expression(1 + generated.Next(4));
        for (int change = generated.Next(3); change > 0; change--)
        {
            int at = generated.Next(expression.Length);
            expression = expression[..at] + Pieces[generated.Next(Pieces.Length)].Replace("\u0000", " ",
                StringComparison.Ordinal) + expression[(generated.Next(2) == 0 ? at : Math.Min(expression.Length, at + 1))..];
        }

        return expression;
    }

    /// <summary>An expression whose values hold themselves many times over, and what may be done with them.</summary>
    public static string Sharing(int seed)
    {
        var random = new Random(seed);
        string Shared() => random.Next(5) switch
        {
            0 => $"(for i in 1..{1 + random.Next(70)} return {{a: partial, b: partial}})",
            1 => $"(for i in 1..{1 + random.Next(70)} return [partial[-1], partial[-1]])",
            2 => $"(for i in 1..{1 + random.Next(18)} return if i = 1 then \"aaaaaaaa\" else partial[-1] + partial[-1])",
            3 => $"(for i in 1..{1 + random.Next(40)} return (= partial))",
            _ => $"(for i in 1..{1 + random.Next(70)} return [partial, partial])",
        };
        string text = Shared();
        for (int i = random.Next(4); i > 0; i--)
        {
            text = string.Format(System.Globalization.CultureInfo.InvariantCulture, Wraps[random.Next(Wraps.Length)], text,
                random.Next(2) == 0 ? text : Shared());
            text = text.Length > 4_000 ? Shared() : text;
        }

        return random.Next(12) == 0 ? $"replace(string({text}), \"(a+|[0-9])\", \"$1$1$1$1\")" : text;
    }

    /// <summary>A DMN file: a table, an expression or types, its elements doubled, dropped, exchanged, its texts and references
    /// replaced.</summary>
    public static string File(int seed)
    {
        var generated = new GeneratedModels(seed);
        string xml = generated.Next(3) switch
        {
            0 => GeneratedModels.ExpressionModel(generated.Expression(2)),
            1 => Types(generated),
            _ => generated.Table(maxRows: 8).Xml,
        };
        XElement root = XElement.Parse(xml);
        for (int change = generated.Next(5); change > 0; change--)
        {
            List<XElement> all = root.Descendants().ToList();
            Change(all[generated.Next(all.Count)], all[generated.Next(all.Count)], generated);
            if (!root.HasElements)
            {
                break;
            }
        }

        string text = root.ToString(SaveOptions.DisableFormatting);
        if (generated.Next(6) == 0)
        {
            int at = generated.Next(text.Length);
            text = text[..at] + "<>&\"/!-[]?= "[generated.Next(12)] + text[Math.Min(text.Length, at + generated.Next(3))..];
        }

        return text;
    }

    /// <summary>FEEL values as JSON, and texts that are nearly so.</summary>
    public static string Json(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        Write(0);
        for (int change = random.Next(3); change > 0; change--)
        {
            int at = random.Next(text.Length);
            _ = random.Next(2) == 0 ? text.Remove(at, 1) : text.Insert(at, "{}[]\",:@\\u0eD8-.1 "[random.Next(18)]);
            if (text.Length == 0)
            {
                break;
            }
        }

        return text.ToString();

        void Write(int depth)
        {
            string[] scalars =
            {
                "null", "true", "1", "-0.5", "1e400", "1e-30", "79228162514264337593543950336", "\"\"", "\"@\"", "\"@@x\"",
                "\"@2026-02-29\"", "\"@2026-03-29T02:30:00@Europe/Berlin\"", "\"@P999999999999999999D\"", "\"@-P1Y\"", "\"\\uD83D\"",
                "\"\\uD83D\\uDE00\"", "\"@12:00:00@No/Zone\"", "\"@24:00:00\"",
            };
            int kind = random.Next(depth > 6 ? 1 : 4);
            if (kind == 1 || kind == 2)
            {
                int count = random.Next(6);
                text.Append(kind == 1 ? '[' : '{');
                for (int i = 0; i < count; i++)
                {
                    text.Append(i > 0 ? "," : string.Empty)
                        .Append(kind == 2 ? $"\"{"abc"[random.Next(3)]}{(random.Next(3) == 0 ? i : 0)}\":" : string.Empty);
                    Write(depth + 1);
                }

                text.Append(kind == 1 ? ']' : '}');
                return;
            }

            text.Append(scalars[random.Next(scalars.Length)]);
        }
    }

    private static void Change(XElement one, XElement other, GeneratedModels generated)
    {
        switch (generated.Next(9))
        {
            case 0:
                one.AddAfterSelf(Enumerable.Range(0, 1 + generated.Next(30)).Select(_ => new XElement(one)));
                break;
            case 1 when one.Parent?.Parent is not null:
                one.Remove();
                break;
            case 2 when !one.DescendantsAndSelf().Contains(other) && !one.AncestorsAndSelf().Contains(other):
                one.Add(new XElement(other));
                break;
            case 3:
                XElement outer = new(one.Name, one.Attributes(), new XElement(one));
                one.ReplaceWith(outer);
                break;
            case 4 when one.FirstAttribute is XAttribute attribute && other.FirstAttribute is XAttribute value:
                attribute.Value = attribute.Name.LocalName == "href" ? "#" + value.Value : value.Value;
                break;
            case 5:
                one.SetAttributeValue("typeRef", "tabcdlist<t1>".Substring(generated.Next(6)));
                break;
            case 6:
                one.SetAttributeValue("hitPolicy", "PRIORITY");
                break;
            case 7 when !one.HasElements:
                one.Value = Pieces[generated.Next(Pieces.Length)].Replace("\u0000", " ", StringComparison.Ordinal);
                break;
            default:
                one.Name = other.Name;
                break;
        }
    }

    private static string Types(GeneratedModels generated)
    {
        var types = new StringBuilder();
        for (int i = 0; i < 12; i++)
        {
            string inner = "t" + generated.Next(14);
            types.Append($"<itemDefinition name=\"t{i}\"" + (generated.Next(3) == 0 ? " isCollection=\"true\">" : ">")
                + (generated.Next(2) == 0 ? $"<typeRef>{inner}</typeRef>"
                    : $"<itemComponent name=\"a\"><typeRef>{inner}</typeRef></itemComponent><itemComponent name=\"b\"><typeRef>list&lt;"
                        + $"{inner}&gt;</typeRef></itemComponent>")
                + (generated.Next(4) == 0 ? "<allowedValues><text>1, \"x\", [partial..2]</text></allowedValues>" : string.Empty)
                + "</itemDefinition>");
        }

        string expression = $"({generated.Expression(1)}) instance of t{generated.Next(14)}";
        return GeneratedModels.Model("<literalExpression typeRef=\"t1\"><text>" + SecurityElement.Escape(expression)
            + "</text></literalExpression>", types.ToString());
    }
}
