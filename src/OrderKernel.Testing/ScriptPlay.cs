using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

/// <summary>Plays a script at a desk: three orders, three SKUs, two nodes; each step becomes a command that is often, not always,
/// acceptable.</summary>
public sealed partial class ScriptPlay
{
    /// <summary>The number of kinds of command.</summary>
    public const int Kinds = 27;

    private static readonly Instant Start = Instant.FromUtc(2026, 9, 1, 0, 0);
    private static readonly Actor Player = new("player", "script");
    private readonly FakeClock clock = new(Start);
    private readonly string prefix;
    private readonly List<Submission> submissions = new();
    private readonly List<DeskResult> results = new();
    private DocumentId? transfer;
    private DocumentId? consignment;
    private StockCell? quarantine;

    /// <summary>Prepares a play.</summary>
    /// <param name="store">The store; other plays may use it under another name.</param>
    /// <param name="name">Sets this play's orders, SKUs and commands apart from other plays.</param>
    /// <param name="options">The desk's options; null for the defaults.</param>
    public ScriptPlay(IOrderStore store, string name, DeskOptions? options = null)
    {
        prefix = name;
        types = options?.Definitions.Types ?? ImmutableArray<OrderType>.Empty;
        Desk = new OrderDesk(store, clock, options);
    }

    /// <summary>The desk.</summary>
    public OrderDesk Desk { get; }

    /// <summary>What was submitted, in order.</summary>
    public IReadOnlyList<Submission> Submissions => submissions;

    /// <summary>What was answered, in the same order.</summary>
    public IReadOnlyList<DeskResult> Results => results;

    /// <summary>The clock of the desk; each step is an hour.</summary>
    public FakeClock Clock => clock;

    /// <summary>The orders of the play, captured or not.</summary>
    public IEnumerable<OrderId> Orders
    {
        get
        {
            for (int i = 0; i < 3; i++)
            {
                yield return Order(i);
            }
        }
    }

    /// <summary>Plays all steps.</summary>
    /// <param name="script">The script.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task PlayAsync(Script script, CancellationToken cancellation = default)
    {
        foreach (ScriptStep step in (script ?? throw new System.ArgumentNullException(nameof(script))).Steps)
        {
            clock.Advance(Duration.FromHours(1));
            string name = prefix + "/" + submissions.Count.ToString(CultureInfo.InvariantCulture);
            OrderState state = await Desk.ReadOrderAsync(Order(step.Order), cancellation).ConfigureAwait(false);
            var submission = new Submission(CommandId.FromName(name), Player, Command(step, state));
            DeskResult result = await Desk.SubmitAsync(submission, cancellation).ConfigureAwait(false);
            submissions.Add(submission);
            results.Add(result);
            if (result.IsAccepted)
            {
                await RememberAsync(submission.Command, cancellation).ConfigureAwait(false);
            }
        }
    }

    // A later step may go on with what this one put on the way or into quarantine.
    private async Task RememberAsync(KernelCommand command, CancellationToken cancellation)
    {
        if (command is DispatchTransfer dispatch)
        {
            transfer = dispatch.Document;
        }
        else if (command is SendConsignment send)
        {
            consignment = send.Document;
        }
        else if (command is ReturnLines back)
        {
            ImmutableArray<EventEnvelope> trail = await Desk.ReadTrailAsync(back.Order, cancellation).ConfigureAwait(false);
            quarantine = ((OrderReturned)StoredForms.ReadEvent(trail[trail.Length - 1])).Takes[0].To;
        }
    }

    private OrderId Order(int i) => new(prefix + "-O" + (i % 3).ToString(CultureInfo.InvariantCulture));

    private Sku SkuOf(int i) => new(prefix + "-S" + (i % 3).ToString(CultureInfo.InvariantCulture));

    private static NodeId Node(int i) => new("N" + (i % 2).ToString(CultureInfo.InvariantCulture));

    private StockCell Cell(int sku, int node) => new(SkuOf(sku), Node(node), node % 3 == 2 ? new LotId("L1") : default);

    private DocumentId Document(int i) => new(prefix + "-D" + (i % 7).ToString(CultureInfo.InvariantCulture));

