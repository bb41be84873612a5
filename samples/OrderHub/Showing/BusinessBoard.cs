using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderHub.Playing;
using OrderKernel.Board;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderHub.Showing;

/// <summary>What one business has to show: its orders as they are stored, and what the checks of its books found.</summary>
internal sealed record BusinessBoard(
    Business Business, ImmutableArray<KeyValuePair<OrderId, OrderState>> Orders, int LedgerFindings, int BrokenChains)
{
    /// <summary>The open orders; overdue first, then by how long they have been where they are.</summary>
    public ImmutableArray<BoardRow> Open => ImmutableArray.CreateRange(Orders
        .Where(static order => !order.Value.Stage.IsFinal)
        .Select(static order => BoardRow.Of(order.Key, order.Value, Timeline.AsOf))
        .OrderByDescending(static row => row.IsOverdue).ThenBy(static row => row.Since).ThenBy(static row => row.Order));

    /// <summary>The name of a role: the pack's, or else the kernel's.</summary>
    public string RoleName(string role, Language language) =>
        Business.Runs.Pack.Access?.Roles.FirstOrDefault(known => known.Name.Code == role)?.Name.Text(language)
        ?? OrderWords.Role(role, language);

    public IEnumerable<OrderState> States => Orders.Select(static order => order.Value);

    /// <summary>The orders that were never promised for any date.</summary>
    public IEnumerable<string> WithoutPromise => Orders
        .Where(static order => order.Value.FirstPromise is null && order.Value.Commercial != CommercialState.Cancelled)
        .Select(static order => order.Key.Text);
}
