using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>The balances of one cell, one per account, and how far its available balance may be overdrawn.</summary>
public sealed record CellBalance
{
    /// <summary>The number of accounts.</summary>
    public const int Accounts = 8;

    private readonly ImmutableArray<long> balances;

    /// <summary>Makes the balances of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="balances">One number per <see cref="StockAccount"/>, in its order.</param>
    /// <param name="overdraft">How far <see cref="StockAccount.Available"/> may go below zero.</param>
    /// <exception cref="ArgumentException">There are not eight balances.</exception>
    public CellBalance(StockCell cell, ImmutableArray<long> balances, Quantity overdraft)
    {
        Cell = cell;
        this.balances = balances.Length == Accounts
            ? balances
            : throw new ArgumentException("A cell has eight balances.", nameof(balances));
        Overdraft = overdraft;
    }

    /// <summary>The cell.</summary>
    public StockCell Cell { get; }

    /// <summary>How far the available balance may go below zero; zero unless set on purpose.</summary>
    public Quantity Overdraft { get; }

    /// <summary>The balance of one account.</summary>
    /// <param name="account">The account.</param>
    public long this[StockAccount account] => balances[(int)account];

    /// <summary>What lies in the cell and can be used, in pieces: available, reserved and committed. Below zero only where an earlier
    /// release let more leave than there was.</summary>
    public long OnHand => checked(
        balances[(int)StockAccount.Available] + balances[(int)StockAccount.Reserved] + balances[(int)StockAccount.Committed]);

    /// <summary>A cell that nothing was ever posted to.</summary>
    /// <param name="cell">The cell.</param>
    public static CellBalance Empty(StockCell cell) =>
        new(cell, ImmutableArray.Create(new long[Accounts]), Quantity.Zero);

    /// <summary>The same balances with another overdraft.</summary>
    /// <param name="overdraft">How far the available balance may go below zero.</param>
    public CellBalance With(Quantity overdraft) => new(Cell, balances, overdraft);

    /// <summary>The balances after a net change, or null when an account would fall below what it may, more would leave than lies
    /// here, or what is taken is not real or borrowed as it says.</summary>
    /// <param name="delta">The net change of this cell; the rules stand at <see cref="CellDelta"/>.</param>
    public CellBalance? After(CellDelta delta)
    {
        if (delta is null)
        {
            throw new ArgumentNullException(nameof(delta));
        }

        var next = new long[Accounts];
        for (int i = 0; i < Accounts; i++)
        {
            next[i] = checked(balances[i] + delta[(StockAccount)i]);
            long floor = i == (int)StockAccount.Available ? -Overdraft.Units : 0;
            if (i != (int)StockAccount.Supply && delta[(StockAccount)i] < 0 && next[i] < floor)
            {
                return null;
            }
        }

        long available = next[(int)StockAccount.Available];
        return available < delta.LeastAvailable || available > delta.MostAvailable
            || (delta.Leaves && checked(available + next[(int)StockAccount.Reserved]) < 0)
            ? null
            : new CellBalance(Cell, ImmutableCollectionsMarshal.AsImmutableArray(next), Overdraft);
    }

    /// <inheritdoc />
    public bool Equals(CellBalance? other)
    {
        if (other is null || other.Cell != Cell || other.Overdraft != Overdraft)
        {
            return false;
        }

        for (int i = 0; i < Accounts; i++)
        {
            if (other.balances[i] != balances[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc />
    public override int GetHashCode() => EqualityComparer<StockCell>.Default.GetHashCode(Cell);
}
