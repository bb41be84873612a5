using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>The orders of the greatest day of a promotion, a tenth of them in one hour, and how a channel sends them.</summary>
internal static class PeakDay
{
    public const int Total = 5_832;
    public const int PeakOrders = 583;
    public const int PeakHour = 20;
    public const int Skus = 24;

    public static readonly Instant Day = Instant.FromUtc(2026, 11, 10, 16, 0);
    public static readonly NodeId[] Nodes = [new("W1"), new("W2")];

    // Every command arrives twice at the same time, as impatient channels send; who lost too many races repeats it, as the desk asks.
    public static async Task<bool> Twice(OrderDesk desk, string id, KernelCommand command)
    {
        var submission = new Submission(CommandId.FromName(id), new Actor("shop", "channel"), command);
        DeskResult[] answers = await Task.WhenAll(Task.Run(() => Submit(desk, submission)), Submit(desk, submission));
        Assert.Equal(answers[0].Outcome.ToJson(), answers[1].Outcome.ToJson());
        Assert.Single(answers, static answer => answer.Status == DeskStatus.Decided);
        Assert.True(answers[0].IsAccepted || command is HoldStock, answers[0].Findings.FirstOrDefault()?.Code);
        return answers[0].IsAccepted;
    }

    private static async Task<DeskResult> Submit(OrderDesk desk, Submission submission)
    {
        while (true)
        {
            try
            {
                return await desk.SubmitAsync(submission);
            }
            catch (OrderKernelException lost) when (lost.IsTransient)
            {
                await Task.Yield();
            }
        }
    }

    public static bool Leaves(int number) => number % 2 == 0;

    public static string KeyOf(int number) => "TM-" + number.ToString("D5", CultureInfo.InvariantCulture);

    public static Sku SkuOf(int sku) => new(sku.ToString("D2", CultureInfo.InvariantCulture));

    public static Quantity PiecesOf(int number) => new(1 + (number / Skus % 3));

    // The first orders of the list are those of the peak hour, the others lie evenly over the other twenty-three.
    public static int HourOf(int number) => number < PeakOrders
        ? PeakHour
        : (number - PeakOrders) % 23 is var hour && hour < PeakHour ? hour : hour + 1;

    public static Instant PlacedAt(int number) => Day + Duration.FromHours(HourOf(number)) + Duration.FromSeconds(number % 3600);

    // Every third SKU is short by a third and two pieces more, so that the last orders contend for the last pieces, which do not fit all.
    public static long Received(int sku)
    {
        long wanted = Enumerable.Range(0, Total).Where(number => number % Skus == sku).Sum(static number => PiecesOf(number).Units);
        return (sku % 3 == 0 ? (wanted * 2 / 3) - 2 : wanted) / Nodes.Length * Nodes.Length;
    }
}
