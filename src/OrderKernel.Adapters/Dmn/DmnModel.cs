using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Xml.Linq;
using OrderKernel.Adapters.Dmn.Analysis;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Models;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn;

/// <summary>A DMN model, read and compiled. Immutable: any number of threads may evaluate it at once.</summary>
/// <remarks>
/// <para>Shape: the version is a hash of the logic, so that equal logic has one version whatever the diagram looks like.</para>
/// <para>Source: OMG DMN 1.5, with the deviations of docs/adr/0006-dmn-and-feel.md.</para>
/// </remarks>
public sealed class DmnModel
{
    private readonly ImmutableArray<Element> elements;
    private readonly string space;

    internal DmnModel(string name, string version, string space, ImmutableArray<Element> elements, XElement xml)
    {
        Name = name;
        Version = version;
        this.space = space;
        this.elements = elements;
        Xml = xml;
    }

    /// <summary>The name of the model.</summary>
    public string Name { get; }

    /// <summary>The content hash of the logic: 64 hexadecimal digits.</summary>
    public string Version { get; }

    /// <summary>The names of the decisions, in the order of the file.</summary>
    public ImmutableArray<string> Decisions => Names<DecisionElement>();

    /// <summary>The names of the input data, in the order of the file.</summary>
    public ImmutableArray<string> Inputs => Names<InputElement>();

    /// <summary>The names of the business knowledge models and decision services, which <see cref="Invoke"/> calls.</summary>
    public ImmutableArray<string> Functions => Names<KnowledgeElement>().AddRange(Names<ServiceElement>());

    internal ImmutableArray<Element> Elements => elements;

    internal XElement Xml { get; }

    internal IEnumerable<DecisionTable> Tables => elements.SelectMany(e => e switch
    {
        DecisionElement decision => decision.Tables,
        KnowledgeElement knowledge => knowledge.Tables,
        _ => ImmutableArray<DecisionTable>.Empty,
    });

    /// <summary>Reads a model.</summary>
    /// <param name="xml">The text of a .dmn file of version 1.1 to 1.5.</param>
    /// <param name="options">How to read it; null for strict reading without a schema.</param>
    /// <returns>The model, or every finding that stands against it.</returns>
    public static DmnReading Read(string xml, DmnReadOptions? options = null) =>
        ModelReader.Read(xml ?? throw new ArgumentNullException(nameof(xml)), options ?? DmnReadOptions.Strict);

    /// <summary>The decision table of a decision or knowledge model, to be asked directly; null when it holds none.</summary>
    /// <param name="name">The name of the decision or knowledge model.</param>
    public RuleTable? Table(string name)
    {
        DecisionTable? table = Tables.FirstOrDefault(t =>
            t.Name == NameSet.Normal(name ?? throw new ArgumentNullException(nameof(name))));
        return table is null ? null : new RuleTable(table);
    }

    /// <summary>A decision table as plain data, to show and to change; null when the decision holds none.</summary>
    /// <param name="decision">The name of the decision or knowledge model.</param>
    public RuleDocument? Document(string decision) =>
        RuleDocumentXml.Read(Xml, decision ?? throw new ArgumentNullException(nameof(decision)));

    /// <summary>The text of this model with the rows of one table replaced; diagram, ids and extensions stay as they
    /// are.</summary>
    /// <param name="document">The table, as <see cref="Document"/> gave it and the host changed it.</param>
    /// <exception cref="ArgumentException">The model holds no such table.</exception>
    public string Write(RuleDocument document) =>
        RuleDocumentXml.Write(Xml, document ?? throw new ArgumentNullException(nameof(document)));

    /// <summary>Analyses every table of the model.</summary>
    /// <param name="budget">What the analysis of each table may cost; null for <see cref="AnalysisBudget.Default"/>. What was not
    /// finished says so: <c>dmn.analysis_unfinished</c>.</param>
    /// <returns>One analysis a table, in the order of the file.</returns>
    public ImmutableArray<TableAnalysis> Analyse(AnalysisBudget? budget = null) =>
        Tables.Select(t => TableAnalysis.Of(t, budget ?? AnalysisBudget.Default)).ToImmutableArray();

