using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;
using OrderKernel.Testing;
using OrderKernel.Tests.Orders;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>What was decided by other rules is told apart from what comes out differently.</summary>
public class ReplayRulesTests
{
    private static readonly Sku Sku = new("S");
    private readonly MemoryStore store = new();

    [Fact]
    public async Task Facts_RecordTheRules_AndOldOnesAreOfRulesOne()
    {
        DecidedCommand stored = await OneOrder();
        Assert.Contains("\"rules\":" + KernelVersion.Rules, stored.Facts, StringComparison.Ordinal);
        Assert.Equal(KernelVersion.Rules, Replay.RulesOf(stored));
        Assert.Equal(1, Replay.RulesOf(stored with { Facts = OfRules(stored.Facts, null) }));
    }

    [Fact]
    public async Task IsSame_OfAnotherKernelOrOtherRules_IsNoDifferenceByItself()
    {
        DecidedCommand stored = await OneOrder();
        var stream = await new OrderDesk(store, new FakeClock(Given.At)).ReadTrailAsync(new OrderId("O1"));
        string other = stored.Facts.Replace("\"kernel\":\"" + KernelVersion.Current, "\"kernel\":\"9.9.9", StringComparison.Ordinal);
        Assert.NotEqual(stored.Facts, other);
        Assert.True(Replay.IsSame(stored with { Facts = other }, stream));
        Assert.True(Replay.IsSame(stored with { Facts = OfRules(stored.Facts, null) }, stream));
        Assert.False(Replay.IsSame(
            stored with { Facts = stored.Facts.Replace("\"takes\":5000", "\"takes\":5000,\"more\":1", StringComparison.Ordinal) }, stream));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("99", 99)]
    public async Task ReplayAsync_OtherRules_AreCountedAndNeverADifference(string? recorded, int rules)
    {
        await OneOrder();
        var altered = new AlteredCommands(store, command => command with
        {
            Facts = OfRules(command.Facts, recorded),
            Outcome = command.Body.Contains("order.hold_stock", StringComparison.Ordinal)
                ? command.Outcome.Replace("\"version\":2", "\"version\":7", StringComparison.Ordinal)
                : command.Outcome,
        });
        ReplayReport report = await new OrderDesk(altered.Store, new FakeClock(Given.At)).ReplayAsync();
        Assert.Empty(report.Differing);
        Assert.Equal(0, report.Same);
        ReplayOfRules other = Assert.Single(report.OtherRules);
        Assert.Equal((rules, 2L, 1), (other.Rules, other.Same, other.Otherwise.Length));

        // The same outcome under the rules of this kernel is an error.
        var wrong = new AlteredCommands(store, command => command with
        {
            Outcome = command.Outcome.Replace("\"version\":2", "\"version\":7", StringComparison.Ordinal),
        });
        report = await new OrderDesk(wrong.Store, new FakeClock(Given.At)).ReplayAsync();
        Assert.Equal((2L, 1, 0), (report.Same, report.Differing.Length, report.OtherRules.Length));
    }

    private static string OfRules(string facts, string? rules)
    {
        string now = ",\"rules\":" + KernelVersion.Rules;
        Assert.Contains(now, facts, StringComparison.Ordinal);
        return facts.Replace(now, rules is null ? string.Empty : ",\"rules\":" + rules, StringComparison.Ordinal);
    }

    private async Task<DecidedCommand> OneOrder()
    {
        var play = new DeskPlay(store, new FakeClock(Given.At), new DeskOptions());
        await play.Receive(Sku, 5);
        await play.Order("O1", Sku, 5);
        await play.Submit(new HoldStock(new OrderId("O1")), "held");
        return (await store.ReadCommandAsync(new DeskOptions().Tenant, CommandId.FromName("held"), CancellationToken.None))!;
    }
}
