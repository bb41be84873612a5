using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace OrderKernel.Testing;

/// <summary>One step of a script: which kind of command, for which order, and three numbers that choose its details.</summary>
/// <param name="Kind">Which kind of command; any number, taken modulo the kinds there are.</param>
/// <param name="Order">Which order; taken modulo the orders of the play.</param>
/// <param name="A">First choice.</param>
/// <param name="B">Second choice.</param>
/// <param name="C">Third choice.</param>
public sealed record ScriptStep(int Kind, int Order, int A, int B, int C)
{
    /// <summary>The step as C# that makes it again.</summary>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "new({0}, {1}, {2}, {3}, {4})", Kind, Order, A, B, C);
}

/// <summary>A generated sequence of steps. The same script always plays the same commands, so a failing one can be
/// pasted into a test.</summary>
public sealed record Script
{
    /// <summary>Makes a script.</summary>
    /// <param name="steps">The steps, in order.</param>
    public Script(ImmutableArray<ScriptStep> steps) => Steps = steps;

    /// <summary>The steps, in order; may be empty.</summary>
    public ImmutableArray<ScriptStep> Steps { get; }

    /// <summary>Makes a script.</summary>
    /// <param name="steps">The steps, in order.</param>
    public static Script Of(params ScriptStep[] steps) => new(ImmutableArray.Create(steps));

    /// <inheritdoc />
    public bool Equals(Script? other) => other is not null && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc />
    public override int GetHashCode() => Steps.Length;

    /// <summary>The script as C# that makes it again.</summary>
    public override string ToString() => "Script.Of(" + string.Join(", ", Steps) + ")";
}
