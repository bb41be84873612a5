using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Testing;

public sealed partial class ScriptPlay
{
    /// <summary>The number of kinds of command of a play whose desk has order types.</summary>
    public const int TypedKinds = Kinds + 9;

    private readonly ImmutableArray<OrderType> types;

    // What only orders with a type take; half of it looks at the order first, as everywhere.
    private KernelCommand Typed(ScriptStep s, OrderState state)
    {
        OrderId order = Order(s.Order);
        int part = state.Parts.IsEmpty ? s.A % 2 : (s.A % state.Parts.Length) + 1;
        switch (s.Kind % TypedKinds)
        {
            case Kinds:
                return new SignalOrder(order, s.B % 4 == 0 ? "doubted" : "checked", Part: s.C % 3 == 0 ? 0 : part);
            case Kinds + 1:
                ImmutableArray<string> papers = ImmutableArray.Create(
                    "approval", "hs_code", "buyer_identity", "customs_declaration", "return_received");
                return new AttachEvidence(order, papers[s.A % papers.Length], "P" + Digits(s.B % 2));
            case Kinds + 2:
                long due = state.Net is { } net && state.Paid is { } paid ? net.MinorUnits - paid.MinorUnits : 0;
                long owed = s.B % 2 == 0 && due > 0 ? due : 100 + s.C;
                return new RecordPayment(order, new Money(owed, Currency.Cny), "BANK" + Digits(s.A));
            case Kinds + 3:
                return new AgreeTradeIn(
                    order, "OLD" + Digits(s.A % 3), SkuOf(s.B), new Money(s.C + 1, Currency.Cny), clock.Now + Duration.FromHours(s.B));
            case Kinds + 4:
                return new CloseTradeIn(order, "OLD" + Digits(s.A % 3), s.B % 2 == 0);
            case Kinds + 5:
                return s.B % 2 == 0
                    ? ConfirmService.All(order, "WORK" + Digits(s.A))
                    : new ConfirmService(order, Lines(s), "WORK" + Digits(s.A));
            case Kinds + 6:
                OrderLine? there = state.Lines.FirstOrDefault(static line => line.Delivered > line.Returned + line.Consumed);
                return new ReportConsumption(
                    order, s.B % 2 == 0 && there is not null
                        ? ImmutableArray.Create(new LineQuantity(there.Number, new Quantity(1)))
                        : Lines(s),
                    "USED" + Digits(s.A));
            case Kinds + 7:
                return Split(order, s, state);
            default:
                return new NumberOrder(order, s.A % 4 == 0 || state.Numbering.Length == 0 ? "T-{yyyy}-{00}" : state.Numbering);
        }
    }

    // Half of the time all that is open in two parts, as an instalment plan wants it.
    private SplitOrder Split(OrderId order, ScriptStep s, OrderState state)
    {
        Instant due = clock.Now + Duration.FromDays(s.A + 1);
        ImmutableArray<LineQuantity> open = ImmutableArray.CreateRange(state.Lines.Where(static line => line.Open.Units > 1)
            .Select(static line => new LineQuantity(line.Number, new Quantity(line.Open.Units - 1))));
        ImmutableArray<LineQuantity> rest = ImmutableArray.CreateRange(state.Lines.Where(static line => !line.Open.IsZero)
            .Select(static line => new LineQuantity(line.Number, new Quantity(1))));
        ImmutableArray<NewPart> parts = s.B % 2 == 0 && !open.IsEmpty
            ? ImmutableArray.Create(new NewPart(open, due), new NewPart(rest, due, s.C % 2 == 0 ? Node(s.C) : null))
            : ImmutableArray.Create(new NewPart(Lines(s), s.C % 2 == 0 ? due : null, null, "VENDOR"));
        return new SplitOrder(order, parts, "script");
    }

    // A capture that often is as its type asks: with a price, or none, and a date.
    private CaptureOrder Typed(CaptureOrder capture, ScriptStep s)
    {
        if (types.IsEmpty || s.C % 7 == 6)
        {
            return capture;
        }

        // Goods on consignment live longest, so they come often.
        OrderType? longest = s.C % 4 == 0 ? types.FirstOrDefault(static one => one.Feature("consignment") is not null) : null;
        OrderType type = longest ?? types[(s.A + (s.B * 12)) % types.Length];
        bool free = type.Feature("sample") is not null || type.Feature("gift") is not null || type.Feature("return_replace") is not null;
        UnitPrice? price = free ? null : new UnitPrice(1.25m, Currency.Cny);
        return capture with
        {
            Type = type.Code, PromisedAt = null, RequestedAt = clock.Now + Duration.FromDays(3),
            Lines = s.C % 5 == 4 ? capture.Lines : ImmutableArray.CreateRange(capture.Lines, line => line with { Price = price }),
        };
    }

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
