using System;
using System.Security.Cryptography;

namespace OrderKernel.Desk;

/// <summary>Puts a host's own signature under checkpoints, with a key that whoever may write to the database does not have.</summary>
/// <remarks><para>Safe to call from several threads. A signer that asks a key service may block; a checkpoint is signed once.</para>
/// </remarks>
public interface ICheckpointSigner
{
    /// <summary>Names key and method, such as <c>hmac-sha256/2026</c>; it stands in the file.</summary>
    string Name { get; }

    /// <summary>The signature of some bytes.</summary>
    /// <param name="content">The bytes.</param>
    byte[] Sign(byte[] content);

    /// <summary>Whether a signature is that of some bytes.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="signature">The signature; of any length.</param>
    bool Verify(byte[] content, byte[] signature);
}

/// <summary>Signs with HMAC-SHA256 under a secret of the host's. Who can verify can also sign; use a key pair of your own where that is
/// too much.</summary>
/// <remarks><para>Source: RFC 2104, FIPS 180-4.</para></remarks>
public sealed class HmacCheckpointSigner : ICheckpointSigner
{
    /// <summary>The least length of a key in bytes.</summary>
    public const int LeastKey = 16;

    private readonly byte[] key;

    /// <summary>Makes a signer.</summary>
    /// <param name="name">Names the key, such as a year; it stands in the file.</param>
    /// <param name="key">The secret; at least <see cref="LeastKey"/> bytes.</param>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    public HmacCheckpointSigner(string name, byte[] key)
    {
        Name = "hmac-sha256/" + (name ?? throw new ArgumentNullException(nameof(name)));
        this.key = key is null || key.Length < LeastKey
            ? throw new ArgumentException($"A key has at least {LeastKey} bytes; make one with a random generator.", nameof(key))
            : (byte[])key.Clone();
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public byte[] Sign(byte[] content)
    {
        using var hmac = new HMACSHA256(key);
        return hmac.ComputeHash(content);
    }

    /// <inheritdoc />
    public bool Verify(byte[] content, byte[] signature)
    {
        byte[] ours = Sign(content);
        if (signature is null || signature.Length != ours.Length)
        {
            return false;
        }

        // Every byte is looked at, so that time does not tell how many were right.
        int differing = 0;
        for (int i = 0; i < ours.Length; i++)
        {
            differing |= ours[i] ^ signature[i];
        }

        return differing == 0;
    }
}
