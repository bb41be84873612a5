using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace OrderKernel.Adapters.Csv.Profiles;

/// <summary>The codes of the field <c>status</c> of an orders document: what becomes of an order that the source has that far.</summary>
internal static class OrderStatus
{
    public const string Field = "status";

    /// <summary>Goods are owed: it is captured.</summary>
    public const string Open = "open";

    /// <summary>It is captured and cancelled.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The money went back: captured and cancelled where nothing has left, captured as shipped where it has.</summary>
    public const string Refunded = "refunded";

    /// <summary>It is held back as a dead letter until an export says that it is paid, unless it has left.</summary>
    public const string Unpaid = "unpaid";

    /// <summary>It is a dead letter that says so.</summary>
    public const string LeftOut = "left_out";

    private static readonly string[] Codes = { Open, Cancelled, Refunded, Unpaid, LeftOut };

    /// <summary>The words of a document, in which a status means one of the codes and nothing else.</summary>
    public static ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Words(
        ProfileNode node, DocumentShape shape, ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> words)
    {
        if (!ReferenceEquals(shape, DocumentShape.Orders))
        {
            return words;
        }

        if (!words.TryGetValue(Field, out ImmutableSortedDictionary<string, string>? stated))
        {
            return words.SetItem(
                Field, Codes.ToImmutableSortedDictionary(static code => code, static code => code, StringComparer.Ordinal));
        }

        foreach (KeyValuePair<string, string> word in stated.Where(static word => Array.IndexOf(Codes, word.Value) < 0))
        {
            node.Member("words").Member(Field).Member(word.Key).Fault(
                ProfileFaults.ValueUnknown, word.Value, string.Join(", ", Codes));
        }

        return words;
    }
}
