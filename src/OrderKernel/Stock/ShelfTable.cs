using System;
using System.Runtime.InteropServices;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>Finds a shelf by SKU and node.</summary>
/// <remarks>
/// <para>What may be promised is asked millions of times a second over many SKUs, and then every place in memory that a question
/// touches is a wait. A Dictionary touches its bucket, its entry and then the shelf; here the slot holds the key and leads straight to
/// the row of days. At most half of the slots is taken, so a first look nearly always ends.</para>
/// <para>The hash is short so that the processor can begin the next question while this one waits. Nothing depends on it but
/// speed.</para>
/// </remarks>
internal sealed class ShelfTable
{
    private const ulong Prime = 0x9E3779B97F4A7C15;
    private ShelfSlot[] slots;
    private int count;

    public ShelfTable(int expected)
    {
        int size = 16;
        while (size < expected * 2L)
        {
            size *= 2;
        }

        slots = new ShelfSlot[size];
    }

    /// <summary>The slot of a shelf, or the empty one where it would be.</summary>
    public ref readonly ShelfSlot Find(Sku sku, NodeId node)
    {
        ShelfSlot[] table = slots;
        string ofSku = sku.Text, ofNode = node.Text;
        for (int at = Hash(ofSku, ofNode); ; at++)
        {
            ref readonly ShelfSlot slot = ref table[at & (table.Length - 1)];
            if (slot.Shelf is null || (Is(slot.Sku!, ofSku) && Is(slot.Node!, ofNode)))
            {
                return ref slot;
            }
        }
    }

    /// <summary>Adds a shelf that is not there yet.</summary>
    public SupplyShelf Add(SupplyShelf shelf)
    {
        if (++count * 2L > slots.Length)
        {
            ShelfSlot[] before = slots;
            slots = new ShelfSlot[before.Length * 2];
            foreach (ShelfSlot slot in before)
            {
                if (slot.Shelf is not null)
                {
                    Place(slot);
                }
            }
        }

        Place(shelf.Slot());
        return shelf;
    }

    private void Place(in ShelfSlot slot)
    {
        int at = Hash(slot.Sku!, slot.Node!);
        while (slots[at & (slots.Length - 1)].Shelf is not null)
        {
            at++;
        }

        slots[at & (slots.Length - 1)] = slot;
    }

    // The same text is mostly the same object.
    private static bool Is(string a, string b) => ReferenceEquals(a, b) || string.Equals(a, b, StringComparison.Ordinal);

    // Thirty bits, so that looking further never overflows.
    private static int Hash(string sku, string node) => (int)(Mix(Mix(Prime, sku), node) >> 34);

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

/// <summary>A shelf and its key, and what the common question needs of it.</summary>
/// <param name="shelf">The shelf.</param>
/// <param name="front">By day from <paramref name="first"/> on, what is free before what is kept; null when lots expire or quotas
/// bind, so that the shelf itself must be asked.</param>
/// <param name="first">Where its days begin.</param>
/// <param name="kept">What is kept on each day.</param>
internal readonly struct ShelfSlot(SupplyShelf shelf, long[]? front, int first, long kept)
{
    public readonly string? Sku = shelf.Sku.Text;
    public readonly string? Node = shelf.Node.Text;
    public readonly SupplyShelf? Shelf = shelf;
    public readonly long[]? Front = front;
    public readonly long Kept = kept;
    public readonly int First = first;
}
