using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>The heads of all chains of a tenant at one moment, to be kept where whoever may write to the database may not: with it a past
/// that was made anew, hashes and all, is told from the one that was.</summary>
/// <remarks><para>Shape: the version and half the hash of every stream's last event, and at most 1,000 seals over commands and feed; about
/// 60 bytes an order, 6 MB for 100,000.</para></remarks>
public sealed class HistoryCheckpoint
{
    internal const int MostSeals = 1_000;
    private const int MarkLength = 32;
    private const string Beginning = "{\"checkpoint\":";

    internal HistoryCheckpoint(
        TenantId tenant, Instant takenAt, string kernel, ImmutableArray<(long Number, string Hash)> seals,
        ImmutableArray<(StreamId Stream, long Version, string Mark)> streams, string? signedBy = null)
    {
        Tenant = tenant;
        TakenAt = takenAt;
        Kernel = kernel;
        Seals = seals;
        Streams = streams;
        SignedBy = signedBy;
    }

    /// <summary>Whose heads these are.</summary>
    public TenantId Tenant { get; }

    /// <summary>When it was taken, by the clock of the desk.</summary>
    public Instant TakenAt { get; }

    /// <summary>The version of the kernel that took it.</summary>
    public string Kernel { get; }

    /// <summary>Whose signature it says to bear, when it was read; null for none. Whether it does was looked at only where a signer
    /// was given.</summary>
    public string? SignedBy { get; }

    internal ImmutableArray<(long Number, string Hash)> Seals { get; }

    internal ImmutableArray<(StreamId Stream, long Version, string Mark)> Streams { get; }

    /// <summary>What a checkpoint keeps of a hash.</summary>
    internal static string MarkOf(string hash) => hash.Length > MarkLength ? hash.Substring(0, MarkLength) : hash;

    /// <summary>The checkpoint as text: a line of JSON, and a second with its hash and, where there is one, the signature.</summary>
    /// <param name="signer">Who signs; null for none.</param>
    public string Write(ICheckpointSigner? signer = null)
    {
        string json = ToJson();
        JsonText end = JsonText.Start().Member("sha256", ContentHash.Of(json));
        if (signer is not null)
        {
            end.Member("signer", signer.Name).Member("signature", Convert.ToBase64String(signer.Sign(Encoding.UTF8.GetBytes(json))));
        }

        return json + "\n" + end.Finish() + "\n";
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="signer">Whose signature it must bear; null when it need not bear any.</param>
    /// <param name="finding">What is wrong with it; null when nothing is.</param>
    /// <returns>Null when something is wrong.</returns>
    public static HistoryCheckpoint? Read(string text, ICheckpointSigner? signer, out Finding? finding)
    {
        if (text is null)
        {
            throw new ArgumentNullException(nameof(text));
        }

        finding = null;
        if (!text.StartsWith(Beginning, StringComparison.Ordinal))
        {
            finding = HistoryFindings.CheckpointUnreadable.About(string.Empty, string.Empty);
            return null;
        }

        string[] lines = text.Replace("\r\n", "\n").TrimEnd('\n').Split('\n');
        if (lines.Length != 2 || ReadEnd(lines[0], lines[1]) is not { } end)
        {
            finding = HistoryFindings.CheckpointAltered.About(string.Empty, string.Empty);
            return null;
        }

        if (signer is not null && (end.Signer != signer.Name || !signer.Verify(Encoding.UTF8.GetBytes(lines[0]), end.Signature)))
        {
            finding = HistoryFindings.CheckpointForged.About(string.Empty, string.Empty, signer.Name);
            return null;
        }

        try
        {
            return ReadJson(lines[0], end.Signer);
        }
        catch (Exception fault) when (JsonFields.IsDamage(fault))
        {
            finding = HistoryFindings.CheckpointUnreadable.About(string.Empty, string.Empty);
            return null;
        }
    }

    // The second line; null where it is not the one that was written with the first.
    private static (string? Signer, byte[] Signature)? ReadEnd(string json, string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement end = document.RootElement;
            string? signer = end.TryGetProperty("signer", out JsonElement name) ? name.GetString() : null;
            byte[] signature = signer is null ? Array.Empty<byte>() : Convert.FromBase64String(end.Text("signature"));
            return end.Text("sha256") == ContentHash.Of(json) ? (signer, signature) : null;
        }
        catch (Exception fault) when (JsonFields.IsDamage(fault))
        {
            return null;
        }
    }

    private string ToJson()
    {
        JsonText json = JsonText.Start().Member("checkpoint", 1).Member("kernel", Kernel).Member("tenant", Tenant.Text)
            .Member("at", TakenAt).OpenArray("seals");
        foreach ((long number, string hash) in Seals)
        {
            json.Element(Digits(number) + " " + hash);
        }

        json.CloseArray().OpenObject("streams");
        foreach (IGrouping<string, (StreamId Stream, long Version, string Mark)> category in Streams.GroupBy(
            static one => one.Stream.Category))
        {
            json.OpenArray(category.Key);
            foreach ((StreamId stream, long version, string mark) in category)
            {
                json.Element(Digits(version) + " " + mark + " " + stream.Key);
            }

            json.CloseArray();
        }

        return json.CloseObject().Finish();
    }

    private static HistoryCheckpoint ReadJson(string json, string? signedBy)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        if (root.Int("checkpoint") != 1)
        {
            throw new FormatException("Its form is not known to this release.");
        }

        var streams = new List<(StreamId, long, string)>();
        foreach (JsonProperty category in root.GetProperty("streams").EnumerateObject())
        {
            foreach (JsonElement one in category.Value.EnumerateArray())
            {
                string[] parts = (one.GetString() ?? string.Empty).Split(new[] { ' ' }, 3);
                streams.Add((new StreamId(category.Name, At(parts, 2)), Number(parts[0]), At(parts, 1)));
            }
        }

        return new HistoryCheckpoint(
            new TenantId(root.Text("tenant")), root.Instant("at"), root.Text("kernel"), root.Array("seals", static one =>
            {
                string[] parts = (one.GetString() ?? string.Empty).Split(' ');
                return (Number(parts[0]), At(parts, 1));
            }),
            ImmutableArray.CreateRange(streams), signedBy);
    }

    private static string At(string[] parts, int place) =>
        place < parts.Length ? parts[place] : throw new FormatException("A head has a version, a hash and a name.");

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);
}
