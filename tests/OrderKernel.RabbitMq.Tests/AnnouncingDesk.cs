using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;

namespace OrderKernel.RabbitMq.Tests;

/// <summary>A desk on a memory store whose captured, blocked and unblocked orders are announced to <c>erp</c>.</summary>
internal sealed class AnnouncingDesk
{
    public const string Destination = "erp";

    public static TenantId Tenant { get; } = new("main");

    public MemoryStore Store { get; } = new();

    public FakeClock Clock { get; } = new(Instant.FromUtc(2026, 3, 2, 1, 0));

    public OrderDesk Desk { get; }

    public AnnouncingDesk() => Desk = new OrderDesk(
        Store, Clock,
        new DeskOptions().Announce("order.captured", Destination).Announce("order.blocked", Destination)
            .Announce("order.unblocked", Destination));

    public static Actor Actor { get; } = new("clerk", "tests");

    public async Task SubmitAsync(string id, OrderCommand command) =>
        (await Desk.SubmitAsync(new Submission(CommandId.FromName(id), Actor, command))).ThrowIfRefused();

    public static CaptureOrder Capture(string order) => new(
        new OrderId(order), new PartnerId("P"), Instant.FromUtc(2026, 3, 2, 0, 0),
        ImmutableArray.Create(new NewLine(1, new Sku("A"), new Quantity(1))));

    /// <summary>Orders with an event each that captures them and then blocks and unblocks them in turn.</summary>
    public async Task<ImmutableArray<OutgoingMessage>> FillAsync(int orders, int events)
    {
        for (int order = 0; order < orders; order++)
        {
            await SubmitAsync($"c{order}", Capture($"O{order}"));
            for (int i = 1; i < events; i++)
            {
                OrderId id = new($"O{order}");
                await SubmitAsync(
                    $"b{order}-{i}", i % 2 == 1 ? new BlockOrder(id, "price", "sales") : new UnblockOrder(id, "price"));
            }
        }

        return await Store.ReadOutboxAsync(Tenant, int.MaxValue, default);
    }

    /// <summary>Whether the versions of every stream only rise, repeats of what was seen before aside.</summary>
    public static bool IsInOrder(IEnumerable<(string Stream, long Version)> seen) => seen.GroupBy(one => one.Stream).All(stream =>
    {
        long[] first = stream.Select(one => one.Version).Distinct().ToArray();
        return first.SequenceEqual(first.Order());
    });
}
