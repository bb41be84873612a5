using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security;
using System.Text;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Dmn.Tests;

/// <summary>Random models, inputs and expressions; one seed gives one of each, on every machine.</summary>
internal sealed class GeneratedModels(int seed)
{
    private static readonly string[] Policies =
        { "UNIQUE", "ANY", "PRIORITY", "FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT", "COLLECT SUM", "COLLECT MIN",
            "COLLECT MAX", "COLLECT COUNT" };

    private static readonly string[] Texts = { "VIP", "三甲医院", "普通", "a", "😀" };
    private static readonly string[] Kinds = { "string", "number", "boolean", "date", "number", "string" };

    private readonly Random random = new(seed);

    public int Next(int bound) => random.Next(bound);

    public static string Model(string body, string inputs) =>
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" namespace=\"urn:m\">" + inputs
        + "<decision id=\"d\" name=\"d\"><variable name=\"d\"/>" + body + "</decision></definitions>";

    /// <summary>A model of one table, and the kind of each input i0, i1, …</summary>
    public (string Xml, string[] Kinds) Table(int maxRows)
    {
        string[] kinds = Enumerable.Range(0, 1 + Next(4)).Select(_ => Pick(Kinds)).ToArray();
        string[] policy = Pick(Policies).Split(' ');
        bool collect = policy[0] == "COLLECT";
        var body = new StringBuilder();
        for (int i = 0; i < kinds.Length; i++)
        {
            body.Append(CultureInfo.InvariantCulture,
                $"<informationRequirement><requiredInput href=\"#i{i}\"/></informationRequirement>");
        }

        string hit = collect ? "COLLECT" : string.Join(" ", policy);
        string aggregation = collect && policy.Length > 1 ? $" aggregation=\"{policy[1]}\"" : string.Empty;
        body.Append(CultureInfo.InvariantCulture, $"<decisionTable hitPolicy=\"{hit}\"{aggregation}>");
        for (int i = 0; i < kinds.Length; i++)
        {
            body.Append(CultureInfo.InvariantCulture,
                $"<input label=\"i{i}\"><inputExpression typeRef=\"{kinds[i]}\"><text>i{i}</text></inputExpression></input>");
        }

        body.Append("<output name=\"o\" typeRef=\"number\"><outputValues><text>3,2,1,0,4</text></outputValues></output>");
        int rows = Next(maxRows + 1);
        for (int row = 0; row < rows; row++)
        {
            body.Append(CultureInfo.InvariantCulture, $"<rule id=\"r{row}\">");
            foreach (string kind in kinds)
            {
                body.Append("<inputEntry><text>").Append(SecurityElement.Escape(Cell(kind))).Append("</text></inputEntry>");
            }

            string output = Next(8) == 0 ? "i0" : Next(5).ToString(CultureInfo.InvariantCulture);
            body.Append("<outputEntry><text>").Append(output).Append("</text></outputEntry></rule>");
        }

        body.Append("</decisionTable>");
        string inputs = string.Concat(kinds.Select((_, i) =>
            $"<inputData id=\"i{i}\" name=\"i{i}\"><variable name=\"i{i}\"/></inputData>"));
        return (Model(body.ToString(), inputs), kinds);
    }

    public FeelValue Inputs(string[] kinds) => FeelValue.Context(kinds.Select((kind, i) =>
        new KeyValuePair<string, FeelValue>("i" + i.ToString(CultureInfo.InvariantCulture),
            Value(Next(12) == 0 ? Pick(Kinds) : kind))));

    public FeelValue Value(string kind) => Next(10) == 0 ? FeelValue.Null : kind switch
    {
        "string" => FeelValue.Of(Next(6) == 0 ? "other" : Pick(Texts)),
        "number" => FeelValue.Of(Next(24) / 2m),
        "boolean" => FeelValue.Of(Next(2) == 0),
        _ => FeelValue.Temporal("2026-02-" + (1 + Next(20)).ToString("00", CultureInfo.InvariantCulture)),
    };

