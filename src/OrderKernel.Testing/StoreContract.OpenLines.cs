using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Promising;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

/// <summary>Promises about the index of open lines and about units of several streams.</summary>
public static partial class StoreContract
{
    private static readonly OrderStanding Standing = new("三甲 ' \"", "电汇", true, -7);

    private static async Task OpenLinesAreKept(IOrderStore store)
    {
        Sku other = new("SKU-2");
        OpenLine first = Row("O1", 1, 5, 0), second = Row("O1", 2, 0, 3) with { DueAt = null, IsBlocked = true, Tier = HoldTier.Picked };
        OpenLine third = Row("O0", 1, 2, 2) with { Sku = other, Standing = Standing };
        await One(store, SampleUnits.Empty("c1", "O1") with { OpenLines = ImmutableArray.Create(second, first, third) });
        Expect((await Rows(store, Tenant, SampleUnits.Sku)).SequenceEqual(new[] { first, second }), "Rows come back as written, in order.");
        Expect((await Rows(store, Tenant, SampleUnits.Sku, other)).Length == 3, "Several SKUs are read at once.");
        OpenLine changed = first with { Unheld = new Quantity(1), Held = new Quantity(4), Standing = Standing, Tier = HoldTier.Planned };
        await One(store, SampleUnits.Empty("c2", "O1") with
        {
            OpenLines = ImmutableArray.Create(changed, second with { Unheld = Quantity.Zero, Held = Quantity.Zero }),
        });
        ImmutableArray<OpenLine> left = await Rows(store, Tenant, SampleUnits.Sku);
        Expect(left.SequenceEqual(new[] { changed }), "A row is replaced, and a closed one leaves.");
        Expect((await Rows(store, new TenantId("other"), SampleUnits.Sku)).IsEmpty, "Another tenant has rows of its own.");
    }

    private static async Task OpenLinesOfALostUnitAreNotKept(IOrderStore store)
    {
        await One(store, SampleUnits.Events("c1", "O1", 0));
        UnitOfWork late = SampleUnits.Events("c2", "O1", 0) with { OpenLines = ImmutableArray.Create(Row("O1", 1, 5, 0)) };
        Expect((await One(store, late)).Status == UnitStatus.StreamMoved, "The stream has moved on.");
        Expect((await Rows(store, Tenant, SampleUnits.Sku)).IsEmpty, "Nothing of a unit that lost a race is stored.");
    }

    private static async Task SeveralStreamsMoveTogether(IOrderStore store)
    {
        await One(store, SampleUnits.Events("c1", "O2", 0));
        UnitOfWork both = SampleUnits.Events("c2", "O1", 0);
        ImmutableArray<StreamAppend> stale = both.Appends.AddRange(SampleUnits.Events("c2", "O2", 0).Appends);
        Expect((await One(store, both with { Appends = stale })).Status == UnitStatus.StreamMoved, "One moved stream stops all.");
        Expect(
            (await store.ReadStreamAsync(Tenant, SampleUnits.OrderStream("O1"), 0, CancellationToken.None)).IsEmpty,
            "The other stream did not move either.");
        ImmutableArray<StreamAppend> fresh = both.Appends.AddRange(SampleUnits.Events("c3", "O2", 1).Appends);
        Expect((await One(store, both with { Appends = fresh })).Status == UnitStatus.Committed, "Both versions are right.");
        foreach ((string order, int length) in new[] { ("O1", 1), ("O2", 2) })
        {
            Expect(
                (await store.ReadStreamAsync(Tenant, SampleUnits.OrderStream(order), 0, CancellationToken.None)).Length == length,
                $"{order} moved.");
        }
    }

    private static async Task ManyDesksDisplace(IOrderStore store)
    {
        await One(store, SampleUnits.Receipt("r1", 10));
        for (int i = 0; i < 5; i++)
        {
            Expect((await Buy(store, "soft" + i.ToString(CultureInfo.InvariantCulture), false)).IsAccepted, "There is enough for five.");
        }

        var tasks = new List<Task<DeskResult>>();
        for (int i = 0; i < 8; i++)
        {
            string name = "paid" + i.ToString(CultureInfo.InvariantCulture);
            tasks.Add(Task.Run(() => Buy(store, name, true)));
        }

        int served = (await Task.WhenAll(tasks)).Count(static result => result.IsAccepted);
        Expect(served == 5, $"Ten soft pieces serve five paid orders of two, not {served}.");
        LedgerContents ledger = await store.ReadLedgerAsync(Tenant, CancellationToken.None);
        bool onlyPaid = ledger.Holds.All(static held => held.Order.Text.StartsWith("paid", System.StringComparison.Ordinal));
        Expect(onlyPaid, "Soft holds gave way.");
        await KernelLaws.LedgerConserves(store, Tenant);
        await KernelLaws.OpenLinesAgree(store, Tenant);
        ReplayReport replay = await new OrderDesk(store, new FakeClock(SampleUnits.Now)).ReplayAsync();

        // The receipt was written past the desk, so that it alone cannot be decided again.
        Expect(
            replay.Differing.All(static id => id == CommandId.FromName("r1")),
            "Decisions over several orders come out the same when they are replayed.");
    }

    private static async Task<DeskResult> Buy(IOrderStore store, string name, bool isPaid)
    {
        var options = new DeskOptions { Tiers = TierPolicy.PaidBeforeUnpaid, MaxAttempts = 100 };
        var desk = new OrderDesk(store, new FakeClock(SampleUnits.Now), options);
        var order = new OrderId(name);
        var line = new NewLine(1, SampleUnits.Sku, new Quantity(2));
        await Submit(new CaptureOrder(order, new PartnerId("P"), SampleUnits.Now, ImmutableArray.Create(line)));
        await Submit(new SetStanding(order, new OrderStanding("VIP", "cash", isPaid)));
        return await Submit(new HoldStock(order, Preempt: true));

        Task<DeskResult> Submit(OrderCommand command) => desk.SubmitAsync(
            new Submission(CommandId.FromName(name + command.CommandType), SampleUnits.Actor, command));
    }

    private static OpenLine Row(string order, int line, long unheld, long held) => new(
        SampleUnits.Sku, new OrderId(order), line, new Quantity(unheld), new Quantity(held), HoldTier.Firm, SampleUnits.Now,
        SampleUnits.Now + Duration.FromDays(line), OrderStanding.Unknown, false);

    private static async Task<ImmutableArray<OpenLine>> Rows(IOrderStore store, TenantId tenant, params Sku[] skus) =>
        await store.ReadOpenLinesAsync(tenant, ImmutableArray.Create(skus), CancellationToken.None);
}
