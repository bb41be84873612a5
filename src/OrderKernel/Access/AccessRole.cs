using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Access;

/// <summary>Which orders a role reaches.</summary>
public enum RowScope
{
    /// <summary>Orders of the actor's own customers.</summary>
    OwnCustomers = 0,

    /// <summary>Orders that hold, ship or shipped stock of the actor's own nodes, and those nodes' stock.</summary>
    OwnNodes = 1,

    /// <summary>Every order and every node.</summary>
    All = 2,
}

/// <summary>What a role may do and see. What is not listed is denied.</summary>
public sealed class AccessRole
{
    /// <summary>Stands in <see cref="Sees"/> for every field.</summary>
    public const string EveryField = "*";

    /// <summary>Makes a role.</summary>
    /// <param name="name">Its code and business names.</param>
    /// <param name="commands">The command types it may issue, such as <c>order.amend</c>.</param>
    /// <param name="edits">The fields that it may change by those commands, such as <c>requested_at</c>.</param>
    /// <param name="sees">The fields it sees; <see cref="EveryField"/> for all.</param>
    /// <param name="hides">The fields that stay masked all the same.</param>
    /// <param name="rows">Which orders it reaches.</param>
    public AccessRole(
        Term name, IEnumerable<string> commands, IEnumerable<string> edits, IEnumerable<string> sees, IEnumerable<string> hides,
        RowScope rows)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Commands = Sorted(commands);
        Edits = Sorted(edits);
        Sees = Sorted(sees);
        Hides = Sorted(hides);
        Rows = rows;
    }

    /// <summary>Its code and business names.</summary>
    public Term Name { get; }

    /// <summary>The command types it may issue, in ordinal order.</summary>
    public ImmutableArray<string> Commands { get; }

    /// <summary>The fields it may change, in ordinal order.</summary>
    public ImmutableArray<string> Edits { get; }

    /// <summary>The fields it sees, in ordinal order.</summary>
    public ImmutableArray<string> Sees { get; }

    /// <summary>The fields that stay masked, in ordinal order.</summary>
    public ImmutableArray<string> Hides { get; }

    /// <summary>Which orders it reaches.</summary>
    public RowScope Rows { get; }

    /// <summary>Whether it sees a field.</summary>
    /// <param name="field">The field's code.</param>
    public bool MaySee(string field) => !Hides.Contains(field) && (Sees.Contains(field) || Sees.Contains(EveryField));

    private static ImmutableArray<string> Sorted(IEnumerable<string> codes) =>
        (codes ?? throw new ArgumentNullException(nameof(codes))).Distinct(StringComparer.Ordinal)
            .OrderBy(static code => code, StringComparer.Ordinal).ToImmutableArray();
}
