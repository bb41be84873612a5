using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Adapters.Csv.Profiles;

/// <summary>How the files of one source are read: one <see cref="DocumentProfile"/> per kind, and what holds for all.</summary>
/// <remarks><para>Source: docs/import-profiles.md describes every member of the JSON form.</para></remarks>
public sealed class ImportProfile
{
    internal ImportProfile(
        string name, SignOff signOff, Currency currency, string orderType, ImmutableArray<string> absent,
        ImmutableArray<DocumentProfile> documents)
    {
        Name = name;
        SignOff = signOff;
        Currency = currency;
        OrderType = orderType;
        Absent = absent;
        Documents = documents;
    }

    /// <summary>The name: lower-case words, digits and hyphens.</summary>
    public string Name { get; }

    /// <summary>What ends an order of this source.</summary>
    public SignOff SignOff { get; }

    /// <summary>The currency of its prices.</summary>
    public Currency Currency { get; }

    /// <summary>The code of the order type that its orders are captured with; empty for none.</summary>
    public string OrderType { get; }

    /// <summary>The facts that the source does not state, such as <c>delivered_at</c> or <c>supply</c>; may be empty.</summary>
    public ImmutableArray<string> Absent { get; }

    /// <summary>The documents, in the order of the JSON.</summary>
    public ImmutableArray<DocumentProfile> Documents { get; }

    /// <summary>Reads a profile that uses the built-in kinds of documents.</summary>
    /// <param name="json">The profile.</param>
    /// <exception cref="ProfileException">The profile is not acceptable; every fault names its member and the remedy.</exception>
    public static ImportProfile Parse(string json) => Parse(json, DocumentShape.BuiltIn);

    /// <summary>Reads a profile.</summary>
    /// <param name="json">The profile.</param>
    /// <param name="shapes">The kinds of documents it may describe.</param>
    /// <exception cref="ProfileException">The profile is not acceptable; every fault names its member and the remedy.</exception>
    public static ImportProfile Parse(string json, ImmutableArray<DocumentShape> shapes) =>
        ProfileReader.Read(json ?? throw new ArgumentNullException(nameof(json)), shapes);

    /// <summary>The profile of a kind of document, or null.</summary>
    /// <param name="kind">The kind, such as <c>orders</c>.</param>
    public DocumentProfile? Document(string kind)
    {
        foreach (DocumentProfile document in Documents)
        {
            if (string.Equals(document.Shape.Kind, kind, StringComparison.Ordinal))
            {
                return document;
            }
        }

        return null;
    }

    // The first header that the profile maps to a field of orders: what people look for in their file.
    internal string ColumnOf(string field)
    {
        foreach (KeyValuePair<string, string> column in Document(DocumentShape.Orders.Kind)!.Columns)
        {
            if (column.Value == field)
            {
                return column.Key;
            }
        }

        return field;
    }

    /// <summary>Whether the orders document states a fact: a column is mapped to it and it is not declared absent.</summary>
    /// <param name="fact">The field, such as <c>delivered_at</c>.</param>
    public bool States(string fact) =>
        !Absent.Contains(fact) && Document(DocumentShape.Orders.Kind) is { } orders && orders.Gives(fact);
}

/// <summary>A profile is not acceptable.</summary>
public sealed class ProfileException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="faults">Every fault; the field of each is the path of the JSON member.</param>
    public ProfileException(ImmutableArray<Finding> faults)
        : base(Describe(faults, Language.English)) => Faults = faults;

    /// <summary>Makes the exception without faults.</summary>
    public ProfileException() => Faults = ImmutableArray<Finding>.Empty;

    /// <summary>Makes the exception without faults.</summary>
    /// <param name="message">What happened.</param>
    public ProfileException(string message)
        : base(message) => Faults = ImmutableArray<Finding>.Empty;

    /// <summary>Makes the exception without faults.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What led to it.</param>
    public ProfileException(string message, Exception innerException)
        : base(message, innerException) => Faults = ImmutableArray<Finding>.Empty;

    /// <summary>Every fault, in the order of the JSON.</summary>
    public ImmutableArray<Finding> Faults { get; }

    /// <summary>Every fault as one line each.</summary>
    /// <param name="language">The language to answer in.</param>
    public string Text(Language language) => Describe(Faults, language);

    private static string Describe(ImmutableArray<Finding> faults, Language language) =>
        string.Join("\n", ImmutableArray.CreateRange(faults, fault => $"{fault.Field}: {fault.Text(language)}"));
}
