using System.Collections.Immutable;

namespace OrderKernel.Packs;

/// <summary>The command types that a policy may grant and a field may be needed for.</summary>
public static class CommandTypes
{
    /// <summary>The right to export, asked for each time data leaves.</summary>
    public const string Export = "access.export";

    /// <summary>The right to be told of orders: answer, board and history; asked for by reads for an actor
    /// (<c>OrderDesk.As</c>).</summary>
    public const string Read = "access.read";

    /// <summary>The right to be told who did what; asked for by reads for an actor.</summary>
    public const string Audit = "access.audit";

    /// <summary>The right of whoever wakes timers, whatever they are for.</summary>
    internal const string WakeUp = "order.expire_hold";

    /// <summary>What only the desk issues, after a change that was granted or when its timer wakes up. From outside it is denied, and no
    /// policy can grant it.</summary>
    internal static ImmutableArray<string> OfDesk { get; } = ImmutableArray.Create("stock.cover", "waiting.serve");

    /// <summary>Every command type that somebody may issue, in ordinal order. What only the desk issues is not among them.</summary>
    public static ImmutableArray<string> All { get; } = ImmutableArray.Create(
        Audit, Export, Read,
        "definitions.activate_pack", "definitions.add_field", "definitions.deactivate_pack", "definitions.remove_field",
        "definitions.set_parameter",
        "order.agree_trade_in", "order.amend", "order.archive", "order.attach_evidence", "order.block", "order.cancel_lines",
        "order.capture", "order.close_trade_in", "order.confirm_delivery", "order.confirm_service", "order.correct_fact",
        "order.expire_hold", "order.hold_stock", "order.migrate_lifecycle", "order.number", "order.promise",
        "order.record_payment",
        "order.release_stock", "order.report_consumption", "order.return_lines", "order.set_standing", "order.ship", "order.signal",
        "order.split", "order.unblock",
        "stock.adjust", "stock.arrive_transfer", "stock.dispatch_transfer", "stock.inspect_returns", "stock.reallocate",
        "stock.receive", "stock.report_consignment", "stock.request_transfer", "stock.send_consignment", "stock.set_overdraft");

    /// <summary>The command type that raises a trigger of a lifecycle; a signal is given by <c>order.signal</c>.</summary>
    /// <param name="trigger">The trigger's code, such as <c>ship</c>.</param>
    public static string OfTrigger(string trigger) => trigger switch
    {
        "promise" or "amend" or "ship" or "block" or "unblock" => "order." + trigger,
        "hold" => "order.hold_stock",
        "release" => "order.release_stock",
        "hold_expired" => "order.expire_hold",
        "deliver" => "order.confirm_delivery",
        "cancel" => "order.cancel_lines",
        "return" => "order.return_lines",
        "evidence" => "order.attach_evidence",
        "pay" => "order.record_payment",
        "trade_in" => "order.close_trade_in",
        "perform" => "order.confirm_service",
        "consume" => "order.report_consumption",
        _ => "order.signal",
    };
}
