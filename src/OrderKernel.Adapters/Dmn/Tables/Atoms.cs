using System;
using System.Collections.Generic;
using System.Linq;
using OrderKernel.Adapters.Dmn.Temporal;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Tables;

/// <summary>The values of one column, cut into atoms: no cell of the column tells two values of one atom apart.</summary>
/// <remarks><para>Shape: the last atom is null. The same atoms serve the index at run time and the analysis of gaps and
/// overlaps.</para></remarks>
internal abstract class Atoms
{
    /// <summary>How many atoms there are, null included.</summary>
    public abstract int Count { get; }

    /// <summary>The kind of the values.</summary>
    public abstract FeelKind Kind { get; }

    public int Null => Count - 1;

    /// <summary>The atom of a value; -1 for a value of another kind than the column's.</summary>
    public abstract int Of(FeelValue value);

    /// <summary>A value out of an atom.</summary>
    public abstract FeelValue Witness(int atom);

    /// <summary>A set of atoms in words of FEEL, null left out.</summary>
    public abstract string Describe(ulong[] atoms);

    /// <summary>Whether an atom holds no value at all, as between two neighbouring days.</summary>
    public virtual bool IsEmpty(int atom) => false;

    /// <summary>Marks the atoms that a test value or range stands for; false when it is of another kind.</summary>
    protected abstract bool Mark(FeelValue test, ulong[] atoms);

    /// <summary>The atoms that a cell holds for; C# null where only running it can tell.</summary>
    public ulong[]? Cell(CellTests cell)
    {
        if (cell.IsAny)
        {
            return Bits.All(Count);
        }

        ulong[] atoms = Bits.New(Count);
        foreach (FeelValue test in cell.Values)
        {
            if (cell.IsOpaque || !(test.IsNull ? MarkNull(atoms) : Mark(test, atoms)))
            {
                return null;
            }
        }

        if (cell.IsOpaque)
        {
            return null;
        }

        if (cell.Negated)
        {
            ulong[] all = Bits.All(Count);
            for (int i = 0; i < atoms.Length; i++)
            {
                atoms[i] = all[i] & ~atoms[i];
            }
        }

        return atoms;
    }

    /// <summary>The atoms of a column; C# null when its cells compare with values of several kinds or of one without
    /// order.</summary>
    public static Atoms? Of(IEnumerable<CellTests> cells)
    {
        var ends = new List<FeelValue>();
        foreach (FeelValue test in cells.SelectMany(c => c.Values).Where(v => !v.IsNull))
        {
            ends.AddRange(test is RangeValue range ? new[] { range.Low, range.High }.Where(e => !e.IsNull) : new[] { test });
        }

        if (ends.Count == 0 || ends.Any(e => e.Kind != ends[0].Kind))
        {
            return null;
        }

        return ends[0].Kind switch
        {
            FeelKind.Text => new TextAtoms(ends.Cast<TextValue>().Select(t => t.Text)),
            FeelKind.Boolean => new BooleanAtoms(),
            FeelKind.Number or FeelKind.Date or FeelKind.DaysDuration or FeelKind.MonthsDuration =>
                new LineAtoms(ends[0].Kind, ends.Select(LineAtoms.Key)),
            _ => null,
        };
    }

    private bool MarkNull(ulong[] atoms)
    {
        Bits.Set(atoms, Null);
        return true;
    }
}

/// <summary>Texts: one atom each, one for every other text, null.</summary>
internal sealed class TextAtoms : Atoms
{
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<string> texts = new();

    public TextAtoms(IEnumerable<string> known)
    {
        foreach (string text in known)
        {
            if (!places.ContainsKey(text))
            {
                places.Add(text, texts.Count);
                texts.Add(text);
            }
        }
    }

    public override int Count => texts.Count + 2;

    public override FeelKind Kind => FeelKind.Text;

    public int Other => texts.Count;

    public override int Of(FeelValue value) =>
        value is TextValue text ? places.TryGetValue(text.Text, out int place) ? place : Other : value.IsNull ? Null : -1;

