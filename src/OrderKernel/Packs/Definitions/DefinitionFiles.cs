using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Packs;

/// <summary>The definitions of a tenant as files: a folder a pack, and what is the tenant's own beside them.</summary>
internal sealed class DefinitionFiles
{
    public const string Tenant = "tenant.json";

    private readonly List<Finding> findings = new();
    private ActiveDefinitions read = ActiveDefinitions.None;

    public static ImmutableSortedDictionary<string, string> Write(ActiveDefinitions definitions)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (Pack pack in definitions.Packs)
        {
            foreach (KeyValuePair<string, string> file in PackReader.FilesOf(pack.Json))
            {
                files[pack.Id + "/" + file.Key] = file.Value;
            }
        }

        JsonText json = JsonText.Start().OpenArray("fields");
        foreach (OwnField field in definitions.OwnFields)
        {
            json.RawElement(Text(field));
        }

        json.CloseArray().OpenArray("parameters");
        foreach (Pack pack in definitions.Packs)
        {
            foreach (PackParameter parameter in pack.Parameters)
            {
                string code = parameter.Name.Code, value = definitions.Parameter(pack.Id, code)!;
                if (value != parameter.Value)
                {
                    json.OpenObject().Member("pack", pack.Id).Member("parameter", code).Member("value", value).CloseObject();
                }
            }
        }

        files[Tenant] = json.CloseArray().Finish();
        return files.ToImmutable();
    }

    public static string Text(FieldDefinition field) => FieldReader.Write(JsonText.Start(), field).Finish();

    public static string Text(OwnField field)
    {
        JsonText json = JsonText.Start().Raw("field", Text(field.Field));
        DefinitionEvent.WriteRoles(json, "editors", field.Editors);
        DefinitionEvent.WriteRoles(json, "readers", field.Readers);
        return json.Finish();
    }

    public DefinitionReading<ActiveDefinitions> Read(IReadOnlyDictionary<string, string> files)
    {
        var folders = new SortedDictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (string path in files.Keys.Where(static path => path != Tenant).OrderBy(static path => path, StringComparer.Ordinal))
        {
            int slash = path.IndexOf('/');
            string folder = slash < 0 ? string.Empty : path.Substring(0, slash);
            if (!folders.TryGetValue(folder, out Dictionary<string, string>? inFolder))
            {
                folders.Add(folder, inFolder = new Dictionary<string, string>(StringComparer.Ordinal));
            }

            inFolder.Add(path.Substring(slash + 1), files[path]);
        }

        foreach (KeyValuePair<string, Dictionary<string, string>> folder in folders)
        {
            ReadPack(folder.Key, folder.Value);
        }

        if (!files.TryGetValue(Tenant, out string? text))
        {
            findings.Add(DefinitionFaults.MemberMissing.About(Tenant, string.Empty, "/", Tenant));
        }
        else if (!findings.Any(static found => found.Severity == Severity.Refusal))
        {
            // Roles and parameters are looked up in the packs, so a faulty pack is mended first.
            DefinitionReading<Listed<DefinitionCommand>> reading = DefinitionNode.Read(text, ReadTenant);
            Note(Tenant, reading.Findings);
            foreach (DefinitionCommand command in reading.Value?.Items ?? ImmutableArray<DefinitionCommand>.Empty)
            {
                Play(Tenant, command);
            }
        }

        return new DefinitionReading<ActiveDefinitions>(read, findings.ToImmutableArray());
    }

    private static Listed<DefinitionCommand> ReadTenant(DefinitionNode root)
    {
        var commands = ImmutableArray.CreateBuilder<DefinitionCommand>();
        foreach (DefinitionNode node in root.Only("fields", "parameters").Entries("fields"))
        {
            FieldDefinition? field = FieldReader.Read(node.Only("field", "editors", "readers").Needed("field"));
            if (field is null)
            {
                continue;
            }

            var add = new AddField(Text(field), node.Texts("editors"), node.Texts("readers"));
            commands.Add(add);
            foreach (Finding finding in add.Reading.Findings)
            {
                node.At("field").Add(finding);
            }
        }

        foreach (DefinitionNode node in root.Entries("parameters"))
        {
            node.Only("pack", "parameter", "value");
            commands.Add(new SetParameter(node.Text("pack"), node.Text("parameter"), node.Text("value"), Tenant));
        }

        return new Listed<DefinitionCommand>(commands.ToImmutable());
    }

    private void ReadPack(string folder, Dictionary<string, string> files)
    {
        if (folder.Length == 0)
        {
            findings.AddRange(files.Keys.OrderBy(static file => file, StringComparer.Ordinal)
                .Select(static file => PackFindings.FileUnknown.About(file, string.Empty, file)));
            return;
        }

        DefinitionReading<Pack> reading = Pack.Read(files);
        Note(folder, reading.Findings);
        if (reading.Value is { } pack && read.Pack(pack.Id) is not null)
        {
            findings.Add(DefinitionFaults.Repeated.About(folder, "id", folder, pack.Id));
        }
        else if (reading.Value is not null)
        {
            Play(folder, new ActivatePack(reading.Value));
        }
    }

    // What is read is what activating it would leave, with the same refusals.
    private void Play(string place, DefinitionCommand command)
    {
        Decision decision = read.Decide(command, NodaConstants.UnixEpoch);
        Note(place, decision.Findings);
        foreach (StreamEvents stream in decision.Streams)
        {
            foreach (DomainEvent happened in stream.Events)
            {
                read = read.Evolve((DefinitionEvent)happened);
            }
        }
    }

    private void Note(string place, ImmutableArray<Finding> found) => findings.AddRange(
        found.Select(f => new Finding(f.Kind, (place + " " + f.Subject).TrimEnd(), f.Field, f.Facts)));
}
