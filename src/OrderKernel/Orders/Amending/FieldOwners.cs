using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text.Json;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>The fields that the issuer of a command may not change, and whose they are. A fact of the
/// decision, recorded with it.</summary>
internal sealed class FieldOwners
{
    private readonly ImmutableSortedDictionary<string, string> byField;

    private FieldOwners(ImmutableSortedDictionary<string, string> byField) => this.byField = byField;

    public static FieldOwners None { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>What the other systems own, seen from one system.</summary>
    public static FieldOwners SeenFrom(string sourceSystem, IEnumerable<OuterSystem> systems)
    {
        ImmutableSortedDictionary<string, string> owners = None.byField;
        foreach (OuterSystem system in systems)
        {
            foreach (string field in system.Name == sourceSystem ? ImmutableSortedSet<string>.Empty : system.Owns)
            {
                owners = owners.SetItem(field, system.Name);
            }
        }

        return owners.IsEmpty ? None : new FieldOwners(owners);
    }

    /// <summary>Reads them from recorded facts; facts of a decision without owners hold nothing about them.</summary>
    public static FieldOwners Read(string facts)
    {
        using JsonDocument document = JsonDocument.Parse(facts);
        if (!document.RootElement.TryGetProperty("owners", out JsonElement recorded))
        {
            return None;
        }

        ImmutableSortedDictionary<string, string> owners = None.byField;
        foreach (JsonProperty field in recorded.EnumerateObject())
        {
            owners = owners.SetItem(field.Name, field.Value.GetString()!);
        }

        return new FieldOwners(owners);
    }

    /// <summary>The recorded facts with the owners as their last member.</summary>
    public string AddTo(string facts)
    {
        if (byField.IsEmpty)
        {
            return facts;
        }

        JsonText json = JsonText.Start();
        foreach (KeyValuePair<string, string> owner in byField)
        {
            json.Member(owner.Key, owner.Value);
        }

        return facts.Remove(facts.Length - 1) + ",\"owners\":" + json.Finish() + "}";
    }

    /// <summary>Whether a field belongs to another system; if so, says so.</summary>
    public bool Refuse(string field, string place, ref List<Finding>? findings)
    {
        if (!byField.TryGetValue(field, out string? owner))
        {
            return false;
        }

        OrderDecider.Add(ref findings, OrderRefusals.FieldOwnedElsewhere.About(place, field, field, owner));
        return true;
    }
}
