namespace OrderKernel.Orders;

/// <summary>The bounds of an order. Reaching one is refused with <c>order.limit_reached</c>, naming it.</summary>
/// <param name="MaxLines">Lines of one order. The default is 1,000.</param>
/// <param name="MaxTakes">Cells that one command may take from. The default is 5,000.</param>
/// <param name="MaxShipments">Shipments of one order. The default is 1,000.</param>
/// <param name="MaxHistory">Promises, amendments or corrections of one order, each. The default is 1,000.</param>
/// <param name="MaxSerials">Serial numbers in one shipment. The default is 10,000.</param>
/// <param name="MaxText">Characters of a free text. The default is 400.</param>
/// <param name="MaxEntries">Entries of all lists of one command, whichever command, lists within entries counted too. The default is
/// 20,000. A command with more is malformed (<c>command.too_many_entries</c>), so it is neither decided nor stored.</param>
public sealed record OrderLimits(
    int MaxLines = 1_000, int MaxTakes = 5_000, int MaxShipments = 1_000, int MaxHistory = 1_000, int MaxSerials = 10_000,
    int MaxText = 400, int MaxEntries = 20_000)
{
    /// <summary>The bounds a host gets without asking.</summary>
    public static OrderLimits Default { get; } = new();
}