    public override FeelValue Witness(int atom)
    {
        if (atom == Null)
        {
            return FeelValue.Null;
        }

        string other = "…";
        while (places.ContainsKey(other))
        {
            other += "…";
        }

        return FeelValue.Of(atom < texts.Count ? texts[atom] : other);
    }

    public override string Describe(ulong[] atoms)
    {
        if (!Bits.Has(atoms, Other))
        {
            return string.Join(", ", texts.Where((_, i) => Bits.Has(atoms, i)).Select(ValueText.Quote));
        }

        string[] missing = texts.Where((_, i) => !Bits.Has(atoms, i)).Select(ValueText.Quote).ToArray();
        return missing.Length == 0 ? "-" : "not(" + string.Join(", ", missing) + ")";
    }

    protected override bool Mark(FeelValue test, ulong[] atoms)
    {
        if (test is RangeValue { Excluding: true, Low: TextValue but })
        {
            for (int i = 0; i <= Other; i++)
            {
                if (i != places[but.Text])
                {
                    Bits.Set(atoms, i);
                }
            }

            // In FEEL null differs from every text.
            Bits.Set(atoms, Null);
            return true;
        }

        FeelValue sole = test is RangeValue { Sole: true } range ? range.Low : test;
        if (sole is not TextValue text)
        {
            return false;
        }

        Bits.Set(atoms, places[text.Text]);
        return true;
    }
}

/// <summary>True, false, null.</summary>
internal sealed class BooleanAtoms : Atoms
{
    public override int Count => 3;

    public override FeelKind Kind => FeelKind.Boolean;

    public override int Of(FeelValue value) => value is BooleanValue flag ? (flag.Flag ? 0 : 1) : value.IsNull ? Null : -1;

    public override FeelValue Witness(int atom) => atom == Null ? FeelValue.Null : FeelValue.Of(atom == 0);

    public override string Describe(ulong[] atoms) =>
        Bits.Has(atoms, 0) && Bits.Has(atoms, 1) ? "-" : Bits.Has(atoms, 0) ? "true" : "false";

    protected override bool Mark(FeelValue test, ulong[] atoms)
    {
        bool but = test is RangeValue { Excluding: true };
        FeelValue sole = test is RangeValue { Low: var low } range && (range.Sole || but) ? low : test;
        if (sole is not BooleanValue flag)
        {
            return false;
        }

        Bits.Set(atoms, flag.Flag == but ? 1 : 0);
        if (but)
        {
            Bits.Set(atoms, Null);
        }

        return true;
    }
}

/// <summary>Kinds with an order: a point at each end of a range, the open stretches between them, null.</summary>
internal sealed class LineAtoms : Atoms
{
    private readonly FeelKind kind;
    private readonly decimal[] keys;

    public LineAtoms(FeelKind kind, IEnumerable<decimal> ends)
    {
        this.kind = kind;
        keys = ends.Distinct().OrderBy(k => k).ToArray();
    }

    public override int Count => (2 * keys.Length) + 2;

    public override FeelKind Kind => kind;

    public override bool IsEmpty(int atom) => atom % 2 == 0 && atom < Null && Inside(atom / 2) is null;

    public static decimal Key(FeelValue value) => value switch
    {
        NumberValue number => number.Number,
        DateValue date => date.Date.DayNumber,
        DaysValue days => days.Total,
        MonthsValue months => months.Months,
        _ => throw new ArgumentException("The value has no place on a line.", nameof(value)),
    };

    public override int Of(FeelValue value)
    {
        if (value.IsNull)
        {
            return Null;
        }

        if (value.Kind != kind)
        {
            return -1;
        }

        int at = Array.BinarySearch(keys, Key(value));
        return at >= 0 ? (2 * at) + 1 : 2 * ~at;
    }

