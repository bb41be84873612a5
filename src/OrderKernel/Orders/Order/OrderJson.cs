using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Writes and reads the parts that order events and commands share.</summary>
internal static class OrderJson
{
    public static JsonText WriteLines(this JsonText json, string name, ImmutableArray<NewLine> lines)
    {
        json.OpenArray(name);
        for (int i = 0; !lines.IsDefault && i < lines.Length; i++)
        {
            json.OpenObject().WriteLine(lines[i]).CloseObject();
        }

        return json.CloseArray();
    }

    public static JsonText WriteLine(this JsonText json, NewLine line)
    {
        json.Member("line", line.Number).Member("sku", line.Sku.Text).Member("quantity", line.Quantity.Units);
        if (line.Price is { } price)
        {
            json.Member("price", price.Amount.ToString(CultureInfo.InvariantCulture))
                .Member("currency", price.Currency.Code).Member("places", price.Currency.DecimalPlaces);
        }

        return line.TracksSerials ? json.Member("serials", true) : json;
    }

    public static NewLine ReadLine(JsonElement json) => new(
        json.Int("line"), new Sku(json.Text("sku")), json.Quantity("quantity"), ReadPrice(json),
        json.Has("serials") && json.Bool("serials"));

    private static UnitPrice? ReadPrice(JsonElement json) => json.Has("price")
        ? new UnitPrice(json.Decimal("price"), new Currency(json.Text("currency"), json.Int("places")))
        : null;

    public static JsonText WriteTakes(this JsonText json, string name, ImmutableArray<Take> takes)
    {
        json.OpenArray(name);
        foreach (Take take in takes)
        {
            take.Cell.WriteTo(json.OpenObject().Member("line", take.Line)).Member("quantity", take.Quantity.Units).CloseObject();
        }

        return json.CloseArray();
    }

    public static Take ReadTake(JsonElement json) => new(json.Int("line"), StockCell.Read(json), json.Quantity("quantity"));

    public static JsonText WriteQuantities(this JsonText json, string name, ImmutableArray<LineQuantity> lines)
    {
        json.OpenArray(name);
        for (int i = 0; !lines.IsDefault && i < lines.Length; i++)
        {
            json.OpenObject().Member("line", lines[i].Line).Member("quantity", lines[i].Quantity.Units).CloseObject();
        }

        return json.CloseArray();
    }

    public static LineQuantity ReadQuantity(JsonElement json) => new(json.Int("line"), json.Quantity("quantity"));

    public static void WriteSerials(this JsonText json, ImmutableArray<string> numbers)
    {
        json.OpenArray("serials");
        for (int i = 0; !numbers.IsDefault && i < numbers.Length; i++)
        {
            json.Element(numbers[i]);
        }

        json.CloseArray();
    }

    /// <summary>Serial numbers by line; nothing when there are none, so that what was stored without keeps its bytes.</summary>
    public static JsonText WriteLineSerials(this JsonText json, string name, ImmutableArray<LineSerials> serials)
    {
        if (serials.IsDefaultOrEmpty)
        {
            return json;
        }

        json.OpenArray(name);
        foreach (LineSerials line in serials)
        {
            json.OpenObject().Member("line", line.Line).WriteSerials(line.Numbers);
            json.CloseObject();
        }

        return json.CloseArray();
    }

    /// <summary>Says that everything is meant. Stored before this could be said, an empty list meant it, and still does where such a
    /// command is decided again.</summary>
    public static JsonText WriteAll(this JsonText json, bool isAll) => isAll ? json.Member("all", true) : json;

    public static bool ReadAll(JsonElement json) => json.Has("all") && json.Bool("all");

    public static JsonText WriteSubject(this JsonText json, SubjectReference? subject) => subject is null
        ? json
        : json.OpenObject("ship_to").Member("subject", subject.Subject).Member("version", subject.Version).CloseObject();

    public static SubjectReference? ReadSubject(JsonElement json) => json.TryGetProperty("ship_to", out JsonElement subject)
        ? new SubjectReference(subject.Text("subject"), subject.Int("version"))
        : null;

    public static string Code(this PromiseCause cause) => OrderWords.PromiseCauses[(int)cause].Code.Substring("promise.".Length);

    public static PromiseCause ReadCause(JsonElement json)
    {
        string code = "promise." + json.Text("cause");
        for (int i = 0; i < OrderWords.PromiseCauses.Length; i++)
        {
            if (OrderWords.PromiseCauses[i].Code == code)
            {
                return (PromiseCause)i;
            }
        }

        throw new System.FormatException("The member 'cause' is not a known cause.");
    }

    public static string Code(this RecordedFact fact) => fact switch
    {
        RecordedFact.Shipped => "shipped",
        RecordedFact.Delivered => "delivered",
        _ => "first_promise",
    };

    public static RecordedFact ReadFact(JsonElement json) => json.Text("fact") switch
    {
        "shipped" => RecordedFact.Shipped,
        "delivered" => RecordedFact.Delivered,
        "first_promise" => RecordedFact.FirstPromise,
        _ => throw new System.FormatException("The member 'fact' is not a known fact."),
    };

    public static string Code(this SignOff signOff) => signOff == SignOff.Shipment ? "shipment" : "delivery";

    public static SignOff ReadSignOff(JsonElement json) => json.Text("sign_off") switch
    {
        "shipment" => SignOff.Shipment,
        "delivery" => SignOff.Delivery,
        _ => throw new System.FormatException("The member 'sign_off' is neither shipment nor delivery."),
    };

    public static HoldTier? ReadTier(JsonElement json) =>
        json.OptionalText("tier") is { } text ? HoldTiers.Parse(text) : null;

    public static NodeId? ReadNode(JsonElement json, string name) =>
        json.OptionalText(name) is { } text ? new NodeId(text) : null;
}
