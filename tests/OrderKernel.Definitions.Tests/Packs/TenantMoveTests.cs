using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using Xunit;

namespace OrderKernel.Definitions.Tests.Packs;

/// <summary>What one tenant has learnt (rules, approvals, settings, tags of its customers) moves to another instance as files.</summary>
public class TenantMoveTests
{
    private const string Pack = "MEDICAL2026";
    private const string People = """
        { "customers": [{ "id": "H-1", "name": "临江市第一人民医院", "level": "A", "payment": "monthly",
                          "fields": { "hospital_tier": "three_a", "delivery_preference": "cold_box" } },
                        { "id": "H-2", "name": "江州市第二医院", "fields": {} }],
          "users": [{ "id": "mover", "roles": ["business_lead", "admin"] },
                    { "id": "sales-1", "roles": ["sales"], "customers": ["H-2", "H-1"] },
                    { "id": "keeper", "roles": ["warehouse"], "nodes": ["W1"] }, { "id": "planner", "roles": ["planning"] }] }
        """;

    [Fact]
    [Trait("ReqPart", "S3-49")]
    public async Task AConfiguredTenant_MovesToAnotherInstance_AndNothingDiffers()
    {
        ActiveDefinitions here = await ConfiguredAsync();
        ImmutableSortedDictionary<string, string> files = here.ToFiles();
        Assert.Equal(
            ["MEDICAL2026/access.json", "MEDICAL2026/fields.json", "MEDICAL2026/lifecycles/approval.json", "MEDICAL2026/rules.json"],
            files.Keys.Where(static file => file.EndsWith("access.json", StringComparison.Ordinal)
                || file.EndsWith("/fields.json", StringComparison.Ordinal) || file.EndsWith("approval.json", StringComparison.Ordinal)
                || file.EndsWith("rules.json", StringComparison.Ordinal)));

        Tenant other = Open(Roster.Read(People).OrThrow());
        ActiveDefinitions wanted = ActiveDefinitions.Read(files).OrThrow();
        ImmutableArray<DefinitionCommand> commands = (await other.Desk.ReadDefinitionsAsync()).Towards(wanted, "move");
        Assert.Equal(
            [
                "definitions.activate_pack", "definitions.add_field", "definitions.add_field", "definitions.set_parameter",
            ],
            commands.Select(command => command.CommandType));
        foreach (DefinitionCommand command in commands)
        {
            await other.AcceptAsync("mover", command);
        }

        ActiveDefinitions there = await other.Desk.ReadDefinitionsAsync();
        Assert.Empty(there.Towards(here, "diff"));
        Assert.Empty(here.Towards(there, "diff"));
        Assert.Empty(PackDiff.Of(here.Pack(Pack)!, there.Pack(Pack)!));
        Assert.Equal(files, there.ToFiles());
        Assert.Equal("30000.00 CNY", there.Parameter(Pack, "class_a_amount"));
        Assert.Equal(here.Orders.Types.Select(type => type.ToJson()), there.Orders.Types.Select(type => type.ToJson()));
        Assert.Empty((await other.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    [Trait("ReqPart", "S3-49")]
    public async Task ThePreferencesOfAMovedCustomer_ApplyToTheNextOrder()
    {
        ActiveDefinitions here = await ConfiguredAsync();
        string people = Roster.Read(People).OrThrow().ToJson();
        Roster moved = Roster.Read(people).OrThrow();
        Assert.Equal(people, moved.ToJson());
        Tenant other = Open(moved);
        foreach (DefinitionCommand command in ActiveDefinitions.None.Towards(
            ActiveDefinitions.Read(here.ToFiles()).OrThrow(), "move"))
        {
            await other.AcceptAsync("mover", command);
        }

        RosterCustomer hospital = moved.Find(new PartnerId("H-1"))!;
        Assert.Empty((await other.Desk.ReadDefinitionsAsync()).Fields.Check(FieldSubject.Customer, hospital.Fields));
        await other.CaptureAsync("sales-1", "SO-1", "H-1", new FieldChange(0, "delivery", hospital.Fields["delivery_preference"]));
        OrderState order = await other.Desk.ReadOrderAsync(new OrderId("SO-1"));
        Assert.Equal("cold_box", order.Field("delivery"));

        // The field that was added at run time is bound by its choices and its roles there too.
        await other.RefuseAsync(
            "sales-1", other.Capture("SO-2", "H-1", new FieldChange(0, "delivery", "pigeon")), "field.value_wrong");
        await other.RefuseAsync("planner", Tenant.Amend("SO-1", "delivery", "cold_box"), "access.command_denied");
    }

    [Fact]
    public async Task WhatTheOtherInstanceHad_IsMadeTheSame_ValueByValue()
    {
        ActiveDefinitions here = await ConfiguredAsync();
        var other = Open(Roster.Read(People).OrThrow());
        await other.ActivateAsync("mover", Samples.Of("PLANT2026"));
        await other.ActivateAsync("mover", Samples.Of(Pack));
        await other.AcceptAsync("mover", new AddField(Choice("delivery", "order", "pigeon"), [], []));
        await other.AcceptAsync("mover", new SetParameter(Pack, "certificate_warning_days", "90", "careful"));

        // The value outlasts its pack, and would be in force again with it.
        await other.AcceptAsync("mover", new DeactivatePack(Pack, "trial over"));
        ImmutableArray<DefinitionCommand> commands = (await other.Desk.ReadDefinitionsAsync()).Towards(here, "move");
        Assert.Equal(
            ["remove_field", "deactivate_pack", "activate_pack", "add_field", "add_field", "set_parameter", "set_parameter"],
            commands.Select(command => command.CommandType.Substring("definitions.".Length)));
        foreach (DefinitionCommand command in commands)
        {
            await other.AcceptAsync("mover", command);
        }

        Assert.Equal(here.ToFiles(), (await other.Desk.ReadDefinitionsAsync()).ToFiles());
    }

    [Fact]
    public async Task DamagedFiles_AreRefusedAtOnce_WithTheirPlace()
    {
        ImmutableSortedDictionary<string, string> files = (await ConfiguredAsync()).ToFiles();
        Assert.Equal(
            ["MEDICAL2026/ pack.manifest_missing", "readme.txt pack.file_unknown", "tenant.json definition.member_missing"],
            Codes(files.Remove("MEDICAL2026/pack.json").Remove("tenant.json").Add("readme.txt", "hello"))
                .Select(code => code.Replace("MEDICAL2026 pack.json", "MEDICAL2026/", StringComparison.Ordinal)));
        IEnumerable<KeyValuePair<string, string>> copy = files.Where(static file => file.Key.Contains('/', StringComparison.Ordinal))
            .Select(static file => KeyValuePair.Create(file.Key.Replace(Pack, "copy", StringComparison.Ordinal), file.Value));
        Assert.Equal(["copy definition.repeated"], Codes(files.AddRange(copy)));
        const string own = """
            { "fields": [{ "field": { "code": "x", "en": "X field", "zh": "某字段", "of": "order", "type": "text", "sensitivity": "public",
                                      "required": [{ "on": "order.capture", "field": "y", "is": "1" }] } }],
              "parameters": [{ "pack": "NONE", "parameter": "a" }] }
            """;
        Assert.Equal(
            ["tenant.json $.fields[0].field definition.value_wrong", "tenant.json $.parameters[0] definition.member_missing"],
            Codes(files.SetItem("tenant.json", own)));
        string gone = files["tenant.json"].Replace("class_a_amount", "class_z_amount", StringComparison.Ordinal)
            .Replace("\"sales\"", "\"pilot\"", StringComparison.Ordinal);
        Assert.Equal(
            ["tenant.json MEDICAL2026 pack.parameter_unknown", "tenant.json pack.reference_unknown"],
            Codes(files.SetItem("tenant.json", gone)));
    }

    private static IEnumerable<string> Codes(ImmutableSortedDictionary<string, string> files)
    {
        DefinitionReading<ActiveDefinitions> reading = ActiveDefinitions.Read(files);
        Assert.Null(reading.Value);
        return reading.Findings.Where(found => found.Severity == Severity.Refusal)
            .Select(found => $"{found.Subject} {found.Code}").Distinct().Order(StringComparer.Ordinal);
    }

    private static async Task<ActiveDefinitions> ConfiguredAsync()
    {
        Tenant tenant = Open(Roster.Read(People).OrThrow());
        await tenant.ActivateAsync("mover", Samples.Of(Pack));
        await tenant.AcceptAsync("mover", new AddField(
            Choice("delivery_preference", "customer", "cold_box"), ["business_lead"], ["business_lead"]));
        await tenant.AcceptAsync("mover", new AddField(Choice("delivery", "order", "cold_box"), ["sales"], ["sales"]));
        await tenant.AcceptAsync("mover", new SetParameter(Pack, "class_a_amount", "30000.00 CNY", "quarter"));
        return await tenant.Desk.ReadDefinitionsAsync();
    }

    private static string Choice(string code, string of, string choice) => $$"""
        { "code": "{{code}}", "en": "Delivery for {{of}}", "zh": "送货方式", "of": "{{of}}", "type": "choice", "sensitivity": "internal",
          "choices": [{ "code": "{{choice}}", "en": "Own carrier", "zh": "专用方式" }, { "code": "van", "en": "By van", "zh": "厢式车" }] }
        """;

    private static Tenant Open(Roster roster) => new(configure: options => options.Actors = roster);
}
