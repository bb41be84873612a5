using System;
using System.Globalization;

namespace OrderKernel.Adapters.Dmn.Models;

/// <summary>Holds the text of a file against its bounds before a reader takes memory for it: one pass, nothing made.</summary>
/// <remarks><para>Shape: it need not be well-formed; whatever is not, the reader refuses later. Depth, elements, attributes of one
/// element, and the length of any one attribute, text, comment or section are bounded.</para></remarks>
internal sealed class XmlBounds
{
    public const int MaxCharacters = 32 * 1024 * 1024;
    public const int MaxDepth = 100;
    public const int MaxElements = 500_000;
    public const int MaxAttributes = 100;
    public const int MaxRun = 1_000_000;

    private readonly string xml;
    private int at;
    private int depth;
    private int elements;

    private XmlBounds(string xml) => this.xml = xml;

    /// <exception cref="ModelException">A bound is exceeded.</exception>
    public static void Check(string xml)
    {
        Bound(xml.Length, MaxCharacters, "characters");
        new XmlBounds(xml).Walk();
    }

    private void Walk()
    {
        while (at < xml.Length)
        {
            int open = xml.IndexOf('<', at);
            Bound((open < 0 ? xml.Length : open) - at, MaxRun, "characters of a text");
            if (open < 0 || Starts(open, "<!DOCTYPE"))
            {
                return;
            }

            at = open;
            if (!(Skip("<!--", "-->") || Skip("<![CDATA[", "]]>") || Skip("<?", "?>")))
            {
                Tag();
            }
        }
    }

    private void Tag()
    {
        bool closes = at + 1 < xml.Length && xml[at + 1] == '/';
        int attributes = 0;
        int from = ++at;
        while (at < xml.Length && xml[at] != '>')
        {
            char c = xml[at];
            if (c is '"' or '\'')
            {
                int end = xml.IndexOf(c, at + 1);
                Bound((end < 0 ? xml.Length : end) - at, MaxRun, "characters of an attribute");
                at = end < 0 ? xml.Length - 1 : end;
                from = at;
                Bound(++attributes, MaxAttributes, "attributes of an element");
            }

            Bound(at - from, MaxRun, "characters of a name");
            at++;
        }

        bool empty = at < xml.Length && at > 0 && xml[at - 1] == '/';
        at++;
        if (!closes)
        {
            Bound(++elements, MaxElements, "elements");
        }

        depth += closes ? -1 : empty ? 0 : 1;
        Bound(depth, MaxDepth, "depth");
    }

    private bool Skip(string open, string close)
    {
        if (!Starts(at, open))
        {
            return false;
        }

        int end = xml.IndexOf(close, at + open.Length, StringComparison.Ordinal);
        Bound((end < 0 ? xml.Length : end) - at, MaxRun, "characters of a text");
        at = end < 0 ? xml.Length : end + close.Length;
        return true;
    }

    private bool Starts(int place, string text) => string.CompareOrdinal(xml, place, text, 0, text.Length) == 0;

    private static void Bound(int amount, int limit, string what)
    {
        if (amount > limit)
        {
            throw new ModelException(DmnFindings.TooLarge, what, limit.ToString(CultureInfo.InvariantCulture));
        }
    }
}
