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
    /// <summary>Writes a checkpoint into a file, or out when none is named.</summary>
    public static async Task<bool> Take(SqlStore store, TenantId tenant, string? file, string? key, TextWriter output, DbSay say)
    {
        try
        {
            var desk = new OrderDesk(store, SystemClock.Instance, new DeskOptions { Tenant = tenant });
            HistoryCheckpoint checkpoint = await desk.TakeCheckpointAsync().ConfigureAwait(false);
            string text = checkpoint.Write(SignerOf(key));
            if (string.IsNullOrEmpty(file))
            {
                await output.WriteAsync(text).ConfigureAwait(false);
                return true;
            }

            await File.WriteAllTextAsync(file, text).ConfigureAwait(false);
            using JsonDocument read = JsonDocument.Parse(text.Split('\n')[0]);
            say.Line(
                DbText.Heads, file, read.RootElement.GetProperty("streams").EnumerateObject().Sum(static one => one.Value.GetArrayLength()),
                read.RootElement.GetProperty("seals").GetArrayLength());
            return true;
        }
        catch (Exception fault) when (IsOfFile(fault))
        {
            say.Line(DbText.FileUnusable, file ?? key ?? string.Empty, fault.Message);
            return false;
        }
    }

    /// <summary>Compares with a checkpoint in a file. True when the past is the same.</summary>
    public static async Task<bool> Compare(OrderDesk desk, string file, string? key, DbSay say)
    {
        try
        {
            string text = await File.ReadAllTextAsync(file).ConfigureAwait(false);
            HistoryCheckpoint? checkpoint = HistoryCheckpoint.Read(text, SignerOf(key), out Finding? finding);
            ImmutableArray<Finding> findings = checkpoint is null
                ? [finding!]
                : await desk.CompareAsync(checkpoint).ConfigureAwait(false);
            foreach (Finding one in findings)
            {
                say.Line(one);
            }

            if (findings.IsEmpty)
            {
                say.Line(DbText.AgainstClean, checkpoint!.TakenAt);
            }

            return findings.IsEmpty;
        }
        catch (Exception fault) when (IsOfFile(fault))
        {
            say.Line(DbText.FileUnusable, file, fault.Message);
            return false;
        }
    }

    private static HmacCheckpointSigner? SignerOf(string? key) =>
        string.IsNullOrEmpty(key) ? null : new HmacCheckpointSigner("key", File.ReadAllBytes(key));

    private static bool IsOfFile(Exception fault) => fault is IOException or UnauthorizedAccessException or ArgumentException;
}
