using System;
using System.Security.Cryptography;
using System.Text;

namespace OrderKernel.Measures;

/// <summary>Ids computed from names (UUIDv5): the same name gives the same id on every machine.</summary>
/// <remarks><para>Source: RFC 9562 §5.5 (SHA-1 over namespace and name; identity, not secrecy).</para></remarks>
public static class DerivedId
{
    private const int DeskMark = 0x0DE5;

    /// <summary>The namespace of command ids.</summary>
    public static Guid Commands { get; } = new("6f1c0f3e-5d0a-5f4e-9a53-0c6f3f6a1b01");

    /// <summary>The namespace of event ids.</summary>
    public static Guid Events { get; } = new("6f1c0f3e-5d0a-5f4e-9a53-0c6f3f6a1b02");

    /// <summary>The namespace of message ids.</summary>
    public static Guid Messages { get; } = new("6f1c0f3e-5d0a-5f4e-9a53-0c6f3f6a1b03");

    /// <summary>The namespace of timer ids.</summary>
    public static Guid Timers { get; } = new("6f1c0f3e-5d0a-5f4e-9a53-0c6f3f6a1b04");

    /// <summary>The UUIDv5 of a name in a namespace.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="name">The name; UTF-8 is hashed.</param>
    /// <remarks><para>Cost: O(length of the name).</para></remarks>
    public static Guid Of(Guid space, string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name ?? throw new ArgumentNullException(nameof(name)));
        var input = new byte[16 + text.Length];
        space.ToByteArray().CopyTo(input, 0);
        Swap(input);
        text.CopyTo(input, 16);
#pragma warning disable CA5350 // RFC 9562 prescribes SHA-1 for version 5; nothing secret depends on it.
#if NET
        byte[] hash = SHA1.HashData(input);
#else
        byte[] hash;
        using (var sha = SHA1.Create())
        {
            hash = sha.ComputeHash(input);
        }
#endif
#pragma warning restore CA5350
        var id = new byte[16];
        Array.Copy(hash, id, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x50);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        Swap(id);
        return new Guid(id);
    }

    /// <summary>An id of the desk's own: of version 8, so that no name that is hashed outside makes one.</summary>
    internal static Guid OfDesk(string name)
    {
        byte[] id = Of(Timers, name).ToByteArray();
        Swap(id);
        id[0] = DeskMark >> 8;
        id[1] = DeskMark & 0xFF;
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        Swap(id);
        return new Guid(id);
    }

    /// <summary>Whether an id is one that only the desk gives.</summary>
    internal static bool IsOfDesk(Guid id)
    {
        byte[] bytes = id.ToByteArray();
        Swap(bytes);
        return bytes[0] == DeskMark >> 8 && bytes[1] == (DeskMark & 0xFF) && (bytes[6] & 0xF0) == 0x80;
    }

    // Guid keeps its first three groups in little-endian order; the RFC hashes and numbers them in network order.
    private static void Swap(byte[] bytes)
    {
        Array.Reverse(bytes, 0, 4);
        Array.Reverse(bytes, 4, 2);
        Array.Reverse(bytes, 6, 2);
    }
}
