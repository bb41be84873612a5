using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>A limit that no calendar reaches is no limit; it stops no order.</summary>
public class LongDwellTests
{
    [Theory]
    [InlineData("9999999999d", "clock")]
    [InlineData("9999999999d", "working")]
    [InlineData("9999999999h", "clock")]
    [InlineData("9999999999m", "clock")]
    [InlineData("4000000d", "clock")]
    public async Task AStateThatMayLastForEver_IsEnteredAndNeverDue(string limit, string time)
    {
        string text = File.ReadAllText(Repository.Path("samples", "packs", "lifecycles", "service-order.json"));
        string dwell = $"\"dwell\": {{\"limit\": \"{limit}\", \"time\": \"{time}\"}}";
        LifecycleReading reading = LifecycleDefinition.Read(Regex.Replace(text, "\"dwell\": *\\{[^}]*\\}", dwell));
        OrderPlay play = OrderPlay.With(reading.Definition!);
        OrderId order = await play.Capture("typed");
        Assert.All((await play.Desk.ReadOrderAsync(order)).Regions, static region => Assert.Null(region.Due));
    }
}
