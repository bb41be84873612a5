using System;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Functions;

/// <summary>What a built-in does with its arguments; C# null answers "no answer for these".</summary>
internal delegate FeelValue? Body(FeelValue[] arguments, Run run);

/// <summary>One parameter of a built-in: its name in FEEL, its type, and whether it may be left out or be null.</summary>
internal sealed record BuiltInParameter(string Name, FeelType Type, bool Optional, bool Nullable);

/// <summary>One way to call a built-in.</summary>
internal sealed class Overload
{
    private readonly Body body;

    /// <param name="parameters">Such as <c>string:s, start position:n, length?:n</c>. Types: n number, s text, b boolean,
    /// l list, c context, f function, r range, d date, t date and time, a anything; a capital admits null.</param>
    /// <param name="result">The type of the result, as one letter.</param>
    /// <param name="variadic">True when the one list may also be given as separate arguments.</param>
    /// <param name="body">What it does.</param>
    public Overload(string parameters, char result, bool variadic, Body body)
    {
        Parameters = parameters.Split(new[] { ',' }, StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToImmutableArray();
        Result = TypeOf(result);
        Variadic = variadic;
        this.body = body;
    }

    public ImmutableArray<BuiltInParameter> Parameters { get; }

    public FeelType Result { get; }

    public bool Variadic { get; }

    /// <summary>The arguments in the order of the parameters, converted; C# null where this overload does not take
    /// them.</summary>
    public FeelValue[]? Arrange(ImmutableArray<string> names, FeelValue[] given, Run run)
    {
        if (Variadic && names.IsEmpty && (given.Length != 1 || given[0] is not ListValue))
        {
            int separate = Parameters.Length - 1;
            if (given.Length <= separate)
            {
                return null;
            }

            FeelValue rest = new ListValue(given.Skip(separate).ToImmutableArray());
            given = given.Take(separate).Append(rest).ToArray();
        }

        if (given.Length > Parameters.Length)
        {
            return null;
        }

        var arranged = new FeelValue?[Parameters.Length];
        for (int i = 0; i < given.Length; i++)
        {
            int at = names.IsEmpty ? i : IndexOf(names[i]);
            if (at < 0 || arranged[at] is not null)
            {
                return null;
            }

            arranged[at] = given[i];
        }

        return Convert(arranged, run);
    }

    public FeelValue? Apply(FeelValue[] arranged, Run run)
    {
        for (int i = 0; i < arranged.Length; i++)
        {
            if (arranged[i].IsNull && !Parameters[i].Nullable && !ReferenceEquals(arranged[i], NullValue.Missing))
            {
                return null;
            }
        }

        try
        {
            return body(arranged, run);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    public static FeelType TypeOf(char letter) => char.ToLowerInvariant(letter) switch
    {
        'n' => TypeNames.Of("number"),
        's' => TypeNames.Of("string"),
        'b' => TypeNames.Of("boolean"),
        'l' => TypeNames.Of("list"),
        'c' => TypeNames.Of("context"),
        'f' => TypeNames.Of("function"),
        'r' => TypeNames.Of("range"),
        'd' => TypeNames.Of("date"),
        't' => TypeNames.Of("date and time"),
        'h' => TypeNames.Of("time"),
        _ => FeelType.Any,
    };

    private FeelValue[]? Convert(FeelValue?[] arranged, Run run)
    {
        for (int i = 0; i < arranged.Length; i++)
        {
            BuiltInParameter parameter = Parameters[i];
            if (arranged[i] is not FeelValue given)
            {
                if (!parameter.Optional)
                {
                    return null;
                }

                arranged[i] = NullValue.Missing;
                continue;
            }

            FeelValue converted = parameter.Type.Coerce(given, run);
            if (converted.IsNull && !given.IsNull)
            {
                return null;
            }

            arranged[i] = converted;
        }

        return arranged!;
    }

    private int IndexOf(string name)
    {
        for (int i = 0; i < Parameters.Length; i++)
        {
            if (string.Equals(Parameters[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private static BuiltInParameter Parse(string text)
    {
        string[] parts = text.Trim().Split(':');
        bool optional = parts[0].EndsWith("?", StringComparison.Ordinal);
        return new BuiltInParameter(parts[0].TrimEnd('?'), TypeOf(parts[1][0]), optional, char.IsUpper(parts[1][0]));
    }
}

/// <summary>A function of the FEEL library.</summary>
internal sealed class BuiltIn(string name, ImmutableArray<Overload> overloads) : FunctionValue
{
    private const int MaxShown = 10;

    public override string Name { get; } = name;

    public ImmutableArray<Overload> Overloads { get; } = overloads;

    public override FeelValue Call(ImmutableArray<string> names, FeelValue[] arguments, Run run)
    {
        run.Spend(1 + arguments.Length);
        foreach (FeelValue argument in arguments)
        {
            run.Spend(argument is TextValue text ? text.Text.Length / 16 : 0);
        }

        bool taken = false;
        foreach (Overload overload in Overloads)
        {
            if (overload.Arrange(names, arguments, run) is not FeelValue[] arranged)
            {
                continue;
            }

            taken = true;
            if (overload.Apply(arranged, run) is FeelValue answer)
            {
                return answer;
            }
        }

        return !run.Listens ? Null : taken
            ? run.Fault(DmnFindings.ArgumentInvalid, Name, Name, string.Join(", ", arguments.Take(MaxShown).Select(Semantics.Short)))
            : run.Fault(DmnFindings.CallMismatch, Name, Name);
    }
}
