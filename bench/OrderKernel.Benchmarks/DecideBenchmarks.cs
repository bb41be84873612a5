using System.Collections.Immutable;
using System.Linq;
using BenchmarkDotNet.Attributes;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Benchmarks;

/// <summary>Deciding and folding without codec, store or hashes.</summary>
[MemoryDiagnoser]
public class DecideBenchmarks
{
    private readonly CaptureOrder capture = Workload.Capture(new OrderId("B-1"), 1, 10);
    private readonly DecisionContext context = new(Workload.Start + Duration.FromDays(1), Workload.Picture(10, 1));
    private readonly HoldStock hold = new(new OrderId("B-1"));
    private readonly OrderState captured;
    private readonly OrderState held;
    private readonly ShipOrder ship;
    private readonly OrderState wide;
    private readonly DecisionContext wideContext;

    public DecideBenchmarks()
    {
        captured = Fold(OrderState.None, capture);
        held = Fold(captured, hold);
        ship = (ShipOrder)Workload.Life("B", 1, 10)[2].Command;
        wide = Fold(OrderState.None, new CaptureOrder(
            new OrderId("W-1"), new PartnerId("P"), Workload.Start,
            ImmutableArray.Create(new NewLine(1, new Sku("WIDE"), new Quantity(5_000)))));
        wideContext = new DecisionContext(
            Workload.Start + Duration.FromDays(1),
            new StockPicture(Enumerable.Range(0, 400)
                .Select(i => new FreeStock(new StockCell(new Sku("WIDE"), new NodeId($"N{i:D3}")), 12 + (i % 2), Quantity.Zero))
                .ToImmutableArray()));
    }

    [Benchmark]
    public OrderState Capture10() => Fold(OrderState.None, capture);

    [Benchmark]
    public OrderState Hold10() => Fold(captured, hold);

    [Benchmark]
    public OrderState Ship10() => Fold(held, ship);

    [Benchmark]
    public OrderState Hold5000Over400Nodes()
    {
        Decision decision = OrderDecider.Decide(wide, hold with { Order = new OrderId("W-1") }, wideContext);
        return OrderFold.Evolve(wide, decision.Streams[0].Events[0]);
    }

    private OrderState Fold(OrderState state, OrderCommand command)
    {
        Decision decision = OrderDecider.Decide(state, command, context);
        foreach (DomainEvent happened in decision.Streams[0].Events)
        {
            state = OrderFold.Evolve(state, happened);
        }

        return state;
    }
}
