using System;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Testing;

/// <summary>Given what happened, when a command comes, then these events or this refusal: tests that never touch the state.</summary>
/// <example><code>OrderScenario.Given(captured, held).When(ship).ThenRefused(OrderRefusals.IsBlocked)</code></example>
public sealed class OrderScenario
{
    private readonly OrderState state;
    private readonly ImmutableArray<FreeStock> stock;
    private readonly Instant now;

    private OrderScenario(OrderState state, ImmutableArray<FreeStock> stock, Instant now)
    {
        this.state = state;
        this.stock = stock;
        this.now = now;
    }

    /// <summary>The order as its events made it.</summary>
    public OrderState State => state;

    /// <summary>Starts from what happened; the clock stands an hour after the last event.</summary>
    /// <param name="happened">The events, in order; none for an order that was never captured.</param>
    public static OrderScenario Given(params OrderEvent[] happened)
    {
        OrderState state = OrderState.None;
        foreach (OrderEvent one in happened ?? throw new ArgumentNullException(nameof(happened)))
        {
            state = OrderFold.Evolve(state, one);
        }

        Instant last = happened.Length == 0 ? Instant.FromUtc(2026, 9, 1, 8, 0) : happened[happened.Length - 1].At;
        return new OrderScenario(state, ImmutableArray<FreeStock>.Empty, last + Duration.FromHours(1));
    }

    /// <summary>Puts stock into the picture.</summary>
    /// <param name="cells">What may be taken where.</param>
    public OrderScenario WithStock(params FreeStock[] cells) => new(state, stock.AddRange(cells), now);

    /// <summary>Sets the clock.</summary>
    /// <param name="at">The moment of the decision.</param>
    public OrderScenario At(Instant at) => new(state, stock, at);

    /// <summary>Decides a command.</summary>
    /// <param name="command">The command.</param>
    public OrderOutcome When(OrderCommand command) =>
        new(state, OrderDecider.Decide(state, command, new DecisionContext(now, new StockPicture(stock))));
}

/// <summary>What came of a command, to be compared with what was expected.</summary>
public sealed class OrderOutcome
{
    private readonly OrderState before;

    internal OrderOutcome(OrderState before, Decision decision)
    {
        this.before = before;
        Decision = decision;
    }

    /// <summary>The decision.</summary>
    public Decision Decision { get; }

    /// <summary>The order after the decision.</summary>
    public OrderState State => Decision.Streams.SelectMany(static stream => stream.Events).Aggregate(before, OrderFold.Evolve);

    /// <summary>Expects exactly these events, in this order; none means that what was asked was already true.</summary>
    /// <param name="expected">The events.</param>
    /// <exception cref="LawBrokenException">Something else happened.</exception>
    public OrderOutcome Then(params OrderEvent[] expected)
    {
        Accepted();
        string made = string.Join("\n", Decision.Streams.SelectMany(static stream => stream.Events).Select(Show));
        string wanted = string.Join("\n", expected.Select(Show));
        LawBrokenException.Unless(made == wanted, $"Expected:\n{wanted}\nbut got:\n{made}");
        return this;
    }

    /// <summary>Expects acceptance, whatever the events.</summary>
    /// <exception cref="LawBrokenException">The command was refused.</exception>
    public OrderOutcome Accepted()
    {
        LawBrokenException.Unless(Decision.IsAccepted, "Refused: " + string.Join("; ", Decision.Findings));
        return this;
    }

    /// <summary>Expects exactly these reasons of refusal, in this order.</summary>
    /// <param name="reasons">The kinds.</param>
    /// <exception cref="LawBrokenException">It was accepted, or refused for other reasons.</exception>
    public OrderOutcome ThenRefused(params FindingKind[] reasons)
    {
        string made = Decision.IsAccepted ? "accepted" : string.Join(", ", Decision.Findings.Select(static f => f.Code));
        string wanted = string.Join(", ", reasons.Select(static kind => kind.Code));
        LawBrokenException.Unless(made == wanted, $"Expected refusal {wanted} but got: {made}");
        return this;
    }

    private static string Show(DomainEvent happened) => happened.EventType + " " + happened.ToJson();
}
