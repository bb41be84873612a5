using System;

namespace OrderKernel.Adapters.Dmn.Tables;

/// <summary>Sets of small numbers as words of 64 bits.</summary>
internal static class Bits
{
    public static ulong[] New(int count) => new ulong[(count + 63) / 64];

    public static ulong[] All(int count)
    {
        ulong[] bits = New(count);
        SetRange(bits, 0, count - 1);
        return bits;
    }

    public static void Set(ulong[] bits, int at) => bits[at >> 6] |= 1UL << (at & 63);

    public static bool Has(ulong[] bits, int at) => (bits[at >> 6] & (1UL << (at & 63))) != 0;

    public static void SetRange(ulong[] bits, int from, int to)
    {
        for (int at = from; at <= to; at++)
        {
            if ((at & 63) == 0 && at + 63 <= to)
            {
                bits[at >> 6] = ulong.MaxValue;
                at += 63;
            }
            else
            {
                Set(bits, at);
            }
        }
    }

    public static bool Intersects(ulong[] a, ulong[] b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if ((a[i] & b[i]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    public static bool Within(ulong[] part, ulong[] whole)
    {
        for (int i = 0; i < part.Length; i++)
        {
            if ((part[i] & ~whole[i]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    public static void Add(ulong[] to, ulong[] more)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] |= more[i];
        }
    }

    public static bool IsEmpty(ulong[] bits) => Array.TrueForAll(bits, b => b == 0);

    public static ulong[] And(ulong[] a, ulong[] b)
    {
        ulong[] both = new ulong[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            both[i] = a[i] & b[i];
        }

        return both;
    }

    /// <summary>How many members a set has.</summary>
    public static int Count(ulong[] bits)
    {
        int count = 0;
        foreach (ulong word in bits)
        {
            for (ulong rest = word; rest != 0; rest &= rest - 1)
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>The lowest member at or above a place; -1 when there is none.</summary>
    public static int Next(ulong[] bits, int from)
    {
        int word = from >> 6;
        if (word >= bits.Length)
        {
            return -1;
        }

        ulong rest = bits[word] & (ulong.MaxValue << (from & 63));
        while (rest == 0)
        {
            if (++word >= bits.Length)
            {
                return -1;
            }

            rest = bits[word];
        }

        return (word << 6) + Lowest(rest);
    }

    public static int Lowest(ulong word)
    {
#if NET
        return System.Numerics.BitOperations.TrailingZeroCount(word);
#else
        int place = 0;
        while ((word & 0xFF) == 0)
        {
            word >>= 8;
            place += 8;
        }

        while ((word & 1) == 0)
        {
            word >>= 1;
            place++;
        }

        return place;
#endif
    }
}
