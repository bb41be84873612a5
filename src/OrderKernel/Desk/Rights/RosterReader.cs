using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Access;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Packs;

namespace OrderKernel.Desk;

/// <summary>The JSON of a roster.</summary>
internal static class RosterReader
{
    public static Roster Read(DefinitionNode root, Pack? pack)
    {
        root.Only("customers", "users");
        var customers = ImmutableSortedDictionary.CreateBuilder<PartnerId, RosterCustomer>();
        foreach (DefinitionNode node in root.Entries("customers"))
        {
            if (Customer(node, pack) is { } customer && !Add(customers, customer.Id, customer))
            {
                node.Note(DefinitionFaults.Repeated, "id", customer.Id.Text);
            }
        }

        var users = ImmutableSortedDictionary.CreateBuilder<string, ActorStanding>(StringComparer.Ordinal);
        foreach (DefinitionNode node in root.Entries("users"))
        {
            node.Only("id", "roles", "customers", "nodes");
            string? id = node.Needed("id").AsId();
            ActorStanding standing = Standing(node, customers, pack);
            if (id is not null && !Add(users, id, standing))
            {
                node.Note(DefinitionFaults.Repeated, "id", id);
            }
        }

        return new Roster(customers.ToImmutable(), users.ToImmutable());
    }

    private static RosterCustomer? Customer(DefinitionNode node, Pack? pack)
    {
        node.Only("id", "name", "level", "payment", "fields");
        string? id = node.Needed("id").AsId();
        string? level = node.At("level").AsId(), payment = node.At("payment").AsId();
        string name = node.Text("name");
        var fields = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        DefinitionNode stated = node.At("fields");
        foreach (KeyValuePair<string, DefinitionNode> field in stated.Members())
        {
            string value = field.Value.AsText();
            fields[field.Key] = pack?.Fields.Find(field.Key)?.Canonical(value) ?? value;
        }

        if (pack is not null)
        {
            foreach (Finding finding in pack.Fields.Check(FieldSubject.Customer, fields))
            {
                stated.Add(finding);
            }
        }

        return id is null ? null : new RosterCustomer(
            new PartnerId(id), name, level ?? string.Empty, payment ?? string.Empty, fields.ToImmutable());
    }

    private static ActorStanding Standing(
        DefinitionNode node, ImmutableSortedDictionary<PartnerId, RosterCustomer>.Builder customers, Pack? pack)
    {
        var own = new List<PartnerId>();
        foreach (DefinitionNode entry in node.Entries("customers"))
        {
            if (entry.AsId() is not { } customer)
            {
                continue;
            }

            own.Add(new PartnerId(customer));
            if (!customers.ContainsKey(new PartnerId(customer)))
            {
                entry.Note(RosterFindings.CustomerUnknown, string.Empty, customer);
            }
        }

        IEnumerable<NodeId> nodes = node.Entries("nodes").Select(static entry => entry.AsId())
            .OfType<string>().Select(static text => new NodeId(text)).ToArray();
        return new ActorStanding(Roles(node, pack), own, nodes);
    }

    private static List<string> Roles(DefinitionNode node, Pack? pack)
    {
        var roles = new List<string>();
        node.Needed("roles");
        foreach (DefinitionNode entry in node.Entries("roles"))
        {
            string role = entry.AsText();
            roles.Add(role);
            if (pack?.Access is { } access && access.Roles.All(known => known.Name.Code != role))
            {
                entry.Note(
                    RosterFindings.RoleUnknown, string.Empty, pack.Id, role,
                    string.Join(", ", access.Roles.Select(static known => known.Name.Code)));
            }
        }

        return roles;
    }

    private static bool Add<TKey, TValue>(ImmutableSortedDictionary<TKey, TValue>.Builder all, TKey key, TValue value)
        where TKey : notnull
    {
        if (all.ContainsKey(key))
        {
            return false;
        }

        all.Add(key, value);
        return true;
    }
}
