using System.Collections.Immutable;

namespace OrderKernel.Packs;

/// <summary>The command types that a policy may grant and a field may be needed for.</summary>
public static class CommandTypes
{
    /// <summary>The right to export, asked for each time data leaves.</summary>
    public const string Export = "access.export";

    /// <summary>Every command type of this kernel, in ordinal order.</summary>
    public static ImmutableArray<string> All { get; } = ImmutableArray.Create(
        Export,
        "definitions.activate_pack", "definitions.add_field", "definitions.deactivate_pack", "definitions.remove_field",
        "definitions.set_parameter",
        "order.amend", "order.archive", "order.block", "order.cancel_lines", "order.capture", "order.confirm_delivery",
        "order.correct_fact", "order.expire_hold", "order.hold_stock", "order.promise", "order.release_stock", "order.return_lines",
        "order.set_standing", "order.ship", "order.unblock",
        "stock.adjust", "stock.arrive_transfer", "stock.dispatch_transfer", "stock.inspect_returns", "stock.reallocate",
        "stock.receive", "stock.report_consignment", "stock.request_transfer", "stock.send_consignment", "stock.set_overdraft");
}
