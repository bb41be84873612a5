using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text.Json;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Packs;

/// <summary>Something wanted of the definitions of a tenant: all of them are one stream, so their versions are one number.</summary>
public abstract record DefinitionCommand : KernelCommand
{
    /// <summary>The stream of a tenant's definitions.</summary>
    public static StreamId Definitions { get; } = new(StreamId.DefinitionsCategory, "packs");

    private protected DefinitionCommand()
    {
    }

    /// <inheritdoc />
    public override StreamId Stream => Definitions;

    /// <summary>Reads a stored command back; null when the type is not one of definitions.</summary>
    internal static DefinitionCommand? Read(string type, JsonElement json) => type switch
    {
        "definitions.activate_pack" => new ActivatePack(json.GetProperty("pack").GetRawText()),
        "definitions.deactivate_pack" => new DeactivatePack(json.Text("pack"), json.Text("reason")),
        "definitions.set_parameter" => new SetParameter(
            json.Text("pack"), json.Text("parameter"), json.Text("value"), json.Text("reason")),
        "definitions.add_field" => new AddField(
            json.GetProperty("field").GetRawText(), Roles(json, "editors"), Roles(json, "readers")),
        "definitions.remove_field" => new RemoveField(json.Text("field"), json.Text("reason")),
        _ => null,
    };

    private static ImmutableArray<string> Roles(JsonElement json, string name) =>
        json.Array(name, static role => role.GetString() ?? string.Empty);
}

/// <summary>Activates a pack, or puts a later version in its place.</summary>
/// <param name="Pack">The pack in canonical form: <see cref="Packs.Pack.Json"/>.</param>
public sealed record ActivatePack(string Pack) : DefinitionCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="pack">The pack.</param>
    public ActivatePack(Pack pack)
        : this((pack ?? throw new System.ArgumentNullException(nameof(pack))).Json)
    {
    }

    /// <inheritdoc />
    public override string CommandType => "definitions.activate_pack";

    internal override void WriteBody(JsonText json) => json.Raw("pack", Pack);

    internal override void Check(CommandCheck check)
    {
        foreach (Finding finding in Packs.Pack.Read(Pack).Findings)
        {
            if (finding.Severity == Severity.Refusal)
            {
                check.Add(finding);
            }
        }
    }
}

/// <summary>Withdraws a pack. Orders keep what they have; its definitions stay readable for ever.</summary>
/// <param name="Pack">The id.</param>
/// <param name="Reason">Why.</param>
public sealed record DeactivatePack(string Pack, string Reason) : DefinitionCommand
{
    /// <inheritdoc />
    public override string CommandType => "definitions.deactivate_pack";

    internal override void WriteBody(JsonText json) => json.Member("pack", Pack).Member("reason", Reason);

    internal override void Check(CommandCheck check)
    {
        check.Needed(Pack, "pack");
        check.Needed(Reason, "reason");
    }
}

/// <summary>Gives a parameter another value; the decisions after it use it.</summary>
/// <param name="Pack">The id of the pack.</param>
/// <param name="Parameter">The code of the parameter.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Reason">Why.</param>
public sealed record SetParameter(string Pack, string Parameter, string Value, string Reason) : DefinitionCommand
{
    /// <inheritdoc />
    public override string CommandType => "definitions.set_parameter";

    internal override void WriteBody(JsonText json) =>
        json.Member("pack", Pack).Member("parameter", Parameter).Member("value", Value).Member("reason", Reason);

    internal override void Check(CommandCheck check)
    {
        check.Needed(Pack, "pack");
        check.Needed(Parameter, "parameter");
        check.Needed(Value, "value");
        check.Needed(Reason, "reason");
    }
}

/// <summary>Adds an extension field of the tenant's own, at run time; stored orders are not touched and read it as unknown.</summary>
/// <param name="Field">The field as JSON, as it stands in the list of <c>fields.json</c>.</param>
/// <param name="Editors">The roles that may set it, by code.</param>
/// <param name="Readers">The roles that see it, by code.</param>
public sealed record AddField(string Field, ImmutableArray<string> Editors, ImmutableArray<string> Readers) : DefinitionCommand
{
    /// <inheritdoc />
    public override string CommandType => "definitions.add_field";

    /// <summary>The field, or everything that is wrong with its text.</summary>
    internal DefinitionReading<FieldSet> Reading => FieldSet.Read("{\"fields\":[" + Field + "]}");

    internal override void WriteBody(JsonText json)
    {
        json.Raw("field", Field);
        DefinitionEvent.WriteRoles(json, "editors", Editors);
        DefinitionEvent.WriteRoles(json, "readers", Readers);
    }

    internal override void Size(CommandSize size)
    {
        size.Of(Editors, "editors");
        size.Of(Readers, "readers");
    }

    internal override void Check(CommandCheck check)
    {
        ImmutableArray<Finding> findings = Reading.Findings;
        foreach (Finding finding in findings.IsEmpty ? NotOne() : findings)
        {
            check.Add(finding);
        }

        foreach (string role in (Editors.IsDefault ? ImmutableArray<string>.Empty : Editors)
            .AddRange(Readers.IsDefault ? ImmutableArray<string>.Empty : Readers))
        {
            check.Needed(role, "roles");
        }
    }

    // The text is stored as it stands, in the midst of other JSON, so it is one value without comments and trailing commas.
    private ImmutableArray<Finding> NotOne()
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Field ?? string.Empty);
            return ImmutableArray<Finding>.Empty;
        }
        catch (JsonException fault)
        {
            return ImmutableArray.Create(DefinitionNode.NotJson(fault.LineNumber ?? 0, fault.BytePositionInLine ?? 0));
        }
    }
}

/// <summary>Takes one of the tenant's own fields away; refused while something uses it.</summary>
/// <param name="Field">The code.</param>
/// <param name="Reason">Why.</param>
public sealed record RemoveField(string Field, string Reason) : DefinitionCommand
{
    /// <inheritdoc />
    public override string CommandType => "definitions.remove_field";

    internal override void WriteBody(JsonText json) => json.Member("field", Field).Member("reason", Reason);

    internal override void Check(CommandCheck check)
    {
        check.Needed(Field, "field");
        check.Needed(Reason, "reason");
    }
}
