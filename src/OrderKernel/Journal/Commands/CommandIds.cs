using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OrderKernel.Findings;

namespace OrderKernel.Journal;

/// <summary>Finds characters in a command that nothing may be named with.</summary>
/// <remarks>
/// <para>It looks at the form that is stored, so that no id of any command is forgotten: every text names something, but for those whose
/// members people write freely. An order that exists under such a name can still be worked on; none can be captured.</para>
/// </remarks>
internal static class CommandIds
{
    public static ImmutableArray<Finding> Faults(KernelCommand command, string body)
    {
        // Whatever is below a blank is written with a backslash.
        if (body.IndexOf('\\') < 0 && TextRule.IndexOfUnfit(body) < 0)
        {
            return ImmutableArray<Finding>.Empty;
        }

        ImmutableArray<Finding>.Builder found = ImmutableArray.CreateBuilder<Finding>();
        using JsonDocument document = JsonDocument.Parse(body);
        foreach (JsonProperty member in document.RootElement.EnumerateObject())
        {
            bool isKept = member.Name == "order" && command.CommandType != "order.capture";
            if (!isKept)
            {
                Look(member.Name, member.Value, found);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>One text that names something.</summary>
    public static Finding? Fault(string text, string field)
    {
        int at = TextRule.IndexOfUnfit(text);
        return at < 0 ? null : CommandFaults.IdUnacceptable.About(string.Empty, field, field, "U+" + CodePoint(text, at));
    }

    private static void Look(string name, JsonElement value, ImmutableArray<Finding>.Builder found)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when !IsFree(name) && Fault(value.GetString()!, name) is { } fault:
                found.Add(fault);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement one in value.EnumerateArray())
                {
                    Look(name, one, found);
                }

                break;
            case JsonValueKind.Object when !IsDefinition(name):
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    Look(member.Name, member.Value, found);
                }

                break;
        }
    }

    private static bool IsFree(string member) => member is "note" or "reason" or "value" or "external_key";

    // Their reader has rules of its own.
    private static bool IsDefinition(string member) => member is "pack" or "field";

    private static string CodePoint(string text, int at) =>
        (char.IsSurrogate(text[at]) ? char.ConvertToUtf32(text, at) : text[at]).ToString("X4", CultureInfo.InvariantCulture);
}
