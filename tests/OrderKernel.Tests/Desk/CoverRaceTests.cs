using System;
using System.Reflection;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using OrderKernel.Tests.Orders;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>Somebody borrows between the two looks of the desk that tells who may be covered: what came is not missed for it.</summary>
public class CoverRaceTests
{
    private static readonly Sku Sku = new("S");

    [Fact]
    public async Task Receipt_WhileOthersBorrow_StillCoversWhoBorrowedFirst()
    {
        var store = new MemoryStore();
        var clock = new FakeClock(Given.At);
        var others = new DeskPlay(store, clock, new DeskOptions());
        await others.Submit(new SetOverdraft(new DocumentId("OD"), new StockCell(Sku, new NodeId("W1")), new Quantity(9)));
        await others.Order("O1", Sku, 1);
        await others.Order("O2", Sku, 3);
        Assert.True((await others.Submit(new HoldStock(new OrderId("O1")))).IsAccepted);

        var play = new DeskPlay(Between.Looks(store, () => others.Submit(new HoldStock(new OrderId("O2")))), clock, new DeskOptions());
        await play.Receive(Sku, 1);
        await others.Desk.WakeAsync(DeskPlay.Clerk);
        Assert.Equal(1, (await play.State("O1")).Line(1)!.Covered.Units);
        Assert.Equal(0, (await play.State("O2")).Line(1)!.Covered.Units);
        await others.CheckLaws();
    }

    [Theory]
    [InlineData("receipt")]
    [InlineData("release")]
    [InlineData("count")]
    public async Task WhatComes_WhileTheFirstMayBorrowAndDoes_CoversIt(string way)
    {
        var store = new MemoryStore();
        var clock = new FakeClock(Given.At);
        var cell = new StockCell(Sku, new NodeId("W1"));
        var others = new DeskPlay(store, clock, new DeskOptions());
        await others.Order("O1", Sku, 2);
        await others.Receive(Sku, 1, "R0");
        await others.Order("O2", Sku, 1);
        Assert.True((await others.Hold("O2")).IsAccepted);

        // Nobody may borrow when the desk looks; before it commits two pieces are borrowed.
        IOrderStore race = Meanwhile.Before(nameof(IOrderStore.CommitAsync), store, async () =>
        {
            await others.Submit(new SetOverdraft(new DocumentId("OD"), cell, new Quantity(9)));
            Assert.True((await others.Hold("O1")).IsAccepted);
        });
        DeskResult came = await new DeskPlay(race, clock, new DeskOptions()).Submit(way switch
        {
            "receipt" => new ReceiveStock(new DocumentId("R1"), [new StockLine(cell, new Quantity(1))]),
            "release" => ReleaseStock.All(new OrderId("O2"), "let go"),
            _ => new AdjustStock(new DocumentId("A1"), cell, 1, "count", "V1"),
        });
        Assert.True(came.IsAccepted);
        Assert.Equal((2L, 1L), (await others.Held("O1"), (await others.State("O1")).Line(1)!.Covered.Units));
        await others.CheckLaws();
        await KernelLaws.BorrowedIsOwed(store, new DeskOptions().Tenant);
    }

    /// <summary>A store behind which something happens once, after the open lines were read.</summary>
    public class Between : DispatchProxy
    {
        private IOrderStore? inner;
        private Func<Task>? happens;

        public static IOrderStore Looks(IOrderStore store, Func<Task> happens)
        {
            IOrderStore proxy = Create<IOrderStore, Between>();
            var self = (Between)(object)proxy;
            (self.inner, self.happens) = (store, happens);
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            object? answer = targetMethod!.Invoke(inner, args);
            if (targetMethod.Name == nameof(IOrderStore.ReadOpenLinesAsync) && happens is { } now)
            {
                happens = null;
                now().GetAwaiter().GetResult();
            }

            return answer;
        }
    }
}
