using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

public class ReconcileTests
{
    private static readonly Instant Day = Instant.FromUtc(2026, 9, 1, 0, 0);
    private readonly OrderDesk desk = new(new MemoryStore(), new FakeClock(Day + Duration.FromDays(2)));

    [Fact]
    [Trait("Req", "S0-26")]
    public async Task Reconcile_ThousandSourceOrdersOneMissing_NamesIt_AndIsCompleteWithIt()
    {
        string[] source = [.. Enumerable.Range(0, 1_000).Select(static i => "SO-" + i.ToString("D4", CultureInfo.InvariantCulture))];
        foreach (string key in source.Where(static key => key != "SO-0617"))
        {
            await Capture(key, key, Day + Duration.FromHours(1));
        }

        CompletenessReport report = await desk.ReconcileAsync(source, Day, Day + Duration.FromDays(1));
        Assert.Equal((1_000, 999, 99.9m), (report.Expected, report.Present, report.Percent!.Value));
        Assert.Equal(new[] { "SO-0617" }, report.Missing);
        Assert.Empty(report.Extra);

        await Capture("SO-0617", "SO-0617", Day + Duration.FromHours(2));
        report = await desk.ReconcileAsync(source, Day, Day + Duration.FromDays(1));
        Assert.Equal((1_000, 1_000, 100m), (report.Expected, report.Present, report.Percent!.Value));
        Assert.Empty(report.Missing);
    }

    [Fact]
    public async Task Reconcile_OutsideTheWindow_Repeated_AndUnknownToTheSource_AreToldApart()
    {
        await Capture("A", "K1", Day);
        await Capture("B", "K1", Day);
        await Capture("C", "K2", Day + Duration.FromDays(1));
        await Capture("D", "K3", Day - Duration.FromMilliseconds(1));
        await Capture("E", "K9", Day);
        await Capture("F", string.Empty, Day);
        CompletenessReport report = await desk.ReconcileAsync(["K1", "K1", "K2", "K3"], Day, Day + Duration.FromDays(1));
        Assert.Equal(new[] { "K2", "K3" }, report.Missing);
        Assert.Equal(new[] { "K9" }, report.Extra);
        Assert.Equal(new[] { "K1" }, report.Repeated);
        Assert.Equal((3, 1, 33.33m), (report.Expected, report.Present, report.Percent!.Value));
        Assert.Null(CompletenessReport.Of([], []).Percent);
    }

    /// <summary>One of a hundred thousand is missing: that is not 100 %.</summary>
    [Fact]
    public void Percent_NearlyAll_IsRoundedDown() => Assert.Equal(
        99.99m, CompletenessReport.Of(
            Enumerable.Range(0, 100_000).Select(static i => i.ToString(CultureInfo.InvariantCulture)),
            Enumerable.Range(1, 99_999).Select(static i => i.ToString(CultureInfo.InvariantCulture))).Percent);

    private async Task Capture(string order, string key, Instant placed) =>
        (await desk.SubmitAsync(new Submission(CommandId.FromName(order), new Actor("sync", "erp"), new CaptureOrder(
            new OrderId(order), new PartnerId("P"), placed, [new NewLine(1, new Sku("S"), new Quantity(1))], ExternalKey: key))))
        .ThrowIfRefused();
}
