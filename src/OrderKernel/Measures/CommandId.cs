using System;
using System.Text.Json.Serialization;

namespace OrderKernel.Measures;

/// <summary>Names one intention of a caller; the same id always means the same command, for ever.</summary>
/// <remarks>
/// <para>The caller makes it, stores it, sends it, and repeats it on every retry. <c>default</c> is refused.</para>
/// </remarks>
[JsonConverter(typeof(MeasureJson))]
public readonly record struct CommandId
{
    private readonly Guid value;

    /// <summary>Makes the id.</summary>
    /// <param name="value">Any GUID but the empty one.</param>
    /// <exception cref="ArgumentException">The GUID is empty.</exception>
    public CommandId(Guid value) =>
        this.value = value != Guid.Empty ? value : throw new ArgumentException("A command id is not the empty GUID.", nameof(value));

    /// <summary>The id.</summary>
    /// <exception cref="InvalidOperationException">This is the default value.</exception>
    public Guid Value => value != Guid.Empty
        ? value
        : throw new InvalidOperationException("This CommandId was never given a value.");

    /// <summary>Derives the id from a name, so that reading the same source row twice gives the same command.</summary>
    /// <param name="name">A name that is unique among the caller's commands, such as <c>northwind/10248/capture</c>.</param>
    public static CommandId FromName(string name) => new(DerivedId.Of(DerivedId.Commands, name));

    /// <summary>The id in lower-case hex with hyphens.</summary>
    public override string ToString() => value.ToString("D");
}
