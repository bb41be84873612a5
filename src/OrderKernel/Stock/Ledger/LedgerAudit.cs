using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using OrderKernel.Findings;

namespace OrderKernel.Stock;

/// <summary>Recomputes a ledger from its journal and compares: the balances, the conservation law, and the holds.</summary>
public static class LedgerAudit
{
    /// <summary>A balance is not the sum of its movements.</summary>
    public static FindingKind BalanceDiffers { get; } = new(
        "ledger.balance_differs", Severity.Refusal,
        "{cell} {account}: {kept} kept, {computed} by the journal. Freeze the SKU and find the cause.",
        "{cell} {account}：账面 {kept}，流水合计 {computed}。请冻结该 SKU 并查明原因。");

    /// <summary>The accounts of a SKU do not sum to zero.</summary>
    public static FindingKind NotConserved { get; } = new(
        "ledger.not_conserved", Severity.Refusal,
        "{sku}: the accounts sum to {sum}, not to zero.", "{sku}：各账户合计为 {sum}，应为零。");

    /// <summary>The holds of a cell are not its reserved balance.</summary>
    public static FindingKind HoldsDiffer { get; } = new(
        "ledger.holds_differ", Severity.Refusal,
        "{cell}: {held} held by order lines, {reserved} reserved.", "{cell}：订单行锁定 {held}，预留账户 {reserved}。");

    /// <summary>More has left a cell than lay there.</summary>
    public static FindingKind OnHandNegative { get; } = new(
        "ledger.on_hand_negative", Severity.Refusal,
        "{cell}: {pieces} pieces have left more than ever lay there. Count the cell and post what was received and not booked "
        + "(AdjustStock or ReceiveStock).",
        "{cell}：发出的数量比实际在库的多 {pieces} 件。请盘点该库位，并补录未入账的入库（AdjustStock 或 ReceiveStock）。");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } =
        ImmutableArray.Create(BalanceDiffers, NotConserved, HoldsDiffer, OnHandNegative);

    /// <summary>Audits a ledger.</summary>
    /// <param name="journal">Every movement ever posted, in any order.</param>
    /// <param name="balances">The balances as kept.</param>
    /// <param name="holds">The open holds as kept.</param>
    /// <returns>What does not agree, by cell; empty when all does.</returns>
    /// <remarks><para>Cost: O(n log n) over all three.</para></remarks>
    public static ImmutableArray<Finding> Check(
        IEnumerable<Posting> journal, IEnumerable<CellBalance> balances, IEnumerable<HeldStock> holds)
    {
        if (journal is null || balances is null || holds is null)
        {
            throw new ArgumentNullException(nameof(journal));
        }

        var computed = new SortedDictionary<StockCell, CellBalance>();
        foreach (CellDelta delta in CellDelta.Merge(ImmutableArray.CreateRange(journal)))
        {
            computed[delta.Cell] = Sum(delta);
        }

        var held = new SortedDictionary<StockCell, long>();
        foreach (HeldStock hold in holds)
        {
            held.TryGetValue(hold.Cell, out long before);
            held[hold.Cell] = checked(before + hold.Quantity.Units);
        }

        var findings = ImmutableArray.CreateBuilder<Finding>();
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (CellBalance kept in balances)
        {
            CompareBalance(kept, computed, findings);
            CompareHolds(kept, held, findings);
            if (kept.OnHand < 0)
            {
                findings.Add(OnHandNegative.About(kept.Cell.ToString(), string.Empty, kept.Cell.ToString(), Digits(-kept.OnHand)));
            }

            sums.TryGetValue(kept.Cell.Sku.Text, out long sum);
            for (int i = 0; i < CellBalance.Accounts; i++)
            {
                sum = checked(sum + kept[(StockAccount)i]);
            }

            sums[kept.Cell.Sku.Text] = sum;
        }

        Leftovers(computed, held, findings);
        foreach (KeyValuePair<string, long> sum in sums)
        {
            if (sum.Value != 0)
            {
                findings.Add(NotConserved.About(sum.Key, string.Empty, sum.Key, Digits(sum.Value)));
            }
        }

        return findings.ToImmutable();
    }

    private static CellBalance Sum(CellDelta delta)
    {
        var balances = new long[CellBalance.Accounts];
        for (int i = 0; i < balances.Length; i++)
        {
            balances[i] = delta[(StockAccount)i];
        }

        return new CellBalance(delta.Cell, ImmutableArray.Create(balances), Measures.Quantity.Zero);
    }

    private static void CompareBalance(
        CellBalance kept, SortedDictionary<StockCell, CellBalance> computed, ImmutableArray<Finding>.Builder findings)
    {
        computed.TryGetValue(kept.Cell, out CellBalance? sum);
        computed.Remove(kept.Cell);
        for (int i = 0; i < CellBalance.Accounts; i++)
        {
            var account = (StockAccount)i;
            long expected = sum?[account] ?? 0;
            if (kept[account] != expected)
            {
                findings.Add(BalanceDiffers.About(
                    kept.Cell.ToString(), account.ToString(), kept.Cell.ToString(), account.ToString(),
                    Digits(kept[account]), Digits(expected)));
            }
        }
    }

    private static void CompareHolds(
        CellBalance kept, SortedDictionary<StockCell, long> held, ImmutableArray<Finding>.Builder findings)
    {
        held.TryGetValue(kept.Cell, out long quantity);
        held.Remove(kept.Cell);
        if (quantity != kept[StockAccount.Reserved])
        {
            findings.Add(HoldsDiffer.About(
                kept.Cell.ToString(), string.Empty, kept.Cell.ToString(), Digits(quantity), Digits(kept[StockAccount.Reserved])));
        }
    }

    // Movements or holds of a cell that has no balance at all.
    private static void Leftovers(
        SortedDictionary<StockCell, CellBalance> computed, SortedDictionary<StockCell, long> held,
        ImmutableArray<Finding>.Builder findings)
    {
        foreach (KeyValuePair<StockCell, CellBalance> entry in computed)
        {
            string cell = entry.Key.ToString();
            string available = Digits(entry.Value[StockAccount.Available]);
            findings.Add(BalanceDiffers.About(cell, "Available", cell, "Available", "0", available));
        }

        foreach (KeyValuePair<StockCell, long> entry in held)
        {
            findings.Add(HoldsDiffer.About(entry.Key.ToString(), string.Empty, entry.Key.ToString(), Digits(entry.Value), "0"));
        }
    }

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);
}
