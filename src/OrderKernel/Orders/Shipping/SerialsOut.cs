using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Orders;

/// <summary>The serial numbers of an order that are out: they left with a shipment on whatever line, and did not come back since. One that
/// is out cannot leave again, and only one that is out and signed for can come back.</summary>
internal sealed class SerialsOut
{
    private readonly OrderState state;
    private readonly Dictionary<string, List<(int Line, int Shipment)>> places = new(StringComparer.Ordinal);
    private readonly HashSet<string> named = new(StringComparer.Ordinal);

    // How many pieces of a line came back without their numbers, as returns were recorded that did not know any.
    private readonly Dictionary<int, long> nameless = new();

    public SerialsOut(OrderState state)
    {
        this.state = state;
        foreach (OrderLine line in state.Lines)
        {
            nameless[line.Number] = line.Returned.Units;
        }

        for (int i = 0; i < state.Shipments.Length; i++)
        {
            foreach (LineSerials serials in state.Shipments[i].Serials)
            {
                ImmutableArray<string> back = Of(state.Shipments[i].SerialsBack, serials.Line);
                nameless[serials.Line] -= back.Length;
                foreach (string number in serials.Numbers.Except(back, StringComparer.Ordinal))
                {
                    Add(number, serials.Line, i);
                }
            }
        }
    }

    /// <summary>Checks what shall leave of a line.</summary>
    public void CheckLeaving(OrderLine line, ImmutableArray<string> numbers, ref List<Finding>? findings)
    {
        foreach (string number in numbers)
        {
            if (!named.Add(number) || (places.TryGetValue(number, out List<(int Line, int Shipment)>? there) && !CameBackNameless(there)))
            {
                OrderDecider.Add(ref findings, OrderRefusals.SerialRepeated.About(
                    OrderDecider.Subject(line.Number), "serials", OrderDecider.Digits(line.Number), number));
            }
        }
    }

    /// <summary>Checks what shall come back of a line.</summary>
    public void CheckComingBack(OrderLine line, ImmutableArray<string> numbers, ref List<Finding>? findings)
    {
        foreach (string number in numbers)
        {
            if (ShipmentOf(line.Number, number) is null || !named.Add(line.Number + "/" + number))
            {
                OrderDecider.Add(ref findings, OrderRefusals.SerialNotOut.About(
                    OrderDecider.Subject(line.Number), "serials", OrderDecider.Digits(line.Number), number));
            }
        }
    }

    /// <summary>The place of the oldest signed-for shipment that a number of a line is out with; null when it is out with none.</summary>
    public int? ShipmentOf(int line, string number)
    {
        if (places.TryGetValue(number, out List<(int Line, int Shipment)>? found))
        {
            foreach ((int ofLine, int shipment) in found)
            {
                if (ofLine == line && state.Shipments[shipment].DeliveredAt is not null)
                {
                    return shipment;
                }
            }
        }

        return null;
    }

    /// <summary>The shipments after the numbers of a return came back.</summary>
    public static ImmutableArray<ShipmentRecord> Return(OrderState state, ImmutableArray<LineSerials> serials)
    {
        if (serials.IsDefaultOrEmpty)
        {
            return state.Shipments;
        }

        var before = new SerialsOut(state);
        ImmutableArray<ShipmentRecord>.Builder shipments = state.Shipments.ToBuilder();
        foreach (LineSerials line in serials)
        {
            foreach (IGrouping<int, string> numbers in line.Numbers.GroupBy(number => before.ShipmentOf(line.Line, number)
                ?? throw new KernelInvariantException($"Line {line.Line}: serial {number} comes back and is not out.")))
            {
                ImmutableArray<LineSerials> back = shipments[numbers.Key].SerialsBack;
                ImmutableArray<string> all = Of(back, line.Line).AddRange(numbers);
                shipments[numbers.Key] = shipments[numbers.Key] with
                {
                    SerialsBack = back.RemoveAll(one => one.Line == line.Line).Add(new LineSerials(line.Line, all)),
                };
            }
        }

        return shipments.MoveToImmutable();
    }

    private static ImmutableArray<string> Of(ImmutableArray<LineSerials> serials, int line) =>
        serials.FirstOrDefault(one => one.Line == line)?.Numbers ?? ImmutableArray<string>.Empty;

    // A number that is out twice left again for a piece that had come back nameless, and has used that up.
    private void Add(string number, int line, int shipment)
    {
        if (!places.TryGetValue(number, out List<(int Line, int Shipment)>? found))
        {
            places.Add(number, found = new List<(int Line, int Shipment)>(1));
        }
        else
        {
            nameless[found[found.Count - 1].Line]--;
        }

        found.Add((line, shipment));
    }

    private bool CameBackNameless(List<(int Line, int Shipment)> there)
    {
        int line = there[there.Count - 1].Line;
        bool may = nameless[line] > 0;
        nameless[line] -= may ? 1 : 0;
        return may;
    }
}
