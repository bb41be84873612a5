using System;
using System.Runtime.InteropServices;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>Finds the number of a shelf by SKU and node.</summary>
/// <remarks>
/// <para>What may be promised is asked millions of times a second over many SKUs, and then every place in memory that a question
/// touches is a wait. A Dictionary touches its bucket, its entry and then the shelf; here the slot holds the key and the number from
/// which the row of days follows. At most half of the slots is taken, so a first look nearly always ends.</para>
/// <para>The hash is short so that the processor can begin the next question while this one waits. Nothing depends on it but
/// speed.</para>
/// </remarks>
internal sealed class ShelfTable
{
    /// <summary>The number of a shelf that is not there.</summary>
    public const int None = int.MinValue;
    private const ulong Prime = 0x9E3779B97F4A7C15;
    private Slot[] slots;
    private int count;

    public ShelfTable(int expected)
    {
        int size = 16;
        while (size < expected * 2L)
        {
            size *= 2;
        }

        slots = new Slot[size];
    }

    /// <summary>The number of a shelf; <see cref="None"/> when it is not there.</summary>
    public int Find(Sku sku, NodeId node)
    {
        Slot[] table = slots;
        string ofSku = sku.Text, ofNode = node.Text;
        for (int at = Hash(ofSku, ofNode); ; at++)
        {
            ref readonly Slot slot = ref table[at & (table.Length - 1)];
            if (slot.Sku is null)
            {
                return None;
            }

            if (Is(slot.Sku, ofSku) && Is(slot.Node!, ofNode))
            {
                return slot.Number;
            }
        }
    }

    /// <summary>Adds a shelf that is not there yet.</summary>
    public void Add(Sku sku, NodeId node, int number)
    {
        if (++count * 2L > slots.Length)
        {
            Slot[] before = slots;
            slots = new Slot[before.Length * 2];
            foreach (Slot slot in before)
            {
                if (slot.Sku is not null)
                {
                    Place(slot);
                }
            }
        }

        Place(new Slot(sku.Text, node.Text, number));
    }

    private void Place(in Slot slot)
    {
        int at = Hash(slot.Sku!, slot.Node!);
        while (slots[at & (slots.Length - 1)].Sku is not null)
        {
            at++;
        }

        slots[at & (slots.Length - 1)] = slot;
    }

    // The same text is mostly the same object.
    private static bool Is(string a, string b) => ReferenceEquals(a, b) || string.Equals(a, b, StringComparison.Ordinal);

    // Thirty bits, so that looking further never overflows.
    private static int Hash(string sku, string node)
    {
        ulong hash = Mix(Mix(0, sku), node);
        return (int)((hash ^ (hash >> 29)) & 0x3FFF_FFFF);
    }

    // Eight bytes at a time, the last eight again rather than what is left one by one.
    private static ulong Mix(ulong hash, string text)
    {
        unchecked
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(text.AsSpan());
            foreach (ulong block in MemoryMarshal.Cast<byte, ulong>(bytes))
            {
                hash = (((hash << 5) | (hash >> 59)) ^ block) * Prime;
            }

            if ((bytes.Length & 7) == 0)
            {
                return hash;
            }

            if (bytes.Length > 8)
            {
                return (((hash << 5) | (hash >> 59)) ^ MemoryMarshal.Read<ulong>(bytes.Slice(bytes.Length - 8))) * Prime;
            }

            foreach (byte one in bytes)
            {
                hash = (hash ^ one) * Prime;
            }

            return hash;
        }
    }

    private readonly struct Slot(string sku, string node, int number)
    {
        public readonly string? Sku = sku;
        public readonly string? Node = node;
        public readonly int Number = number;
    }
}
