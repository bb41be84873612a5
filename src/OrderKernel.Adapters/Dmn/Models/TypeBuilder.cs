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
    public const int MaxDepth = 100;
    public const int MaxWeight = 20_000;

    private int depth;
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
        if (type is null && name.LastIndexOf(':') is int colon and > 0)
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
            // The types named inside must be there first; only those, or every definition would be built within every other.
            List<Token> tokens = Lexer.Read(name, strict: false);
            for (int at = 0; at < tokens.Count; at++)
            {
                (string inner, int count) = types.Names.Longest(tokens, at);
                _ = count > 0 ? Named(inner, prefix) : null;
                at += Math.Max(0, count - 1);
            }

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

        // Types within types are followed by descending; what is shared between them multiplies when it is written out.
        if (++depth > MaxDepth)
        {
            throw TooLarge("types within types", MaxDepth);
        }

        FeelType type = Shape(definition, name, prefix);
        depth--;
        if (type.Weight > MaxWeight)
        {
            throw TooLarge("parts of the type '" + name + "'", MaxWeight);
        }

        building.Remove(name);
        types.Declare(name, type);
        return type;
    }

    private static ModelException TooLarge(string what, int limit) => new(DmnFindings.TooLarge, what,
        limit.ToString(System.Globalization.CultureInfo.InvariantCulture));

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
            return new DeclaredType(name, shape, (value, run) => Allows(tests, value, run), tests);
        }
        catch (SyntaxException)
        {
            unknownType(text, name);
            return shape;
        }
    }

    private static bool Allows(TestsNode tests, FeelValue value, Run run)
    {
        bool quiet = run.IsQuiet;
        run.IsQuiet = true;
        bool allowed = Interpreter.Evaluate(tests, new Bindings(null, "?", value), run) is BooleanValue { Flag: true };
        run.IsQuiet = quiet;
        return allowed;
    }
}
