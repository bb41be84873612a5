using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Data.Common;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Writes the ledger: balances by conditional update, movements and holds.</summary>
internal sealed class LedgerWriter : IDisposable
{
    // Asked before the sum: a number that overflows must be an error, not a cell that moved.
    private const string Unbounded = "9223372036854775807";
    private const int MostCellIds = 100_000;

    private readonly Statement findCell;
    private readonly Statement addCell;
    private readonly Statement change;
    private readonly Statement hold;
    private readonly Statement overdraft;
    private readonly Statement addPosting;
    private readonly Statement addHold;
    private readonly Statement closeHold;
    private readonly Statement lessHold;
    private readonly Dictionary<(TenantId Tenant, StockCell Cell), long> cellIds = new();

    public LedgerWriter(SqlSession session)
    {
        findCell = new Statement(
            session,
            "SELECT cell_id FROM om_cell WHERE tenant = @0 AND sku = @1 AND node = @2 AND lot = @3 AND owner = @4", 5);
        addCell = new Statement(
            session,
            "INSERT INTO om_cell (tenant, sku, node, lot, owner) VALUES (@0, @1, @2, @3, @4) RETURNING cell_id", 5);

        // An account that only gains is never in the way; one that loses must keep what it may not fall below.
        change = new Statement(
            session,
            "UPDATE om_cell SET supply = supply + @1, available = available + @2, reserved = reserved + @3, "
            + "committed = committed + @4, in_transit = in_transit + @5, shipped = shipped + @6, quarantine = quarantine + @7, "
            + "scrap = scrap + @8 WHERE cell_id = @0 AND (@2 >= 0 OR available + @2 >= -overdraft) AND reserved + @3 >= 0 "
            + "AND committed + @4 >= 0 AND in_transit + @5 >= 0 AND shipped + @6 >= 0 AND quarantine + @7 >= 0 "
            + $"AND scrap + @8 >= 0 AND available + @2 >= @9 AND (@10 = {Unbounded} OR available + @2 <= @10) "
            + "AND (@2 + @3 >= 0 OR available + @2 + reserved + @3 >= 0)",
            11);
        // Holding and letting go are by far the most frequent, and a third of the parameters.
        hold = new Statement(
            session,
            "UPDATE om_cell SET available = available + @1, reserved = reserved + @2 "
            + "WHERE cell_id = @0 AND (@1 >= 0 OR available + @1 >= -overdraft) AND reserved + @2 >= 0 "
            + $"AND available + @1 >= @3 AND (@4 = {Unbounded} OR available + @1 <= @4) "
            + "AND (@1 + @2 >= 0 OR available + @1 + reserved + @2 >= 0)",
            5);
        overdraft = new Statement(session, "UPDATE om_cell SET overdraft = @1 WHERE cell_id = @0", 2);
        addPosting = new Statement(
            session,
            "INSERT INTO om_posting (command_pos, from_cell, from_account, to_cell, to_account, quantity) "
            + "VALUES (@0, @1, @2, @3, @4, @5)",
            6);
        addHold = new Statement(
            session,
            "INSERT INTO om_hold (tenant, order_key, line, cell_id, quantity) VALUES (@0, @1, @2, @3, @4) "
            + "ON CONFLICT (tenant, order_key, line, cell_id) DO UPDATE SET quantity = quantity + excluded.quantity",
            5);
        closeHold = new Statement(
            session,
            "DELETE FROM om_hold WHERE tenant = @0 AND order_key = @1 AND line = @2 AND cell_id = @3 AND quantity = @4", 5);
        lessHold = new Statement(
            session,
            "UPDATE om_hold SET quantity = quantity - @4 "
            + "WHERE tenant = @0 AND order_key = @1 AND line = @2 AND cell_id = @3 AND quantity > @4",
            5);
    }

    /// <summary>Changes the balances; false when a cell holds less than it must give.</summary>
    public bool Apply(TenantId tenant, UnitOfWork unit)
    {
        foreach (CellDelta delta in CellDelta.Merge(unit.Postings, unit.Holds))
        {
            long cell = CellId(tenant, delta.Cell);
            int changed = delta.IsHoldOnly
                ? hold.Execute(cell, delta[StockAccount.Available], delta[StockAccount.Reserved], delta.LeastAvailable, delta.MostAvailable)
                : change.Execute(
                    cell, delta[StockAccount.Supply], delta[StockAccount.Available], delta[StockAccount.Reserved],
                    delta[StockAccount.Committed], delta[StockAccount.InTransit], delta[StockAccount.Shipped],
                    delta[StockAccount.Quarantine], delta[StockAccount.Scrap], delta.LeastAvailable, delta.MostAvailable);
            if (changed != 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Records the movements, holds and overdrafts.</summary>
    public void Record(TenantId tenant, long command, UnitOfWork unit)
    {
        foreach (OverdraftChange set in unit.Overdrafts)
        {
            overdraft.Execute(CellId(tenant, set.Cell), set.Overdraft.Units);
        }

        foreach (Posting posting in unit.Postings)
        {
            addPosting.Execute(
                command, CellId(tenant, posting.FromCell), (long)posting.From, CellId(tenant, posting.ToCell), (long)posting.To,
                posting.Quantity.Units);
        }

        foreach (HoldChange held in unit.Holds)
        {
            Change(tenant, held);
        }
    }

    /// <summary>Forgets the ids of cells, some of which were not committed after all.</summary>
    public void Forget() => cellIds.Clear();

    private void Change(TenantId tenant, HoldChange held)
    {
        long cell = CellId(tenant, held.Cell);
        if (held.Change > 0)
        {
            addHold.Execute(tenant.Text, held.Order.Text, held.Line, cell, held.Change);
            return;
        }

        long less = -held.Change;
        bool gone = closeHold.Execute(tenant.Text, held.Order.Text, held.Line, cell, less) == 1
            || lessHold.Execute(tenant.Text, held.Order.Text, held.Line, cell, less) == 1;
        if (!gone)
        {
            throw new KernelInvariantException($"{held.Order} line {held.Line} does not hold {less} in {held.Cell}.");
        }
    }

    // The id of a cell never changes, so it is remembered; not for ever, because lots come and go for as long as a process runs.
    private long CellId(TenantId tenant, StockCell cell)
    {
        if (cellIds.TryGetValue((tenant, cell), out long id))
        {
            return id;
        }

        using (DbDataReader reader = findCell.Query(tenant.Text, cell.Sku.Text, cell.Node.Text, cell.Lot.Text, cell.Owner.Text))
        {
            id = reader.Read() ? reader.GetInt64(0) : 0;
        }

        if (id == 0)
        {
            id = addCell.Scalar(tenant.Text, cell.Sku.Text, cell.Node.Text, cell.Lot.Text, cell.Owner.Text);
        }

        if (cellIds.Count > MostCellIds)
        {
            cellIds.Clear();
        }

        cellIds.Add((tenant, cell), id);
        return id;
    }

    public void Dispose()
    {
        foreach (Statement statement in ImmutableArray.Create(
            findCell, addCell, change, hold, overdraft, addPosting, addHold, closeHold, lessHold))
        {
            statement.Dispose();
        }
    }
}
