using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>Nothing that was acknowledged is lost, and nothing is half done, whatever kills the writer.</summary>
public class CrashTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;

    /// <summary>Five in the tests; <c>eng/long.sh</c> asks for more.</summary>
    private static int Kills => int.Parse(
        Environment.GetEnvironmentVariable("ORDERKERNEL_KILLS") ?? "5", CultureInfo.InvariantCulture);

    [Fact]
    public async Task KilledWriter_AgainAndAgain_LosesNothingAndLeavesNothingHalfDone()
    {
        using var database = new TemporaryDatabase();
        var acknowledged = new List<Acknowledgement>();
        for (int kill = 0; kill < Kills; kill++)
        {
            acknowledged.AddRange(CrashWriter.RunAndKill(database.Path, "full", lanes: 6, killAfter: 20 + (17 * kill % 60)));
            await Check(database.Path, acknowledged);
        }

        Assert.True(acknowledged.Count >= 20 * Kills);
    }

    [Fact]
    public async Task PowerCut_WithFullSync_LosesNothing()
    {
        using var database = new TemporaryDatabase();
        List<Acknowledgement> heard = CrashWriter.RunAndKill(database.Path, "full", lanes: 1, killAfter: 40);

        // All that the last acknowledgement could have relied on is synced; the power takes any part of what came after.
        long synced = heard[^1].LogLength;
        long written = new FileInfo(database.Path + "-wal").Length;
        foreach (long cut in new[] { synced, (synced + written) / 2, written })
        {
            using var after = new TemporaryDatabase();
            CopyCut(database.Path, after.Path, cut);
            await Check(after.Path, heard);
        }
    }

    [Fact]
    public async Task PowerCut_WithoutFullSync_IsSeenByTheCheck()
    {
        // The control: with synchronous=NORMAL nothing in the log is synced until a checkpoint, so the power may take any of it.
        // If the check passed here, it could not see a lost acknowledgement anywhere. The writer stops before its log is so long that
        // SQLite writes it back and begins it anew: then half of it could be all that counts.
        using var database = new TemporaryDatabase();
        List<Acknowledgement> heard = CrashWriter.RunAndKill(database.Path, "unsafe-normal", lanes: 1, killAfter: 40, orders: 13);
        using var after = new TemporaryDatabase();
        CopyCut(database.Path, after.Path, heard[^1].LogLength / 2);
        await Assert.ThrowsAsync<LawBrokenException>(() => Check(after.Path, heard));
    }

    [StraceFact]
    public void Acknowledgement_NeverPrecedesTheSyncOfItsLog()
    {
        Assert.Equal(0, UnsyncedAcknowledgements("full"));

        // The control: without full sync the same audit finds unsynced acknowledgements.
        Assert.True(UnsyncedAcknowledgements("unsafe-normal") > 10);
    }

    private static async Task Check(string path, IReadOnlyCollection<Acknowledgement> acknowledged)
    {
        using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions(path));
        await Check(store, acknowledged);
    }

    /// <summary>Everything that was acknowledged is there as it was, nothing is half done, and the ledger agrees.</summary>
    internal static async Task Check(IOrderStore store, IReadOnlyCollection<Acknowledgement> acknowledged)
    {
        foreach (Acknowledgement one in acknowledged)
        {
            DecidedCommand? stored = await store.ReadCommandAsync(Tenant, one.Command, CancellationToken.None);
            if (stored is null || stored.Outcome != one.Outcome)
            {
                throw new LawBrokenException($"Command {one.Command} was acknowledged and is {(stored is null ? "gone" : "another")}.");
            }
        }

        ImmutableArray<DecidedCommand> commands = await store.ReadCommandsAsync(Tenant, null, int.MaxValue, CancellationToken.None);
        ImmutableArray<FeedEntry> feed = await store.ReadFeedAsync(Tenant, 0, int.MaxValue, CancellationToken.None);
        var events = feed.ToLookup(entry => entry.Event.Command, entry => entry.Event.EventId);
        foreach (DecidedCommand command in commands)
        {
            CommandOutcome outcome = CommandOutcome.Read(command.Outcome, KernelFindings.Catalog);
            if (!outcome.Events.SequenceEqual(events[command.Id]))
            {
                throw new LawBrokenException($"Command {command.Id} is half done.");
            }
        }

        if (feed.Length != commands.Sum(command => events[command.Id].Count()) || feed.Where((entry, i) => entry.Position != i + 1).Any())
        {
            throw new LawBrokenException("The feed has holes, or events without a command.");
        }

        foreach (var stream in feed.GroupBy(entry => entry.Event.Stream))
        {
            if (HashChain.FirstTampered(stream.Select(entry => entry.Event)) is { } version)
            {
                throw new LawBrokenException($"{stream.Key} breaks at version {version}.");
            }
        }

        await KernelLaws.LedgerConserves(store, Tenant);
    }

    // What is on disk after the power went: the database as it was, and the log up to a point.
    private static void CopyCut(string from, string to, long length)
    {
        File.Copy(from, to);
        File.Copy(from + "-wal", to + "-wal");
        using FileStream log = File.OpenWrite(to + "-wal");
        log.SetLength(length);
    }

    // Reads the system calls of a writer with one lane: between the last write to the log and an acknowledgement stands a sync.
    private static int UnsyncedAcknowledgements(string durability)
    {
        using var database = new TemporaryDatabase();
        string trace = database.Path + ".trace";
        using (Process writer = Process.Start(CrashWriter.Command(
            "strace", "-f", "-y", "-e", "trace=pwrite64,write,fdatasync,fsync", "-o", trace, "dotnet", CrashWriter.Assembly, database.Path,
            durability, "1", "15"))!)
        {
            writer.StandardOutput.ReadToEnd();
            writer.WaitForExit();
            Assert.Equal(0, writer.ExitCode);
        }

        int unsynced = 0;
        int acknowledgements = 0;
        bool dirty = false;
        foreach (string call in File.ReadLines(trace))
        {
            if (call.Contains("-wal>", StringComparison.Ordinal))
            {
                dirty = call.Contains("write", StringComparison.Ordinal);
            }
            else if (call.Contains("\"ack ", StringComparison.Ordinal))
            {
                acknowledgements++;
                unsynced += dirty ? 1 : 0;
            }
        }

        Assert.True(acknowledgements >= 45);
        return unsynced;
    }
}
