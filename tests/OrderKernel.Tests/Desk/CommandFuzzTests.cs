using System;
using System.IO;
using System.Linq;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>Commands as JSON from anywhere: read or refused, and what was read is answered by the desk. Never another exception.</summary>
public class CommandFuzzTests
{
    private const int OrdersOfADesk = 500;
    private static readonly Actor Anybody = new("clerk-7", "web");

    private static readonly string[] Commands = File.ReadAllLines(Repository.Path(
        "tests", "OrderKernel.Tests", "Snapshots", "Commands.verified.txt")).Where(static line => line.Length > 0).ToArray();

    [Fact]
    public void AnyCommand_IsReadOrRefused_AndAnsweredByTheDesk()
    {
        OrderDesk desk = NewDesk();
        FuzzRun.Of(30_000, 100, 30, (seed, input) =>
        {
            if (seed % OrdersOfADesk == 0)
            {
                desk = NewDesk();
            }

            if (Read(input) is not { } command)
            {
                return false;
            }

            // Written and read again it is the same: what is stored is what was decided.
            string written = command.ToJson();
            Assert.Equal(written, StoredForms.ReadCommand(written).ToJson());
            var submission = new Submission(CommandId.FromName(seed.ToString("D")), Anybody, command);
            DeskResult result = desk.SubmitAsync(submission).GetAwaiter().GetResult();
            Assert.True(result.IsAccepted || !result.Findings.IsEmpty, "It is refused, and nothing says why.");
            Assert.All(result.Findings, static finding =>
                Assert.False(finding.Text(Language.Chinese).Length == 0 || finding.Text(Language.English).Length == 0));
            return true;
        }, static seed => new HostileJson(seed).Damaged(Commands[seed % Commands.Length]));
    }

    private static KernelCommand? Read(string input)
    {
        try
        {
            return StoredForms.ReadCommand(input);
        }
        catch (KernelInvariantException)
        {
            return null;
        }
    }

    private static OrderDesk NewDesk() => new(new MemoryStore(), new FakeClock(Instant.FromUtc(2026, 11, 2, 1, 0)));
}
