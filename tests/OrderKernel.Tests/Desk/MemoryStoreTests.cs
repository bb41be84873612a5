using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Storage;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Tests.Desk;

public class MemoryStoreTests
{
    public static TheoryData<string> Promises => new(StoreContract.Cases.Select(promise => promise.Name));

    [Theory]
    [MemberData(nameof(Promises))]
    public Task MemoryStore_KeepsPromise(string name) =>
        StoreContract.Cases.Single(promise => promise.Name == name).RunAsync(new MemoryStore());

    [Fact]
    public void AnyScript_KeepsEveryLaw() => Prop.ForAll(
            KernelArbitraries.Scripts(),
            script => KernelLaws.CheckAll(new MemoryStore(), script).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(600)).WithStartSize(10).WithEndSize(60));

    [Fact]
    public void Scripts_ReachEveryEventAndNearlyEveryRefusal()
    {
        // The laws prove little about what no script gets to; the seed is fixed so that this is a fact and not a chance.
        var reached = new HashSet<string>();
        Prop.ForAll(KernelArbitraries.Scripts(), script => CheckAndNote(script, reached).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithReplay(2026, 1121).WithMaxTest(900).WithStartSize(10).WithEndSize(60));

        // Orders of a script have no type; the lifecycle tests play typed ones and hold that these are reached.
        string[] ofTypedOrders = { "order.typed", "order.entered", "order.signalled", "order.evidence_attached",
            "order.paid", "order.trade_in_agreed", "order.trade_in_closed", "order.performed", "order.consumed", "order.split",
            "order.numbered" };
        string[] ofDefinitions = Events.Where(static type => type.StartsWith("definitions.", StringComparison.Ordinal)).ToArray();
        Assert.Empty(Events.Except(reached).Except(ofTypedOrders).Except(ofDefinitions));
        string[] unitTested =
        {
            "order.limit_reached", "order.field_repeated", "order.line_exists", "order.currencies_mixed", "order.time_in_future",
            "order.field_unknown", "order.serial_repeated", "order.already_delivered", "order.delivered_before_shipped",
            "order.quantity_below_done", "order.field_owned_elsewhere", "order.too_large",
        };
        Assert.Empty(OrderRefusals.All.Select(kind => kind.Code).Except(reached).Except(unitTested));
    }

    private static async Task CheckAndNote(Script script, HashSet<string> reached)
    {
        var store = new MemoryStore();
        await KernelLaws.CheckAll(store, script);
        TenantId tenant = new DeskOptions().Tenant;
        foreach (FeedEntry entry in await store.ReadFeedAsync(tenant, 0, int.MaxValue, default))
        {
            reached.Add(entry.Event.EventType);
        }

        foreach (DecidedCommand command in await store.ReadCommandsAsync(tenant, null, int.MaxValue, default))
        {
            reached.UnionWith(CommandOutcome.Read(command.Outcome, KernelFindings.Catalog).Findings.Select(f => f.Code));
        }
    }

    private static IEnumerable<string> Events => typeof(OrderDesk).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DomainEvent)) && !type.IsSubclassOf(typeof(DefinitionEvent)))
        .Select(type => ((DomainEvent)RuntimeHelpers.GetUninitializedObject(type)).EventType);
}
