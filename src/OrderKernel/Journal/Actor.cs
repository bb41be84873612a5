using OrderKernel.Findings;

namespace OrderKernel.Journal;

/// <summary>Who issues a command, and from which system it reached us.</summary>
/// <remarks><para>The id is a user or service code, never a person's name. <c>default</c> is refused.</para></remarks>
public sealed record Actor
{
    /// <summary>Makes an actor.</summary>
    /// <param name="id">User or service code, at most 64 characters.</param>
    /// <param name="sourceSystem">The system the command comes from, such as <c>erp</c> or <c>wms</c>; at most 64 characters.</param>
    /// <exception cref="System.ArgumentException">A part is blank or malformed.</exception>
    public Actor(string id, string sourceSystem)
    {
        Id = TextRule.CheckName(id, nameof(id), 64);
        SourceSystem = TextRule.CheckName(sourceSystem, nameof(sourceSystem), 64);
    }

    /// <summary>User or service code.</summary>
    public string Id { get; }

    /// <summary>The system the command came from.</summary>
    public string SourceSystem { get; }
}
