using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Journal;

/// <summary>Something a caller wants done, as plain data. The hierarchy is closed; each command writes itself in canonical JSON.</summary>
public abstract record KernelCommand
{
    private protected KernelCommand()
    {
    }

    /// <summary>The dotted name under which it is stored.</summary>
    public abstract string CommandType { get; }

    /// <summary>The stream whose state it is decided on.</summary>
    public abstract StreamId Stream { get; }

    /// <summary>Writes its members.</summary>
    internal abstract void WriteBody(JsonText json);

    /// <summary>Counts its lists.</summary>
    internal virtual void Size(CommandSize size)
    {
    }

    /// <summary>Adds a finding for every part that is malformed, whatever the state of the order.</summary>
    internal virtual void Check(CommandCheck check)
    {
    }

    /// <summary>The canonical JSON of the command, with its type.</summary>
    public string ToJson()
    {
        JsonText json = JsonText.Start().Member("type", CommandType);
        WriteBody(json);
        return json.Finish();
    }

    /// <summary>Everything that is malformed in the command; such a command is refused before it is decided and is not stored.</summary>
    /// <param name="maxText">The greatest length of a free text.</param>
    /// <param name="maxEntries">The most entries of all its lists together; one that has more is not looked at.</param>
    /// <returns>Empty when the command is well-formed; at most <see cref="CommandFaults.MaxFindings"/>.</returns>
    public IReadOnlyList<Finding> Faults(int maxText, int maxEntries = int.MaxValue) => AllFaults(maxText, maxEntries, ToJson);

    internal ImmutableArray<Finding> AllFaults(int maxText, int maxEntries, Func<string>? body)
    {
        var size = new CommandSize(maxEntries);
        Size(size);
        if (size.IsTooLarge)
        {
            return ImmutableArray.Create(CommandFaults.TooManyEntries.About(
                string.Empty, size.Field, size.Field, size.Entries.ToString(CultureInfo.InvariantCulture),
                maxEntries.ToString(CultureInfo.InvariantCulture)));
        }

        var check = new CommandCheck(maxText);
        Check(check);

        // What lacks a part cannot be written, so names are looked at afterwards.
        return CommandFaults.Capped(
            body is null || check.Findings.Count > 0 ? check.Findings.ToImmutableArray() : CommandIds.Faults(this, body()));
    }
}
