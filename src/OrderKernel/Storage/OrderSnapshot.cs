using System;
using System.Globalization;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Storage;

/// <summary>An order as its first so many events made it.</summary>
public sealed record OrderSnapshot
{
    /// <summary>Makes a snapshot from its stored parts; <see cref="Of"/> makes a new one.</summary>
    /// <param name="order">The order.</param>
    /// <param name="version">How many events it covers.</param>
    /// <param name="schema">The form of the state; see <see cref="SchemaOf"/>.</param>
    /// <param name="lastHash">The hash of the last event that it covers.</param>
    /// <param name="state">The state as canonical JSON.</param>
    /// <param name="checksum">The hash over all of it.</param>
    public OrderSnapshot(OrderId order, long version, string schema, string lastHash, string state, string checksum)
    {
        Order = order;
        Version = version;
        Schema = schema ?? throw new ArgumentNullException(nameof(schema));
        LastHash = lastHash ?? throw new ArgumentNullException(nameof(lastHash));
        State = state ?? throw new ArgumentNullException(nameof(state));
        Checksum = checksum ?? throw new ArgumentNullException(nameof(checksum));
    }

    /// <summary>The order.</summary>
    public OrderId Order { get; }

    /// <summary>How many events it covers.</summary>
    public long Version { get; }

    /// <summary>The form of the state.</summary>
    public string Schema { get; }

    /// <summary>The hash of the last event that it covers.</summary>
    public string LastHash { get; }

    /// <summary>The state as canonical JSON.</summary>
    public string State { get; }

    /// <summary>The hash over all other parts, as it was when they were written.</summary>
    public string Checksum { get; }

    /// <summary>Whether the parts are as they were written. Guards against damage, not against somebody who may write to the
    /// database.</summary>
    public bool IsIntact => string.Equals(Checksum, Sum(Order, Version, Schema, LastHash, State), StringComparison.Ordinal);

    /// <summary>Makes a snapshot.</summary>
    /// <param name="order">The order.</param>
    /// <param name="state">Its state; of at least one event.</param>
    /// <param name="lastHash">The hash of the last event of that state.</param>
    /// <param name="forms">The older forms that its events were read in.</param>
    /// <exception cref="ArgumentException">The order was never captured.</exception>
    public static OrderSnapshot Of(OrderId order, OrderState state, string lastHash, EventForms forms)
    {
        if (state is null || !state.Exists)
        {
            throw new ArgumentException("There is nothing to keep of an order that was never captured.", nameof(state));
        }

        string json = OrderStateJson.Write(state);
        string schema = SchemaOf(forms);
        return new OrderSnapshot(order, state.Version, schema, lastHash, json, Sum(order, state.Version, schema, lastHash, json));
    }

    /// <summary>The form of the states that this kernel keeps: a hash over its version, the members of a state and the older forms of
    /// events that are read. Snapshots of any other are passed over.</summary>
    /// <param name="forms">The older forms.</param>
    public static string SchemaOf(EventForms forms) => ContentHash.Of(string.Format(
        CultureInfo.InvariantCulture, "order-state {0} {1} {2}", KernelVersion.Current, OrderStateJson.Form,
        (forms ?? throw new ArgumentNullException(nameof(forms))).Hash));

    /// <summary>The state.</summary>
    /// <returns>Null when the snapshot is damaged.</returns>
    public OrderState? Read()
    {
        if (!IsIntact)
        {
            return null;
        }

        try
        {
            OrderState state = OrderStateJson.Read(State);
            return state.Version == Version ? state : null;
        }
        catch (KernelInvariantException)
        {
            return null;
        }
    }

    private static string Sum(OrderId order, long version, string schema, string lastHash, string state) => ContentHash.Of(string.Join(
        "\n", order.Text, version.ToString(CultureInfo.InvariantCulture), schema, lastHash, state));
}
