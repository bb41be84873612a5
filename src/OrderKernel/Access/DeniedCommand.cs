using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Access;

/// <summary>What is kept of a command that rights denied: which right was missing, on which stream, under which id; of its contents
/// nothing but the hash, so that who may do nothing can neither fill the store nor write into it.</summary>
/// <param name="On">The stream of the command.</param>
/// <param name="Wanted">The command type that was not granted.</param>
/// <param name="Command">The id it was sent under, which stays free for whoever has the right.</param>
/// <param name="Contents">The hash of its body.</param>
/// <param name="Fields">The fields that were not granted; empty when the command or the row was not.</param>
internal sealed record DeniedCommand(
    StreamId On, string Wanted, CommandId Command, string Contents, ImmutableArray<string> Fields) : KernelCommand
{
    /// <summary>The name under which it is stored.</summary>
    public const string Type = "access.denied";

    /// <inheritdoc />
    public override string CommandType => Type;

    /// <inheritdoc />
    public override StreamId Stream => On;

    /// <summary>The fields that findings name.</summary>
    public static ImmutableArray<string> FieldsOf(ImmutableArray<Finding> findings) => ImmutableArray.CreateRange(
        findings.Where(static finding => finding.Kind == AccessFindings.FieldDenied).Select(static finding => finding.Field));

    internal override void Size(CommandSize size) => size.Of(Fields, "fields");

    internal override void WriteBody(JsonText json)
    {
        json.Member("category", On.Category).Member("key", On.Key).Member("wanted", Wanted).Member("command", Command.ToString())
            .Member("contents", Contents);
        if (!Fields.IsEmpty)
        {
            json.OpenArray("fields");
            foreach (string field in Fields)
            {
                json.Element(field);
            }

            json.CloseArray();
        }
    }

    internal static DeniedCommand? Read(string type, JsonElement json) => type != Type ? null : new DeniedCommand(
        new StreamId(json.Text("category"), json.Text("key")), json.Text("wanted"), new CommandId(Guid.Parse(json.Text("command"))),
        json.Text("contents"), json.Has("fields")
            ? json.Array("fields", static field => field.GetString() ?? string.Empty)
            : ImmutableArray<string>.Empty);
}
