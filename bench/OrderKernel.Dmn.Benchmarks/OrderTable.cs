using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Dmn.Benchmarks;

/// <summary>The table of all measurements: three texts, an amount, a flag; COLLECT, so that every row counts.</summary>
internal sealed class OrderTable
{
    private static readonly string[][] Words =
    {
        new[] { "VIP", "三甲医院", "二甲医院", "零售", "战略客户" },
        new[] { "电汇", "账期", "预付", "到付" },
        new[] { "华东", "华南", "西部" },
    };

    private readonly Random random;
    private readonly List<string[]> rows = new();

    public OrderTable(int rowCount)
    {
        random = new Random(rowCount);
        for (int row = 0; row < rowCount; row++)
        {
            int low = random.Next(256) * 500;
            rows.Add(new[]
            {
                Word(0), Word(1), Word(2),
                random.Next(6) == 0 ? "-" : string.Create(CultureInfo.InvariantCulture,
                    $"[{low}..{low + (random.Next(1, 60) * 500)})"),
                random.Next(3) == 0 ? "-" : random.Next(2) == 0 ? "true" : "false",
            });
        }

        Inputs = Enumerable.Range(0, 256).Select(_ => new[]
        {
            FeelValue.Of(Words[0][random.Next(5)]), FeelValue.Of(Words[1][random.Next(4)]),
                FeelValue.Of(Words[2][random.Next(3)]),
            FeelValue.Of((decimal)random.Next(130_000)), FeelValue.Of(random.Next(2) == 0),
        }).ToArray();
    }

    /// <summary>256 random orders, one value a column.</summary>
    public FeelValue[][] Inputs { get; }

    /// <summary>The cells as FEEL unary tests, for the peers.</summary>
    public IReadOnlyList<string[]> Rows => rows;

    public string Xml(string policy = "COLLECT")
    {
        string[] names = { "等级", "付款", "区域", "金额", "加急" };
        string[] types = { "string", "string", "string", "number", "boolean" };
        var xml = new StringBuilder("<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" ");
        xml.Append("name=\"b\" namespace=\"urn:b\">");
        for (int i = 0; i < names.Length; i++)
        {
            xml.Append(CultureInfo.InvariantCulture,
                $"<inputData id=\"i{i}\" name=\"{names[i]}\"><variable name=\"{names[i]}\" typeRef=\"{types[i]}\"/></inputData>");
        }

        xml.Append("<decision id=\"d\" name=\"分类\"><variable name=\"分类\"/>");
        for (int i = 0; i < names.Length; i++)
        {
            xml.Append(CultureInfo.InvariantCulture,
                $"<informationRequirement><requiredInput href=\"#i{i}\"/></informationRequirement>");
        }

        xml.Append("<decisionTable hitPolicy=\"").Append(policy).Append("\">");
        for (int i = 0; i < names.Length; i++)
        {
            xml.Append(CultureInfo.InvariantCulture,
                $"<input><inputExpression typeRef=\"{types[i]}\"><text>{names[i]}</text></inputExpression></input>");
        }

        xml.Append("<output name=\"o\" typeRef=\"number\"/>");
        for (int row = 0; row < rows.Count; row++)
        {
            string cells = string.Concat(rows[row].Select(c => $"<inputEntry><text>{c}</text></inputEntry>"));
            xml.Append(CultureInfo.InvariantCulture, $"<rule>{cells}<outputEntry><text>{row}</text></outputEntry></rule>");
        }

        return xml.Append("</decisionTable></decision></definitions>").ToString();
    }

    public RuleTable Compile()
    {
        DmnReading reading = DmnModel.Read(Xml());
        return reading.Model?.Table("分类") ?? throw new InvalidOperationException(reading.Findings[0].ToString());
    }

    private string Word(int column)
    {
        int pick = random.Next(Words[column].Length + 2);
        return pick >= Words[column].Length ? "-" : "\"" + Words[column][pick] + "\"";
    }
}
