using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using OrderKernel.Measures;
using OrderKernel.Sourcing;

namespace OrderKernel.Cli;

/// <summary>The JSON of sourcing problems and plans. Indexes are 0-based; costs are integers of one unit.</summary>
internal static class SourcingJson
{
    /// <summary>Reads <c>lines[]</c> (qty, weightG, penalty), <c>nodes[]</c> (fixed, rate) and <c>stock[line]</c> = list of
    /// [node, units]; one piece costs weightG times rate. <c>maxShipments</c> is optional.</summary>
    public static SourcingProblem Read(JsonElement json)
    {
        ImmutableArray<SourcingLine> lines = [.. Items(json, "lines").Select((line, i) => new SourcingLine(
            Numbered(i), new Quantity(Long(line, "qty")), Long(line, "penalty"), Long(line, "weightG")))];
        JsonElement[] places = Items(json, "nodes");
        ImmutableArray<SourcingNode> nodes = [.. places.Select((node, i) =>
            new SourcingNode(new NodeId(Numbered(i)), Long(node, "fixed")))];
        var cells = ImmutableArray.CreateBuilder<OfferStock>();
        var offers = ImmutableArray.CreateBuilder<SourcingOffer>();
        JsonElement[] stock = Items(json, "stock");
        if (stock.Length != lines.Length)
        {
            throw new FormatException($"stock has {stock.Length} entries for {lines.Length} lines; give one list a line.");
        }

        for (int line = 0; line < stock.Length; line++)
        {
            foreach (JsonElement pair in stock[line].EnumerateArray())
            {
                int node = pair[0].GetInt32();
                if (node < 0 || node >= nodes.Length)
                {
                    throw new FormatException($"stock[{line}] names node {node}; there are {nodes.Length}, from 0.");
                }

                cells.Add(new OfferStock(Numbered(cells.Count), new Quantity(pair[1].GetInt64())));
                long unitCost = checked(lines[line].UnitWeight * Long(places[node], "rate"));
                offers.Add(new SourcingOffer(line, node, cells.Count - 1, unitCost));
            }
        }

        int most = json.TryGetProperty("maxShipments", out JsonElement limit) ? limit.GetInt32() : int.MaxValue;
        return new SourcingProblem(lines, nodes, cells.ToImmutable(), offers.ToImmutable(), default, most);
    }

    /// <summary>Writes a plan.</summary>
    public static void Write(Utf8JsonWriter json, JsonElement problem, SourcingPlan plan, TimeSpan took)
    {
        json.WriteStartObject();
        json.WritePropertyName("id");
        Property(problem, "id").WriteTo(json);
        json.WriteNumber("objective", plan.Objective);
        json.WriteNumber("lowerBound", plan.LowerBound);
        json.WriteString("proof", plan.Proof switch
        {
            SourcingProof.Exact => "exact",
            SourcingProof.Certificate => "certificate",
            _ => "none",
        });
        json.WriteStartArray("shipments");
        foreach (PlannedShipment shipment in plan.Shipments)
        {
            json.WriteStartObject();
            json.WriteNumber("node", shipment.Node);
            json.WriteStartArray("lines");
            foreach (PlannedPick pick in shipment.Picks)
            {
                WriteLine(json, pick.Line, pick.Quantity);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("unfilled");
        foreach (UnfilledLine line in plan.Unfilled)
        {
            WriteLine(json, line.Line, line.Quantity);
        }

        json.WriteEndArray();
        json.WriteStartArray("prices");
        foreach (long price in plan.Prices)
        {
            json.WriteNumberValue(price);
        }

        json.WriteEndArray();
        json.WriteNumber("steps", plan.Steps);
        json.WriteNumber("micros", Math.Round(took.TotalMicroseconds, 1));
        json.WriteEndObject();
    }

    internal static JsonElement[] Items(JsonElement json, string name) => [.. Property(json, name).EnumerateArray()];

    internal static long Long(JsonElement json, string name) => Property(json, name).GetInt64();

    internal static JsonElement Property(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value)
            ? value
            : throw new FormatException($"'{name}' is missing.");

    private static void WriteLine(Utf8JsonWriter json, int line, Quantity quantity)
    {
        json.WriteStartObject();
        json.WriteNumber("line", line);
        json.WriteNumber("qty", quantity.Units);
        json.WriteEndObject();
    }

    // Padded, so that ordinal order is numeric order.
    private static string Numbered(int i) => i.ToString("D7", CultureInfo.InvariantCulture);
}
