using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Packs;
using Xunit;

namespace OrderKernel.Definitions.Tests.Packs;

public class PackReadingTests
{
    [Fact]
    public void EverySamplePack_IsCleanAndReadsBackFromItsCanonicalForm()
    {
        Assert.Equal(14, Samples.Catalog.Packs.Length);
        Assert.All(Samples.Catalog.Packs, pack =>
        {
            Pack again = Pack.Read(pack.Json).OrThrow();
            Assert.Equal(pack.Hash, again.Hash);
            Assert.Empty(PackDiff.Of(pack, again));
        });
        Assert.Equal(Samples.Catalog.Packs.Length, Samples.Catalog.Packs.Select(pack => pack.Hash).Distinct().Count());
    }

    [Fact]
    public void TheCalendarOfTheSamples_IsTheOneOfTheChinesePackage() => Assert.All(
        Samples.Businesses,
        id => Assert.Equal(China.ChineseCalendar.Working.ToJson(), Assert.Single(Samples.Of(id).Calendars).ToJson()));

    [Fact]
    public void EveryCommandOfTheKernel_CanBeGranted()
    {
        string[] issued = typeof(Pack).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Journal.KernelCommand)) && !type.IsAbstract && type.IsPublic)
            .Select(type => (Journal.KernelCommand)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type))
            .Where(command => command is not (Orders.ServeWaiting or Orders.CoverBorrowed))
            .Select(command => command.CommandType)
            .Concat([CommandTypes.Read, CommandTypes.Audit]) // asked for by reads, which are no commands
            .Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(issued, CommandTypes.All);
    }

    [Theory]
    [InlineData("pack.json", null, "pack.manifest_missing pack.json")]
    [InlineData("readme.md", "hello", "pack.file_unknown readme.md")]
    [InlineData("lifecycles/sub-order.json", null, "pack.reference_unknown pack.json")]
    [InlineData("fields.json", "{ \"fields\": [] }", "pack.reference_unknown rules.json")]
    [InlineData("parameters.json", "{ \"parameters\": [] }", "pack.reference_unknown rules.json")]
    [InlineData("access.json", "{ \"roles\": [] }", "access.locks_out access.json")]
    [InlineData("texts.json", "{ \"texts\": [ { \"code\": \"a\", \"en\": \"status_flag\", \"zh\": \"状态\" } ] }",
        "name.technical texts.json $.texts[0]")]
    [InlineData("texts.json", "{ \"texts\": [ { \"code\": \"a\", \"en\": \"Only English\" } ] }",
        "definition.member_missing texts.json $.texts[0]")]
    [InlineData("rules.json", "{ \"rules\": [ { \"code\": \"r\", \"en\": \"R\", \"zh\": \"规则\" } ] }",
        "definition.member_missing rules.json $.rules[0]")]
    [InlineData(
        "fields.json",
        "{ \"fields\": [ { \"code\": \"quantity\", \"en\": \"Q\", \"zh\": \"量\", \"of\": \"line\", \"type\": \"integer\", "
        + "\"sensitivity\": \"public\","
        + " \"required\": [ { \"on\": \"order.dance\" } ] } ] }",
        "pack.code_taken fields.json", "pack.reference_unknown fields.json")]
    [Trait("ReqPart", "S4-22")]
    [Trait("ReqPart", "S0-60")]
    public void AFaultInOneFile_IsFoundWithItsFileAndPlace(string file, string? text, params string[] expected)
    {
        DefinitionReading<Pack> reading = Pack.Read(Samples.Files("MEDICAL2026", file, text));
        Assert.Null(reading.Value);
        string[] found = reading.Findings.Select(finding => finding.Code + " " + finding.Subject).ToArray();
        Assert.All(expected, wanted => Assert.Contains(wanted, found));
    }

    [Fact]
    public void ALifecycleThatNamesARoleOutsideThePolicy_IsADanglingReference()
    {
        Dictionary<string, string> files = Samples.Files("MEDICAL2026");
        files["access.json"] = files["access.json"].Replace("\"code\": \"compliance\"", "\"code\": \"legal\"", StringComparison.Ordinal);
        Finding[] findings = Pack.Read(files).Findings.Where(f => f.Code == "pack.reference_unknown").ToArray();
        Assert.Contains(findings, f =>
            f.Subject == "lifecycles/hospital_order.json" && f.Text(Language.English).Contains("'compliance'", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("ReqPart", "S0-07")]
    public void AStateWithoutAnOwner_FailsTheWholePackNamingIt()
    {
        Dictionary<string, string> files = Samples.Files("MEDICAL2026");
        string lifecycle = files["lifecycles/hospital-order.json"];
        files["lifecycles/hospital-order.json"] =
            lifecycle.Replace("\"stage\": \"ready\", \"owner\": \"quality\"", "\"stage\": \"ready\"", StringComparison.Ordinal);
        Assert.NotEqual(lifecycle, files["lifecycles/hospital-order.json"]);
        Finding ownerless = Assert.Single(Pack.Read(files).Findings, f => f.Code.StartsWith("lifecycle.", StringComparison.Ordinal));
        Assert.StartsWith("lifecycles/hospital-order.json", ownerless.Subject, StringComparison.Ordinal);
        Assert.Contains("double_check", ownerless.Text(Language.Chinese), StringComparison.Ordinal);
    }

    [Fact]
    public void ADiff_SaysWhatWasAddedRemovedAndChanged()
    {
        Dictionary<string, string> files = Samples.Files("AUTO2026Q1");
        files["pack.json"] = files["pack.json"].Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal);
        files["parameters.json"] = files["parameters.json"].Replace("\"value\": \"4\"", "\"value\": \"6\"", StringComparison.Ordinal);
        files["fields.json"] =
            files["fields.json"].Replace("\"code\": \"physical_form\"", "\"code\": \"goods_form\"", StringComparison.Ordinal);
        files["rules.json"] = files["rules.json"].Replace("physical_form", "goods_form", StringComparison.Ordinal);
        ImmutableArray<PackChange> changes = PackDiff.Of(Samples.Of("AUTO2026Q1"), Pack.Read(files).OrThrow());
        Assert.Equal(
            new[]
            {
                "Field 'Physical form' (goods_form) added", "Field 'Physical form' (physical_form) removed",
                "Parameter 'Hours a lock holds' (lock_hours) changed",
                "Rule 'Liquids before Spring Festival' (spring_festival_liquid) changed",
            },
            changes.Select(change => change.Text(Language.English)));
        Assert.Equal("修改参数“锁货小时数”（lock_hours）", changes[2].Text(Language.Chinese));
    }

    [Fact]
    [Trait("Req", "S4-39")]
    public void ProfileSmall_EnablesExactlyItsPacks()
    {
        IReadOnlyList<Pack> small = Samples.Catalog.OfProfile("small").OrThrow();
        IReadOnlyList<Pack> medium = Samples.Catalog.OfProfile("medium").OrThrow();
        ActiveDefinitions active = Play(Play(ActiveDefinitions.None, medium), small);
        Assert.Equal(new[] { "CHANNEL_POOL", "CLASSIFICATION" }, active.Packs.Select(pack => pack.Id));
        Assert.Empty(active.Towards(small, "nothing to do"));
        Assert.Equal("pack.unknown", Assert.Single(Samples.Catalog.OfProfile("gigantic").Findings).Code);
    }

    private static ActiveDefinitions Play(ActiveDefinitions state, IReadOnlyList<Pack> wanted)
    {
        foreach (DefinitionCommand command in state.Towards(wanted, "another profile"))
        {
            Journal.Decision decision = state.Decide(command, NodaTime.Instant.FromUtc(2026, 1, 1, 0, 0));
            Assert.Empty(decision.Findings);
            state = decision.Streams[0].Events.Cast<DefinitionEvent>().Aggregate(state, (s, e) => s.Evolve(e));
        }

        return state;
    }
}
