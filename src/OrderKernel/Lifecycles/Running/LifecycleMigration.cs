using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>What a migration would do to the orders that stand in one state.</summary>
/// <param name="From">The state of the old version.</param>
/// <param name="To">The state of the new version; empty when there is none.</param>
/// <param name="Count">How many orders stand there.</param>
public readonly record struct MigrationRow(string From, string To, long Count);

/// <summary>Leads running orders from one version of a lifecycle to another. Nothing moves before every used state has a
/// place.</summary>
/// <remarks><para>Shape: a state that the new version has in the same region stays what it is unless the map says
/// otherwise.</para></remarks>
public sealed class LifecycleMigration
{
    private readonly ImmutableSortedDictionary<string, string> map;

    /// <summary>Makes a migration.</summary>
    /// <param name="from">The version that orders run on.</param>
    /// <param name="to">The version they shall run on.</param>
    /// <param name="map">The new state for old ones; may be empty.</param>
    public LifecycleMigration(
        LifecycleDefinition from, LifecycleDefinition to, IEnumerable<KeyValuePair<string, string>> map)
    {
        From = from ?? throw new ArgumentNullException(nameof(from));
        To = to ?? throw new ArgumentNullException(nameof(to));
        this.map = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, map
            ?? throw new ArgumentNullException(nameof(map)));
    }

    /// <summary>The version that orders run on.</summary>
    public LifecycleDefinition From { get; }

    /// <summary>The version they shall run on.</summary>
    public LifecycleDefinition To { get; }

    /// <summary>The new state of an old one, or null when there is none in its region.</summary>
    /// <param name="state">The state's code.</param>
    public string? Target(string state)
    {
        string wanted = map.TryGetValue(state, out string? mapped) ? mapped : state;
        LifecycleState? before = From.State(state);
        return before is not null && To.State(wanted) is { } after && after.Region == before.Region ? wanted : null;
    }

    /// <summary>What would happen to these orders; changes nothing.</summary>
    /// <param name="running">The state codes of each running order, one a region.</param>
    /// <param name="findings">Every used state without a place, and every entry of the map that leads nowhere; empty when all
    /// may move.</param>
    /// <returns>One row per used state, in the order of the old definition.</returns>
    public ImmutableArray<MigrationRow> DryRun(IEnumerable<IEnumerable<string>> running, out ImmutableArray<Finding> findings)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (IEnumerable<string> order in running ?? throw new ArgumentNullException(nameof(running)))
        {
            foreach (string state in order)
            {
                counts.TryGetValue(state, out long before);
                counts[state] = before + 1;
            }
        }

        var found = ImmutableArray.CreateBuilder<Finding>();
        foreach (KeyValuePair<string, string> entry in map)
        {
            if (Target(entry.Key) is null)
            {
                LifecycleState? old = From.State(entry.Key);
                string region = old is null ? "-" : LifecycleWords.Word(LifecycleWords.Regions[(int)old.Region]);
                found.Add(LifecycleFindings.MigrationMisleads.About(string.Empty, "map", entry.Key, entry.Value, region));
            }
        }

        var rows = ImmutableArray.CreateBuilder<MigrationRow>();
        foreach (LifecycleState state in From.States.Where(state => counts.ContainsKey(state.Code)))
        {
            rows.Add(new MigrationRow(state.Code, Target(state.Code) ?? string.Empty, counts[state.Code]));
            if (Target(state.Code) is null && !map.ContainsKey(state.Code))
            {
                found.Add(LifecycleFindings.StateInUse.About(
                    state.Code, "map", counts[state.Code].ToString(CultureInfo.InvariantCulture), state.Code));
            }
        }

        findings = found.ToImmutable();
        return rows.ToImmutable();
    }
}
