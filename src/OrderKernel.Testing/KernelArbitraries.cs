using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Measures;

namespace OrderKernel.Testing;

/// <summary>Generators with shrinkers, as static <see cref="Arbitrary{T}"/> members: pass them to <c>Prop.ForAll</c>, or give this
/// class to <c>[Properties(Arbitrary = …)]</c> of FsCheck.Xunit as it is.</summary>
public static class KernelArbitraries
{
    /// <summary>Scripts of up to 60 steps; shrinks by leaving steps out and making numbers smaller.</summary>
    public static Arbitrary<Script> Scripts() => Arb.From(
        Gen.Sized(size => ScriptGen(System.Math.Max(1, System.Math.Min(60, size)))), Shrink);

    /// <summary>Scripts for a desk with the order types of <see cref="ScriptTypes"/>; shrink as the others do.</summary>
    public static Arbitrary<Script> TypedScripts() => Arb.From(
        Gen.Sized(size => TypedScriptGen(System.Math.Max(1, System.Math.Min(60, size)))), Shrink);

    /// <summary>Quantities from 0 to 10,000, small ones often.</summary>
    public static Arbitrary<Quantity> Quantities() => Arb.From(
        Gen.OneOf(Gen.Choose(0, 10), Gen.Choose(0, 10_000)).Select(units => new Quantity(units)),
        static quantity => quantity.IsZero
            ? Enumerable.Empty<Quantity>()
            : new[] { new Quantity(quantity.Units / 2), new Quantity(quantity.Units - 1) });

    /// <summary>Amounts in a currency of 0 to 3 decimal places, negative ones too.</summary>
    public static Arbitrary<Money> Amounts() => Arb.From(
        Gen.Choose(0, 3).SelectMany(places =>
            Gen.Choose(-1_000_000, 1_000_000).Select(units => new Money(units, new Currency("XTS", places)))),
        static money => money.MinorUnits == 0
            ? Enumerable.Empty<Money>()
            : new[] { new Money(money.MinorUnits / 2, money.Currency) });

    /// <summary>Texts with everything that makes stores stumble: quotes, control characters, several scripts, emoji; never NUL or a
    /// lone surrogate.</summary>
    public static Arbitrary<string> Texts() => Arb.From(
        Gen.Elements("a", "Z", "0", " ", "\"", "\\", "'", "\n", "\t", "\u0001", "%", "_", ";", "单", "号", "é", "ß", "𠮷", "😀", "=", "/")
            .ArrayOf().Select(string.Concat),
        static text => text.Length == 0 ? Enumerable.Empty<string>() : new[] { string.Empty });

    private static Gen<Script> TypedScriptGen(int length) => Steps(length, Gen.OneOf(
        Gen.Choose(0, ScriptPlay.TypedKinds - 1), Gen.Choose(ScriptPlay.Kinds, ScriptPlay.TypedKinds - 1),
        Gen.Elements(0, 1, 3, 3, 4, 5, 5, 6, 8, 8, 9, 10, 10)));

    private static Gen<Script> ScriptGen(int length)
    {
        // What an order lives through comes more often than what befalls it, or few scripts would get as far as a return.
        Gen<int> kinds = Gen.OneOf(
            Gen.Choose(0, ScriptPlay.Kinds - 1), Gen.Choose(3, 10),
            Gen.Elements(3, 5, 8, 10, 12, 12, 20, 20),
            Gen.Elements(3, 5, 8, 10, 12, 12, 15, 16, 20, 22, 22), Gen.Elements(2, 5, 6, 24, 25, 26));
        return Steps(length, kinds);
    }

    private static Gen<Script> Steps(int length, Gen<int> kinds)
    {
        Gen<int> small = Gen.Choose(0, 11);
        Gen<ScriptStep> step =
            from kind in kinds
            from order in Gen.Choose(0, 2)
            from a in small
            from b in small
            from c in small
            select new ScriptStep(kind, order, a, b, c);
        return step.ArrayOf(length).Select(steps => new Script(ImmutableArray.Create(steps)));
    }

    private static IEnumerable<Script> Shrink(Script script)
    {
        for (int size = script.Steps.Length / 2; size >= 1; size /= 2)
        {
            for (int from = 0; from + size <= script.Steps.Length; from += size)
            {
                yield return new Script(script.Steps.RemoveRange(from, size));
            }
        }

        for (int i = 0; i < script.Steps.Length; i++)
        {
            ScriptStep step = script.Steps[i];
            if (step.A > 0 || step.B > 0 || step.C > 0)
            {
                yield return new Script(script.Steps.SetItem(i, step with { A = step.A / 2, B = step.B / 2, C = step.C / 2 }));
            }
        }
    }
}
