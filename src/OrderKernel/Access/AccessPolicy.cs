using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Access;

/// <summary>Who may issue which command, change and see which field, and reach which orders: data. Where a policy is in force,
/// what it does not grant is denied.</summary>
/// <remarks>
/// <para>Shape: roles by code in ordinal order, each once. Rights of several roles of one actor add up; a field is masked when every
/// one of them masks it. Immutable and safe to share; every answer is pure.</para>
/// <para>Cost: O(roles of the actor × log rights).</para>
/// </remarks>
public sealed class AccessPolicy
{
    private static readonly string[] Scopes = { "own_customers", "own_nodes", "all" };

    /// <summary>Makes a policy.</summary>
    /// <param name="roles">The roles, in any order.</param>
    /// <exception cref="ArgumentException">A role stands twice.</exception>
    public AccessPolicy(IEnumerable<AccessRole> roles)
    {
        Roles = (roles ?? throw new ArgumentNullException(nameof(roles)))
            .OrderBy(static role => role.Name.Code, StringComparer.Ordinal).ToImmutableArray();
        if (Roles.Select(static role => role.Name.Code).Distinct(StringComparer.Ordinal).Count() != Roles.Length)
        {
            throw new ArgumentException("A role stands twice.", nameof(roles));
        }
    }

    /// <summary>The roles, by code in ordinal order.</summary>
    public ImmutableArray<AccessRole> Roles { get; }

    /// <summary>Reads a policy.</summary>
    /// <param name="json">An object with a list <c>roles</c>; see docs/access-and-audit.md.</param>
    /// <returns>The policy, or every fault of the text with its place.</returns>
    /// <remarks><para>Errors: the codes of <see cref="DefinitionFaults"/> and <see cref="BusinessName"/>.</para></remarks>
    public static DefinitionReading<AccessPolicy> Read(string json) => DefinitionNode.Read(json, ReadPolicy);

    /// <summary>The policy in its one canonical form.</summary>
    public string ToJson()
    {
        JsonText json = JsonText.Start().OpenArray("roles");
        foreach (AccessRole role in Roles)
        {
            json.OpenObject().WriteTerm(role.Name);
            WriteCodes(json, "commands", role.Commands);
            WriteCodes(json, "edits", role.Edits);
            WriteCodes(json, "sees", role.Sees);
            WriteCodes(json, "hides", role.Hides);
            json.Member("rows", Scopes[(int)role.Rows]).CloseObject();
        }

        return json.CloseArray().Finish();
    }

    /// <summary>Whether one of the roles may issue a command, apart from rows and fields.</summary>
    /// <param name="roles">The actor's roles, by code; unknown ones have no rights.</param>
    /// <param name="command">The command type.</param>
    public bool May(IReadOnlyCollection<string> roles, string command) => Of(roles).Any(role => role.Commands.Contains(command));

    /// <summary>Whether one of the roles may change a field by a command.</summary>
    /// <param name="roles">The actor's roles, by code.</param>
    /// <param name="command">The command type.</param>
    /// <param name="field">The field's code.</param>
    public bool MayEdit(IReadOnlyCollection<string> roles, string command, string field) =>
        Of(roles).Any(role => role.Commands.Contains(command) && role.Edits.Contains(field));

    /// <summary>Whether one of the roles sees a field.</summary>
    /// <param name="roles">The actor's roles, by code.</param>
    /// <param name="field">The field's code.</param>
    public bool MaySee(IReadOnlyCollection<string> roles, string field) => Of(roles).Any(role => role.MaySee(field));

    /// <summary>Whether one of the roles that may issue a command and reach an order or a node sees a field of it. What a role sees that
    /// does not reach it counts for nothing.</summary>
    /// <param name="roles">The actor's roles, by code.</param>
    /// <param name="command">The command type, such as <c>access.export</c>.</param>
    /// <param name="field">The field's code.</param>
    /// <param name="ownsCustomer">Whether it is of one of the actor's customers.</param>
    /// <param name="ownsNode">Whether it is at one of the actor's nodes.</param>
    public bool MaySee(IReadOnlyCollection<string> roles, string command, string field, bool ownsCustomer, bool ownsNode) =>
        Of(roles).Any(role => role.Commands.Contains(command) && Reaches(role, ownsCustomer, ownsNode) && role.MaySee(field));

