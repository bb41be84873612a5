using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Cli;

/// <summary>Takes the heads of all chains out of a database, and compares a database with heads that were kept elsewhere.</summary>
internal static class DbHeads
{
    private const long MostBytes = 256 * 1024 * 1024;

    /// <summary>Writes a checkpoint into a file, or out when none is named.</summary>
    public static async Task<bool> Take(SqlStore store, TenantId tenant, string? file, string? key, TextWriter output, DbSay say)
    {
        if (!TryRead(key, say, out HmacCheckpointSigner? signer))
        {
            return false;
        }

        if (!string.IsNullOrEmpty(file) && Path.Exists(file))
        {
            say.Line(DbText.FileExists, file);
            return false;
        }

        var desk = new OrderDesk(store, SystemClock.Instance, new DeskOptions { Tenant = tenant });
        HistoryCheckpoint checkpoint = await desk.TakeCheckpointAsync().ConfigureAwait(false);
        string text = checkpoint.Write(signer);
        if (string.IsNullOrEmpty(file))
        {
            await output.WriteAsync(text).ConfigureAwait(false);
            return true;
        }

        if (!await Write(file, text, say).ConfigureAwait(false))
        {
            return false;
        }

        using JsonDocument read = JsonDocument.Parse(text.Split('\n')[0]);
        say.Line(
            DbText.Heads, file, read.RootElement.GetProperty("streams").EnumerateObject().Sum(static one => one.Value.GetArrayLength()),
            read.RootElement.GetProperty("seals").GetArrayLength());
        return true;
    }

    /// <summary>Reads a checkpoint from a file; null after it was said what is wrong.</summary>
    public static HistoryCheckpoint? Read(string file, string? key, DbSay say)
    {
        if (!TryRead(key, say, out HmacCheckpointSigner? signer))
        {
            return null;
        }

        string text = string.Empty;
        if (!Try(file, say, () => text = new FileInfo(file).Length > MostBytes ? string.Empty : File.ReadAllText(file)))
        {
            return null;
        }

        HistoryCheckpoint? checkpoint = HistoryCheckpoint.Read(text, signer, out Finding? wrong);
        if (wrong is not null)
        {
            say.Line(wrong);
        }
        else if (signer is null && checkpoint!.SignedBy is { } signed)
        {
            say.Line(DbText.SignatureNotChecked, file, signed);
        }

        return checkpoint;
    }

    /// <summary>Compares with a checkpoint. True when the past is the same.</summary>
    public static async Task<bool> Compare(OrderDesk desk, HistoryCheckpoint checkpoint, bool isOfTenant, DbSay say)
    {
        ImmutableArray<Finding> findings = await desk.CompareAsync(checkpoint).ConfigureAwait(false);
        if (isOfTenant)
        {
            say.Line(findings.IsEmpty ? DbText.AgainstClean : DbText.AgainstDiffers, checkpoint.TakenAt);
        }

        foreach (Finding one in findings)
        {
            say.Line(one);
        }

        return findings.IsEmpty;
    }

    private static bool TryRead(string? key, DbSay say, out HmacCheckpointSigner? signer)
    {
        signer = null;
        if (string.IsNullOrEmpty(key))
        {
            return true;
        }

        byte[] secret = [];
        if (!Try(key, say, () => secret = File.ReadAllBytes(key)))
        {
            return false;
        }

        if (secret.Length < HmacCheckpointSigner.LeastKey)
        {
            say.Line(DbText.KeyTooShort, key, HmacCheckpointSigner.LeastKey);
            return false;
        }

        signer = new HmacCheckpointSigner("key", secret);
        return true;
    }

    // Never over a file that is there: it may be the only one that tells.
    private static async Task<bool> Write(string file, string text, DbSay say)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
            using var writer = new StreamWriter(stream);
            await writer.WriteAsync(text).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            say.Line(DbText.FileUnusable, file);
            return false;
        }
    }

    private static bool Try(string file, DbSay say, Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            say.Line(Path.Exists(file) ? DbText.FileUnusable : DbText.FileMissing, file);
            return false;
        }
    }
}
