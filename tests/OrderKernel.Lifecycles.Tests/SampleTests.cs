using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>The shipped lifecycles: clean, drawn, and what the requirements say of them.</summary>
public class SampleTests
{
    public static TheoryData<string> Files => new(SampleLifecycles.Files.Select(file => Path.GetFileNameWithoutExtension(file)));

    [Theory]
    [MemberData(nameof(Files))]
    public void ShippedLifecycle_IsCleanAndItsDrawingIsCurrent(string file)
    {
        LifecycleReading reading = LifecycleDefinition.Read(SampleLifecycles.Text(file));
        Assert.Empty(reading.Findings);
        LifecycleDefinition lifecycle = reading.Definition!;
        var page = new StringBuilder($"# {lifecycle.Name.English} · {lifecycle.Name.Chinese}\n\n");
        page.Append($"`samples/packs/lifecycles/{file}.json`, drawn by `orderkernel lifecycle draw`. Version `{lifecycle.Version}`.\n\n");
        foreach (Language language in new[] { Language.English, Language.Chinese })
        {
            page.Append($"```mermaid\n{LifecycleDrawing.Mermaid(lifecycle, language)}```\n\n");
        }

        string path = Repository.Path("docs", "lifecycles", file + ".md");
        string text = page.ToString().TrimEnd('\n') + "\n";
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            Assert.Fail($"docs/lifecycles/{file}.md was not current and has been drawn anew. Look at the difference and commit it.");
        }
    }

    [Fact]
    public void ShippedLifecycles_FitTogether() => Assert.Empty(LifecycleDefinition.CheckTogether(SampleLifecycles.All));

    [Fact]
    public void SubLifecycles_ThatAreNotThereOrContainThemselves_AreFound()
    {
        LifecycleDefinition wholesale = SampleLifecycles.Definition("wholesale");
        Assert.Equal("lifecycle.sub_unknown", Assert.Single(LifecycleDefinition.CheckTogether(new[] { wholesale })).Code);
        LifecycleDefinition back = LifecycleDefinition.Read(
            SampleLifecycles.Text("sub_order").Replace("\"states\"", "\"subs\": [\"wholesale\"],\n  \"states\"",
                StringComparison.Ordinal)).Definition!;
        Finding ring = Assert.Single(LifecycleDefinition.CheckTogether(new[] { wholesale, back }));
        Assert.Equal(("lifecycle.sub_cyclic", "sub_order -> wholesale -> sub_order"), (ring.Code, ring.Facts[0].Value));
    }

    [Fact]
    [Trait("Req", "S2-28")]
    public void Wholesale_TwentyStatesOfWhichSeventeenAreOurs()
    {
        LifecycleDefinition lifecycle = SampleLifecycles.Definition("wholesale");
        Assert.Equal(20, lifecycle.States.Length);
        foreach (string name in new[] { "技术部待图纸确认", "海关资料待补传", "物流异常-中转站滞留超48h" })
        {
            Assert.Contains(name, lifecycle.States.Select(state => state.Name.Chinese));
        }

        // The three that the ERP knows by itself; each of the seventeen between has a trigger, actions where they are stated,
        // an owner.
        string[] ofErp = { "new_order", "released", "completed" };
        var between = lifecycle.States.Where(state => !ofErp.Contains(state.Code)).ToArray();
        Assert.Equal(17, between.Length);
        Assert.All(between, state => Assert.NotEmpty(state.Owner));
        Assert.All(between, state => Assert.Contains(lifecycle.Transitions, way => way.To == state.Code && !way.Stays));
        Assert.Equal("quality_lead", lifecycle.State("recheck")!.Owner);
        Assert.Contains(lifecycle.Transitions, way => way.To == "recheck" && way.Trigger == "inspection_doubtful"
            && way.Effects.Select(effect => effect.Text).SequenceEqual(new[] { "block quality", "announce mail_quality",
                "announce mail_purchasing" }));

        OuterStates erp = Assert.Single(lifecycle.OuterSystems);
        Assert.Equal(3, erp.States.Length);
        Assert.Equal(lifecycle.States.Select(state => state.Code).Order(StringComparer.Ordinal), erp.Map.Keys);

        Assert.Equal("lifecycle.ownerless", Planted(root => State(root, "recheck").Remove("owner")));
        Assert.Equal("lifecycle.unreachable", Planted(root => RemoveWays(root, way => (string)way["to"]! == "hub_delay")));
        Assert.Equal("lifecycle.dead_end", Planted(root => RemoveWays(root, way => From(way, "customs_documents"))));
        Assert.Equal("lifecycle.outer_not_total", Planted(root => ((JsonObject)root["outer"]![0]!["map"]!).Remove("recheck")));
    }

    [Fact]
    [Trait("Req", "S0-07")]
    public void StateWithoutOwner_FailsToLoadNamingTheState()
    {
        string without = SampleLifecycles.Text("wholesale").Replace("\"owner\": \"quality_lead\", ", string.Empty,
            StringComparison.Ordinal);
        LifecycleReading reading = LifecycleDefinition.Read(without);
        Assert.Null(reading.Definition);
        Finding ownerless = Assert.Single(reading.Findings);
        Assert.Equal("lifecycle.ownerless", ownerless.Code);
        Assert.Contains("质检待复检", ownerless.Text(Language.Chinese), StringComparison.Ordinal);
        Assert.Contains("质检待复检", ownerless.Text(Language.English), StringComparison.Ordinal);

        LifecycleDefinition with = LifecycleDefinition.Read(SampleLifecycles.Text("wholesale")).Definition!;
        LifecycleState recheck = with.State("recheck")!;
        Assert.Equal("QC组长", with.NameOf(recheck.Owner, Language.Chinese));
        Assert.Equal("复检报告", with.NameOf(Assert.Single(recheck.Requires), Language.Chinese));
    }

    [Fact]
    [Trait("Req", "S2-35")]
    public void Graph_MovedNodesBehaveAlike_AndAnOrphanIsFound()
    {
        foreach (LifecycleDefinition lifecycle in SampleLifecycles.All)
        {
            var graph = (JsonObject)JsonNode.Parse(LifecycleGraph.Export(lifecycle))!;
            Assert.Equal(lifecycle.States.Length, ((JsonArray)graph["nodes"]!).Count);
            Assert.Equal(lifecycle.Transitions.Length, ((JsonArray)graph["edges"]!).Count);
            foreach (JsonNode? node in (JsonArray)graph["nodes"]!)
            {
                node!["position"]!["x"] = (int)node["position"]!["x"]! + 37;
            }

            LifecycleDefinition moved = LifecycleGraph.Import(graph.ToJsonString()).Definition!;
            Assert.Equal(lifecycle.BehaviourHash, moved.BehaviourHash);
            Assert.NotEqual(lifecycle.Version, moved.Version);

            ((JsonArray)graph["nodes"]!).Add(new JsonObject
            {
                ["code"] = "alone", ["zh"] = "孤立", ["en"] = "Alone", ["region"] = "fulfilment", ["stage"] = "review",
                ["owner"] = lifecycle.Roles[0].Code, ["initial"] = lifecycle.States.All(state =>
                    state.Region != LifecycleRegion.Fulfilment),
            });
            LifecycleReading orphan = LifecycleGraph.Import(graph.ToJsonString());
            Assert.Null(orphan.Definition);
            Assert.Contains(orphan.Findings, finding => finding.Code == "lifecycle.orphan");
        }
    }

    [Fact]
    public void Dot_IsCompleteAndStable()
    {
        LifecycleDefinition lifecycle = SampleLifecycles.Definition("make_to_order");
        string dot = LifecycleDrawing.Dot(lifecycle, Language.Chinese);
        Assert.Equal(dot, LifecycleDrawing.Dot(LifecycleDefinition.Read(lifecycle.Json).Definition!, Language.Chinese));
        Assert.All(lifecycle.States, state => Assert.Contains($"\"{state.Code}\" [label=\"{state.Name.Chinese}", dot,
            StringComparison.Ordinal));
        Assert.Equal(lifecycle.Transitions.Length, dot.Split(" -> ").Length - 1);
    }

    private static string Planted(Action<JsonObject> change)
    {
        var root = (JsonObject)JsonNode.Parse(SampleLifecycles.Definition("wholesale").Json)!;
        change(root);
        return LifecycleDefinition.Read(root.ToJsonString()).Findings.First(finding => finding.Severity == Severity.Refusal).Code;
    }

    private static JsonObject State(JsonObject root, string code) =>
        (JsonObject)((JsonArray)root["states"]!).First(state => (string)state!["code"]! == code)!;

    private static bool From(JsonObject way, string state) => (string)way["from"]! == state;

    private static void RemoveWays(JsonObject root, Func<JsonObject, bool> which)
    {
        var ways = (JsonArray)root["transitions"]!;
        foreach (JsonNode? way in ways.Where(way => which((JsonObject)way!)).ToArray())
        {
            ways.Remove(way);
        }
    }
}
