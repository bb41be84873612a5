using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Scarcity;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>What the kernel decides by itself can be followed in what is stored: the fact, the rule, the command and the outcome, under
/// one id.</summary>
public class DecisionTraceTests
{
    private static readonly Sku Sku = new("SKU-A");
    private static readonly TenantId Tenant = new DeskOptions().Tenant;

    /// <summary>The four stages of a hold that nobody asked for. That an answer is missing for ten minutes is not told yet.</summary>
    [Fact]
    [Trait("ReqPart", "S3-48")]
    public async Task AHoldThatTheKernelMakesByItself_ShowsFactRuleCommandAndOutcome()
    {
        var store = new MemoryStore();
        var play = new DeskPlay(
            store, new FakeClock(Instant.FromUtc(2026, 9, 1, 0, 0)),
            new DeskOptions { ServesWaiting = true, Tiers = TierPolicy.PaidBeforeUnpaid });
        await play.Order("O1", Sku, 10);
        await play.Receive(Sku, 12);
        EventEnvelope held = await play.Last("O1");
        DecidedCommand stored = (await store.ReadCommandAsync(Tenant, held.Command, default))!;
        using JsonDocument facts = JsonDocument.Parse(stored.Facts);
        JsonElement cell = Assert.Single(facts.RootElement.GetProperty("stock").EnumerateArray());
        Assert.Equal(("SKU-A", 12L), (cell.GetProperty("sku").GetString(), cell.GetProperty("available").GetInt64()));
        Assert.Equal(KernelVersion.Current, facts.RootElement.GetProperty("kernel").GetString());
        Assert.Contains("\"rules\":[", stored.Facts);
        using JsonDocument command = JsonDocument.Parse(stored.Body);
        Assert.Equal("waiting.serve", command.RootElement.GetProperty("type").GetString());
        CommandOutcome outcome = CommandOutcome.Read(stored.Outcome, KernelFindings.Catalog);
        Assert.True(outcome.IsAccepted);
        Assert.Equal(held.EventId, Assert.Single(outcome.Events));
        Assert.Equal(("order.stock_held", stored.DecidedAt), (held.EventType, held.RecordedAt));
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }
}
