using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Access;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Orders;

namespace OrderKernel.Packs;

/// <summary>Looks at the parts of a pack together: whatever one part names is defined by another or by the kernel.</summary>
internal static class PackAnalysis
{
    // What a list or an export shows beside the amendable fields.
    private static readonly ImmutableSortedSet<string> Columns = OrderFields.All.Select(static field => field.Code)
        .Concat(new[] { "order", "customer", "stage", "line", "sku", AccessRole.EveryField })
        .ToImmutableSortedSet(StringComparer.Ordinal);

    /// <summary>Whether a code means something to rights already, so that a field or a parameter of that name would grant it.</summary>
    public static bool IsTaken(string code) => Columns.Contains(code);

    public static IEnumerable<Finding> Check(Pack pack)
    {
        foreach (FieldDefinition field in pack.Fields.All.Where(static field => IsTaken(field.Code)))
        {
            yield return PackFindings.CodeTaken.About(PackWriter.Fields, field.Code, field.Code);
        }

        // One name, one right: who may set a parameter is said in the same list as who may fill a field.
        foreach (PackParameter parameter in pack.Parameters.Where(parameter =>
            IsTaken(parameter.Name.Code) || pack.Fields.Find(parameter.Name.Code) is not null))
        {
            yield return PackFindings.CodeTaken.About(PackWriter.Parameters, parameter.Name.Code, parameter.Name.Code);
        }

        foreach (Finding finding in LifecycleDefinition.CheckTogether(pack.Lifecycles))
        {
            yield return new Finding(finding.Kind, (PackWriter.Lifecycles + " " + finding.Subject).TrimEnd(), finding.Field, finding.Facts);
        }

        foreach (Use use in Uses(pack))
        {
            if (!Knows(pack, use))
            {
                yield return PackFindings.ReferenceUnknown.About(use.File, use.Code, use.User, use.What, use.Code);
            }
        }

        if (pack.Access is not null)
        {
            string[] commands = pack.Access.Roles.SelectMany(static role => role.Commands).Distinct().ToArray();
            foreach (string needed in new[] { "definitions.activate_pack" }.Where(needed => !commands.Contains(needed)))
            {
                yield return AccessFindings.LocksOut.About(PackWriter.Access, "commands", needed);
            }

            foreach (string needed in new[] { "order.expire_hold" }.Where(needed => !commands.Contains(needed)))
            {
                yield return AccessFindings.NobodyMay.About(PackWriter.Access, "commands", needed);
            }
        }
    }

    /// <summary>Everything that a pack names, with who names it: what dangling references and "in use" are found from.</summary>
    public static IEnumerable<Use> Uses(Pack pack)
    {
        foreach (FieldDefinition field in pack.Fields.All)
        {
            foreach (FieldNeed need in field.Needs)
            {
                yield return new Use(PackWriter.Fields, $"{pack.Id}: field {field.Code}", "command", need.On);
            }
        }

        foreach (AccessRole role in pack.Access?.Roles ?? ImmutableArray<AccessRole>.Empty)
        {
            string user = $"{pack.Id}: role {role.Name.Code}";
            foreach (string command in role.Commands)
            {
                yield return new Use(PackWriter.Access, user, "command", command);
            }

            foreach (string field in role.Edits.Concat(role.Sees).Concat(role.Hides).Distinct())
            {
                yield return new Use(PackWriter.Access, user, "field", field);
            }
        }

        foreach (PackRule rule in pack.Rules)
        {
            string user = $"{pack.Id}: rule {rule.Name.Code}";
            yield return new Use(PackWriter.Rules, user, "role", rule.Owner);
            foreach (string field in rule.Fields)
            {
                yield return new Use(PackWriter.Rules, user, "field", field);
            }

            foreach (string parameter in rule.Parameters)
            {
                yield return new Use(PackWriter.Rules, user, "parameter", parameter);
            }

            foreach (string finding in rule.Findings)
            {
                yield return new Use(PackWriter.Rules, user, "text", finding);
            }
        }

        foreach (OrderType type in pack.Types)
        {
            yield return new Use(PackWriter.Types, $"{pack.Id}: type {type.Code}", "lifecycle", type.Lifecycle);
        }

        foreach (LifecycleDefinition lifecycle in pack.Lifecycles)
        {
            foreach (Term role in lifecycle.Roles)
            {
                yield return new Use(
                    PackWriter.Lifecycles + lifecycle.Id + ".json", $"{pack.Id}: lifecycle {lifecycle.Id}", "role", role.Code);
            }
        }
    }

    private static bool Knows(Pack pack, Use use) => use.What switch
    {
        "command" => CommandTypes.All.BinarySearch(use.Code, StringComparer.Ordinal) >= 0,
        "parameter" => pack.Parameters.Any(parameter => parameter.Name.Code == use.Code),
        "text" => pack.Texts.Any(text => text.Code == use.Code),
        "lifecycle" => pack.Lifecycles.Any(lifecycle => lifecycle.Id == use.Code),
        "role" => pack.Access is null || pack.Access.Roles.Any(role => role.Name.Code == use.Code),
        _ => Columns.Contains(use.Code) || pack.Fields.Find(use.Code) is not null
            || pack.Parameters.Any(parameter => parameter.Name.Code == use.Code),
    };
}

/// <summary>Somebody names something.</summary>
/// <param name="File">The file in which it is named.</param>
/// <param name="User">Who names it, with its pack.</param>
/// <param name="What">What it is: field, role, command, parameter, lifecycle or text.</param>
/// <param name="Code">Its code.</param>
internal sealed record Use(string File, string User, string What, string Code);