    /// <summary>Whether one of the roles that may issue a command reaches an order or a node.</summary>
    /// <param name="roles">The actor's roles, by code.</param>
    /// <param name="command">The command type, such as <c>access.export</c>.</param>
    /// <param name="ownsCustomer">Whether it is of one of the actor's customers.</param>
    /// <param name="ownsNode">Whether it is at one of the actor's nodes.</param>
    public bool Reaches(IReadOnlyCollection<string> roles, string command, bool ownsCustomer, bool ownsNode) =>
        Of(roles).Any(role => role.Commands.Contains(command) && Reaches(role, ownsCustomer, ownsNode));

    /// <summary>Whether what is wanted is granted, and if not, why not.</summary>
    /// <param name="roles">The actor's roles, by code.</param>
    /// <param name="request">What is wanted.</param>
    /// <returns>Every right that is missing; empty when it is granted.</returns>
    /// <remarks><para>Errors: the codes of <see cref="AccessFindings"/>. One role has to grant command and row together.</para></remarks>
    public ImmutableArray<Finding> Check(IReadOnlyCollection<string> roles, AccessRequest request)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        string named = Named(roles);
        AccessRole[] may = Of(roles!).Where(role => role.Commands.Contains(request.Command)).ToArray();
        if (may.Length == 0)
        {
            return ImmutableArray.Create(AccessFindings.CommandDenied.About(string.Empty, string.Empty, named, request.Command));
        }

        AccessRole[] reaching = may.Where(role => Reaches(role, request.OwnsCustomer, request.OwnsNode)).ToArray();
        if (reaching.Length == 0)
        {
            string scopes = string.Join(", ", may.Select(static role => Scopes[(int)role.Rows]).Distinct());
            return ImmutableArray.Create(AccessFindings.RowDenied.About(string.Empty, string.Empty, named, scopes));
        }

        return request.Fields.Where(field => !reaching.Any(role => role.Edits.Contains(field))).Distinct()
            .Select(field => AccessFindings.FieldDenied.About(string.Empty, field, named, field, request.Command)).ToImmutableArray();
    }

    internal static string Named(IReadOnlyCollection<string> roles) => roles is null or ImmutableArray<string> { IsDefaultOrEmpty: true }
        || roles.Count == 0 ? "-" : string.Join(", ", roles.OrderBy(static role => role, StringComparer.Ordinal));

    private static bool Reaches(AccessRole role, bool ownsCustomer, bool ownsNode) => role.Rows switch
    {
        RowScope.OwnCustomers => ownsCustomer,
        RowScope.OwnNodes => ownsNode,
        _ => true,
    };

    private IEnumerable<AccessRole> Of(IReadOnlyCollection<string> roles) => roles is null
        ? throw new ArgumentNullException(nameof(roles))
        : Roles.Where(role => roles.Contains(role.Name.Code));

    private static AccessPolicy? ReadPolicy(DefinitionNode root)
    {
        var roles = new SortedDictionary<string, AccessRole>(StringComparer.Ordinal);
        foreach (DefinitionNode node in root.Only("roles").Entries("roles"))
        {
            Term? name = node.Only("code", "en", "zh", "commands", "edits", "sees", "hides", "rows").Term();
            node.NoteNames(name);
            RowScope rows = node.Needed("rows").Parse(
                static text => Array.IndexOf(Scopes, text) is var i and >= 0 ? (RowScope?)i : null, string.Join(", ", Scopes)) ?? default;
            var role = name is null ? null : new AccessRole(
                name, node.Texts("commands"), node.Texts("edits"), node.Texts("sees"), node.Texts("hides"), rows);
            if (role is not null && roles.ContainsKey(role.Name.Code))
            {
                node.Note(DefinitionFaults.Repeated, "code", role.Name.Code);
            }
            else if (role is not null)
            {
                roles.Add(role.Name.Code, role);
            }
        }

        return new AccessPolicy(roles.Values);
    }

    private static void WriteCodes(JsonText json, string name, ImmutableArray<string> codes)
    {
        json.OpenArray(name);
        foreach (string code in codes)
        {
            json.Element(code);
        }

        json.CloseArray();
    }
}
