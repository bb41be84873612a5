using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
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
        Assert.Empty(await new OrderDesk(between, clock, options).ReplayAsync());
    }
}
