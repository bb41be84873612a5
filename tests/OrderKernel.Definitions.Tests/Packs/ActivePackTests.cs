using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using Xunit;

namespace OrderKernel.Definitions.Tests.Packs;

public class ActivePackTests
{
    [Fact]
    [Trait("Req", "S4-16")]
    public async Task ThreeModulesEnabledOnARunningTenant_LeaveAThousandOpenOrdersValid()
    {
        var tenant = new Tenant();
        for (int i = 1; i <= 1000; i++)
        {
            await tenant.CaptureAsync("sales", $"SO-{i:0000}");
        }

        string before = await PictureAsync(tenant);
        foreach (string id in new[] { "FORECAST_BOARD", "STOCK_LOCK", "FAST_TRANSFER" })
        {
            await tenant.ActivateAsync("admin", Samples.Of(id));
        }

        Assert.Equal(3, (await tenant.Desk.ReadDefinitionsAsync()).Packs.Length);
        Assert.Equal(before, await PictureAsync(tenant));
        await tenant.AcceptAsync("warehouse", tenant.Receive("R-1", "W1", 5000));
        for (int i = 1; i <= 1000; i++)
        {
            var id = new OrderId($"SO-{i:0000}");
            await tenant.AcceptAsync("sales", Tenant.Amend(id.Text, "lock_reason", "campaign"));
            await tenant.AcceptAsync("warehouse", new HoldStock(id));
            Assert.Equal(5, (await tenant.Desk.ReadOrderAsync(id)).Line(1)!.Held.Units);
        }

        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
        Assert.Empty(await tenant.Desk.AuditLedgerAsync());
    }

    [Fact]
    [Trait("ReqPart", "S2-04")]
    public async Task OrdersOfEveryTypeOfEveryPack_StartOnTheirLifecycleAndReplay()
    {
        foreach (string id in Samples.Businesses)
        {
            Pack pack = Samples.Of(id);
            var tenant = new Tenant();
            tenant.Knows("lead", "sales_lead");
            await tenant.ActivateAsync("anybody", pack);
            foreach (OrderType type in pack.Types)
            {
                await tenant.AcceptAsync("lead", tenant.CaptureOf(type, "SO-" + type.Code));
                OrderState order = await tenant.Desk.ReadOrderAsync(new OrderId("SO-" + type.Code));
                Assert.Equal((type.Code, type.Lifecycle), (order.Type, order.Lifecycle));
                Assert.NotEmpty(order.Regions);
            }

            await tenant.RefuseAsync("lead", tenant.Capture("SO-X") with { Type = "no_such_type" }, "order.type_unknown");
            Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
        }

        Assert.Equal(19, Samples.Of("HARDWARE2026").Types.Length);
    }

    [Fact]
    [Trait("ReqPart", "S4-23")]
    public async Task WhatCanBeDone_LeavesOutWhatTheRoleMayNotDo()
    {
        var tenant = new Tenant();
        tenant.Knows("lead", "sales_lead");
        await tenant.ActivateAsync("anybody", Samples.Of("AUTO2026Q1"));
        await tenant.AcceptAsync("lead", tenant.Capture("SO-1") with { Type = "parts" });
        string[] everybody = await ActionsAsync(null);
        string[] warehouse = await ActionsAsync("warehouse");
        Assert.Contains("cancel", everybody);
        Assert.Contains("ship", warehouse);
        Assert.DoesNotContain("cancel", warehouse);
        Assert.DoesNotContain("ship", await ActionsAsync("sales"));

        async Task<string[]> ActionsAsync(string? role) => (await tenant.Desk.ReadActionsAsync(
            new OrderId("SO-1"), role is null ? null : new[] { role })).Select(action => action.Trigger).ToArray();
    }

