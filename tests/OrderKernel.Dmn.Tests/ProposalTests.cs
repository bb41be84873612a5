using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Analysis;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>What the analysis proposes for certain, done: no answer changes.</summary>
public sealed class ProposalTests
{
    private static readonly string[] Kinds = { "number", "string", "boolean", "date" };

    [Fact]
    public void AnyCertainProposal_Applied_ChangesNoOutcome()
    {
        var applied = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int seed = 0; seed < LongRun.Cases(1_500); seed++)
        {
            (RuleDocument document, string[] kinds) = Table(new Random(seed));
            DmnModel model = DmnModel.Read(document.ToXml(), DmnReadOptions.Spec).Model!;
            foreach (TableIssue issue in model.Analyse()[0].Issues.Where(i => i.IsCertain))
            {
                if (Apply(document, issue) is not RuleDocument changed)
                {
                    continue;
                }

                applied[issue.Finding.Code] = applied.GetValueOrDefault(issue.Finding.Code) + 1;
                DmnModel after = DmnModel.Read(changed.ToXml(), DmnReadOptions.Spec).Model!;
                var random = new Random(seed);
                for (int i = 0; i < 25; i++)
                {
                    FeelValue inputs = FeelValue.Context(kinds.Select((kind, c) => new KeyValuePair<string, FeelValue>("i" + c,
                        Value(random, random.Next(6) == 0 ? Kinds[random.Next(4)] : kind))));
                    string before = model.Evaluate("d", inputs).Value.ToLiteral();
                    string then = after.Evaluate("d", inputs).Value.ToLiteral();
                    Assert.True(before == then, $"seed {seed}: {issue.Finding} changes {inputs.ToLiteral()} from {before} to {then}\n"
                        + document.ToXml());
                }
            }
        }

