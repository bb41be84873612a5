using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Packs;

/// <summary>Definitions out of one tenant and into another.</summary>
public sealed partial class ActiveDefinitions
{
    /// <summary>Everything in force as canonical files: each active pack in a folder of its id, what the tenant set and added itself in
    /// <c>tenant.json</c>.</summary>
    /// <returns>The texts by path, with slashes, such as <c>MEDICAL2026/fields.json</c>; equal definitions give equal texts.</returns>
    /// <remarks><para>Shape: a folder holds all that its pack shares with others, so each one is read alone by
    /// <see cref="OrderKernel.Packs.Pack.Read(IReadOnlyDictionary{string, string})"/>. What was in force earlier, orders and what lies
    /// beside a pack, such as decision tables and the roster, are not in it.</para></remarks>
    public ImmutableSortedDictionary<string, string> ToFiles() => DefinitionFiles.Write(this);

    /// <summary>Reads what <see cref="ToFiles"/> gave, here or elsewhere, and analyses it as activating it would.</summary>
    /// <param name="files">The texts by path, with slashes.</param>
    /// <returns>The definitions, for <see cref="Towards(ActiveDefinitions, string)"/>, or everything that is wrong, each finding with its
    /// file and place. Their <see cref="Version"/> counts only what made them here.</returns>
    /// <remarks><para>Errors: the codes of packs and of <see cref="PackFindings"/>, all at once.</para></remarks>
    public static DefinitionReading<ActiveDefinitions> Read(IReadOnlyDictionary<string, string> files) =>
        new DefinitionFiles().Read(files ?? throw new ArgumentNullException(nameof(files)));

    /// <summary>The commands after which exactly the same is in force here as there: packs, parameters, the tenant's own fields.</summary>
    /// <param name="wanted">What shall be in force.</param>
    /// <param name="reason">Why.</param>
    /// <returns>In the order in which they are to be submitted; empty when the same is in force already.</returns>
    /// <remarks><para>Errors: each is decided when it is submitted, as any command; a pack that is active here in a higher version, or in
    /// the same one with another content, is refused then.</para></remarks>
    public ImmutableArray<DefinitionCommand> Towards(ActiveDefinitions wanted, string reason)
    {
        if (wanted is null || reason is null)
        {
            throw new ArgumentNullException(wanted is null ? nameof(wanted) : nameof(reason));
        }

        IEnumerable<DefinitionCommand> removed = own.Values.Where(field => !wanted.Has(field))
            .Select(field => new RemoveField(field.Field.Code, reason));
        IEnumerable<DefinitionCommand> added = wanted.own.Values.Where(field => !Has(field))
            .Select(static field => new AddField(DefinitionFiles.Text(field.Field), field.Editors, field.Readers));

        // A value that was set before a pack was withdrawn is in force again with the pack.
        IEnumerable<DefinitionCommand> set = wanted.Packs.SelectMany(pack => pack.Parameters
            .Where(p => wanted.Parameter(pack.Id, p.Name.Code) != ValueOf(pack, p))
            .Select(p => new SetParameter(pack.Id, p.Name.Code, wanted.Parameter(pack.Id, p.Name.Code)!, reason)));
        return removed.Concat(Towards(wanted.Packs, reason)).Concat(added).Concat(set).ToImmutableArray();
    }

    private string ValueOf(Pack pack, PackParameter parameter) =>
        values.TryGetValue(Key(pack.Id, parameter.Name.Code), out string? here) ? here : parameter.Value;

    private bool Has(OwnField field) => own.TryGetValue(field.Field.Code, out OwnField? here)
        && DefinitionFiles.Text(here) == DefinitionFiles.Text(field);
}
