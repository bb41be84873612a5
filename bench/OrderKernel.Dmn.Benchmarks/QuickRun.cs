using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderKernel.Adapters.Dmn;

namespace OrderKernel.Dmn.Benchmarks;

/// <summary>Every figure in half a minute, as one line of JSON: microseconds an order (best of seven), bytes, ratios to the
/// peers.</summary>
internal static class QuickRun
{
    public static string Measure()
    {
        var result = new JsonObject();
        foreach (int rows in new[] { 20, 200, 3_700 })
        {
            result["x" + rows.ToString(CultureInfo.InvariantCulture)] = Measure(rows);
        }

        return result.ToJsonString();
    }

    private static JsonObject Measure(int rows)
    {
        var table = new OrderTable(rows);
        string xml = table.Xml();
        var compile = Stopwatch.StartNew();
        RuleTable compiled = DmnModel.Read(xml).Model!.Table("分类")!;
        compile.Stop();
        RuleMatcher matcher = compiled.NewMatcher();
        int hits = table.Inputs.Sum(matcher.Match);
        int rounds = rows > 1_000 ? 40 : 200;
        double off = Best(table, rounds, values => matcher.Match(values), out long bytes);
        double traced = Best(table, rounds, values =>
        {
            matcher.Match(values);
            GC.KeepAlive(matcher.Trace());
            return 0;
        }, out _);
        var figures = new JsonObject
        {
            ["hits"] = hits,
            ["compileMs"] = compile.ElapsedMilliseconds,
            ["offUs"] = Math.Round(off, 3),
            ["hitsTraceUs"] = Math.Round(traced, 3),
            ["bytesOff"] = bytes,
        };
        DmnModel unique = DmnModel.Read(table.Xml("UNIQUE")).Model!;
        var analysis = Stopwatch.StartNew();
        int issues = unique.Analyse()[0].Issues.Length;
        figures["analyseMs"] = analysis.ElapsedMilliseconds;
        figures["issues"] = issues;
        if (rows <= 200)
        {
            Peer(figures, "feelin", table, off);
            Peer(figures, "zen", table, off);
        }

        return figures;
    }

    private static double Best(OrderTable table, int rounds, Func<Adapters.Dmn.Values.FeelValue[], int> run, out long bytes)
    {
        double best = double.MaxValue;
        bytes = 0;
        for (int repeat = 0; repeat < 9; repeat++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < rounds; i++)
            {
                foreach (Adapters.Dmn.Values.FeelValue[] values in table.Inputs)
                {
                    run(values);
                }
            }

            double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds / (rounds * table.Inputs.Length);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (rounds * table.Inputs.Length);
            best = Math.Min(best, microseconds);
        }

        return best;
    }

    // A peer that is not there is said to be absent, never guessed.
    private static void Peer(JsonObject figures, string peer, OrderTable table, double own)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "peers", peer + ".mjs");
        string work = Path.Combine(AppContext.BaseDirectory, "peers", "table.json");
        File.WriteAllText(work, JsonSerializer.Serialize(new
        {
            rows = table.Rows,
            inputs = table.Inputs.Select(i => new object[]
            {
                i[0].ToString(), i[1].ToString(), i[2].ToString(), decimal.Parse(i[3].ToString(), CultureInfo.InvariantCulture),
                    i[4].ToString() == "true",
            }),
        }), new UTF8Encoding(false));
        try
        {
            var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
            start.ArgumentList.Add(script);
            start.ArgumentList.Add(work);
            using Process node = Process.Start(start)!;
            string output = node.StandardOutput.ReadToEnd();
            node.WaitForExit();
            JsonNode? answer = node.ExitCode == 0 ? JsonNode.Parse(output) : null;
            figures[peer] = answer is null ? "absent" : answer;
            if (answer is not null)
            {
                figures[peer + "Ratio"] = Math.Round(answer["us"]!.GetValue<double>() / own, 1);
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            figures[peer] = "absent: no node";
        }
    }
}
