using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>Rows of an ERP are taken once, in order, wherever a run breaks off.</summary>
public class SourcePullTests
{
    private static readonly Instant Night = Instant.FromUtc(2026, 11, 1, 18, 0);
    private readonly Erp erp = new();
    private readonly Marks marks = new();
    private readonly Outage outage = new();
    private readonly OrderDesk desk;

    public SourcePullTests() => desk = new OrderDesk(
        new MemoryStore(), new FakeClock(Night + Duration.FromHours(1)), new DeskOptions { Watch = outage });

    [Fact]
    [Trait("Req", "S0-23")]
    public async Task AFailedRun_GoesOnWhereItStopped_AndARowChangedAtTheMarkIsNeitherLostNorDoubled()
    {
        for (int i = 1; i <= 500; i++)
        {
            erp.Write($"SO-{i:000}", Night + Duration.FromSeconds(i), "CUST-1");
        }

        outage.After = 300;
        await Assert.ThrowsAsync<OrderKernelException>(() => Pull().RunAsync());
        Assert.Equal(new PullMark(Night + Duration.FromSeconds(300), "SO-300"), marks.Of["erp"]);
        Assert.Equal(300, await OrdersAsync());

        // The next night, in another process: nothing is left of the run but mark and orders.
        outage.After = int.MaxValue;
        PullPass next = await Pull().RunAsync();
        Assert.Equal((200, 1), (next.Applied, next.Repeated));
        Assert.Empty(next.Refused);
        Assert.Equal(500, await OrdersAsync());

        // Changed at the very moment of the mark: the last row itself, one with a lesser key, and a new one with a greater key.
        Instant mark = Night + Duration.FromSeconds(500);
        erp.Write("SO-500", mark, "CUST-2");
        erp.Write("SO-250", mark, "CUST-2");
        erp.Write("SO-501", mark, "CUST-1");
        PullPass again = await Pull().RunAsync();
        Assert.Equal((3, 0), (again.Applied, again.Repeated));
        Assert.Equal("CUST-2", await CustomerAsync("SO-500"));
        Assert.Equal("CUST-2", await CustomerAsync("SO-250"));
        Assert.Equal(501, await OrdersAsync());

        PullPass idle = await Pull().RunAsync();
        Assert.Equal((0, 3), (idle.Applied, idle.Repeated));
        Assert.Equal(2, (await desk.ReadTrailAsync(new OrderId("SO-500"))).Length);
    }

    [Fact]
    public async Task ARowThatIsRefused_IsTold_AndHoldsUpNoOther()
    {
        erp.Write("SO-1", Night, "CUST-1");
        erp.Write("SO-2", Night, "CUST-1", quantity: 0);
        erp.Write("SO-3", Night, "CUST-1");
        PullPass pass = await Pull().RunAsync();
        RowRefused refused = Assert.Single(pass.Refused);
        Assert.Equal(("SO-2", "command.not_positive"), (refused.Key, Assert.Single(refused.Findings).Code));
        Assert.Equal(2, pass.Applied);
    }

    private SourcePull Pull() => new(desk, erp, marks, new Actor("sync", "erp"));

    private async Task<int> OrdersAsync() => (await desk.ReadOrdersAsync(null, 1_000)).Length;

    private async Task<string> CustomerAsync(string order) => (await desk.ReadOrderAsync(new OrderId(order))).Customer.Text;

    /// <summary>An ERP's table of orders: a row that is new is captured, one that is known is amended.</summary>
    private sealed class Erp : IChangedRows
    {
        private readonly SortedDictionary<string, (Instant At, KernelCommand Command)> table = new(StringComparer.Ordinal);

        public void Write(string key, Instant at, string customer, long quantity = 5) => table[key] = (at, table.ContainsKey(key)
            ? new AmendOrder(new OrderId(key), [new FieldChange(0, "customer", customer)], "erp", "erp")
            : new CaptureOrder(
                new OrderId(key), new PartnerId(customer), null, [new NewLine(1, new Sku("A"), new Quantity(quantity))]));

        public ValueTask<ImmutableArray<SourceRow>> ReadAsync(PullMark from, int most, CancellationToken cancellation)
        {
            IEnumerable<SourceRow> changed = table.Select(static row => new SourceRow(row.Key, row.Value.At, row.Value.Command))
                .Where(row => row.ChangedAt > from.ChangedAt
                    || (row.ChangedAt == from.ChangedAt && string.CompareOrdinal(row.Key, from.Key) > 0))
                .OrderBy(static row => row.ChangedAt).ThenBy(static row => row.Key, StringComparer.Ordinal).Take(most);
            return new ValueTask<ImmutableArray<SourceRow>>([.. changed]);
        }
    }

    private sealed class Marks : IPullMarks
    {
        public Dictionary<string, PullMark> Of { get; } = [];

        public ValueTask<PullMark?> ReadAsync(string source, CancellationToken cancellation) =>
            new(Of.TryGetValue(source, out PullMark mark) ? mark : null);

        public ValueTask SaveAsync(string source, PullMark mark, CancellationToken cancellation)
        {
            Of[source] = mark;
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>A database that goes away after so many commands.</summary>
    private sealed class Outage : IDeskWatch
    {
        public int After { get; set; } = int.MaxValue;

        public object? Begin(Submission submission) =>
            After-- > 0 ? null : throw new OrderKernelException("The server is gone.", isTransient: true);

        public void End(object? begun, Submission submission, DeskResult? result)
        {
        }
    }
}
