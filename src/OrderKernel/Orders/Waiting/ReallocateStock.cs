using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text.Json;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>What a reallocation makes of one line's holds.</summary>
/// <param name="Order">The order.</param>
/// <param name="Line">The line.</param>
/// <param name="Before">What it held when the plan was made; a line that holds something else refuses the command.</param>
/// <param name="After">What it shall hold.</param>
/// <param name="Segment">The code of the segment that says so.</param>
/// <param name="By">Who has the pieces now; null when nobody has, or when it gains.</param>
public sealed record ReallocationMove(OrderId Order, int Line, Quantity Before, Quantity After, string Segment, OrderId? By = null);

/// <summary>Makes one chunk of a reallocation true: what others let go and what some take, all of it or nothing.</summary>
public sealed record ReallocateStock : KernelCommand
{
    /// <summary>The category of the streams that reallocations are decided on.</summary>
    public const string Category = "reallocation";

    /// <summary>Makes the command.</summary>
    /// <param name="run">Names the reallocation.</param>
    /// <param name="chunk">Counts its chunks, from 0.</param>
    /// <param name="moves">What becomes of which line, in the order in which lines take; each line once.</param>
    public ReallocateStock(DocumentId run, int chunk, ImmutableArray<ReallocationMove> moves)
    {
        Run = run;
        Chunk = chunk;
        Moves = moves;
    }

    /// <summary>Names the reallocation.</summary>
    public DocumentId Run { get; }

    /// <summary>Counts its chunks.</summary>
    public int Chunk { get; }

    /// <summary>What becomes of which line.</summary>
    public ImmutableArray<ReallocationMove> Moves { get; }

    /// <inheritdoc />
    public override StreamId Stream => new(Category, Run.Text);

    /// <inheritdoc />
    public override string CommandType => "stock.reallocate";

    internal override void WriteBody(JsonText json)
    {
        json.Member("run", Run.Text).Member("chunk", Chunk).OpenArray("moves");
        foreach (ReallocationMove move in Moves)
        {
            json.OpenObject().Member("order", move.Order.Text).Member("line", move.Line).Member("before", move.Before.Units)
                .Member("after", move.After.Units).Member("segment", move.Segment).Optional("by", move.By?.Text).CloseObject();
        }

        json.CloseArray();
    }

    internal static ReallocateStock Read(JsonElement json) => new(
        new DocumentId(json.Text("run")), json.Int("chunk"), json.Array("moves", static move => new ReallocationMove(
            new OrderId(move.Text("order")), move.Int("line"), move.Quantity("before"), move.Quantity("after"), move.Text("segment"),
            move.OptionalText("by") is { } by ? new OrderId(by) : null)));

    internal override void Size(CommandSize size) => size.Of(Moves, "moves");

    internal override void Check(CommandCheck check)
    {
        check.NotEmpty(Moves, "moves");
        var seen = new HashSet<(OrderId, int)>();
        for (int i = 0; !Moves.IsDefault && i < Moves.Length; i++)
        {
            check.Allowed(Moves[i].Segment, "segment");
            if (!seen.Add((Moves[i].Order, Moves[i].Line)))
            {
                string line = OrderDecider.Digits(Moves[i].Line);
                check.Add(CommandFaults.LineRepeated.About(Moves[i].Order.Text, "line", line, "moves"));
            }
        }
    }

    /// <summary>The orders it moves, in the order in which they are first named; what the desk reads.</summary>
    internal ImmutableArray<OrderId> Orders
    {
        get
        {
            var orders = ImmutableArray.CreateBuilder<OrderId>();
            var seen = new HashSet<OrderId>();
            foreach (ReallocationMove move in Moves)
            {
                if (seen.Add(move.Order))
                {
                    orders.Add(move.Order);
                }
            }

            return orders.ToImmutable();
        }
    }
}
