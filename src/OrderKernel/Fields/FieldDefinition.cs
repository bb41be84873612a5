using System;
using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Fields;

/// <summary>What carries a field.</summary>
public enum FieldSubject
{
    /// <summary>The order; its values travel in the order's events.</summary>
    Order = 0,

    /// <summary>A line of an order; its values travel in the order's events.</summary>
    Line = 1,

    /// <summary>A customer; the host keeps the values.</summary>
    Customer = 2,

    /// <summary>A SKU; the host keeps the values.</summary>
    Sku = 3,
}

/// <summary>What values of a field look like. Every value is kept as text in one canonical form.</summary>
public enum FieldType
{
    /// <summary>Free text of a stated greatest length.</summary>
    Text = 0,

    /// <summary>A whole number of 64 bits, such as <c>-12</c>.</summary>
    WholeNumber = 1,

    /// <summary>A decimal number of a stated number of places, such as <c>12.50</c>.</summary>
    DecimalNumber = 2,

    /// <summary>An amount with its currency, such as <c>12.50 CNY</c>.</summary>
    Money = 3,

    /// <summary>A day, such as <c>2026-11-21</c>.</summary>
    Date = 4,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean = 5,

    /// <summary>The code of one of the choices.</summary>
    Choice = 6,
}

/// <summary>Who may come to see the values of a field.</summary>
public enum Sensitivity
{
    /// <summary>Anybody, partners included.</summary>
    Public = 0,

    /// <summary>The business itself.</summary>
    Internal = 1,

    /// <summary>It says something about a person. Only customers carry such a field: orders hold a reference to the person.</summary>
    Personal = 2,
}

/// <summary>When a field must have a value: on a command, and then only when another field has a value, if one is named.</summary>
/// <param name="On">The command type that needs it, such as <c>order.ship</c>.</param>
/// <param name="Field">The other field; empty when it is always needed.</param>
/// <param name="Is">The value of the other field that makes it needed.</param>
public sealed record FieldNeed(string On, string Field, string Is);

/// <summary>An extension field as data: what it is called, what carries it, what its values look like and when it is needed.</summary>
/// <remarks><para>Immutable. A value that was never set is unknown, which is no value: neither empty nor false.</para></remarks>
public sealed class FieldDefinition
{
    /// <summary>The greatest length of a text when none is stated.</summary>
    public const int DefaultLength = 200;

    internal FieldDefinition(
        Term name, FieldSubject of, FieldType type, ImmutableArray<Term> choices, int maxLength, int places,
        ImmutableArray<FieldNeed> needs, Sensitivity sensitivity, string ownerSystem)
    {
        Name = name;
        Of = of;
        Type = type;
        Choices = choices;
        MaxLength = maxLength;
        Places = places;
        Needs = needs;
        Sensitivity = sensitivity;
        OwnerSystem = ownerSystem;
    }

    /// <summary>The code, and the business names.</summary>
    public Term Name { get; }

    /// <summary>The code.</summary>
    public string Code => Name.Code;

    /// <summary>What carries it.</summary>
    public FieldSubject Of { get; }

    /// <summary>What its values look like.</summary>
    public FieldType Type { get; }

    /// <summary>The choices in their order; empty for other types.</summary>
    public ImmutableArray<Term> Choices { get; }

    /// <summary>The greatest length of a text, inclusive.</summary>
    public int MaxLength { get; }

    /// <summary>The decimal places of a decimal.</summary>
    public int Places { get; }

    /// <summary>When it must have a value; empty when it never must.</summary>
    public ImmutableArray<FieldNeed> Needs { get; }

    /// <summary>Who may come to see it.</summary>
    public Sensitivity Sensitivity { get; }

    /// <summary>The system that owns the value, such as <c>erp</c>; empty for the kernel's own.</summary>
    public string OwnerSystem { get; }

    /// <summary>The canonical form of a value.</summary>
    /// <param name="value">The value as text.</param>
    /// <returns>Null when it is not a value of this field; <see cref="Expected"/> says what is.</returns>
    public string? Canonical(string value)
    {
        if (value is null)
        {
            throw new ArgumentNullException(nameof(value));
        }

        return FieldValues.Canonical(this, value);
    }

    /// <summary>What values look like, as an example or a list.</summary>
    public string Expected => FieldValues.Expected(this);

    /// <summary>A value as people read it: the name of a choice, otherwise the value itself.</summary>
    /// <param name="value">The value in canonical form.</param>
    /// <param name="language">The language to answer in.</param>
    public string Display(string value, Language language)
    {
        foreach (Term choice in Choices)
        {
            if (string.Equals(choice.Code, value, StringComparison.Ordinal))
            {
                return choice.Text(language);
            }
        }

        return Type != FieldType.Boolean ? value
            : language == Language.Chinese ? (value == "true" ? "是" : "否") : (value == "true" ? "yes" : "no");
    }
}
