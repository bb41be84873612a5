using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Packs;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>What another does between two reads of a desk.</summary>
public class RaceTests
{
    private static readonly Sku Sku = new("SKU-A");
    private readonly MemoryStore store = new();
    private readonly FakeClock clock = new(Instant.FromUtc(2026, 9, 1, 0, 0));

    [Fact]
    public async Task Hold_OfAnOrderThatGetsTheLastPiecesMeanwhile_IsNotRefusedForWantOfThem()
    {
        var first = new DeskPlay(store, clock, new DeskOptions());
        await first.Receive(Sku, 5);
        await first.Order("O1", Sku, 5);
        IOrderStore between = Meanwhile.Before(nameof(IOrderStore.ReadStockAsync), store, () => first.Hold("O1"));
        DeskResult second = await new DeskPlay(between, clock, new DeskOptions()).Hold("O1");
        Assert.Empty(second.Findings);
        Assert.Empty(second.Outcome.Events);
        Assert.Equal(5, await first.Held("O1"));
        await first.CheckLaws();
    }

    [Fact]
    public async Task Replay_WhileDefinitionsMove_FindsNothingDifferent()
    {
        var options = new DeskOptions { UsePacks = true };
        var play = new DeskPlay(store, clock, options);
        await play.Order("O1", Sku, 1);
        IOrderStore between = Meanwhile.Before(nameof(IOrderStore.ReadCommandsAsync), store, async () =>
        {
            Assert.Empty((await play.Submit(new AddField(
                """{"code":"vbp","en":"Volume procurement","zh":"集采中选产品标识","of":"line","type":"boolean","sensitivity":"internal"}""",
                [], []))).Findings);
            await play.Order("O2", Sku, 1);
        });
        Assert.Empty((await new OrderDesk(between, clock, options).ReplayAsync()).Differing);
        Assert.Empty(await new OrderDesk(between, clock, options).AuditHistoryAsync());
    }
}
