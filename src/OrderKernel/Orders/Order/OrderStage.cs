using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrderKernel.Findings;

namespace OrderKernel.Orders;

/// <summary>Where an order is, in one word that people use, and the role that usually moves it on.</summary>
/// <remarks>
/// <para>The roll-up, first match wins: archived; cancelled (every piece); blocked; completed (every piece not cancelled is
/// signed off); in transit (all has left); partially shipped; awaiting promise (nothing promised); ready to ship (all is held and lies
/// there); partially held (some is); awaiting stock. Borrowed pieces, which do not lie there yet, count as not held.</para>
/// </remarks>
[JsonConverter(typeof(OrderStageJson))]
public sealed class OrderStage
{
    private OrderStage(string code, string english, string chinese, string role, bool isFinal)
    {
        Name = new Term("stage." + code, english, chinese);
        Role = role;
        IsFinal = isFinal;
    }

    /// <summary>Never captured.</summary>
    public static OrderStage None { get; } = new("none", "Not captured", "未录入", "sales", true);

    /// <summary>No date was promised yet.</summary>
    public static OrderStage AwaitingPromise { get; } = new("awaiting_promise", "Awaiting promise", "待承诺交期", "planning", false);

    /// <summary>Nothing is held that lies there: for want of stock, because nobody held it, or because all of it is borrowed.</summary>
    public static OrderStage AwaitingStock { get; } = new("awaiting_stock", "Awaiting stock", "待货", "purchasing", false);

    /// <summary>Part is held and lies there, part is not.</summary>
    public static OrderStage PartiallyHeld { get; } = new("partially_held", "Partially held", "部分锁货", "purchasing", false);

    /// <summary>All that is open is held, lies there and can leave.</summary>
    public static OrderStage ReadyToShip { get; } = new("ready_to_ship", "Ready to ship", "待发货", "warehouse", false);

    /// <summary>Part has left, part is open.</summary>
    public static OrderStage PartiallyShipped { get; } = new("partially_shipped", "Partially shipped", "部分发货", "warehouse", false);

    /// <summary>All has left, not all is signed for.</summary>
    public static OrderStage InTransit { get; } = new("in_transit", "In transit", "运输中", "carrier", false);

    /// <summary>Somebody must lift a block; the block names the role.</summary>
    public static OrderStage Blocked { get; } = new("blocked", "Blocked", "已冻结", "sales", false);

    /// <summary>Every piece that was not cancelled is signed off.</summary>
    public static OrderStage Completed { get; } = new("completed", "Completed", "已完成", "sales", true);

    /// <summary>Every piece was cancelled.</summary>
    public static OrderStage Cancelled { get; } = new("cancelled", "Cancelled", "已取消", "sales", true);

    /// <summary>Put away.</summary>
    public static OrderStage Archived { get; } = new("archived", "Archived", "已归档", "sales", true);

    /// <summary>All stages, in the order an order usually passes them.</summary>
    public static ImmutableArray<OrderStage> All { get; } = ImmutableArray.Create(
        None, AwaitingPromise, AwaitingStock, PartiallyHeld, ReadyToShip, PartiallyShipped, InTransit, Blocked, Completed,
        Cancelled, Archived);

    /// <summary>The code (<c>stage.…</c>) and both names.</summary>
    public Term Name { get; }

    /// <summary>The role that usually moves it on; see <see cref="OrderWords.Roles"/>.</summary>
    public string Role { get; }

    /// <summary>Whether nothing more is expected to happen.</summary>
    public bool IsFinal { get; }

    /// <summary>The code.</summary>
    public override string ToString() => Name.Code;

    /// <summary>The roll-up of an order that was captured.</summary>
    internal static OrderStage Of(OrderState state)
    {
        if (state.ArchivedAt is not null)
        {
            return Archived;
        }

        bool open = false, held = false, unheld = false, shipped = false, unsigned = false;
        foreach (OrderLine line in state.Lines)
        {
            long still = line.Open.Units;
            open |= still > 0;
            long covered = line.Borrowed.IsEmpty ? line.Held.Units : line.Covered.Units;
            held |= covered > 0;
            unheld |= still > covered;
            shipped |= !line.Shipped.IsZero;
            unsigned |= line.Delivered < line.Shipped;
        }

        if (!open)
        {
            bool done = !unsigned || state.SignOff == SignOff.Shipment;
            return !shipped ? Cancelled : !state.Blocks.IsEmpty && !done ? Blocked : done ? Completed : InTransit;
        }

        return !state.Blocks.IsEmpty ? Blocked
            : shipped ? PartiallyShipped
            : state.CurrentPromise is null ? AwaitingPromise
            : !unheld ? ReadyToShip
            : held ? PartiallyHeld
            : AwaitingStock;
    }
}