        foreach (string code in new[] { "dmn.column_unused", "dmn.contractible", "dmn.redundant", "dmn.masked", "dmn.unreachable" })
        {
            Assert.True(applied.GetValueOrDefault(code) > 10, $"{code} was applied {applied.GetValueOrDefault(code)} times.");
        }
    }

    [Fact]
    public void CertainGapsAndOverlaps_AtTheirExample_AreThere()
    {
        int seen = 0;
        for (int seed = 0; seed < 1_000; seed++)
        {
            (RuleDocument document, _) = Table(new Random(seed));
            DmnModel model = DmnModel.Read(document.ToXml(), DmnReadOptions.Spec).Model!;
            foreach (TableIssue issue in model.Analyse()[0].Issues.Where(i => i.IsCertain && !i.Example.IsEmpty))
            {
                FeelValue inputs = FeelValue.Context(issue.Example.Select((v, c) =>
                    new KeyValuePair<string, FeelValue>("i" + c, v)));
                DmnOutcome outcome = model.Evaluate("d", inputs, new EvaluationOptions(trace: TraceLevel.Hits));
                Assert.False(outcome.Tables.IsEmpty, $"seed {seed}: {issue.Finding}, but {outcome.Faults.FirstOrDefault()}");
                var hits = outcome.Tables[0].Hits;
                bool right = issue.Finding.Code is "dmn.gap" or "dmn.gap_null" ? hits.IsEmpty : issue.Rows.All(hits.Contains);
                Assert.True(right, $"seed {seed}: {issue.Finding} but rows {string.Join(", ", hits)}");
                seen++;
            }
        }

        Assert.True(seen > 300, $"Only {seen} examples were seen.");
    }

    [SharedDataFact("faults/n1.dmn")]
    public void ColumnOfCellsThatAreRun_IsNeverCertainlyUnused()
    {
        string xml = File.ReadAllText(SharedDataFactAttribute.Locate("faults/n1.dmn"));
        TableIssue issue = Assert.Single(DmnModel.Read(xml).Model!.Analyse()[0].Issues,
            i => i.Finding.Code.StartsWith("dmn.column_unused", StringComparison.Ordinal));
        Assert.Equal("dmn.column_unused_possible", issue.Finding.Code);
        Assert.False(issue.IsCertain);
    }

    [Theory]
    [InlineData("FIRST", "number", "", "< 5; >= 5", "dmn.contractible", "not(null)")]
    [InlineData("FIRST", "", "", "< 5; >= 5", "dmn.contractible_possible", "not(null)")]
    [InlineData("FIRST", "number", "", "< 5; >= 5, null", "dmn.contractible", "-")]
    [InlineData("COLLECT", "number", "", "< 5; < 7", "", "")]
    [InlineData("UNIQUE", "number", "", "< 5; < 7", "", "")]
    [InlineData("RULE ORDER", "number", "", "< 5; [5..7)", "dmn.contractible", "< 7")]
    [InlineData("FIRST", "number", "", "-; -", "dmn.column_unused", "")]
    [InlineData("FIRST", "number", "> 3", "-; -", "dmn.column_unused_possible", "")]
    public void Rows_ThatMayMerge_AreProposedAsTheyRead(string policy, string type, string values, string cells, string code, string cell)
    {
        var rows = cells.Split(';').Select(c => new RuleRow(string.Empty, ImmutableArray.Create(c.Trim()), ImmutableArray.Create("1"),
            ImmutableArray<string>.Empty)).ToImmutableArray();
        var document = new RuleDocument("d", RuleDocument.Policies.First(p => RuleDocument.Names(p).Policy == policy), string.Empty,
            ImmutableArray.Create(new RuleInput("x", "x", type, values)),
            ImmutableArray.Create(new RuleOutput("o", string.Empty, string.Empty, string.Empty, string.Empty)),
            ImmutableArray<string>.Empty, rows);
        var issues = DmnModel.Read(document.ToXml(), DmnReadOptions.Spec).Model!.Analyse()[0].Issues.Where(i =>
            i.Finding.Code.StartsWith("dmn.contractible", StringComparison.Ordinal)
            || i.Finding.Code.StartsWith("dmn.column_unused", StringComparison.Ordinal)).ToList();
        Assert.Equal(code.Length == 0 ? 0 : 1, issues.Count(i => i.Finding.Code == code || code.Length == 0));
        Assert.True(cell.Length == 0 || issues.Any(i => i.Finding.Facts.Any(f => f.Value == cell)));
    }

    private static RuleDocument? Apply(RuleDocument document, TableIssue issue)
    {
        switch (issue.Finding.Code)
        {
            case "dmn.redundant" or "dmn.masked" or "dmn.unreachable":
                return document.WithRows(document.Rows.RemoveAt(issue.Rows[0] - 1));
            case "dmn.column_unused":
                int unused = Column(document, issue);
                return document.Inputs.Length == 1 ? null : new RuleDocument(document.Decision, document.Policy, document.Owner,
                    document.Inputs.RemoveAt(unused), document.Outputs, document.Annotations,
                    document.Rows.Select(r => r with { Inputs = r.Inputs.RemoveAt(unused) }).ToImmutableArray());
            case "dmn.contractible":
                int merged = Column(document, issue);
                RuleRow first = document.Rows[issue.Rows[0] - 1];
                RuleRow one = first with { Inputs = first.Inputs.SetItem(merged, issue.Finding.Facts.First(f => f.Name == "cell").Value) };
                return document.WithRows(document.Rows.Select((r, i) => (r, i)).Where(r => !issue.Rows.Skip(1).Contains(r.i + 1))
                    .Select(r => r.i == issue.Rows[0] - 1 ? one : r.r).ToImmutableArray());
            default:
                return null;
        }
    }

    private static int Column(RuleDocument document, TableIssue issue) =>
        document.Inputs.ToList().FindIndex(i => issue.Finding.Facts.First(f => f.Name == "column").Value == i.Label);

    private static (RuleDocument Document, string[] Kinds) Table(Random random)
    {
        string[] kinds = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Kinds[random.Next(4)]).ToArray();
        var inputs = kinds.Select((k, i) => new RuleInput("i" + i, "i" + i, random.Next(3) == 0 ? string.Empty : k,
            random.Next(5) == 0 ? Cell(random, k) : string.Empty)).ToImmutableArray();
        HitPolicy policy = RuleDocument.Policies[random.Next(RuleDocument.Policies.Length)];
        string values = random.Next(3) == 0 ? string.Empty : "2, 1, 3";
        int outputs = policy < HitPolicy.CollectSum && random.Next(4) == 0 ? 2 : 1;
        var rows = new List<RuleRow>();
        for (int i = 1 + random.Next(6); i > 0; i--)
        {
            ImmutableArray<string> cells = kinds.Select(k => Cell(random, k)).ToImmutableArray();
            ImmutableArray<string> answers = Enumerable.Range(0, outputs).Select(_ => (1 + random.Next(4))
                .ToString(CultureInfo.InvariantCulture)).ToImmutableArray();
            if (rows.Count > 0 && random.Next(3) > 0)
            {
                // A row much like the one before is what proposals are about.
                int changed = random.Next(kinds.Length);
                cells = rows[^1].Inputs.SetItem(changed, cells[changed]);
                answers = random.Next(4) == 0 ? answers : rows[^1].Outputs;
            }

            rows.Add(new RuleRow("r" + i, cells, answers, ImmutableArray<string>.Empty));
        }

        return (new RuleDocument("d", policy, string.Empty, inputs, Enumerable.Range(0, outputs).Select(i =>
            new RuleOutput("o" + i, "number", values, random.Next(4) == 0 ? "1" : string.Empty, string.Empty)).ToImmutableArray(),
            ImmutableArray<string>.Empty, rows.ToImmutableArray()), kinds);
    }

    private static string Cell(Random random, string kind)
    {
        string a = Literal(random, kind);
        string b = Literal(random, kind);
        bool ordered = kind is "number" or "date";
        return random.Next(16) switch
        {
            0 or 1 or 2 => "-",
            3 => "null",
            4 => "not(null)",
            5 => a + ", null",
            6 => "not(" + a + ")",
            7 => "!= " + a,
            8 => "? = " + a,
            9 => kind == "string" ? "starts with(?, \"a\")" : "? in (" + b + ")",
            10 when ordered => "< " + a + ", null",
            11 or 12 when ordered => ">= " + a,
            13 or 14 when ordered => "< " + a,
            15 => a + ", " + b,
            _ => a,
        };
    }

    private static string Literal(Random random, string kind) => kind switch
    {
        "number" => (random.Next(4) / 2m).ToString(CultureInfo.InvariantCulture),
        "string" => "\"" + "ab"[random.Next(2)] + "\"",
        "boolean" => random.Next(2) == 0 ? "true" : "false",
        _ => "@\"2026-02-0" + (1 + random.Next(3)) + "\"",
    };

    private static FeelValue Value(Random random, string kind) => random.Next(6) == 0 ? FeelValue.Null : kind switch
    {
        "number" => FeelValue.Of((random.Next(7) - 1) / 4m),
        "string" => FeelValue.Of("abc".Substring(random.Next(3), 1)),
        "boolean" => FeelValue.Of(random.Next(2) == 0),
        _ => FeelValue.Temporal("2026-02-0" + (1 + random.Next(5))),
    };
}
