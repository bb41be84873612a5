using System.Collections.Immutable;
using System.Text.Json;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Holds what has fallen free for the lines that wait for it, best rank first; issued by the desk after a receipt or a
/// release, and by the timer where the desk did not come to it.</summary>
public sealed record ServeWaiting : KernelCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="cause">The stream whose change set the stock free.</param>
    /// <param name="version">The version of that stream after the change.</param>
    /// <param name="chunk">Counts the commands that serve this change, from 0.</param>
    /// <param name="most">How many orders it serves at most.</param>
    /// <param name="skus">The SKUs that have fallen free; in order, each once.</param>
    public ServeWaiting(StreamId cause, long version, int chunk, int most, ImmutableArray<Sku> skus)
    {
        Stream = cause;
        Version = version;
        Chunk = chunk;
        Most = most;
        Skus = skus;
    }

    /// <inheritdoc />
    public override StreamId Stream { get; }

    /// <summary>The version of that stream after the change.</summary>
    public long Version { get; }

    /// <summary>Counts the commands that serve this change.</summary>
    public int Chunk { get; }

    /// <summary>How many orders it serves at most.</summary>
    public int Most { get; }

    /// <summary>The SKUs that have fallen free.</summary>
    public ImmutableArray<Sku> Skus { get; }

    /// <inheritdoc />
    public override string CommandType => "waiting.serve";

    internal override void Size(CommandSize size) => size.Of(Skus, "skus");

    internal override void WriteBody(JsonText json)
    {
        json.Member("category", Stream.Category).Member("key", Stream.Key).Member("version", Version).Member("chunk", Chunk)
            .Member("most", Most).OpenArray("skus");
        foreach (Sku sku in Skus)
        {
            json.Element(sku.Text);
        }

        json.CloseArray();
    }

    internal static ServeWaiting Read(JsonElement json) => new(
        new StreamId(json.Text("category"), json.Text("key")), json.Long("version"), json.Int("chunk"), json.Int("most"),
        json.Array("skus", static sku => new Sku(sku.GetString() ?? string.Empty)));

    /// <summary>Decides: the orders in sight are served one after the other, each line as far as stock goes.</summary>
    internal Decision Decide(DecisionContext context)
    {
        var streams = ImmutableArray.CreateBuilder<StreamEvents>();
        StockPicture left = context.Stock;
        foreach (SeenOrder other in context.Sight.Others)
        {
            OrderState state = other.State;
            bool mayHold = state.Exists && state.ArchivedAt is null && state.Blocks.IsEmpty && OrderFeatures.MayBeServed(state)
                && streams.Count < Most;
            Allocation? served = mayHold ? Allocation.Serve(Demands(state), left, default) : null;
            if (served is null || served.Takes.IsEmpty || served.Takes.Length > context.Limits.MaxTakes)
            {
                continue;
            }

            left = left.Without(served.Takes);
            (HoldTier? tier, NodaTime.Instant? expires) = HoldTerms.Kept(state, context);
            streams.Add(new StreamEvents(
                new StreamId(StreamId.OrderCategory, other.Order.Text), ImmutableArray.Create<DomainEvent>(new OrderStockHeld(
                    context.Now, served.Takes, state.HoldGeneration + 1, expires, tier) { Borrowed = served.Borrowed })));
        }

        return streams.Count == 0 ? Decision.AlreadyTrue() : Decision.Accept(streams.ToImmutable());
    }

    private ImmutableArray<Demand> Demands(OrderState state)
    {
        var demands = ImmutableArray.CreateBuilder<Demand>();
        foreach (OrderLine line in state.Lines)
        {
            if (!line.Unheld.IsZero && Skus.BinarySearch(line.Sku) >= 0)
            {
                demands.Add(new Demand(line.Number, line.Sku, line.Unheld));
            }
        }

        return demands.ToImmutable();
    }
}