    [Fact]
    public async Task AnOrder_KeepsTheLifecycleItStartedOn_WhenItsPackIsUpgradedOrWithdrawn()
    {
        var tenant = new Tenant();
        tenant.Knows("admin", "admin");
        tenant.Knows("lead", "sales_lead");
        await tenant.ActivateAsync("admin", Samples.Of("AUTO2026Q1"));
        await tenant.AcceptAsync("lead", tenant.Capture("SO-1") with { Type = "parts" });
        string started = (await tenant.Desk.ReadOrderAsync(new OrderId("SO-1"))).LifecycleVersion;
        Dictionary<string, string> files = Samples.Files("AUTO2026Q1");
        files["pack.json"] = files["pack.json"].Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal);
        files["lifecycles/standard-order.json"] =
            files["lifecycles/standard-order.json"].Replace("Standard order", "Plain order", StringComparison.Ordinal);
        await tenant.ActivateAsync("admin", Pack.Read(files).OrThrow());
        await tenant.AcceptAsync("lead", tenant.Capture("SO-2") with { Type = "parts" });
        Assert.NotEqual(started, (await tenant.Desk.ReadOrderAsync(new OrderId("SO-2"))).LifecycleVersion);
        await tenant.AcceptAsync("lead", new PromiseOrder(new OrderId("SO-1"), tenant.Clock.Now, PromiseCause.First));
        await tenant.AcceptAsync("admin", new DeactivatePack("AUTO2026Q1", "season over"));
        await tenant.AcceptAsync("lead", Tenant.Amend("SO-1", "quantity", "4", 1));
        Assert.Equal(started, (await tenant.Desk.ReadOrderAsync(new OrderId("SO-1"))).LifecycleVersion);
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    [Trait("ReqPart", "S4-49")]
    public async Task AUTO2026Q1_IsListedWithItsContents_AndActivatesItsScenarios_AndItsOrdersOutliveIt()
    {
        Pack auto = Assert.Single(Samples.Catalog.Packs, pack => pack.Id == "AUTO2026Q1");
        Assert.Equal((1, "汽配连锁（2026年一季度）"), (auto.Version, auto.Name.Chinese));
        Assert.Equal(
            new[] { "core_exchange", "parts", "parts_presale", "parts_rush", "workshop_service" }, auto.Types.Select(type => type.Code));
        Assert.Equal(
            new[] { "lock_hours", "spring_window_days", "urgent_share" }, auto.Parameters.Select(parameter => parameter.Name.Code));
        Assert.Equal(new[] { "emergency_green_channel", "spring_festival_liquid" }, auto.Rules.Select(rule => rule.Name.Code));
        Assert.Equal("pack.unknown", Assert.Single(Samples.Catalog.Find("AUTO1999Q9").Findings).Code);

        var tenant = new Tenant();
        tenant.Knows("admin", "admin");
        tenant.Knows("lead", "sales_lead");
        tenant.Knows("zhao", "sales", new[] { new PartnerId("G-1") });
        await tenant.RefuseAsync("lead", tenant.Capture("SO-parts") with { Type = "parts" }, "order.type_unknown");
        await tenant.ActivateAsync("admin", auto);
        ActiveDefinitions active = await tenant.Desk.ReadDefinitionsAsync();
        Assert.Equal(("AUTO2026Q1", 1), Assert.Single(active.Packs.Select(pack => (pack.Id, pack.Version))));
        Assert.Equal("4", active.Parameter("AUTO2026Q1", "lock_hours"));
        foreach (OrderType type in auto.Types)
        {
            await tenant.AcceptAsync("lead", tenant.CaptureOf(type, "SO-" + type.Code));
        }

        await tenant.CaptureAsync(
            "zhao", "SO-1", "G-1", new FieldChange(0, "fulfilment_tier", "urgent"), new FieldChange(1, "vehicle_model", "VW Lavida 2021"));
        await tenant.RefuseAsync("zhao", new DeactivatePack("AUTO2026Q1", "trial"), "access.command_denied");
        await tenant.RefuseAsync("admin", new DeactivatePack("AUTO1999Q9", "trial"), "pack.unknown");
        await tenant.AcceptAsync("admin", new DeactivatePack("AUTO2026Q1", "trial over"));

        Assert.Empty((await tenant.Desk.ReadDefinitionsAsync()).Packs);
        await tenant.RefuseAsync("lead", tenant.Capture("SO-late") with { Type = "parts" }, "order.type_unknown");
        foreach (OrderType type in auto.Types)
        {
            var id = new OrderId("SO-" + type.Code);
            await tenant.AcceptAsync("lead", Tenant.Amend(id.Text, "quantity", "4", 1));
            OrderState order = await tenant.Desk.ReadOrderAsync(id);
            Assert.Equal((type.Code, type.Lifecycle, 4), (order.Type, order.Lifecycle, order.Line(1)!.Ordered.Units));
            Assert.NotEmpty(await tenant.Desk.ReadActionsAsync(id));
        }

        Assert.Equal("VW Lavida 2021", (await tenant.Desk.ReadOrderAsync(new OrderId("SO-1"))).Field("vehicle_model", 1));
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    [Trait("ReqPart", "S0-29")]
    public async Task ABusinessLead_ChangesAThreshold_ASalespersonDoesNot()
    {
        var tenant = new Tenant();
        tenant.Knows("lead", "business_lead");
        tenant.Knows("seller", "sales");
        await tenant.ActivateAsync("anybody", Samples.Of("MEDICAL2026"));
        var lower = new SetParameter("MEDICAL2026", "class_a_amount", "30000 CNY", "more care for hospitals");
        await tenant.RefuseAsync("seller", lower, "access.command_denied");
        Assert.Equal("50000.00 CNY", (await tenant.Desk.ReadDefinitionsAsync()).Parameter("MEDICAL2026", "class_a_amount"));
        await tenant.AcceptAsync("lead", lower);
        ActiveDefinitions now = await tenant.Desk.ReadDefinitionsAsync();
        Assert.Equal(("30000.00 CNY", 2L), (now.Parameter("MEDICAL2026", "class_a_amount"), now.Version));
        await tenant.RefuseAsync("lead", lower with { Value = "a lot" }, "field.value_wrong");
        await tenant.RefuseAsync("lead", lower with { Parameter = "class_b_amount" }, "access.field_denied");
        AuditEntry changed = Assert.Single((await tenant.Desk.AuditAsync(new AuditQuery(Field: "class_a_amount"))).Entries);
        Assert.Equal(("lead", "50000.00 CNY", "30000.00 CNY"), (changed.Actor.Id, changed.Before, changed.After));
    }

    [Fact]
    [Trait("ReqPart", "S0-57")]
    public async Task AFieldAddedAtRunTime_HasRightsAndIsUnknownOnOldOrders_AndStaysWhileItIsUsed()
    {
        var tenant = new Tenant();
        tenant.Knows("lead", "business_lead");
        tenant.Knows("money", "sales_lead");
        tenant.Knows("seller", "sales", new[] { new PartnerId("H-1") });
        await tenant.ActivateAsync("anybody", Samples.Of("MEDICAL2026"));
        await tenant.CaptureAsync("seller", "SO-1");
        const string field = """{ "code": "vbp_selected", "zh": "集采中选产品标识", "en": "Volume procurement","""
            + """ "of": "line", "type": "boolean", "sensitivity": "internal" }""";
        var add = new AddField(field, ImmutableArray.Create("sales_lead"), ImmutableArray.Create("sales"));
        await tenant.RefuseAsync("lead", add with { Editors = ImmutableArray.Create("nobody") }, "pack.reference_unknown");
        await tenant.AcceptAsync("lead", add);
        await tenant.RefuseAsync("lead", add, "pack.field_exists");
        Assert.Null((await tenant.Desk.ReadOrderAsync(new OrderId("SO-1"))).Field("vbp_selected", 1));
        await tenant.RefuseAsync("seller", Tenant.Amend("SO-1", "vbp_selected", "true", 1), "access.field_denied");
        await tenant.AcceptAsync("money", Tenant.Amend("SO-1", "vbp_selected", "true", 1));
        Assert.Equal("true", (await tenant.Desk.ReadOrderAsync(new OrderId("SO-1"))).Field("vbp_selected", 1));
        tenant.Knows("root", "admin");
        DeskResult inUse = await tenant.SubmitAsync("root", new RemoveField("surgery_date", "not needed"));
        Finding why = Assert.Single(inUse.Findings);
        Assert.Equal("pack.in_use", why.Code);
        Assert.Contains("rule implant_surgery_date", why.Text(Language.English), StringComparison.Ordinal);
        await tenant.AcceptAsync("root", new RemoveField("vbp_selected", "not needed"));
        Assert.Equal("true", (await tenant.Desk.ReadOrderAsync(new OrderId("SO-1"))).Field("vbp_selected", 1));
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task PacksThatContradictEachOther_AreRefusedNamingBoth()
    {
        var tenant = new Tenant();
        await tenant.ActivateAsync("admin", Samples.Of("STOCK_LOCK"));
        Dictionary<string, string> files = Samples.Files("modules/FAST_TRANSFER");
        files["fields.json"] = files["fields.json"].Replace("transfer_priority", "lock_reason", StringComparison.Ordinal);
        DeskResult result = await tenant.SubmitAsync("admin", new ActivatePack(Pack.Read(files).OrThrow()));
        Finding conflict = Assert.Single(result.Findings);
        Assert.Equal("pack.conflict", conflict.Code);
        Assert.Contains("STOCK_LOCK and FAST_TRANSFER", conflict.Text(Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUpgrade_NeedsAHigherVersionAndReportsTheRunningOrdersItConcerns()
    {
        var tenant = new Tenant();
        tenant.Knows("admin", "admin");
        tenant.Knows("zhao", "sales", new[] { new PartnerId("G-1") });
        await tenant.ActivateAsync("admin", Samples.Of("AUTO2026Q1"));
        await tenant.CaptureAsync("zhao", "SO-1", "G-1", new FieldChange(0, "fulfilment_tier", "economy"));
        await tenant.CaptureAsync("zhao", "SO-2", "G-1");
        Dictionary<string, string> files = Samples.Files("AUTO2026Q1");
        files["fields.json"] = files["fields.json"].Replace("economy", "saver", StringComparison.Ordinal);
        await tenant.RefuseAsync("admin", new ActivatePack(Pack.Read(files).OrThrow()), "pack.version_not_higher");
        files["pack.json"] = files["pack.json"].Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal);
        Pack later = Pack.Read(files).OrThrow();
        var orders = await tenant.Desk.ReadOrdersAsync(null, 10);
        Finding concerned = Assert.Single(UpgradeReport.Of(Samples.Of("AUTO2026Q1"), later, orders));
        Assert.Equal(("SO-1", "fulfilment_tier"), (concerned.Subject, concerned.Field));
        Assert.Empty(UpgradeReport.Of(Samples.Of("AUTO2026Q1"), Samples.Of("AUTO2026Q1"), orders));
        await tenant.ActivateAsync("admin", later);
        await tenant.AcceptAsync("admin", new ActivatePack(later));
        Assert.Equal(2, (await tenant.Desk.ReadDefinitionsAsync()).Version);
        Assert.Equal("economy", (await tenant.Desk.ReadOrderAsync(new OrderId("SO-1"))).Field("fulfilment_tier"));
    }

    [Fact]
    public async Task AFaultyPack_IsMalformedAndNotStored()
    {
        var tenant = new Tenant();
        DeskResult result = await tenant.SubmitAsync("admin", new ActivatePack("{}"));
        Assert.Equal(DeskStatus.Malformed, result.Status);
        Assert.Equal("pack.manifest_missing", Assert.Single(result.Findings).Code);
    }

    [Fact]
    [Trait("ReqPart", "S4-41")]
    public async Task WhileTheErpStalls_CapturesGoOnAndTheOutboxDrainsInOrderAfterwards()
    {
        var tenant = new Tenant(configure: options => options.Announce("order.captured", "erp"));
        foreach (Pack pack in Samples.Catalog.OfProfile("medium").OrThrow())
        {
            await tenant.ActivateAsync("admin", pack);
        }

        // One order every ten seconds for ten minutes, none of them taken by the ERP.
        for (int i = 1; i <= 60; i++)
        {
            tenant.Clock.Advance(Duration.FromSeconds(10));
            await tenant.CaptureAsync("sales", $"SO-{i:00}");
        }

        var drained = new List<string>();
        for (var page = await PageAsync(); !page.IsEmpty; page = await PageAsync())
        {
            drained.AddRange(page.Select(message => message.Stream.Key));
            await tenant.Store.MarkSentAsync(tenant.Options.Tenant, page.Select(message => message.Id).ToImmutableArray(), default);
        }

        Assert.Equal(Enumerable.Range(1, 60).Select(i => $"SO-{i:00}"), drained);

        async Task<ImmutableArray<OutgoingMessage>> PageAsync() => await tenant.Store.ReadOutboxAsync(tenant.Options.Tenant, 7, default);
    }

    private static async Task<string> PictureAsync(Tenant tenant) => string.Join("\n", (await tenant.Desk.ReadOrdersAsync(null, 2000))
        .Select(order => $"{order.Key} {order.Value.Version} {order.Value.Stage.Name.Code} {order.Value.Lines[0].Ordered}"));
}
