using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Testing;
using OrderKernel.Tests.Orders;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>What could neither be sent nor printed names nothing.</summary>
public sealed class CommandIdTests
{
    private readonly MemoryStore store = new();
    private readonly DeskPlay play;

    public CommandIdTests() => play = new DeskPlay(store, new FakeClock(Given.At), new DeskOptions());

    public static TheoryData<string, string> Unfit => new()
    {
        { "T\tAB", "U+0009" }, { "L\nF", "U+000A" }, { "E\u001B[31m", "U+001B" }, { "D\u007F", "U+007F" }, { "N\u0085", "U+0085" },
        { "S\u2028", "U+2028" }, { "R\u202Etxt", "U+202E" }, { "I\u2066", "U+2066" }, { "X\uFDD0", "U+FDD0" }, { "Y\uFFFF", "U+FFFF" },
        { "Z\uD83F\uDFFE", "U+1FFFE" },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task NoOrderLineOrDocument_IsNamedWithIt(string text, string character)
    {
        KernelCommand[] commands =
        [
            Capture(text), Capture("O1", customer: text), Capture("O1", sku: text),
            new ReceiveStock(new DocumentId(text), [Line("S", "W1")]), new ReceiveStock(new DocumentId("D"), [Line(text, "W1")]),
            new ReceiveStock(new DocumentId("D"), [Line("S", text)]),
            new ShipOrder(new OrderId("O1"), new ShipmentId(text), Given.At, [new ShipLine(1, new Quantity(1))]),
            new ShipOrder(
                new OrderId("O1"), new ShipmentId("SH"), Given.At, [new ShipLine(1, new Quantity(1), Serials: [text])]),
            new HoldStock(new OrderId("O1"), [new NodeId(text)]),
        ];
        foreach (KernelCommand command in commands)
        {
            DeskResult result = await play.Submit(command);
            Finding only = Assert.Single(result.Findings);
            Assert.Equal((DeskStatus.Malformed, "command.id_unacceptable"), (result.Status, only.Code));
            Assert.Contains(character, only.Text(Language.English), System.StringComparison.Ordinal);
            Assert.Contains(character, only.Text(Language.Chinese), System.StringComparison.Ordinal);
            Assert.DoesNotContain(text, only.Text(Language.English), System.StringComparison.Ordinal);
        }

        Assert.Empty(await store.ReadCommandsAsync(new DeskOptions().Tenant, null, 9, default));
    }

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task NobodyActsUnderIt(string text, string character)
    {
        var submission = new Submission(CommandId.FromName("a"), new Actor(text, "erp"), Capture("O1"));
        Finding only = Assert.Single((await play.Desk.SubmitAsync(submission)).Findings);
        Assert.Equal(("command.id_unacceptable", "actor"), (only.Code, only.Field));
        Assert.Contains(character, only.Text(Language.English), System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamesOfEveryScript_QuotesAndNotesOfManyLines_AreTaken()
    {
        Assert.True((await play.Submit(Capture("订单 \"1\"\\é/ß·😀·עברית", sku: "单号\"\\"))).IsAccepted);
        Assert.True((await play.Submit(new BlockOrder(
            new OrderId("订单 \"1\"\\é/ß·😀·עברית"), "credit", "finance", "first line\r\n\tsecond line"))).IsAccepted);
    }

    [Fact]
    public async Task ACustomerIsNotAmendedToIt()
    {
        Assert.True((await play.Submit(Capture("O1"))).IsAccepted);
        DeskResult result = await play.Submit(new AmendOrder(
            new OrderId("O1"), [new FieldChange(0, "customer", "C\u001B[2J")], "moved", "V1"));
        Assert.False(result.IsAccepted);
        Assert.Equal("P1", (await play.State("O1")).Customer.Text);
    }

    private static CaptureOrder Capture(string order, string customer = "P1", string sku = "S") => new(
        new OrderId(order), new PartnerId(customer), Given.At, [new NewLine(1, new Sku(sku), new Quantity(1))]);

    private static StockLine Line(string sku, string node) => new(new StockCell(new Sku(sku), new NodeId(node)), new Quantity(1));
}
