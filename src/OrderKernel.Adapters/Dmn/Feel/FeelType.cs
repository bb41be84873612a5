using System;
using System.Collections.Immutable;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Feel;

/// <summary>A type of the FEEL lattice.</summary>
/// <remarks><para>Source: DMN 1.5 §10.3.2.9. A context conforms when it has at least the entries asked for.</para></remarks>
internal abstract class FeelType
{
    public static readonly FeelType Any = new AnyType();

    public abstract string Name { get; }

    /// <summary>Whether a value that is not null is of this type.</summary>
    public abstract bool Holds(FeelValue value);

    /// <summary>Whether every value of this type is one of the other.</summary>
    public virtual bool ConformsTo(FeelType other) => other is AnyType || ReferenceEquals(this, other) || SameShape(other.Base);

    /// <summary>The type without its allowed values.</summary>
    public virtual FeelType Base => this;

    /// <summary>The type without any allowed values, those of its parts included: what <c>instance of</c> asks for.</summary>
    public FeelType Shape => shape ??= Bare();

    private FeelType? shape;

    protected virtual bool SameShape(FeelType other) => false;

    protected virtual FeelType Bare() => this;

    /// <summary>The value as this type: itself, out of a list of one, a date as midnight UTC, or null where it does not
    /// fit.</summary>
    public FeelValue Coerce(FeelValue value)
    {
        if (this is AnyType || value.IsNull || Holds(value))
        {
            return value;
        }

        if (value is ListValue { Values.Length: 1 } one && Base is not ListType)
        {
            return Holds(one.Values[0]) ? one.Values[0] : FeelValue.Null;
        }

        if (Base is ListType && Holds(new ListValue(ImmutableArray.Create(value))))
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

    public override bool Holds(FeelValue value) => true;
}

internal sealed class SimpleType(string name, FeelKind kind) : FeelType
{
    public override string Name { get; } = name;

    public FeelKind Kind { get; } = kind;

    public override bool Holds(FeelValue value) => value.Kind == Kind;

    protected override bool SameShape(FeelType other) => other is SimpleType simple && simple.Kind == Kind;
}

internal sealed class ListType(FeelType item) : FeelType
{
    public FeelType Item { get; } = item;

    public override string Name => "list<" + Item.Name + ">";

    public override bool Holds(FeelValue value)
    {
        if (value is not ListValue list)
        {
            return false;
        }

        foreach (FeelValue element in list.Values)
        {
            if (!element.IsNull && !Item.Holds(element))
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

    public override bool Holds(FeelValue value)
    {
        if (value is not ContextValue context)
        {
            return false;
        }

        foreach (Parameter entry in Entries)
        {
            FeelValue? found = context.Find(entry.Name);
            if (found is null || (!found.IsNull && !entry.Type.Holds(found)))
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

    public override bool Holds(FeelValue value) =>
        value is RangeValue range && (range.Low.IsNull || Item.Holds(range.Low)) && (range.High.IsNull || Item.Holds(range.High));

    protected override bool SameShape(FeelType other) => other is RangeType range && Item.ConformsTo(range.Item);

    protected override FeelType Bare() => ReferenceEquals(Item.Shape, Item) ? this : new RangeType(Item.Shape);
}

internal sealed class FunctionType(ImmutableArray<FeelType> parameters, FeelType result) : FeelType
{
    public ImmutableArray<FeelType> Parameters { get; } = parameters;

    public FeelType Result { get; } = result;

    /// <summary>The names of the parameters; default where only their types are known.</summary>
    public ImmutableArray<string> Names { get; init; }

    public override string Name => "function<" + string.Join(", ", System.Linq.Enumerable.Select(Parameters, p => p.Name))
        + ">->" + Result.Name;

    public override bool Holds(FeelValue value)
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
internal sealed class DeclaredType(string name, FeelType shape, Func<FeelValue, bool>? allows, Node? allowed) : FeelType
{
    public override string Name { get; } = name;

    public override FeelType Base => shape.Base;

    /// <summary>The unary tests of the allowed values; null when every value of the shape is allowed.</summary>
    public Node? Allowed { get; } = allowed;

    public override bool Holds(FeelValue value) => shape.Holds(value) && (allows is null || allows(value));

    public override bool ConformsTo(FeelType other) => ReferenceEquals(this, other) || Base.ConformsTo(other.Base);

    protected override FeelType Bare() => shape.Shape;
}