    public override FeelValue Witness(int atom)
    {
        if (atom == Null)
        {
            return FeelValue.Null;
        }

        return Value(atom % 2 == 1 ? keys[atom / 2] : Inside(atom / 2) ?? keys[Math.Min(atom / 2, keys.Length - 1)]);
    }

    protected override bool Mark(FeelValue test, ulong[] atoms)
    {
        if (test is not RangeValue range)
        {
            Bits.Set(atoms, Of(test));
            return true;
        }

        if (range.Excluding)
        {
            int but = Of(range.Low);
            Bits.SetRange(atoms, 0, but - 1);
            Bits.SetRange(atoms, but + 1, Count - 2);
            Bits.Set(atoms, Null);
            return true;
        }

        int from = range.Low.IsNull ? 0 : Of(range.Low) + (range.LowIncluded ? 0 : 1);
        int to = range.High.IsNull ? Count - 2 : Of(range.High) - (range.HighIncluded ? 0 : 1);
        Bits.SetRange(atoms, from, to);
        return true;
    }

    public override string Describe(ulong[] atoms)
    {
        var parts = new List<string>();
        for (int from = Bits.Next(atoms, 0); from >= 0 && from < Null; from = Bits.Next(atoms, from))
        {
            int to = from;
            while (to + 1 < Null && (Bits.Has(atoms, to + 1) || IsEmpty(to + 1)))
            {
                to++;
            }

            parts.Add(Stretch(from, to));
            from = to + 1;
        }

        return string.Join(", ", parts);
    }

    private string Stretch(int from, int to)
    {
        bool all = from == 0 && to == Null - 1;
        string low = from == 0 ? string.Empty : Value(keys[(from - 1) / 2]).ToLiteral();
        string high = to == Null - 1 ? string.Empty : Value(keys[to / 2]).ToLiteral();
        bool lowIn = from % 2 == 1;
        bool highIn = to % 2 == 1;
        if (lowIn)
        {
            low = Value(keys[from / 2]).ToLiteral();
        }

        return all ? "-" : from == to && lowIn ? low
            : from == 0 ? (highIn ? "<= " : "< ") + high
            : to == Null - 1 ? (lowIn ? ">= " : "> ") + low
            : (lowIn ? "[" : "(") + low + ".." + high + (highIn ? "]" : ")");
    }

    private FeelValue Value(decimal key) => kind switch
    {
        FeelKind.Number => FeelValue.Of(key),
        FeelKind.Date => FeelDate.FromDayNumber(key) is FeelDate date ? new DateValue(date) : FeelValue.Null,
        FeelKind.DaysDuration => new DaysValue(key),
        _ => new MonthsValue((long)key),
    };

    /// <summary>A key in the open stretch before a point, or after the last; C# null where no value lies there.</summary>
    private decimal? Inside(int at)
    {
        (decimal least, decimal most) = kind switch
        {
            FeelKind.MonthsDuration => (long.MinValue, (decimal)long.MaxValue),
            FeelKind.Date => (new FeelDate(-FeelDate.MaxYear, 1, 1).DayNumber, new FeelDate(FeelDate.MaxYear, 12, 31).DayNumber),
            _ => (decimal.MinValue, decimal.MaxValue),
        };
        if (at == 0)
        {
            return keys[0] > least ? keys[0] < 0 ? Math.Max(least, Below(keys[0])) : keys[0] - 1 : null;
        }

        if (at == keys.Length)
        {
            return keys[at - 1] < most ? keys[at - 1] > 0 ? Math.Min(most, -Below(-keys[at - 1])) : keys[at - 1] + 1 : null;
        }

        decimal low = keys[at - 1];
        decimal high = keys[at];
        decimal middle = low < 0 && high > 0 ? 0 : low + ((high - low) / 2);
        decimal whole = Math.Floor(middle);
        decimal inside = whole > low && whole < high ? whole : kind == FeelKind.Number ? middle : low + 1;
        return inside > low && inside < high ? inside : null;
    }

    private static decimal Below(decimal key) => key < decimal.MinValue + 1 ? decimal.MinValue : key - 1;
}
