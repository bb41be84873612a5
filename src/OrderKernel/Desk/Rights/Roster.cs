using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Access;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Packs;
using OrderKernel.Scarcity;

namespace OrderKernel.Desk;

/// <summary>A customer of a roster.</summary>
public sealed class RosterCustomer
{
    internal RosterCustomer(
        PartnerId id, string name, string level, string paymentMethod, ImmutableSortedDictionary<string, string> fields)
    {
        Id = id;
        Name = name;
        Level = level;
        PaymentMethod = paymentMethod;
        Fields = fields;
    }

    /// <summary>The customer.</summary>
    public PartnerId Id { get; }

    /// <summary>The name of the business; never that of a person.</summary>
    public string Name { get; }

    /// <summary>The level that tiers and priorities look at; may be empty.</summary>
    public string Level { get; }

    /// <summary>How the customer pays; may be empty.</summary>
    public string PaymentMethod { get; }

    /// <summary>The values of the customer's extension fields, by code; canonical where a pack was given.</summary>
    public ImmutableSortedDictionary<string, string> Fields { get; }

    /// <summary>What tier and rank of an order of this customer rest on; for <see cref="Orders.SetStanding"/>.</summary>
    /// <param name="isPaid">Whether the order is paid.</param>
    /// <param name="priority">The order's own priority.</param>
    public OrderStanding Standing(bool isPaid = false, int priority = 0) => new(Level, PaymentMethod, isPaid, priority);
}

/// <summary>Customers and users of a tenant as data: who buys, who works in which roles, and which customers and nodes are
/// whose.</summary>
/// <remarks>
/// <para>Shape: customers and users each once. Immutable and safe to share; load another one to change it. Decisions record what they
/// used of it, so they replay after it changed.</para>
/// <para>Give it to a desk as <see cref="DeskOptions.Actors"/>. Log-in stays the host's.</para>
/// </remarks>
public sealed class Roster : IActorDirectory
{
    private readonly ImmutableSortedDictionary<PartnerId, RosterCustomer> customers;
    private readonly ImmutableSortedDictionary<string, ActorStanding> users;

    internal Roster(
        ImmutableSortedDictionary<PartnerId, RosterCustomer> customers, ImmutableSortedDictionary<string, ActorStanding> users)
    {
        this.customers = customers;
        this.users = users;
    }

    /// <summary>The customers, by id in ordinal order.</summary>
    public IEnumerable<RosterCustomer> Customers => customers.Values;

    /// <summary>The ids of the users, in ordinal order.</summary>
    public IEnumerable<string> Users => users.Keys;

    /// <summary>Reads a roster.</summary>
    /// <param name="json">An object with the lists <c>customers</c> and <c>users</c>; see docs/access-and-audit.md.</param>
    /// <param name="pack">The pack whose roles and customer fields it uses; null leaves both unchecked.</param>
    /// <returns>The roster, or every fault of the text with its place.</returns>
    /// <remarks><para>Errors: the codes of <see cref="RosterFindings"/>, <see cref="DefinitionFaults"/> and
    /// <see cref="OrderKernel.Fields.FieldFindings"/>.</para></remarks>
    public static DefinitionReading<Roster> Read(string json, Pack? pack = null) =>
        DefinitionNode.Read(json, root => RosterReader.Read(root, pack));

    /// <summary>The roster in its one canonical form: what <see cref="Read"/> reads, here or in another instance.</summary>
    public string ToJson()
    {
        JsonText json = JsonText.Start().OpenArray("customers");
        foreach (RosterCustomer customer in customers.Values)
        {
            json.OpenObject().Member("id", customer.Id.Text).Member("name", customer.Name)
                .Optional("level", customer.Level.Length > 0 ? customer.Level : null)
                .Optional("payment", customer.PaymentMethod.Length > 0 ? customer.PaymentMethod : null).OpenObject("fields");
            foreach (KeyValuePair<string, string> field in customer.Fields)
            {
                json.Member(field.Key, field.Value);
            }

            json.CloseObject().CloseObject();
        }

        json.CloseArray().OpenArray("users");
        foreach (KeyValuePair<string, ActorStanding> user in users)
        {
            json.OpenObject().Member("id", user.Key);
            Write(json, "roles", user.Value.Roles);
            Write(json, "customers", user.Value.Customers.Select(static customer => customer.Text));
            Write(json, "nodes", user.Value.Nodes.Select(static node => node.Text));
            json.CloseObject();
        }

        return json.CloseArray().Finish();
    }

    /// <summary>A customer; null for one who is not in the roster.</summary>
    /// <param name="id">The customer.</param>
    public RosterCustomer? Find(PartnerId id) => customers.TryGetValue(id, out RosterCustomer? found) ? found : null;

    /// <summary>The standing of a user; <see cref="ActorStanding.Unknown"/> for one who is not in the roster.</summary>
    /// <param name="user">The user's id, as <see cref="Actor.Id"/> has it.</param>
    public ActorStanding Find(string user) => users.TryGetValue(
        user ?? throw new ArgumentNullException(nameof(user)), out ActorStanding? found) ? found : ActorStanding.Unknown;

    /// <inheritdoc />
    public ValueTask<ActorStanding> FindAsync(Actor actor, CancellationToken cancellation) =>
        new(Find((actor ?? throw new ArgumentNullException(nameof(actor))).Id));

    private static void Write(JsonText json, string name, IEnumerable<string> codes)
    {
        json.OpenArray(name);
        foreach (string code in codes.OrderBy(static code => code, StringComparer.Ordinal))
        {
            json.Element(code);
        }

        json.CloseArray();
    }
}
