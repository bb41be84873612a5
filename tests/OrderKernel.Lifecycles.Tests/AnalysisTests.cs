using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>The analysis finds what is wrong and nothing else.</summary>
public class AnalysisTests
{
    public static TheoryData<string> Defects => new(Planting.Defects.Keys);

    [Theory]
    [MemberData(nameof(Defects))]
    public void PlantedDefect_IsFoundInAnyLifecycle(string defect) => Prop.ForAll(LifecycleArbitraries.Lifecycles(), clean =>
    {
        LifecycleReading reading = LifecycleDefinition.Read(Planting.Plant(clean, defect));
        Finding? found = reading.Findings.FirstOrDefault(finding => finding.Code == defect.Split('/')[0]);
        bool refused = found?.Severity == Severity.Refusal;
        Assert.True(found is not null, $"{defect} was not found; found: {string.Join(" ", reading.Findings)}");
        return refused == reading.Definition is null && found!.Subject.StartsWith('$');
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void CleanLifecycles_HaveNoFinding() => Prop.ForAll(
        LifecycleArbitraries.Lifecycles(), clean => LifecycleDefinition.Read(clean.Json).Findings.IsEmpty)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void CanonicalForm_RoundTripsWhateverTheOrderOfItsParts() => Prop.ForAll(LifecycleArbitraries.Lifecycles(), clean =>
    {
        LifecycleDefinition again = LifecycleDefinition.Read(clean.Json).Definition!;
        var mixed = (JsonObject)JsonNode.Parse(clean.Json)!;
        foreach (string list in new[] { "transitions", "signals", "roles", "evidence" })
        {
            mixed[list] = new JsonArray(((JsonArray)mixed[list]!).Reverse().Select(item => item!.DeepClone()).ToArray());
        }

        LifecycleDefinition reordered = LifecycleDefinition.Read(mixed.ToJsonString()).Definition!;
        return again.Json == clean.Json && again.Version == clean.Version && reordered.Version == clean.Version;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void NamesAndPositions_ChangeTheVersionAndNotTheBehaviour() => Prop.ForAll(LifecycleArbitraries.Lifecycles(), clean =>
    {
        var moved = (JsonObject)JsonNode.Parse(clean.Json)!;
        moved["states"]![0]!["position"] = new JsonObject { ["x"] = 7, ["y"] = 9 };
        moved["states"]![1]!["zh"] = "路上";
        LifecycleDefinition drawn = LifecycleDefinition.Read(moved.ToJsonString()).Definition!;
        moved["states"]![0]!["dwell"]!["limit"] = "3d";
        LifecycleDefinition slower = LifecycleDefinition.Read(moved.ToJsonString()).Definition!;
        return drawn.Version != clean.Version && drawn.BehaviourHash == clean.BehaviourHash
            && slower.BehaviourHash != clean.BehaviourHash;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void SeveralFaults_AreFoundAtOnceWithLineAndRemedy()
    {
        const string json = """
            {
              "id": "two_faults", "zh": "两处错误", "en": "Two faults", "for": "order",
              "states": [
                { "code": "a", "zh": "甲", "en": "A", "region": "commercial", "stage": "intake", "initial": true },
                { "code": "b", "zh": "乙", "en": "B", "region": "commercial", "stage": "completed", "final": true }
              ],
              "transitions": [
                { "from": "a", "on": "promise", "to": "b", "when": ["in c"] }
              ]
            }
            """;
        LifecycleReading reading = LifecycleDefinition.Read(json);
        Assert.Equal(
            new[] { ("lifecycle.ownerless", "$.states[0] (line 4)"), ("lifecycle.state_unknown", "$.transitions[0] (line 8)") },
            reading.Findings.Select(finding => (finding.Code, finding.Subject)));
        Assert.Equal("状态 a（甲）没有责任人，请指定负责角色。", reading.Findings[0].Text(Language.Chinese));
        Finding cut = Assert.Single(LifecycleDefinition.Read("{\n  \"id\": }").Findings);
        Assert.Equal(("definition.not_json", "2"), (cut.Code, cut.Facts[0].Value));
        Assert.Null(reading.Definition);
    }

    [Fact]
    public void AnyJson_IsReadOrRefusedAndNeverThrows() => Prop.ForAll(
        LifecycleArbitraries.Lifecycles(), ArbMap.Default.ArbFor<int>(), (clean, seed) =>
        {
            var root = (JsonObject)JsonNode.Parse(clean.Json)!;
            Replace(root, Math.Abs(seed % 997));
            LifecycleReading reading = LifecycleDefinition.Read(root.ToJsonString());
            return reading.Definition is not null || reading.Findings.Length > 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void LargeProduct_SaysThatItWasNotExhausted()
    {
        var builder = new LifecycleBuilder("wide", "Wide", "宽").Role("sales", "Sales", "销售");
        foreach (LifecycleRegion region in Enum.GetValues<LifecycleRegion>().Take(4))
        {
            for (int i = 0; i < 13; i++)
            {
                string code = $"{region.ToString().ToLowerInvariant()}{i}";
                builder.State(code, "Step", "步骤", region, i == 12 ? LifecycleStage.Completed : LifecycleStage.Review, "sales");
                builder = i == 0 ? builder.Initial() : i == 12 ? builder.Final() : builder;
                builder = i == 12 ? builder : builder.Signal(code + "_done", "Done", "完成")
                    .Way(code, code + "_done", $"{region.ToString().ToLowerInvariant()}{i + 1}");
            }
        }

        LifecycleReading reading = builder.Build();
        Assert.NotNull(reading.Definition);
        Assert.Equal("lifecycle.not_exhaustive", Assert.Single(reading.Findings).Code);
    }

    // Puts something unexpected in the place of the nth value.
    private static int Replace(JsonNode node, int at)
    {
        JsonNode?[] odd = { 1, true, "", "x y", null, new JsonArray(), new JsonObject(), new JsonArray(1) };
        if (node is JsonObject members)
        {
            foreach (string name in members.Select(member => member.Key).ToArray())
            {
                if (at-- == 0)
                {
                    members[name] = odd[name.Length % odd.Length];
                }
                else if (members[name] is { } inner)
                {
                    at = Replace(inner, at);
                }
            }
        }
        else if (node is JsonArray items)
        {
            for (int i = 0; i < items.Count; i++)
            {
                if (at-- == 0)
                {
                    items[i] = odd[(i + at + 9) % odd.Length];
                }
                else if (items[i] is { } inner)
                {
                    at = Replace(inner, at);
                }
            }
        }

        return at;
    }
}
