using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Access;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;

namespace OrderKernel.Desk;

/// <summary>Orders leaving the system as rows.</summary>
public sealed partial class OrderDesk
{
    /// <summary>Exports the lines of the orders that the actor's roles reach, with the columns masked that they do not see. The wish
    /// is stored as a command, granted or denied.</summary>
    /// <param name="id">The command's id; a new one for each export. A repeated one answers as it did first, without rows: what leaves is
    /// read now, and each time stands in the audit.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="wanted">Which columns, and what for.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <remarks><para>Cost: every order is read, a page at a time. Columns: the codes of <see cref="OrderFields"/> and of extension
    /// fields, and <c>order</c>, <c>customer</c>, <c>stage</c>, <c>line</c>, <c>sku</c>.</para></remarks>
    public async Task<OrderExport> ExportOrdersAsync(
        CommandId id, Actor actor, ExportOrders wanted, CancellationToken cancellation = default)
    {
        DeskResult result = await SubmitAsync(new Submission(id, actor, wanted), cancellation).ConfigureAwait(false);
        ImmutableArray<string> columns = wanted.Columns;
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        if (!result.IsAccepted || result.Status == DeskStatus.Repeated)
        {
            return new OrderExport(result, columns, rows.ToImmutable());
        }

        AccessPolicy? policy = await RightsInForceAsync(cancellation).ConfigureAwait(false);
        ActorStanding? standing = await StandingAsync(policy, actor, cancellation).ConfigureAwait(false);
        const int page = 200;
        OrderId? after = null;
        while (true)
        {
            ImmutableArray<KeyValuePair<OrderId, OrderState>> orders =
                await ReadOrdersAsync(after, page, cancellation).ConfigureAwait(false);
            foreach (KeyValuePair<OrderId, OrderState> order in orders)
            {
                rows.AddRange(OrderRows.Of(order.Key, order.Value, columns, policy, standing ?? ActorStanding.Unknown));
            }

            if (orders.Length < page)
            {
                return new OrderExport(result, columns, rows.ToImmutable());
            }

            after = orders[orders.Length - 1].Key;
        }
    }
}

/// <summary>The rows of one order, filtered and masked. Pure.</summary>
internal static class OrderRows
{
    public static IEnumerable<ImmutableArray<string>> Of(
        OrderId id, OrderState order, ImmutableArray<string> columns, AccessPolicy? policy, ActorStanding standing)
    {
        DecisionBasis basis = AccessGate.Of(ActiveDefinitions.None, standing, order);
        if (policy is not null && !policy.Reaches(standing.Roles, CommandTypes.Export, basis.OwnsCustomer, basis.OwnsNode))
        {
            return Array.Empty<ImmutableArray<string>>();
        }

        return order.Lines.Select(line => ImmutableArray.CreateRange(columns.Select(column =>
            policy?.MaySee(standing.Roles, CommandTypes.Export, column, basis.OwnsCustomer, basis.OwnsNode) == false
                ? OrderExport.Masked
                : Value(id, order, line, column))));
    }

    private static string Value(OrderId id, OrderState order, OrderLine line, string column) => column switch
    {
        "order" => id.Text,
        "customer" => order.Customer.Text,
        "stage" => order.Stage.Name.Code,
        "line" => OrderDecider.Digits(line.Number),
        "sku" => line.Sku.Text,
        "quantity" => line.Ordered.ToString(),
        "unit_price" => line.Price is { } price ? price.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture) : string.Empty,
        "external_key" => order.ExternalKey,
        "placed_at" => Iso(order.PlacedAt),
        "captured_at" => OrderDecider.Iso(order.CapturedAt),
        "requested_at" => Iso(order.RequestedAt),
        "first_promised_at" => Iso(order.FirstPromise?.PromisedAt),
        "promised_at" => Iso(order.CurrentPromise?.PromisedAt),
        _ => order.Field(column, line.Number) ?? order.Field(column) ?? string.Empty,
    };

    private static string Iso(NodaTime.Instant? instant) => instant is { } some ? OrderDecider.Iso(some) : string.Empty;
}
