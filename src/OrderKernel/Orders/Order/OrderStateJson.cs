using System;
using System.Collections.Immutable;
using System.Text.Json;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>A whole order as canonical JSON, for snapshots. Every member of the state is here: a test compares what was read with
/// what was written member by member, so that none can be forgotten.</summary>
internal static class OrderStateJson
{
    /// <summary>Raise it with every change of this file, of <see cref="OrderState"/> or of <see cref="OrderFold"/>: snapshots of another
    /// form are then passed over.</summary>
    public const int Form = 2;

    public static string Write(OrderState state)
    {
        JsonText json = JsonText.Start().Member("version", state.Version).Member("stage", state.Stage.Name.Code)
            .Member("stage_since", state.StageSince).Member("customer", state.Customer.Text).WriteSubject(state.ShipTo)
            .Member("external_key", state.ExternalKey).Optional("placed_at", state.PlacedAt).Member("captured_at", state.CapturedAt)
            .Optional("requested_at", state.RequestedAt).Member("sign_off", state.SignOff.Code())
            .Member("hold_generation", state.HoldGeneration).Optional("holds_expire_at", state.HoldsExpireAt)
            .Optional("tier", state.HoldTier?.Code()).Optional("unpromised_for", state.UnpromisedFor)
            .Optional("archived_at", state.ArchivedAt).OpenObject("standing");
        TierJson.WriteStanding(json, state.Standing);
        json.CloseObject();
        WriteLines(json, state.Lines);
        OrderHistoryJson.Write(json, state);
        json.WriteFields(state.Fields);
        WriteLifecycle(json, state);
        FeatureStateJson.Write(json, state);
        return json.Finish();
    }

    /// <summary>The state that was written.</summary>
    /// <exception cref="KernelInvariantException">The text does not hold a state of this form.</exception>
    public static OrderState Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (Exception fault) when (JsonFields.IsDamage(fault))
        {
            throw new KernelInvariantException("A stored state of an order is damaged.", fault);
        }
    }

    private static OrderState Read(JsonElement json) => FeatureStateJson.Read(json, OrderHistoryJson.Read(json, OrderState.None)) with
    {
        Version = json.Long("version"),
        Stage = ReadStage(json.Text("stage")),
        StageSince = json.Instant("stage_since"),
        Customer = new PartnerId(json.Text("customer")),
        ShipTo = OrderJson.ReadSubject(json),
        ExternalKey = json.Text("external_key"),
        PlacedAt = json.OptionalInstant("placed_at"),
        CapturedAt = json.Instant("captured_at"),
        RequestedAt = json.OptionalInstant("requested_at"),
        SignOff = OrderJson.ReadSignOff(json),
        HoldGeneration = json.Int("hold_generation"),
        HoldsExpireAt = json.OptionalInstant("holds_expire_at"),
        HoldTier = OrderJson.ReadTier(json),
        UnpromisedFor = json.OptionalText("unpromised_for"),
        ArchivedAt = json.OptionalInstant("archived_at"),
        Standing = TierJson.ReadStanding(json.GetProperty("standing")),
        Lines = json.Array("lines", ReadLine),
        Fields = json.OptionalArray("fields", OrderExtensions.ReadValue),
        Type = json.Text("type"),
        Lifecycle = json.Text("lifecycle"),
        LifecycleVersion = json.Text("lifecycle_version"),
        Regions = json.Array("regions", ReadRegion),
        Signals = json.OptionalArray("signals", static signal => signal.GetString()!),
        Evidence = json.Array("evidence", static one => new EvidenceRecord(
            one.Text("kind"), one.Text("reference"), one.Text("hash"), one.Instant("at"))),
    };

    private static void WriteLines(JsonText json, ImmutableArray<OrderLine> lines)
    {
        json.OpenArray("lines");
        foreach (OrderLine line in lines)
        {
            json.OpenObject().WriteLine(new NewLine(line.Number, line.Sku, line.Ordered, line.Price, line.TracksSerials))
                .Member("shipped", line.Shipped.Units).Member("delivered", line.Delivered.Units)
                .Member("cancelled", line.Cancelled.Units).Member("returned", line.Returned.Units)
                .Member("consumed", line.Consumed.Units).OpenArray("holds");
            foreach (LineHold hold in line.Holds)
            {
                hold.Cell.WriteTo(json.OpenObject()).Member("held", hold.Quantity.Units).CloseObject();
            }

            json.CloseArray();
            WriteBorrowed(json, line);
            json.CloseObject();
        }

        json.CloseArray();
    }

    private static void WriteBorrowed(JsonText json, OrderLine line)
    {
        if (line.Borrowed.IsEmpty)
        {
            return;
        }

        json.OpenArray("borrowed");
        foreach (BorrowedHold borrowed in line.Borrowed)
        {
            borrowed.Cell.WriteTo(json.OpenObject()).Member("borrowed", borrowed.Quantity.Units).Member("since", borrowed.Since)
                .CloseObject();
        }

        json.CloseArray();
    }

    private static OrderLine ReadLine(JsonElement json)
    {
        ImmutableArray<LineHold> holds = json.Array(
            "holds", static hold => new LineHold(StockCell.Read(hold), hold.Quantity("held")));
        long held = 0;
        foreach (LineHold hold in holds)
        {
            held = checked(held + hold.Quantity.Units);
        }

        return new OrderLine(OrderJson.ReadLine(json))
        {
            Held = new Quantity(held),
            Shipped = json.Quantity("shipped"),
            Delivered = json.Quantity("delivered"),
            Cancelled = json.Quantity("cancelled"),
            Returned = json.Quantity("returned"),
            Consumed = json.Quantity("consumed"),
            Holds = holds,
            Borrowed = json.OptionalArray("borrowed", static one => new BorrowedHold(
                StockCell.Read(one), one.Quantity("borrowed"), one.Instant("since"))),
        }.Checked();
    }

    private static void WriteLifecycle(JsonText json, OrderState state)
    {
        json.Member("type", state.Type).Member("lifecycle", state.Lifecycle).Member("lifecycle_version", state.LifecycleVersion);
        WriteRegions(json, state.Regions);
        OrderLifecycleJson.WriteTexts(json, "signals", state.Signals);
        json.OpenArray("evidence");
        foreach (EvidenceRecord one in state.Evidence)
        {
            json.OpenObject().Member("kind", one.Kind).Member("reference", one.Reference).Member("hash", one.Hash)
                .Member("at", one.At).CloseObject();
        }

        json.CloseArray();
    }

    internal static void WriteRegions(JsonText json, ImmutableArray<RegionState> regions)
    {
        json.OpenArray("regions");
        foreach (RegionState region in regions)
        {
            json.OpenObject().Member("region", (long)region.Region).Member("state", region.State).Member("owner", region.Owner)
                .Member("since", region.Since).Optional("due", region.Due).Member("final", region.IsFinal).CloseObject();
        }

        json.CloseArray();
    }

    internal static RegionState ReadRegion(JsonElement json) => new(
        (LifecycleRegion)json.Int("region"), json.Text("state"), json.Text("owner"), json.Instant("since"),
        json.OptionalInstant("due"), json.Bool("final"));

    // Stages are compared by reference, so the one that is read is one of them.
    private static OrderStage ReadStage(string code)
    {
        foreach (OrderStage stage in OrderStage.All)
        {
            if (string.Equals(stage.Name.Code, code, StringComparison.Ordinal))
            {
                return stage;
            }
        }

        throw new FormatException("The member 'stage' is not a known stage.");
    }
}
