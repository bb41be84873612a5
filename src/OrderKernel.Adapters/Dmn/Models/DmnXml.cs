using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace OrderKernel.Adapters.Dmn.Models;

/// <summary>Reads DMN files of versions 1.1 to 1.5: no DTD, no external entity, bounded size and depth.</summary>
internal static class DmnXml
{
    private static readonly HashSet<string> Versions = new(StringComparer.Ordinal)
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    };

    /// <summary>The definitions element.</summary>
    /// <exception cref="ModelException">The text is no DMN of a known version.</exception>
    public static XElement Read(string xml)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = XmlBounds.MaxCharacters,
        };
        try
        {
            XmlBounds.Check(xml);
            using var reader = XmlReader.Create(new StringReader(xml), settings);
            XElement root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
            if (root.Name.LocalName != "definitions" || !Versions.Contains(root.Name.NamespaceName))
            {
                throw new ModelException(DmnFindings.Unreadable, $"{root.Name} is no DMN 1.1 to 1.5 'definitions'");
            }

            return root;
        }
        catch (XmlException error)
        {
            // The reader's own sentence advises to turn document types on, which is just what must not be done.
            bool declares = xml.IndexOf("<!DOCTYPE", StringComparison.Ordinal) >= 0;
            throw new ModelException(DmnFindings.Unreadable, declares
                ? "it declares a document type (DTD), which is never read"
                : error.Message);
        }
    }

    public static XElement? Child(this XElement element, string name) => element.Element(element.Name.Namespace + name);

    public static IEnumerable<XElement> Children(this XElement element, string name) =>
        element.Elements(element.Name.Namespace + name);

    public static string? Attr(this XElement element, string name) => element.Attribute((XName)name)?.Value;

    /// <summary>The type a thing is declared to have: an attribute since 1.2, an element or a prefixed name before.</summary>
    public static string? TypeRef(this XElement element)
    {
        string? type = element.Attribute((XName)"typeRef")?.Value ?? element.Child("typeRef")?.Value;
        return string.IsNullOrWhiteSpace(type) ? null : type!.Trim();
    }

    public static string TextOf(this XElement? element) => element?.Child("text")?.Value ?? string.Empty;
}
