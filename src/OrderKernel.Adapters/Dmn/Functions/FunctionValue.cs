using System;
using System.Collections.Immutable;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Functions;

/// <summary>A function as a value: a built-in one, one written in FEEL, a business knowledge model, a decision service.</summary>
internal abstract class FunctionValue : FeelValue
{
    public override FeelKind Kind => FeelKind.Function;

    public abstract string Name { get; }

    /// <summary>The declared type; null for a built-in, which has several.</summary>
    public virtual FeelType? Type => null;

    /// <summary>Calls by position, or by name when there are as many names as arguments.</summary>
    public abstract FeelValue Call(ImmutableArray<string> names, FeelValue[] arguments, Run run);

    public FeelValue Call(Run run, params FeelValue[] arguments) => Call(ImmutableArray<string>.Empty, arguments, run);
}

/// <summary>A function with one list of parameters; the base of everything a model defines.</summary>
/// <param name="name">Its name.</param>
/// <param name="parameters">Its parameters.</param>
/// <param name="result">The type of what it answers.</param>
/// <param name="depth">How deep its logic is.</param>
internal abstract class ModelFunction(string name, ImmutableArray<Parameter> parameters, FeelType result, int depth)
    : FunctionValue
{
    public override string Name { get; } = name;

    public ImmutableArray<Parameter> Parameters { get; } = parameters;

    public override FeelType Type { get; } =
        new FunctionType(ImmutableArray.CreateRange(parameters, p => p.Type), result);

    public override FeelValue Call(ImmutableArray<string> names, FeelValue[] arguments, Run run)
    {
        FeelValue[]? arranged = Arrange(names, arguments);
        if (arranged is null)
        {
            return run.Fault(DmnFindings.CallMismatch, Name, Name);
        }

        for (int i = 0; i < arranged.Length; i++)
        {
            FeelValue given = arranged[i];
            arranged[i] = Parameters[i].Type.Coerce(given, run);
            if (arranged[i].IsNull && !given.IsNull)
            {
                run.Fault(DmnFindings.TypeMismatch, Name, Semantics.Short(given), given.Kind.ToString(), Parameters[i].Type.Name);
                if (RefusesWrongTypes)
                {
                    return Null;
                }
            }
        }

        run.Spend(1);
        run.Enter(depth + 2);
        FeelValue answer = result.Coerce(Body(arranged, run), run);
        run.Leave(depth + 2);
        return answer;
    }

    /// <summary>Whether an argument that does not conform makes the whole call null rather than the parameter.</summary>
    protected virtual bool RefusesWrongTypes => true;

    protected abstract FeelValue Body(FeelValue[] arguments, Run run);

    private FeelValue[]? Arrange(ImmutableArray<string> names, FeelValue[] arguments)
    {
        if (arguments.Length != Parameters.Length)
        {
            return null;
        }

        var arranged = new FeelValue[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            int at = names.IsEmpty ? i : IndexOf(names[i]);
            if (at < 0 || arranged[at] is not null)
            {
                return null;
            }

            arranged[at] = arguments[i];
        }

        return arranged;
    }

    private int IndexOf(string parameter)
    {
        for (int i = 0; i < Parameters.Length; i++)
        {
            if (string.Equals(Parameters[i].Name, parameter, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
