using System;
using System.Collections.Immutable;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Feel;

/// <summary>A type of the FEEL lattice.</summary>
/// <remarks><para>Source: DMN 1.5 §10.3.2.9. A context conforms when it has at least the entries asked for.</para></remarks>
internal abstract class FeelType
{
    public static readonly FeelType Any = new AnyType();

    public abstract string Name { get; }

    /// <summary>Whether a value that is not null is of this type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="run">Who pays for it.</param>
    public abstract bool Holds(FeelValue value, Run run);

    /// <summary>Whether every value of this type is one of the other.</summary>
    public virtual bool ConformsTo(FeelType other) => other is AnyType || ReferenceEquals(this, other) || SameShape(other.Base);

    /// <summary>The type without its allowed values.</summary>
    public virtual FeelType Base => this;

    /// <summary>The type without any allowed values, those of its parts included: what <c>instance of</c> asks for.</summary>
    public FeelType Shape => shape ??= Bare();

    private FeelType? shape;

    protected virtual bool SameShape(FeelType other) => false;

    protected virtual FeelType Bare() => this;

    /// <summary>How many types there are in this one, each as often as it stands there.</summary>
    public virtual long Weight => 1;

    /// <summary>The value as this type: itself, out of a list of one, a date as midnight UTC, or null where it does not
    /// fit.</summary>
    public FeelValue Coerce(FeelValue value, Run run)
    {
        if (this is AnyType || value.IsNull || Holds(value, run))
        {
            return value;
        }

        if (value is ListValue { Values.Length: 1 } one && Base is not ListType)
        {
            return Holds(one.Values[0], run) ? one.Values[0] : FeelValue.Null;
        }

        if (Base is ListType && Holds(new ListValue(ImmutableArray.Create(value)), run))
        {
            return new ListValue(ImmutableArray.Create(value));
        }

        if (value is DateValue date && Base is SimpleType { Kind: FeelKind.DateTime })
        {
            return new DateTimeValue(date.Date, new Temporal.FeelTime(0, 0, null));
        }

        return FeelValue.Null;
    }

    public override string ToString() => Name;
}

internal sealed class AnyType : FeelType
{
    public override string Name => "Any";

    public override bool Holds(FeelValue value, Run run) => true;
}

internal sealed class SimpleType(string name, FeelKind kind) : FeelType
{
    public override string Name { get; } = name;

    public FeelKind Kind { get; } = kind;

    public override bool Holds(FeelValue value, Run run) => value.Kind == Kind;

    protected override bool SameShape(FeelType other) => other is SimpleType simple && simple.Kind == Kind;
}

internal sealed class ListType(FeelType item) : FeelType
{
    public FeelType Item { get; } = item;

    public override string Name => "list<" + Item.Name + ">";

    public override long Weight { get; } = 1 + item.Weight;

    public override bool Holds(FeelValue value, Run run)
    {
        if (value is not ListValue list)
        {
            return false;
        }

        if (Item is AnyType)
        {
            return true;
        }

        run.Spend(list.Values.Length);
        foreach (FeelValue element in list.Values)
        {
            if (!element.IsNull && !Item.Holds(element, run))
            {
                return false;
            }
        }

        return true;
    }

    protected override bool SameShape(FeelType other) => other is ListType list && Item.ConformsTo(list.Item);

    protected override FeelType Bare() => ReferenceEquals(Item.Shape, Item) ? this : new ListType(Item.Shape);
}

internal sealed class ContextType(string name, ImmutableArray<Parameter> entries) : FeelType
{
    public override string Name { get; } = name;

    public ImmutableArray<Parameter> Entries { get; } = entries;

    public override long Weight { get; } = 1 + System.Linq.Enumerable.Sum(entries, e => e.Type.Weight);

    public override bool Holds(FeelValue value, Run run)
    {
        if (value is not ContextValue context)
        {
            return false;
        }

        run.Spend(Entries.Length);
        foreach (Parameter entry in Entries)
        {
            FeelValue? found = context.Find(entry.Name);
            if (found is null || (!found.IsNull && !entry.Type.Holds(found, run)))
            {
                return false;
            }
        }

        return true;
    }

    protected override FeelType Bare() => System.Linq.Enumerable.All(Entries, e => ReferenceEquals(e.Type.Shape, e.Type)) ? this
        : new ContextType(Name, ImmutableArray.CreateRange(Entries, e => new Parameter(e.Name, e.Type.Shape)));

    public FeelType? Find(string entry)
    {
        foreach (Parameter known in Entries)
        {
            if (string.Equals(known.Name, entry, StringComparison.Ordinal))
            {
                return known.Type;
            }
        }

        return null;
    }

    protected override bool SameShape(FeelType other)
    {
        if (other is not ContextType context)
        {
            return false;
        }

        foreach (Parameter entry in context.Entries)
        {
            if (Find(entry.Name) is not FeelType own || !own.ConformsTo(entry.Type))
            {
                return false;
            }
        }

        return true;
    }
}

internal sealed class RangeType(FeelType item) : FeelType
{
    public FeelType Item { get; } = item;

    public override string Name => "range<" + Item.Name + ">";

    public override long Weight { get; } = 1 + item.Weight;

    public override bool Holds(FeelValue value, Run run) =>
        value is RangeValue range && (range.Low.IsNull || Item.Holds(range.Low, run)) && (range.High.IsNull || Item.Holds(range.High, run));

    protected override bool SameShape(FeelType other) => other is RangeType range && Item.ConformsTo(range.Item);

    protected override FeelType Bare() => ReferenceEquals(Item.Shape, Item) ? this : new RangeType(Item.Shape);
}

internal sealed class FunctionType(ImmutableArray<FeelType> parameters, FeelType result) : FeelType
{
    public ImmutableArray<FeelType> Parameters { get; } = parameters;

    public FeelType Result { get; } = result;

    public override long Weight { get; } = 1 + result.Weight + System.Linq.Enumerable.Sum(parameters, p => p.Weight);

    /// <summary>The names of the parameters; default where only their types are known.</summary>
    public ImmutableArray<string> Names { get; init; }

    public override string Name => "function<" + string.Join(", ", System.Linq.Enumerable.Select(Parameters, p => p.Name))
        + ">->" + Result.Name;

    public override bool Holds(FeelValue value, Run run)
    {
        if (value is not Functions.FunctionValue function)
        {
            return false;
        }

        return function.Type is not FunctionType own || own.ConformsTo(this);
    }

    // Parameters the other way round: who asks for a function of X may be given one that takes more than X.
    protected override bool SameShape(FeelType other)
    {
        if (other is not FunctionType function || function.Parameters.Length != Parameters.Length
            || (Result is not AnyType && !Result.ConformsTo(function.Result)))
        {
            return false;
        }

        for (int i = 0; i < Parameters.Length; i++)
        {
            if (!function.Parameters[i].ConformsTo(Parameters[i]))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A type of the model: a shape with a name of its own and, where declared, the values allowed.</summary>
internal sealed class DeclaredType(string name, FeelType shape, Func<FeelValue, Run, bool>? allows, Node? allowed) : FeelType
{
    public override string Name { get; } = name;

    public override FeelType Base => shape.Base;

    public override long Weight => shape.Weight;

    /// <summary>The unary tests of the allowed values; null when every value of the shape is allowed.</summary>
    public Node? Allowed { get; } = allowed;

    public override bool Holds(FeelValue value, Run run) => shape.Holds(value, run) && (allows is null || allows(value, run));

    public override bool ConformsTo(FeelType other) => ReferenceEquals(this, other) || Base.ConformsTo(other.Base);

    protected override FeelType Bare() => shape.Shape;
}
