using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Access;
using OrderKernel.Calendars;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Packs;

/// <summary>A threshold, recipient or other setting of a pack, which a permitted role may change without a release.</summary>
/// <param name="Name">Its code, unique within the pack, and business names.</param>
/// <param name="Type">What its values look like.</param>
/// <param name="Places">The decimal places of a decimal.</param>
/// <param name="Value">The value it starts with, in canonical form.</param>
public sealed record PackParameter(Term Name, FieldType Type, int Places, string Value);

/// <summary>A rule that a host runs beside the pack, such as a decision table: its name, who answers for it, what it reads.</summary>
/// <param name="Name">Its code and business names.</param>
/// <param name="Owner">The role that answers for it.</param>
/// <param name="Fields">The fields it reads, by code; extension fields or fields of the order.</param>
/// <param name="Parameters">The parameters of the pack it reads, by code.</param>
/// <param name="Findings">The codes it reports, each with its sentence among the texts of the pack; may be empty.</param>
public sealed record PackRule(
    Term Name, string Owner, ImmutableArray<string> Fields, ImmutableArray<string> Parameters, ImmutableArray<string> Findings);

/// <summary>A bundle of definitions that belong together: loaded, analysed, activated and withdrawn as one.</summary>
/// <remarks>
/// <para>Shape: made from a map of file names to texts, so the kernel reads no folder; a host or the <c>orderkernel</c> tool does.
/// Immutable. Two packs with one <see cref="Hash"/> are the same.</para>
/// </remarks>
public sealed class Pack
{
    internal Pack(PackParts parts)
    {
        Id = parts.Id;
        Version = parts.Version;
        Name = parts.Name;
        Fields = parts.Fields;
        Access = parts.Access;
        Lifecycles = parts.Lifecycles;
        Calendars = parts.Calendars;
        Types = parts.Types;
        Parameters = parts.Parameters;
        Rules = parts.Rules;
        Texts = parts.Texts;
        Json = PackWriter.Write(this);
        Hash = ContentHash.Of(Json);
    }

    /// <summary>The id, such as <c>AUTO2026Q1</c>; it never changes.</summary>
    public string Id { get; }

    /// <summary>The version, from 1; a later content has a higher one.</summary>
    public int Version { get; }

    /// <summary>The business names.</summary>
    public Term Name { get; }

    /// <summary>The extension fields; may be none.</summary>
    public FieldSet Fields { get; }

    /// <summary>Who may do and see what; null when the pack says nothing of it.</summary>
    public AccessPolicy? Access { get; }

    /// <summary>The lifecycles, by id; may be empty.</summary>
    public ImmutableArray<LifecycleDefinition> Lifecycles { get; }

    /// <summary>The order types, by code; may be empty. Each names a lifecycle of the pack.</summary>
    public ImmutableArray<OrderType> Types { get; }

    /// <summary>The calendars, by id; may be empty.</summary>
    public ImmutableArray<WorkingCalendar> Calendars { get; }

    /// <summary>The parameters, by code; may be empty.</summary>
    public ImmutableArray<PackParameter> Parameters { get; }

    /// <summary>The rules that run beside the pack, by code; may be empty.</summary>
    public ImmutableArray<PackRule> Rules { get; }

    /// <summary>Business names that stand in for the kernel's own, by code; may be empty.</summary>
    public ImmutableArray<Term> Texts { get; }

    /// <summary>The whole pack in its one canonical form: what is stored, hashed and read back.</summary>
    public string Json { get; }

    /// <summary>The content hash of <see cref="Json"/>.</summary>
    public string Hash { get; }

    /// <summary>Reads a pack from its files and analyses it across them.</summary>
    /// <param name="files">The texts by path within the folder, with slashes, such as <c>lifecycles/order.json</c>.</param>
    /// <returns>The pack, or everything that is wrong, each finding with its file and place.</returns>
    /// <remarks><para>Errors: the codes of the parts and of <see cref="PackFindings"/>, all at once.</para></remarks>
    public static DefinitionReading<Pack> Read(IReadOnlyDictionary<string, string> files) =>
        PackReader.Read(files ?? throw new ArgumentNullException(nameof(files)));

    /// <summary>The files that a pack shares with the packs beside it, such as <c>lifecycles/standard-order.json</c>: whoever reads
    /// folders looks for them beside the folder and adds them to the files.</summary>
    /// <param name="manifest">The text of <c>pack.json</c>.</param>
    /// <returns>Their paths; empty when there are none, and when the manifest is faulty.</returns>
    public static ImmutableArray<string> SharedFiles(string manifest) =>
        PackManifest.Shares(manifest ?? throw new ArgumentNullException(nameof(manifest)));

    /// <summary>Reads a pack from its canonical form.</summary>
    /// <param name="json">What <see cref="Json"/> wrote.</param>
    /// <returns>The pack, or everything that is wrong.</returns>
    public static DefinitionReading<Pack> Read(string json) =>
        PackReader.Read(json ?? throw new ArgumentNullException(nameof(json)));
}

/// <summary>Everything a pack is made of, before it is analysed.</summary>
internal sealed record PackParts(
    string Id, int Version, Term Name, FieldSet Fields, AccessPolicy? Access, ImmutableArray<LifecycleDefinition> Lifecycles,
    ImmutableArray<WorkingCalendar> Calendars, ImmutableArray<OrderType> Types, ImmutableArray<PackParameter> Parameters,
    ImmutableArray<PackRule> Rules,
    ImmutableArray<Term> Texts);