    /// <summary>What lies between the tables: inputs nobody uses, answers nobody asks for.</summary>
    public ImmutableArray<Finding> AnalyseRequirements() => ModelAnalysis.Of(this).ToImmutableArray();

    /// <summary>Evaluates one decision and whatever it requires.</summary>
    /// <param name="decision">The decision's name.</param>
    /// <param name="inputs">A context with one entry for each input data; an entry that is missing is null.</param>
    /// <param name="options">Time, budget and trace; null for no time, the default budget and no trace.</param>
    /// <returns>The value, and every fault met on the way.</returns>
    public DmnOutcome Evaluate(string decision, FeelValue inputs, EvaluationOptions? options = null)
    {
        DecisionElement? element = Find<DecisionElement>(decision);
        return element is null ? DmnOutcome.Of(Unknown("decision", decision, Decisions))
            : Guard(inputs, options, (run, _) => run.Value(element));
    }

    /// <summary>Calls one business knowledge model or decision service by name.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="arguments">A context with one entry for each parameter.</param>
    /// <param name="options">Time, budget and trace; null for no time, the default budget and no trace.</param>
    public DmnOutcome Invoke(string function, FeelValue arguments, EvaluationOptions? options = null)
    {
        Element? element = (Element?)Find<ServiceElement>(function) ?? Find<KnowledgeElement>(function);
        return element is null ? DmnOutcome.Of(Unknown("function", function, Functions))
            : Guard(arguments, options, (run, counted) => ((Functions.FunctionValue)run.Value(element)).Call(
                arguments.Names, ((ContextValue)arguments).Values.ToArray(), counted));
    }

    /// <summary>The output decisions of a decision service; empty for any other name.</summary>
    /// <param name="service">The service's name.</param>
    public ImmutableArray<string> OutputsOf(string service) =>
        Find<ServiceElement>(service)?.Outputs.Select(o => o.Name).ToImmutableArray() ?? ImmutableArray<string>.Empty;

    internal T? Find<T>(string name)
        where T : Element
    {
        string normal = NameSet.Normal(name ?? throw new ArgumentNullException(nameof(name)));
        return elements.OfType<T>().FirstOrDefault(e => e.Name == normal && e.Space == space)
            ?? elements.OfType<T>().FirstOrDefault(e => e.Name == normal);
    }

    private DmnOutcome Guard(FeelValue inputs, EvaluationOptions? options, Func<ModelRun, Run, FeelValue> evaluate)
    {
        options ??= EvaluationOptions.Default;
        if (inputs is not ContextValue given)
        {
            throw new ArgumentException("The inputs are a context: FeelValue.Context(...).", nameof(inputs));
        }

        TraceLog? trace = options.Trace == TraceLevel.Off ? null : new TraceLog(options.Trace);
        var counted = new Run(options.Budget, options.Now) { Trace = trace };
        FeelValue value;
        try
        {
            value = counted.Answer(evaluate(new ModelRun(given, space, counted, options.UsesReference), counted));
        }
        catch (BudgetException spent)
        {
            counted.Faults.Add(spent.Finding);
            value = FeelValue.Null;
        }

        return new DmnOutcome(value, counted.Faults.ToImmutableArray(),
            trace?.Tables.ToImmutableArray() ?? ImmutableArray<TableTrace>.Empty);
    }

    private ImmutableArray<string> Names<T>()
        where T : Element => elements.OfType<T>().Where(e => e.Space == space).Select(e => e.Name).ToImmutableArray();

    private static Finding Unknown(string what, string name, ImmutableArray<string> known) =>
        DmnFindings.NotFound.About(name, string.Empty, what, name, Strict.Suggestion.For(name, known));
}
