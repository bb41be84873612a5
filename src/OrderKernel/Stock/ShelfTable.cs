using System;
using System.Runtime.InteropServices;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>Finds a shelf by SKU and node.</summary>
/// <remarks>
/// <para>What may be promised is asked millions of times a second over many SKUs, and then every place in memory that a question
/// touches is a wait. A Dictionary touches two before the shelf, its bucket and its entry; here the slot leads to the shelf itself,
/// which is read anyway and holds its own key. At most a quarter of the slots is taken, so a first look nearly always ends.</para>
/// <para>The hash is short so that the processor can begin the next question while this one waits. Nothing depends on it but
/// speed.</para>
/// </remarks>
internal sealed class ShelfTable
{
    private const ulong Prime = 0x9E3779B97F4A7C15;
    private SupplyShelf?[] slots;
    private int count;

    public ShelfTable(int expected)
    {
        int size = 16;
        while (size < expected * 4L)
        {
            size *= 2;
        }

        slots = new SupplyShelf?[size];
    }

    public SupplyShelf? Find(Sku sku, NodeId node)
    {
        SupplyShelf?[] table = slots;
        for (int at = Hash(sku, node); ; at++)
        {
            SupplyShelf? shelf = table[at & (table.Length - 1)];
            if (shelf is null || (shelf.Sku == sku && shelf.Node == node))
            {
                return shelf;
            }
        }
    }

    /// <summary>Adds a shelf that is not there yet.</summary>
    public SupplyShelf Add(SupplyShelf shelf)
    {
        if (++count * 4L > slots.Length)
        {
            SupplyShelf?[] before = slots;
            slots = new SupplyShelf?[before.Length * 2];
            foreach (SupplyShelf? moved in before)
            {
                if (moved is not null)
                {
                    Place(moved);
                }
            }
        }

        Place(shelf);
        return shelf;
    }

    private void Place(SupplyShelf shelf)
    {
        int at = Hash(shelf.Sku, shelf.Node);
        while (slots[at & (slots.Length - 1)] is not null)
        {
            at++;
        }

        slots[at & (slots.Length - 1)] = shelf;
    }

    // Thirty bits, so that looking further never overflows.
    private static int Hash(Sku sku, NodeId node) => (int)(Mix(Mix(Prime, sku.Text), node.Text) >> 34);

    private static ulong Mix(ulong hash, string text)
    {
        unchecked
        {
            ReadOnlySpan<char> chars = text.AsSpan();
            ReadOnlySpan<ulong> blocks = MemoryMarshal.Cast<char, ulong>(chars);
            foreach (ulong block in blocks)
            {
                hash = (hash ^ block) * Prime;
                hash ^= hash >> 32;
            }

            for (int i = blocks.Length * 4; i < chars.Length; i++)
            {
                hash = (hash ^ chars[i]) * Prime;
            }

            return hash ^ (hash >> 29);
        }
    }
}
