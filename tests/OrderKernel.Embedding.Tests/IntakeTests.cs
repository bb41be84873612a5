using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Embedding.Tests;

/// <summary>Ways in and out beside an ERP: three keys are enough, a way in can be closed, and who misses a change asks for it.</summary>
public class IntakeTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;
    private static readonly FakeClock Clock = new(Instant.FromUtc(2026, 11, 2, 1, 0));

    // What the ERP must say: its order number, its customer code and the SKU. The moment of ordering may be left out.
    private const string ThreeKeys = """
        {
          "name": "erp", "zone": "Asia/Shanghai", "absent": ["shipped_at", "delivered_at", "promised_at", "supply"],
          "documents": {
            "orders": { "files": ["so.csv"], "partial": ["placed_at"],
              "columns": { "SO单号": "order", "客户编码": "customer", "下单时间": "placed_at" } },
            "lines": { "files": ["so.csv"], "columns": { "SO单号": "order", "产品SKU": "sku" }, "defaults": { "quantity": "1" } }
          }
        }
        """;

    [Fact]
    [Trait("Req", "S0-22")]
    public async Task ThreeKeysMakeAnOrder_ARowWithoutOneIsADeadLetterWithItsNumber_AndTheSameContentIsNoNewVersion()
    {
        const string file = "SO单号,客户编码,产品SKU,下单时间\nSO-1,C1,CH4441,\n,C1,CH4441,\nSO-3,,CH4441,\nSO-4,C1,,\n";
        OrderDocuments documents = Read(file);
        ImportedOrder order = Assert.Single(documents.Orders);
        Assert.Equal([3, 4, 5], documents.DeadOrders.Select(dead => dead.Row));
        Assert.Contains("SO单号", documents.DeadOrders[0].Columns, StringComparison.Ordinal);
        Assert.Contains("客户编码", documents.DeadOrders[1].Columns, StringComparison.Ordinal);
        Assert.Contains("产品SKU", Assert.Single(documents.DeadLines, dead => dead.Row == 5).Columns, StringComparison.Ordinal);

        var store = new MemoryStore();
        var desk = new OrderDesk(store, Clock);
        DeskResult first = await SubmitAsync(desk, order);
        Assert.Equal((true, 1L), (first.IsAccepted, first.Outcome.Version));
        DeskResult again = await SubmitAsync(desk, Read(file).Orders[0]);
        Assert.Equal((DeskStatus.Repeated, 1L), (again.Status, again.Outcome.Version));
        OrderState state = await desk.ReadOrderAsync(new OrderId("SO-1"));
        Assert.Equal((1L, "C1", "CH4441", "SO-1"), (state.Version, state.Customer.Text, state.Lines[0].Sku.Text, state.ExternalKey));
    }

    [Fact]
    [Trait("Req", "S4-40")]
    public async Task AClosedSource_CreatesAndChangesNothing_ItsAttemptsAreAudited_AndTheApiStillWorks()
    {
        var store = new MemoryStore();
        var desk = new OrderDesk(store, Clock, new DeskOptions().Connect(new OuterSystem("file", SystemAccess.Closed, owns: [])));
        var file = new Actor("import", "file");
        var api = new Actor("shop", "api");

        DeskResult import = await desk.SubmitAsync(new Submission(CommandId.FromName("f1"), file, Capture("SO-1")));
        Finding reason = Assert.Single(import.Findings);
        Assert.Equal("access.source_closed", reason.Code);
        Assert.Equal("入口“file”已关闭，不再受理。请改用其他入口，或申请开放。", reason.Text(Language.Chinese));
        Assert.False((await desk.ReadOrderAsync(new OrderId("SO-1"))).Exists);

        Assert.True((await desk.SubmitAsync(new Submission(CommandId.FromName("a1"), api, Capture("SO-1")))).IsAccepted);
        var cancel = CancelLines.All(new OrderId("SO-1"), "import");
        Assert.False((await desk.SubmitAsync(new Submission(CommandId.FromName("f2"), file, cancel))).IsAccepted);
        Assert.Equal(1, (await desk.ReadOrderAsync(new OrderId("SO-1"))).Version);

        AuditTrail trail = await desk.AuditAsync(new AuditQuery(new OrderId("SO-1"), User: "import"));
        Assert.Equal(["order.capture", "order.cancel_lines"], trail.Entries.Select(entry => entry.What));
        Assert.All(trail.Entries, entry => Assert.Equal("access.source_closed", Assert.Single(entry.Refusals).Code));

        // Opened later, or another day: what was refused replays as it was decided.
        Assert.Empty((await new OrderDesk(store, Clock).ReplayAsync()).Differing);
    }

    [Fact]
    [Trait("Req", "S3-11")]
    public async Task AConsumerThatSees1_2_4_AsksTheLogFor3()
    {
        var store = new MemoryStore();
        var options = new DeskOptions();
        foreach (string type in new[] { "order.captured", "order.promised", "order.blocked", "order.unblocked" })
        {
            options.Announce(type, "warehouse");
        }

        var desk = new OrderDesk(store, Clock, options);
        var order = new OrderId("SO-1");
        KernelCommand[] commands =
        [
            Capture("SO-1"), new PromiseOrder(order, Instant.FromUtc(2026, 11, 9, 0, 0), PromiseCause.First),
            new BlockOrder(order, "credit", "finance"), new UnblockOrder(order, "credit"),
        ];
        foreach (KernelCommand command in commands)
        {
            var submission = new Submission(CommandId.FromName(command.ToJson()), new Actor("clerk", "api"), command);
            Assert.True((await desk.SubmitAsync(submission)).IsAccepted);
        }

        // A network that loses the third message for good and brings the last one twice.
        var warehouse = new Warehouse(async after =>
            await store.ReadStreamAsync(Tenant, new StreamId(StreamId.OrderCategory, "SO-1"), after, CancellationToken.None));
        foreach (OutgoingMessage message in await store.ReadOutboxAsync(Tenant, 100, CancellationToken.None))
        {
            if (message.Version != 3)
            {
                await warehouse.HearAsync(message);
            }
        }

        await warehouse.HearAsync((await store.ReadOutboxAsync(Tenant, 100, CancellationToken.None))[^1]);
        Assert.Equal([1L, 2, 4, 4], warehouse.Heard);
        Assert.Equal([2L], warehouse.AskedAfter);
        Assert.Equal(["order.captured", "order.promised", "order.blocked", "order.unblocked"], warehouse.Known);
    }

    private static OrderDocuments Read(string text)
    {
        ImportProfile profile = ImportProfile.Parse(ThreeKeys);
        CsvDocument Document(string kind) => CsvDocument.Read(Encoding.UTF8.GetBytes(text), "so.csv", profile.Document(kind)!);
        return OrderDocuments.Join(profile, Document("orders"), Document("lines"));
    }

    // The command id is made of the ERP's number and the content's hash.
    private static Task<DeskResult> SubmitAsync(OrderDesk desk, ImportedOrder order)
    {
        OrderRow head = order.Head;
        var capture = new CaptureOrder(head.Order, head.Customer, null, order.Lines, ExternalKey: head.Order.Text);
        string id = $"erp/{head.Order}/{ContentHash.Of(capture.ToJson())}";
        return desk.SubmitAsync(new Submission(CommandId.FromName(id), new Actor("sync", "erp"), capture));
    }

    private static CaptureOrder Capture(string order) => new(
        new OrderId(order), new PartnerId("C1"), null, [new NewLine(1, new Sku("CH4441"), new Quantity(1))]);

    /// <summary>A subscriber that knows the order's history without a gap, whatever the network does.</summary>
    private sealed class Warehouse(Func<long, Task<ImmutableArray<EventEnvelope>>> log)
    {
        private long last;

        public List<long> Heard { get; } = [];

        public List<long> AskedAfter { get; } = [];

        public List<string> Known { get; } = [];

        public async Task HearAsync(OutgoingMessage message)
        {
            Heard.Add(message.Version);
            if (message.Version > last + 1)
            {
                AskedAfter.Add(last);
                foreach (EventEnvelope missed in (await log(last)).Where(missed => missed.Version < message.Version))
                {
                    Known.Add(missed.EventType);
                    last = missed.Version;
                }
            }

            if (message.Version == last + 1)
            {
                Known.Add(System.Text.Json.JsonDocument.Parse(message.Body).RootElement.GetProperty("type").GetString()!);
                last = message.Version;
            }
        }
    }
}
