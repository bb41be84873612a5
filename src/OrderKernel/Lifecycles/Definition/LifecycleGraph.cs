using System;

namespace OrderKernel.Lifecycles;

/// <summary>The names of the members under which states and transitions are written.</summary>
internal sealed record LifecycleShape(string States, string Transitions, string From, string To)
{
    /// <summary>As definitions are stored.</summary>
    public static readonly LifecycleShape Plain = new("states", "transitions", "from", "to");

    /// <summary>As a canvas draws them.</summary>
    public static readonly LifecycleShape Graph = new("nodes", "edges", "source", "target");
}

/// <summary>A lifecycle as a graph that a canvas can draw and edit: nodes with positions, edges with conditions.</summary>
/// <remarks>
/// <para>Shape: the JSON of a definition, with <c>nodes</c> for states (each with a <c>position</c>) and <c>edges</c> for
/// transitions
/// (<c>source</c>, <c>target</c>, <c>on</c>, <c>when</c>). Moving nodes changes no behaviour.</para>
/// </remarks>
public static class LifecycleGraph
{
    /// <summary>Writes the graph; a node that nobody placed gets a place by its region and order.</summary>
    /// <param name="lifecycle">What to write.</param>
    public static string Export(LifecycleDefinition lifecycle) =>
        LifecycleWriter.Graph(lifecycle ?? throw new ArgumentNullException(nameof(lifecycle)));

    /// <summary>Reads a graph back and analyses it: a node without edges is a finding, like any other fault.</summary>
    /// <param name="json">The graph as JSON.</param>
    /// <returns>The definition, or null with every finding.</returns>
    public static LifecycleReading Import(string json) =>
        LifecycleReader.Read(json ?? throw new ArgumentNullException(nameof(json)), LifecycleShape.Graph);
}
