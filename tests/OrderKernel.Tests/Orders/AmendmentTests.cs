using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;
using static OrderKernel.Tests.Orders.Given;

namespace OrderKernel.Tests.Orders;

public class AmendmentTests
{
    private static AmendOrder Amend(params FieldChange[] changes) =>
        new(Order, changes.ToImmutableArray(), "customer asked", "MAIL-7");

    [Fact]
    public void Amend_PriceOnly_MovesNoStock()
    {
        OrderOutcome outcome = OrderScenario.Given(Captured(Line(1, 5)), Held(Take(1, 5)))
            .When(Amend(new FieldChange(1, "unit_price", "3"))).Accepted();
        var amended = (OrderAmended)outcome.Decision.Streams[0].Events[0];
        Assert.Empty(OrderEffects.Postings(amended));
        Assert.Equal(new FieldChanged(1, "unit_price", "2.5", "3"), Assert.Single(amended.Changes));
        Assert.Equal(new UnitPrice(3, Currency.Cny), outcome.State.Line(1)!.Price);
    }

    [Fact]
    public void Amend_LessThanHeld_ReleasesTheDifferenceLastHeldFirst()
    {
        OrderState state = OrderScenario.Given(Captured(Line(1, 9)), Held(Take(1, 5), Take(1, 4, "W2")))
            .When(Amend(new FieldChange(1, "quantity", "6"))).Accepted().State;
        Assert.Equal(
            new[] { new LineHold(Cell(1), new Quantity(5)), new LineHold(Cell(1, "W2"), new Quantity(1)) }, state.Line(1)!.Holds);
    }

    [Fact]
    public void Amend_ManyFaults_NamesAll() =>
        OrderScenario.Given(Captured(Line(1, 5)), Held(Take(1, 5)), Shipped(Take(1, 3)))
            .When(Amend(
                new FieldChange(1, "quantity", "2"), new FieldChange(0, "colour", "red"), new FieldChange(7, "quantity", "1"),
                new FieldChange(0, "requested_at", "tomorrow"), new FieldChange(1, "unit_price", "-1"),
                new FieldChange(1, "quantity", "4")))
            .ThenRefused(
                OrderRefusals.QuantityBelowDone, OrderRefusals.FieldUnknown, OrderRefusals.LineUnknown, OrderRefusals.ValueInvalid,
                OrderRefusals.ValueInvalid, OrderRefusals.FieldRepeated);

    [Fact]
    public void Amend_ToWhatItIs_IsAlreadyTrue() =>
        OrderScenario.Given(Captured(Line(1, 5))).When(Amend(new FieldChange(1, "quantity", "5"))).Then();

    [Fact]
    public void Amend_AddedLine_IsOrdered()
    {
        AmendOrder add = new(Order, default, "more", "MAIL-8", ImmutableArray.Create(Line(2, 3)));
        OrderState state = OrderScenario.Given(Captured(Line(1, 5))).When(add).Accepted().State;
        Assert.Equal(new Quantity(3), state.Line(2)!.Open);
        OrderScenario.Given(Captured(Line(1, 5))).When(add with { Added = ImmutableArray.Create(Line(1, 3)) })
            .ThenRefused(OrderRefusals.LineExists);
    }

    [Fact]
    public void Amend_WithoutReasonOrVoucher_IsMalformed()
    {
        var faults = new AmendOrder(Order, default, " ", "").Faults(400).Select(finding => (finding.Code, finding.Field));
        Assert.Equal(
            new[] { ("command.text_missing", "reason"), ("command.text_missing", "voucher"), ("command.list_empty", "changes") },
            faults);
    }

    [Fact]
    public void Capture_TwoCurrencies_IsRefused()
    {
        NewLine dollars = Line(2, 1) with { Price = new UnitPrice(1, Currency.Usd) };
        OrderScenario.Given().When(new CaptureOrder(
                Order, new PartnerId("P"), At, ImmutableArray.Create(Line(1, 1), dollars)))
            .ThenRefused(OrderRefusals.CurrenciesMixed);
    }

    [Fact]
    public void Capture_TooManyLines_IsRefusedAtTheBound()
    {
        var lines = Enumerable.Range(1, 1_001).Select(number => new NewLine(number, new Sku("S"), new Quantity(1))).ToImmutableArray();
        var capture = new CaptureOrder(Order, new PartnerId("P"), At, lines);
        OrderScenario.Given().When(capture).ThenRefused(OrderRefusals.LimitReached);
        OrderScenario.Given().When(capture with { Lines = lines.RemoveAt(0) }).Accepted();
    }

    [Fact]
    public void Promise_NewDates_KeepTheFirstAndEveryCause()
    {
        OrderState state = OrderScenario.Given(
                Captured(Line(1, 5)), Promised(3),
                new OrderPromised(At, At + NodaTime.Duration.FromDays(5), PromiseCause.StockShort, "supplier late"))
            .When(new PromiseOrder(Order, At + NodaTime.Duration.FromDays(9), PromiseCause.CarrierLate)).Accepted().State;
        Assert.Equal(At + NodaTime.Duration.FromDays(3), state.FirstPromise!.PromisedAt);
        Assert.Equal(At + NodaTime.Duration.FromDays(9), state.CurrentPromise!.PromisedAt);
        Assert.Equal(
            new[] { PromiseCause.First, PromiseCause.StockShort, PromiseCause.CarrierLate }, state.Promises.Select(p => p.Cause));
    }

    [Fact]
    public void AnyCommand_OnAnOrderThatWasNeverCaptured_IsRefused() =>
        OrderScenario.Given().When(new HoldStock(Order)).ThenRefused(OrderRefusals.Unknown);

    [Fact]
    public void AnyCommand_OnAnArchivedOrder_IsRefused()
    {
        OrderEvent[] done =
        {
            Captured(Line(1, 5)), Held(Take(1, 5)), Shipped(Take(1, 5)), Delivered(), new OrderArchived(At, "old"),
        };
        OrderScenario.Given(done).When(new ReturnLines(Order, Of(1, 1), "broken")).ThenRefused(OrderRefusals.Archived);
        OrderScenario.Given(done).When(new ArchiveOrder(Order, "old")).Then();
    }
}
