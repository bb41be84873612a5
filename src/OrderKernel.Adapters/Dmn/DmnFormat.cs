using System;
using System.Linq;
using System.Xml.Linq;
using OrderKernel.Adapters.Dmn.Models;
using OrderKernel.Adapters.Dmn.Sentences;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn;

/// <summary>Brings files and expressions into their usual form.</summary>
public static class DmnFormat
{
    /// <summary>Plain FEEL out of what people type: <c>金额＞5万 且 加急</c> becomes <c>金额&gt;50000 and 加急</c>. Texts in quotes
    /// stay.</summary>
    /// <param name="typed">What was typed.</param>
    public static string Plain(string typed) => Sugar.Plain(typed ?? throw new ArgumentNullException(nameof(typed)));

    /// <summary>A DMN file with every cell and expression as plain FEEL, two blanks a level. Formatting twice changes
    /// nothing.</summary>
    /// <param name="xml">The text of the file.</param>
    /// <param name="formatted">The text formatted; the text as it was where it cannot be read.</param>
    /// <returns>Why it cannot be read; null when it was.</returns>
    public static Finding? TryFormat(string xml, out string formatted)
    {
        formatted = xml ?? throw new ArgumentNullException(nameof(xml));
        try
        {
            XElement root = DmnXml.Read(xml);
            foreach (XElement text in root.Descendants(root.Name.Namespace + "text").Where(t => !t.HasElements))
            {
                text.Value = Sugar.Plain(text.Value);
            }

            root.DescendantNodes().OfType<XText>().Where(t => string.IsNullOrWhiteSpace(t.Value) && t.Parent!.HasElements)
                .ToList().ForEach(t => t.Remove());
            formatted = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.ToString(SaveOptions.None).Replace("\r\n", "\n")
                + "\n";
            return null;
        }
        catch (ModelException error)
        {
            return error.Finding;
        }
    }
}