    // Half of the steps look at the order first, so that what can be done often is; the others try whatever the numbers say.
    private KernelCommand Command(ScriptStep s, OrderState state)
    {
        OrderId order = Order(s.Order);
        Instant later = clock.Now + Duration.FromDays(s.A + 1);
        switch (s.Kind % (types.IsEmpty ? Kinds : TypedKinds))
        {
            case >= Kinds:
                return Typed(s, state);
            case 0 or 1 or 2:
                return Typed(Capture(order, s), s);
            case 4 when s.C % 3 == 0:
                return Overdraft(s);
            case 3 or 4:
                return new ReceiveStock(
                    Document(s.C), ImmutableArray.Create(new StockLine(Cell(s.A, s.B), new Quantity(s.A + s.B + 1))));
            case 5 when s.C % 2 == 0:
                return new HoldStock(order, Plan: Plan(s, state));
            case 5 or 6:
                return new HoldStock(
                    order, s.B % 3 == 0 ? ImmutableArray.Create(Node(s.C)) : default, s.B % 2 == 0,
                    s.C % 4 == 0 ? (s.A == 7 ? clock.Now : later) : null);
            case 7:
                return Release(order, s);
            case 8 or 9:
                return Ship(order, s, state);
            case 10:
                ShipmentRecord? onTheWay = state.Shipments.FirstOrDefault(static shipment => shipment.DeliveredAt is null);
                return s.A % 2 == 0 && onTheWay is not null
                    ? new ConfirmDelivery(order, onTheWay.Id, clock.Now)
                    : new ConfirmDelivery(order, Shipment(s.A), clock.Now - Duration.FromHours(s.B));
            case 11:
                return Cancel(order, s, s.B % 4 == 3 ? state.Parts.Length : 0);
            case 12:
                return Return(order, s, state);
            case 13:
                return Amend(order, s);
            case 14:
                return new PromiseOrder(order, later, (PromiseCause)(s.B % 7), "note");
            case 15:
                return new BlockOrder(order, s.A % 2 == 0 ? "credit" : "address", "finance");
            case 16:
                return new UnblockOrder(order, s.A % 2 == 0 ? "credit" : "address");
            case 17:
                return new CorrectFact(order, (RecordedFact)(s.A % 3), clock.Now, "wrong", "V1", Shipment(s.B));
            case 18:
                return new ArchiveOrder(order, "done");
            case 19:
                return new ExpireHold(order, s.A % 3);
            case 20 when quarantine is { } waiting:
                return new InspectReturns(
                    new DocumentId(prefix + "-I" + s.C.ToString(CultureInfo.InvariantCulture)), waiting, new Quantity(s.B % 2),
                    new Quantity((s.B + 1) % 2));
            case 21 when transfer is { } sent:
                return new ArriveTransfer(
                    sent, ImmutableArray.Create(new TransferArrival(1, new Quantity(1), new Quantity(s.B % 2))));
            case 23:
                return new SetStanding(order, new OrderStanding(s.B % 2 == 0 ? "VIP" : string.Empty, "cash", s.A % 3 > 0, s.C));
            case 24 or 25:
                return new HoldStock(
                    order, s.B % 4 == 0 ? ImmutableArray.Create(Node(s.C)) : default, s.B % 2 == 0,
                    Tier: s.C % 3 == 0 ? (HoldTier)(s.A % 4) : s.C % 3 == 1 ? HoldTier.Firm : null, Preempt: true);
            case 26:
                return Reallocate(s, state);
            default:
                return StockCommandOf(s);
        }
    }

    private SetOverdraft Overdraft(ScriptStep s) => new(
        new DocumentId(prefix + "-OD" + submissions.Count.ToString(CultureInfo.InvariantCulture)), Cell(s.A, s.B), new Quantity(s.C));

    // What a plan would say that was made a while ago: often right, sometimes too much, of other goods or of no line at all.
    private ImmutableArray<Take> Plan(ScriptStep s, OrderState state)
    {
        OrderLine? open = state.Lines.FirstOrDefault(static line => !line.Unheld.IsZero);
        int number = s.A % 7 == 6 ? 9 : open?.Number ?? 1;
        Sku sku = s.B % 7 == 6 || open is null ? SkuOf(s.B) : open.Sku;
        return ImmutableArray.Create(
            new Take(number, new StockCell(sku, Node(s.B), s.A % 3 == 0 ? new LotId("L1") : default), new Quantity((s.C % 5) + 1)));
    }

