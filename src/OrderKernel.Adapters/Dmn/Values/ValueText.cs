using System.Globalization;
using System.Text;
using OrderKernel.Adapters.Dmn.Temporal;

namespace OrderKernel.Adapters.Dmn.Values;

/// <summary>Writes values as text: plainly as <c>string()</c> does, or as a literal that reads back.</summary>
internal static class ValueText
{
    /// <summary>Values whose text is longer are cut, with an ellipsis.</summary>
    public const int MaxLength = 1 << 24;

    private const int MaxDepth = 64;

    public static string Plain(FeelValue value, int limit = MaxLength) =>
        value is TextValue text ? text.Text : Write(value, literal: false, limit);

    public static string Literal(FeelValue value, int limit = MaxLength) => Write(value, literal: true, limit);

    public static string Number(decimal number)
    {
        string text = number.ToString(CultureInfo.InvariantCulture);
        if (text.IndexOf('.') < 0)
        {
            return text;
        }

        text = text.TrimEnd('0').TrimEnd('.');
        return text == "-0" ? "0" : text;
    }

    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static string Write(FeelValue value, bool literal, int limit)
    {
        var text = new StringBuilder();
        Append(text, value, literal, 0, limit);
        return text.ToString();
    }

    // Every value adds a character at least, so that no more values are looked at than the text may be long.
    private static void Append(StringBuilder text, FeelValue value, bool literal, int depth, int limit)
    {
        if (depth > MaxDepth || text.Length > limit)
        {
            text.Append('…');
            return;
        }

        switch (value)
        {
            case ListValue list:
                AppendList(text, list, literal, depth, limit);
                break;
            case ContextValue context:
                AppendContext(text, context, literal, depth, limit);
                break;
            case RangeValue range:
                AppendRange(text, range, literal, depth, limit);
                break;
            default:
                text.Append(Scalar(value, literal, limit));
                break;
        }
    }

    private static string Scalar(FeelValue value, bool literal, int limit)
    {
        string at = literal ? "@\"" : string.Empty;
        string end = literal ? "\"" : string.Empty;
        return value switch
        {
            NumberValue number => Number(number.Number),
            TextValue word => Quote(word.Text.Length > limit ? word.Text.Substring(0, limit) : word.Text),
            BooleanValue flag => flag.Flag ? "true" : "false",
            DateValue date => at + date.Date + end,
            TimeValue time => at + time.Time + end,
            DateTimeValue moment => at + moment.Text + end,
            DaysValue days => at + TemporalText.Days(days.Total) + end,
            MonthsValue months => at + TemporalText.Months(months.Months) + end,
            NullValue => "null",
            _ => "function",
        };
    }

    private static void AppendList(StringBuilder text, ListValue list, bool literal, int depth, int limit)
    {
        text.Append('[');
        for (int i = 0; i < list.Values.Length && text.Length <= limit; i++)
        {
            Append(i == 0 ? text : text.Append(", "), list.Values[i], literal, depth + 1, limit);
        }

        text.Append(']');
    }

    private static void AppendContext(StringBuilder text, ContextValue context, bool literal, int depth, int limit)
    {
        text.Append('{');
        for (int i = 0; i < context.Keys.Length && text.Length <= limit; i++)
        {
            string key = literal && !Feel.NameRule.IsName(context.Keys[i]) ? Quote(context.Keys[i]) : context.Keys[i];
            text.Append(i == 0 ? string.Empty : ", ").Append(key).Append(": ");
            Append(text, context.Values[i], literal, depth + 1, limit);
        }

        text.Append('}');
    }

    private static void AppendRange(StringBuilder text, RangeValue range, bool literal, int depth, int limit)
    {
        bool openLow = range.Low.IsNull && !range.LowIncluded;
        bool openHigh = range.High.IsNull && !range.HighIncluded;
        if (range.Excluding || range.Sole || openLow != openHigh)
        {
            text.Append(range.Excluding ? "!= " : range.Sole ? "= " : openLow ? range.HighIncluded ? "<= " : "< "
                : range.LowIncluded ? ">= " : "> ");
            Append(text, openLow ? range.High : range.Low, literal, depth + 1, limit);
            return;
        }

        text.Append(range.LowIncluded ? '[' : '(');
        Append(text, range.Low, literal, depth + 1, limit);
        text.Append("..");
        Append(text, range.High, literal, depth + 1, limit);
        text.Append(range.HighIncluded ? ']' : ')');
    }
}
