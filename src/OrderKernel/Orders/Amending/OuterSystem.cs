using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Orders;

/// <summary>What may be done with a system beside the kernel.</summary>
public enum SystemAccess
{
    /// <summary>It is read; nothing is ever sent to it.</summary>
    ReadOnly = 0,

    /// <summary>It is read, and hears what was declared.</summary>
    ReadAndWrite = 1,

    /// <summary>Nothing is taken from it and nothing is sent to it, such as spreadsheets that people used to import.</summary>
    Closed = 2,
}

/// <summary>A system beside the kernel (ERP, WMS, shop): which fields of an order it owns, and which changes it hears.</summary>
/// <remarks>
/// <para>Shape: an owned field is read-only for everybody whose <see cref="Journal.Actor.SourceSystem"/> is another system; a field that
/// goes back is sent once per change, and never to the system that the change came from.</para>
/// <para>Errors: what contradicts itself throws when the system is declared, not when a message would leave.</para>
/// </remarks>
public sealed class OuterSystem
{
    /// <summary>The code by which added lines are owned.</summary>
    public const string Lines = "lines";

    /// <summary>Declares a system.</summary>
    /// <param name="name">The source system of its actors, and the destination of its messages; such as <c>erp</c>.</param>
    /// <param name="access">Whether it may be written to.</param>
    /// <param name="owns">The codes of the fields it owns, see <see cref="OrderFields"/>; <see cref="Lines"/> for adding lines.</param>
    /// <param name="takesBack">The codes of the fields whose changes it hears; null for none.</param>
    /// <exception cref="ArgumentException">A code is malformed, a field is owned and taken back, or something goes back to a system that
    /// is only read.</exception>
    public OuterSystem(string name, SystemAccess access, IEnumerable<string> owns, IEnumerable<string>? takesBack = null)
    {
        Name = TextRule.CheckName(name, nameof(name), 64);
        Access = access;
        Owns = Codes(owns ?? throw new ArgumentNullException(nameof(owns)), nameof(owns));
        TakesBack = Codes(takesBack ?? Array.Empty<string>(), nameof(takesBack));
        if (access != SystemAccess.ReadAndWrite && !TakesBack.IsEmpty)
        {
            string how = access == SystemAccess.Closed ? "closed" : "only read";
            throw new ArgumentException(
                $"'{name}' is {how}, so '{TakesBack[0]}' cannot go back to it. Declare no fields, or declare it writable.",
                nameof(takesBack));
        }

        foreach (string field in TakesBack)
        {
            if (Owns.Contains(field))
            {
                throw new ArgumentException(
                    $"'{field}' is owned by '{name}' and would go back to it. Declare it once.", nameof(takesBack));
            }
        }
    }

    /// <summary>The source system of its actors, and the destination of its messages.</summary>
    public string Name { get; }

    /// <summary>Whether it may be written to.</summary>
    public SystemAccess Access { get; }

    /// <summary>The codes of the fields it owns, in ordinal order.</summary>
    public ImmutableSortedSet<string> Owns { get; }

    /// <summary>The codes of the fields whose changes it hears, in ordinal order.</summary>
    public ImmutableSortedSet<string> TakesBack { get; }

    private static ImmutableSortedSet<string> Codes(IEnumerable<string> codes, string parameter)
    {
        var all = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (string code in codes)
        {
            all.Add(CodeRule.Check(code, parameter));
        }

        return all.ToImmutable();
    }
}
