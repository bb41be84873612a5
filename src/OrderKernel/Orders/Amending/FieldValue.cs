using System;

namespace OrderKernel.Orders;

/// <summary>The known value of an extension field.</summary>
/// <param name="Line">The line number; 0 for the order itself.</param>
/// <param name="Field">The field's code.</param>
/// <param name="Value">The value in the field's canonical form; never empty.</param>
public readonly record struct FieldValue(int Line, string Field, string Value) : IComparable<FieldValue>
{
    /// <summary>By line, then by code in ordinal order.</summary>
    /// <param name="other">The other value.</param>
    public int CompareTo(FieldValue other) =>
        Line != other.Line ? Line.CompareTo(other.Line) : string.CompareOrdinal(Field, other.Field);

    /// <summary>Whether <paramref name="a"/> stands before <paramref name="b"/>.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static bool operator <(FieldValue a, FieldValue b) => a.CompareTo(b) < 0;

    /// <summary>Whether <paramref name="a"/> stands after <paramref name="b"/>.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static bool operator >(FieldValue a, FieldValue b) => a.CompareTo(b) > 0;

    /// <summary>Whether <paramref name="a"/> does not stand after <paramref name="b"/>.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static bool operator <=(FieldValue a, FieldValue b) => a.CompareTo(b) <= 0;

    /// <summary>Whether <paramref name="a"/> does not stand before <paramref name="b"/>.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static bool operator >=(FieldValue a, FieldValue b) => a.CompareTo(b) >= 0;
}