    // One order gives to the next, as a plan would say or nearly so.
    private ReallocateStock Reallocate(ScriptStep s, OrderState state)
    {
        OrderLine? holding = state.Lines.FirstOrDefault(static line => !line.Held.IsZero);
        long had = holding?.Held.Units ?? s.A;
        var given = new Quantity(System.Math.Min(had, (s.B % 3) + 1));
        return new ReallocateStock(
            new DocumentId(prefix + "-RUN" + submissions.Count.ToString(CultureInfo.InvariantCulture)), 0, ImmutableArray.Create(
                new ReallocationMove(
                    Order(s.Order), holding?.Number ?? 1, new Quantity(had), new Quantity(had) - given, "script",
                    s.C % 2 == 0 ? Order(s.Order + 1) : null),
                new ReallocationMove(Order(s.Order + 1), 1, new Quantity(s.C / 4), new Quantity(s.C / 4) + given, "script")));
    }

    private CaptureOrder Capture(OrderId order, ScriptStep s)
    {
        var lines = ImmutableArray.CreateBuilder<NewLine>();
        for (int i = 0; i <= s.A % 3; i++)
        {
            UnitPrice? price = s.B % 2 == 0 ? new UnitPrice(1.25m * (i + 1), Currency.Cny) : null;
            lines.Add(new NewLine(i + 1, SkuOf(s.B + (s.C % 2 == 0 ? 0 : i)), new Quantity((s.C % 5) + i + 1), price, s.A % 6 == 5));
        }

        return new CaptureOrder(
            order, new PartnerId("P" + s.B.ToString(CultureInfo.InvariantCulture)), clock.Now - Duration.FromHours(s.C),
            lines.ToImmutable(),
            s.A % 2 == 0 ? clock.Now + Duration.FromDays(3) : null, s.B % 3 > 0 ? clock.Now + Duration.FromDays(s.B) : null,
            s.C % 4 == 0 ? SignOff.Shipment : SignOff.Delivery, "EXT");
    }

    private ShipOrder Ship(OrderId order, ScriptStep s, OrderState state)
    {
        int part = state.Parts.IsEmpty ? 0 : (s.B % state.Parts.Length) + 1;
        Quantity Left(OrderLine line) => part == 0 ? line.Held : state.Part(part)!.Open(line.Number);

        // Usually what lies there; now and then what is borrowed too, which is refused.
        Quantity Mine(OrderLine line) => s.B % 4 == 0 ? line.Held : line.Covered;
        if (s.A % 2 == 0 && state.Lines.Any(static line => !line.Held.IsZero))
        {
            return new ShipOrder(order, Shipment(s.C), clock.Now, ImmutableArray.CreateRange(
                state.Lines.Select(line => new ShipLine(
                    line.Number, Quantity.Min(Mine(line), Left(line)), null, SerialsOf(line, Mine(line), s)))),
                Part: part);
        }

        ImmutableArray<string> serials = s.A == 11 ? ImmutableArray.Create("SN" + s.B.ToString(CultureInfo.InvariantCulture)) : default;
        var lines = ImmutableArray.CreateBuilder<ShipLine>();
        for (int i = 0; i <= s.A % 3; i++)
        {
            lines.Add(new ShipLine(i + 1, new Quantity((s.B + i) % 5), s.C % 5 == 4 ? Node(s.C) : null, serials));
        }

        return new ShipOrder(order, Shipment(s.C), clock.Now - Duration.FromHours(s.B), lines.ToImmutable(), "SF", "W1");
    }

    // Numbers of its own for each line, or at times the same ones for all.
    private static ImmutableArray<string> SerialsOf(OrderLine line, Quantity units, ScriptStep s) => !line.TracksSerials
        ? ImmutableArray<string>.Empty
        : ImmutableArray.CreateRange(Enumerable.Range(0, (int)units.Units).Select(
            i => "SN" + ((s.C % 3 == 0 ? 0 : 100 * line.Number) + s.B + i).ToString(CultureInfo.InvariantCulture)));

    private static ReleaseStock Release(OrderId order, ScriptStep s) => s.A % 2 == 0
        ? ReleaseStock.All(order, "released")
        : new ReleaseStock(order, ImmutableArray.Create((s.B % 3) + 1), "released");

