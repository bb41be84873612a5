using System.Collections.Generic;
using System.Collections.Immutable;
using System.Xml.Linq;
using OrderKernel.Adapters.Dmn.Feel;

namespace OrderKernel.Adapters.Dmn.Models;

/// <summary>One named thing of a model that has a value: input data, decision, knowledge model or service.</summary>
internal abstract class Element(string key, string name, string space)
{
    /// <summary>Namespace and id: what references point at.</summary>
    public string Key { get; } = key;

    public string Name { get; } = name;

    /// <summary>The namespace of the model it stands in.</summary>
    public string Space { get; } = space;

    public FeelType Type { get; set; } = FeelType.Any;
}

internal sealed class InputElement(string key, string name, string space) : Element(key, name, space);

/// <summary>An element with logic: a decision or a knowledge model. Roots are the names its logic may use.</summary>
internal abstract class LogicElement(string key, string name, string space, XElement xml) : Element(key, name, space)
{
    public XElement Xml { get; } = xml;

    /// <summary>What it requires, in order of declaration.</summary>
    public List<Element> Requires { get; } = new();

    /// <summary>The names of its scope, each with the element behind it or the elements of an import.</summary>
    public List<Root> Roots { get; } = new();

    public Node Logic { get; set; } = null!;

    /// <summary>How deep the logic is.</summary>
    public int Depth { get; set; }

    /// <summary>The logic as delegates over frames; the fast back end.</summary>
    public Evaluation.Code? Code { get; set; }
}

internal sealed class DecisionElement(string key, string name, string space, XElement xml) : LogicElement(key, name, space, xml)
{
    public ImmutableArray<Tables.DecisionTable> Tables { get; set; } = ImmutableArray<Tables.DecisionTable>.Empty;
}

internal sealed class KnowledgeElement(string key, string name, string space, XElement xml) : LogicElement(key, name, space, xml)
{
    public ImmutableArray<Tables.DecisionTable> Tables { get; set; } = ImmutableArray<Tables.DecisionTable>.Empty;
}

internal sealed class ServiceElement(string key, string name, string space, XElement xml) : Element(key, name, space)
{
    public XElement Xml { get; } = xml;

    /// <summary>Its parameters: input data first, then decisions whose values the caller supplies.</summary>
    public List<Element> Inputs { get; } = new();

    public List<DecisionElement> Outputs { get; } = new();
}

/// <summary>One name at the root of a scope: an element, or an import whose elements are entries of a context.</summary>
internal sealed class Root(string name, Element? element)
{
    public string Name { get; } = name;

    public Element? Element { get; } = element;

    public List<Root> Entries { get; } = new();
}
