using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Desk;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>Scripts of typed orders: every law holds, and the scripts get to what types add.</summary>
public class TypedScriptTests
{
    [Fact]
    public void TypesOfScripts_AreCleanAndHaveEveryFeature()
    {
        foreach (string lifecycle in new[] { "script_order", "script_part" })
        {
            Assert.Empty(LifecycleDefinition.Read(ScriptTypes.Definitions.Current(lifecycle)!.Definition.Json).Findings);
        }

        Assert.Equal(
            OrderTypes.Features.Select(term => term.Code.Substring("feature.".Length)).Order(StringComparer.Ordinal),
            ScriptTypes.Definitions.Types.SelectMany(type => type.Features).Select(feature => feature.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task GoodsOnConsignment_GetAsFarAsConsumption()
    {
        var reached = new HashSet<string>();
        await PlayAsync(
            Script.Of(
                new(0, 0, 0, 0, 0), new(3, 0, 0, 0, 0), new(5, 0, 0, 1, 1), new(8, 0, 0, 0, 1), new(10, 0, 0, 0, 0), new(33, 0, 0, 0, 0)),
            reached);
        Assert.Contains("order.consumed", reached);
    }

    [Fact]
    public void EveryLaw_HoldsForTypedOrders_AndScriptsReachWhatTypesAdd()
    {
        var reached = new HashSet<string>();
        Prop.ForAll(KernelArbitraries.TypedScripts(), script => PlayAsync(script, reached).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithReplay(2026, 1121).WithMaxTest(900).WithStartSize(20).WithEndSize(60));
        string[] events =
        {
            "order.typed", "order.entered", "order.signalled", "order.evidence_attached", "order.paid", "order.trade_in_agreed",
            "order.trade_in_closed", "order.performed", "order.split", "order.numbered",
        };
        Assert.Empty(events.Except(reached));
        string[] unitTested =
        {
            "order.payment_exists", "order.report_exists", "order.date_needed", "order.trade_in_not_due", "order.credit_too_high",
        };
        Assert.Empty(FeatureRefusals.All.AddRange(PartRefusals.All).Select(kind => kind.Code).Except(reached).Except(unitTested));
    }

    private static async Task PlayAsync(Script script, HashSet<string> reached)
    {
        var store = new MemoryStore();
        await KernelLaws.CheckTyped(store, script);
        TenantId tenant = new DeskOptions().Tenant;
        reached.UnionWith((await store.ReadFeedAsync(tenant, 0, int.MaxValue, default)).Select(entry => entry.Event.EventType));
        foreach (DecidedCommand command in await store.ReadCommandsAsync(tenant, null, int.MaxValue, default))
        {
            reached.UnionWith(CommandOutcome.Read(command.Outcome, KernelFindings.Catalog).Findings.Select(finding => finding.Code));
        }
    }
}
