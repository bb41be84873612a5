using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Models;

/// <summary>From text to a model that can be evaluated, or to the findings against it.</summary>
internal static class ModelReader
{
    public static DmnReading Read(string xml, DmnReadOptions options)
    {
        try
        {
            XElement root = DmnXml.Read(xml);
            List<XElement> imported = options.Imports.IsDefault
                ? new List<XElement>() : options.Imports.Select(DmnXml.Read).ToList();
            var builder = new ModelBuilder(options.IsStrict);
            builder.Build(root, imported);
            var findings = builder.Findings.ToList();
            if (options.IsStrict && findings.All(f => f.Severity != Severity.Refusal))
            {
                findings.AddRange(Strict.Checker.Check(builder, options.Schema));
            }

            if (options.IsStrict && findings.Any(f => f.Severity == Severity.Refusal))
            {
                return new DmnReading(null, findings.ToImmutableArray());
            }

            string version = Hash(imported.Prepend(root));
            var model = new DmnModel(root.Attr("name") ?? string.Empty, version, builder.Space,
                builder.Elements.ToImmutableArray(), root);
            Evaluation.Compiler.Compile(model);
            return new DmnReading(model, findings.ToImmutableArray());
        }
        catch (ModelException error)
        {
            return new DmnReading(null, ImmutableArray.Create(error.Finding));
        }
    }

    /// <summary>The logic without diagrams, comments, extensions and layout of the text.</summary>
    private static string Hash(IEnumerable<XElement> models)
    {
        var text = new StringBuilder();
        foreach (XElement model in models)
        {
            Write(model, text);
        }

        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text.ToString()));
        return string.Concat(hash.Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static void Write(XElement element, StringBuilder text)
    {
        text.Append('<').Append(element.Name.LocalName);
        foreach (XAttribute attribute in element.Attributes()
            .Where(a => !a.IsNamespaceDeclaration && a.Name.NamespaceName.Length == 0)
            .OrderBy(a => a.Name.LocalName, StringComparer.Ordinal))
        {
            text.Append(' ').Append(attribute.Name.LocalName).Append('=').Append(Values.ValueText.Quote(attribute.Value));
        }

        text.Append('>');
        List<XElement> children = element.Elements()
            .Where(e => e.Name.Namespace == element.Name.Namespace && e.Name.LocalName != "extensionElements").ToList();
        if (children.Count == 0)
        {
            text.Append(Values.ValueText.Quote(element.Value));
        }

        foreach (XElement child in children)
        {
            Write(child, text);
        }

        text.Append("</>");
    }
}
