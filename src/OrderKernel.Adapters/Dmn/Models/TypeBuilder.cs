using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Xml.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Models;

/// <summary>Turns item definitions into types, each once and in any order of declaration.</summary>
internal sealed class TypeBuilder(TypeNames types, NameSet members, Action<string, string> unknownType)
{
    private readonly Dictionary<string, XElement> definitions = new(StringComparer.Ordinal);
    private readonly HashSet<string> building = new(StringComparer.Ordinal);

    /// <summary>Makes the item definitions of one model known, under a prefix when the model is imported by name.</summary>
    public void Add(XElement model, string prefix)
    {
        foreach (XElement definition in model.Children("itemDefinition"))
        {
            string name = prefix + NameSet.Normal(definition.Attr("name") ?? string.Empty);
            definitions[name] = definition;
            types.Names.Add(name);
            foreach (XElement component in definition.Descendants(definition.Name.Namespace + "itemComponent"))
            {
                members.Add(NameSet.Normal(component.Attr("name") ?? string.Empty));
            }
        }
    }

    public void Build(string prefix, XElement model)
    {
        foreach (XElement definition in model.Children("itemDefinition"))
        {
            Named(prefix + NameSet.Normal(definition.Attr("name") ?? string.Empty), prefix);
        }
    }

    /// <summary>The type a reference names; Any where there is none or it is unknown.</summary>
    public FeelType Find(string? reference, string prefix)
    {
        if (reference is null)
        {
            return FeelType.Any;
        }

        string name = NameSet.Normal(reference);
        FeelType? type = Named(prefix + name, prefix) ?? Named(name, prefix) ?? types.Find(prefix + name) ?? types.Find(name);
        if (type is null && name.IndexOf(':') is int colon and > 0)
        {
            return Find(name.Substring(colon + 1), prefix);
        }

        if (type is null && name.IndexOf('<') > 0)
        {
            type = Generic(name, prefix);
        }

        if (type is null)
        {
            unknownType(name, prefix);
        }

        return type ?? FeelType.Any;
    }

    private FeelType? Generic(string name, string prefix)
    {
        try
        {
            Build(prefix, definitions.Count == 0 ? new XElement("none") : definitions.Values.First().Parent!);
            return Parser.Type(name, Scope.Root(Array.Empty<string>(), members, types.Names), types);
        }
        catch (SyntaxException)
        {
            return null;
        }
    }

    private FeelType? Named(string name, string prefix)
    {
        if (!definitions.TryGetValue(name, out XElement? definition))
        {
            return null;
        }

        if (types.Find(name) is FeelType known)
        {
            return known;
        }

        // A type that contains itself is open where it closes the circle.
        if (!building.Add(name))
        {
            return FeelType.Any;
        }

        FeelType type = Shape(definition, name, prefix);
        building.Remove(name);
        types.Declare(name, type);
        return type;
    }

    private FeelType Shape(XElement definition, string name, string prefix)
    {
        List<XElement> components = definition.Children("itemComponent").ToList();
        XElement? function = definition.Child("functionItem");
        FeelType shape = components.Count > 0
            ? new ContextType(name, components.Select(c => Component(c, prefix)).ToImmutableArray())
            : function is not null ? FunctionType(function, prefix)
            : Find(definition.TypeRef(), prefix);
        shape = Constrain(shape, name, definition.Child("allowedValues"));
        shape = definition.Attr("isCollection") == "true" ? new ListType(shape) : shape;
        return Constrain(shape, name, definition.Child("typeConstraint"));
    }

    private Parameter Component(XElement component, string prefix)
    {
        string name = NameSet.Normal(component.Attr("name") ?? string.Empty);
        return new Parameter(name, Shape(component, name, prefix));
    }

    private FunctionType FunctionType(XElement function, string prefix) => new(
        function.Children("parameters").Select(p => Find(p.TypeRef(), prefix)).ToImmutableArray(),
        Find(function.Attr("outputTypeRef"), prefix));

    private FeelType Constrain(FeelType shape, string name, XElement? constraint)
    {
        string text = constraint.TextOf();
        if (string.IsNullOrWhiteSpace(text))
        {
            return shape;
        }

        try
        {
            Scope scope = Scope.Root(Array.Empty<string>(), members, types.Names).Inner("?");
            TestsNode tests = Parser.Cell(text, scope, types, strict: false);
            return new DeclaredType(name, shape, value => Allows(tests, value), tests);
        }
        catch (SyntaxException)
        {
            unknownType(text, name);
            return shape;
        }
    }

    private static bool Allows(TestsNode tests, FeelValue value)
    {
        return Interpreter.EvaluateAlone(tests, new Bindings(null, "?", value)) is BooleanValue { Flag: true };
    }
}
