using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace OrderKernel.Scarcity;

/// <summary>Looks for a better order of service by moving one order, or one line of an order that may be split, at a time.</summary>
/// <remarks><para>Moves are drawn from a fixed sequence and the budget is counted in line-days, so the answer is the same
/// everywhere.</para></remarks>
internal sealed class ReallocationSearch
{
    private readonly ReallocationProblem problem;
    private readonly ReallocationFilling filling;
    private readonly (int Order, int Line)[] items;
    private readonly long[] worth;
    private int[] turn = [];
    private uint drawn = 12345;

    public ReallocationSearch(ReallocationProblem problem, ReallocationPrices prices)
    {
        this.problem = problem;
        filling = new ReallocationFilling(problem);
        var list = new List<(int, int)>();
        foreach (int order in problem.InSequence())
        {
            int lines = problem.Orders[order].IsComplete
            ? Math.Min(1, problem.Orders[order].Lines.Length)
            : problem.Orders[order].Lines.Length;
            for (int line = 0; line < lines; line++)
            {
                list.Add((order, line));
            }
        }

        items = list.ToArray();
        worth = Array.ConvertAll(items, item => prices.Worth(item.Order, item.Line));
    }

    public long BestValue { get; private set; }

    public ImmutableArray<Confirmation> BestConfirmed()
    {
        Value(turn);
        return filling.Confirmed();
    }

    public void Run(long effort)
    {
        turn = InSequence();
        BestValue = Value(turn);
        int[] byWorth = InSequence();
        Array.Sort(byWorth, (a, b) => worth[a] != worth[b] ? worth[b].CompareTo(worth[a]) : a.CompareTo(b));
        long value = Value(byWorth);
        if (value > BestValue)
        {
            (turn, BestValue) = (byWorth, value);
        }

        ToFrontAndBack(effort);
        var trial = new int[turn.Length];
        while (filling.Work < effort && turn.Length > 1)
        {
            Try(trial, Draw(turn.Length), Draw(turn.Length));
        }
    }

    private void ToFrontAndBack(long effort)
    {
        var trial = new int[turn.Length];
        for (int from = 0; from < turn.Length && filling.Work < effort; from++)
        {
            Try(trial, from, 0);
            Try(trial, from, turn.Length - 1);
        }
    }

    /// <summary>Moves one item; keeps the move unless it loses.</summary>
    private void Try(int[] trial, int from, int to)
    {
        if (from == to)
        {
            return;
        }

        Array.Copy(turn, trial, turn.Length);
        int moving = trial[from];
        if (from < to)
        {
            Array.Copy(turn, from + 1, trial, from, to - from);
        }
        else
        {
            Array.Copy(turn, to, trial, to + 1, from - to);
        }

        trial[to] = moving;
        long value = Value(trial);
        if (value >= BestValue)
        {
            BestValue = value;
            Array.Copy(trial, turn, turn.Length);
        }
    }

    private long Value(int[] order)
    {
        filling.Restart();
        foreach (int i in order)
        {
            (int index, int line) = items[i];
            if (problem.Orders[index].IsComplete)
            {
                filling.ServeOrder(index);
            }
            else
            {
                filling.ServeLine(index, line);
            }
        }

        return filling.Value;
    }

    private int[] InSequence()
    {
        var all = new int[items.Length];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = i;
        }

        return all;
    }

    private int Draw(int below)
    {
        unchecked
        {
            drawn = (drawn * 1664525) + 1013904223;
            return (int)(((ulong)drawn * (uint)below) >> 32);
        }
    }
}