    /// <summary>A FEEL expression over a, b (numbers), t (text), f (truth), xs (list) and c (context).</summary>
    public string Expression(int depth)
    {
        if (depth == 0)
        {
            return Pick("a", "b", "t", "f", "xs", "c", "null", "1", "2.5", "\"x\"", "true", "@\"2026-01-31\"", "@\"P1M\"",
                "@\"PT36H\"", "unknown");
        }

        string x = Expression(depth - 1);
        string y = Expression(Next(depth));
        return Next(24) switch
        {
            0 => $"({x} + {y})",
            1 => $"({x} - {y})",
            2 => $"({x} * {y})",
            3 => $"({x} / {y})",
            4 => $"({x} = {y})",
            5 => $"({x} < {y})",
            6 => $"({x} and {y})",
            7 => $"({x} or {y})",
            8 => $"(if {x} then {y} else a)",
            9 => $"[{x}, {y}]",
            10 => $"{{p: {x}, q: p, \"r s\": {y}}}.q",
            11 => $"(for v in [{x}, {y}] return v)",
            12 => $"(for i in 1..3, v in [{x}] return [i, v, count(partial)])",
            13 => $"(some v in [{x}, {y}] satisfies v = a)",
            14 => $"(every v in xs satisfies v > {y})",
            15 => $"xs[item > {y}]",
            16 => $"[{{k: {x}, n: 1}}, {{k: {y}, n: 2}}][k = a].n",
            17 => $"(function(z) [z, {y}])({x})",
            18 => $"({x} in ({y}, < 3, [1..2]))",
            19 => $"({x} between {y} and 10)",
            20 => $"count({x})",
            21 => $"string({x})",
            22 => $"({x} instance of number)",
            _ => $"sort([{x}, {y}, 2, 1], function(m, n) m < n)",
        };
    }

    public FeelValue Scope() => FeelValue.Context(new Dictionary<string, FeelValue>
    {
        ["a"] = Value("number"),
        ["b"] = Value("number"),
        ["t"] = Value("string"),
        ["f"] = Value("boolean"),
        ["xs"] = FeelValue.List(Enumerable.Range(0, Next(4)).Select(_ => Value("number"))),
        ["c"] = FeelValue.Context(new Dictionary<string, FeelValue> { ["k"] = Value("number") }),
    });

    public static string ExpressionModel(string expression)
    {
        string[] names = { "a", "b", "t", "f", "xs", "c" };
        string inputs = string.Concat(names.Select(n =>
            $"<inputData id=\"{n}\" name=\"{n}\"><variable name=\"{n}\"/></inputData>"));
        string needs = string.Concat(names.Select(n =>
            $"<informationRequirement><requiredInput href=\"#{n}\"/></informationRequirement>"));
        return Model(needs + "<literalExpression><text>" + SecurityElement.Escape(expression) + "</text></literalExpression>",
            inputs);
    }

    private string Cell(string kind)
    {
        string one = Literal(kind);
        string two = Literal(kind);
        bool ordered = kind is "number" or "date";
        return Next(16) switch
        {
            0 or 1 or 2 => "-",
            3 => "null",
            4 => $"{one}, {two}",
            5 => $"not({one})",
            6 => $"not({one}, {two})",
            7 => $"!= {one}",
            8 => $"? = {one} or ? = null",
            9 when ordered => $"? < {one}",
            10 or 11 when ordered => (Next(2) == 0 ? "[" : "(") + Low(one, two) + ".." + High(one, two)
                + (Next(2) == 0 ? "]" : ")"),
            12 when ordered => $"not(< {one})",
            13 when ordered => Pick("< ", "<= ", "> ", ">= ") + one,
            14 => $"[{one}, {two}]",
            15 => "i0",
            _ => one,
        };
    }

    private string Literal(string kind) => kind switch
    {
        "string" => "\"" + Pick(Texts) + "\"",
        "number" => (Next(24) / 2m).ToString(CultureInfo.InvariantCulture),
        "boolean" => Pick("true", "false"),
        _ => "@\"2026-02-" + (1 + Next(20)).ToString("00", CultureInfo.InvariantCulture) + "\"",
    };

    private static string Low(string a, string b) => Before(a, b) ? a : b;

    private static string High(string a, string b) => Before(a, b) ? b : a;

    private static bool Before(string a, string b) =>
        a[0] == '@' ? string.CompareOrdinal(a, b) <= 0
        : decimal.Parse(a, CultureInfo.InvariantCulture) <= decimal.Parse(b, CultureInfo.InvariantCulture);

    private string Pick(params string[] options) => options[Next(options.Length)];
}
