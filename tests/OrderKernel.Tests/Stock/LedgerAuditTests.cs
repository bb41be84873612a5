using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Measures;
using OrderKernel.Stock;
using Xunit;

namespace OrderKernel.Tests.Stock;

public class LedgerAuditTests
{
    private static readonly StockCell Cell = new(new Sku("S"), new NodeId("N"));
    private static readonly Posting[] Journal =
    {
        new(Cell, StockAccount.Supply, StockAccount.Available, new Quantity(10)),
        new(Cell, StockAccount.Available, StockAccount.Reserved, new Quantity(4)),
    };

    private static readonly HeldStock[] Holds = { new(new OrderId("O"), 1, Cell, new Quantity(4)) };

    [Fact]
    public void Audit_OfAnHonestLedger_FindsNothing() => Assert.Empty(LedgerAudit.Check(Journal, new[] { Balance(-10, 6, 4) }, Holds));

    [Fact]
    public void Audit_OfEveryKindOfFault_NamesIt()
    {
        Assert.Equal(new[] { "ledger.balance_differs", "ledger.not_conserved" }, Codes(Journal, Balance(-10, 7, 4), Holds));
        Assert.Equal(
            new[] { "ledger.balance_differs", "ledger.balance_differs", "ledger.holds_differ" },
            Codes(Journal, Balance(-10, 5, 5), Holds));
        Assert.Equal(new[] { "ledger.holds_differ" }, Codes(Journal, Balance(-10, 6, 4), System.Array.Empty<HeldStock>()));
        Assert.Equal(new[] { "ledger.balance_differs", "ledger.balance_differs" }, Codes(Journal[..1], Balance(-10, 6, 4), Holds));
        Assert.Equal(
            new[] { "ledger.balance_differs", "ledger.holds_differ" },
            LedgerAudit.Check(Journal, System.Array.Empty<CellBalance>(), Holds).Select(finding => finding.Code));
    }

    private static string[] Codes(Posting[] journal, CellBalance balance, HeldStock[] holds) =>
        LedgerAudit.Check(journal, new[] { balance }, holds).Select(finding => finding.Code).ToArray();

    private static CellBalance Balance(long supply, long available, long reserved) =>
        new(Cell, ImmutableArray.Create(supply, available, reserved, 0L, 0L, 0L, 0L, 0L), Quantity.Zero);
}