    private static CancelLines Cancel(OrderId order, ScriptStep s, int part) => s.A % 3 == 0
        ? CancelLines.All(order, "cancelled", part)
        : new CancelLines(order, Lines(s), "cancelled", part);

    // A piece that is tracked comes back by a number that is out, or at times by one that is not, or by none.
    private static ReturnLines Return(OrderId order, ScriptStep s, OrderState state)
    {
        OrderLine? delivered = state.Lines.FirstOrDefault(static line => line.Returned < line.Delivered);
        ImmutableArray<LineQuantity> back = s.A % 2 == 0 && delivered is not null
            ? ImmutableArray.Create(new LineQuantity(delivered.Number, new Quantity(1)))
            : Lines(s);
        int line = back[0].Line;
        string? number = state.Shipments
            .SelectMany(shipment => Numbers(shipment.Serials, line).Except(s.B % 5 == 0 ? Enumerable.Empty<string>() : Numbers(
                shipment.SerialsBack, line)))
            .FirstOrDefault() ?? (s.C % 7 == 0 ? "SN0" : null);
        number = number is not null && s.C % 7 == 3 ? "SN-elsewhere" : number;
        return new ReturnLines(
            order, back, "returned", s.C % 2 == 0 ? Node(s.C / 2) : null,
            number is null ? default : ImmutableArray.Create(new LineSerials(line, ImmutableArray.Create(number))));
    }

    private static IEnumerable<string> Numbers(ImmutableArray<LineSerials> serials, int line) =>
        serials.Where(one => one.Line == line).SelectMany(static one => one.Numbers);

    private static AmendOrder Amend(OrderId order, ScriptStep s)
    {
        FieldChange change = (s.A % 4) switch
        {
            0 => new FieldChange((s.B % 3) + 1, "quantity", ((s.C % 6) + 1).ToString(CultureInfo.InvariantCulture)),
            1 => new FieldChange((s.B % 3) + 1, "unit_price", "2.5"),
            2 => new FieldChange(0, "requested_at", "2026-10-01T00:00:00Z"),
            _ => new FieldChange(0, s.B % 2 == 0 ? "external_key" : "first_promised_at", "X" + s.C.ToString(CultureInfo.InvariantCulture)),
        };
        return new AmendOrder(order, ImmutableArray.Create(change), "customer asked", "V2", default, s.C % 5 == 0 ? s.B : null);
    }

    private KernelCommand StockCommandOf(ScriptStep s) => (s.A % 8) switch
    {
        0 => new AdjustStock(Document(s.C), Cell(s.A, s.B), s.B - 5 == 0 ? 1 : s.B - 5, "count", "V3"),
        1 => new DispatchTransfer(
            Document(s.C), Node(s.B + 1), ImmutableArray.Create(new StockLine(Cell(s.C, s.B), new Quantity((s.C % 4) + 1)))),
        2 => new ArriveTransfer(
            Document(s.C), ImmutableArray.Create(new TransferArrival(1, new Quantity(s.B % 3), new Quantity((s.C % 2) + 1)))),
        5 => new RequestTransfer(
            Document(s.C), Node(s.B + 1), ImmutableArray.Create(new StockLine(Cell(s.C, s.B), new Quantity((s.C % 4) + 1)))),
        6 => new SendConsignment(
            Document(s.C), new NodeId("SHOP"), ImmutableArray.Create(new StockLine(Cell(s.C, s.B), new Quantity((s.C % 4) + 1)))),
        7 => new ReportConsignment(
            consignment ?? Document(s.C), "R" + s.B.ToString(CultureInfo.InvariantCulture), 1, (ConsignmentReport)(s.B % 3),
            new Quantity(s.B % 3), s.B % 3 == 1 ? Node(s.C) : null),
        3 => new InspectReturns(Document(s.C), Cell(s.B, s.C), new Quantity(s.B % 3), new Quantity(1)),
        _ => new SetOverdraft(Document(s.C), Cell(s.B, s.C), new Quantity(s.C)),
    };

    private static ShipmentId Shipment(int i) => new("SH" + (i % 4).ToString(CultureInfo.InvariantCulture));

    private static ImmutableArray<LineQuantity> Lines(ScriptStep s) =>
        ImmutableArray.Create(new LineQuantity((s.B % 3) + 1, new Quantity((s.C % 3) + 1)));
}
