using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace ErpPlugin
{
    /// <summary>The kernel laid over the ERP: documents in, decisions out, declared fields back.</summary>
    internal sealed class OrderOverlay
    {
        public const string ErpName = "k3cloud";

        private static readonly Actor Sync = new Actor("order-sync", ErpName);
        private static readonly Dictionary<string, string> ErpFields = new Dictionary<string, string>
        {
            { OrderFields.Priority.Code, FakeErp.Priority },
            { OrderFields.PromisedAt.Code, FakeErp.PromisedAt },
        };

        private readonly IOrderStore store;
        private readonly DeskOptions options;

        public OrderOverlay(IOrderStore store, IClock clock)
        {
            this.store = store;
            options = new DeskOptions().Connect(new OuterSystem(
                ErpName, SystemAccess.ReadAndWrite,
                new[] { OrderFields.Customer.Code, OrderFields.ExternalKey.Code, OrderFields.LineQuantity.Code,
                    OrderFields.LinePrice.Code, OrderFields.RequestedAt.Code, OuterSystem.Lines },
                ErpFields.Keys));
            Desk = new OrderDesk(store, clock, options);
        }

        public OrderDesk Desk { get; }

        /// <summary>Takes a document in; the same document again answers its first outcome and changes nothing.</summary>
        public Task<DeskResult> CaptureAsync(SalesOrder document) => Desk.SubmitAsync(
            new Submission(CommandId.FromName(ErpName + "/" + document.BillNo), Sync, document.ToCapture()));

        /// <summary>Takes what is on hand in as one opening document.</summary>
        public Task<DeskResult> OpenStockAsync(IEnumerable<KeyValuePair<string, long>> stock) => Desk.SubmitAsync(new Submission(
            CommandId.FromName(ErpName + "/opening"), Sync, new ReceiveStock(
                new DocumentId("OPENING-CK01"),
                ImmutableArray.CreateRange(stock.Select(one => new StockLine(
                    new StockCell(new Sku(one.Key), new NodeId("CK01")), new Quantity(one.Value)))))));

        /// <summary>Sends every waiting message once and marks it; what fails stays waiting.</summary>
        /// <returns>How many went out.</returns>
        public async Task<int> WriteBackAsync(FakeErp erp)
        {
            ImmutableArray<OutgoingMessage> waiting = await store.ReadOutboxAsync(options.Tenant, 100, CancellationToken.None);
            foreach (OutgoingMessage message in waiting)
            {
                string answer = erp.Save(SaveBody(message.Body));
                using (JsonDocument document = JsonDocument.Parse(answer))
                {
                    if (!document.RootElement.GetProperty("Result").GetProperty("ResponseStatus").GetProperty("IsSuccess").GetBoolean())
                    {
                        throw new InvalidOperationException("The ERP turned a declared field down: " + answer);
                    }
                }

                await store.MarkSentAsync(options.Tenant, ImmutableArray.Create(message.Id), CancellationToken.None);
            }

            return waiting.Length;
        }

        /// <summary>What the ERP tells after a save: its document with our fields in it. It is taken in as a change by the ERP.</summary>
        public Task<DeskResult> HearAsync(string billNo, string priority, string voucher) => Desk.SubmitAsync(new Submission(
            CommandId.FromName(ErpName + "/change/" + voucher), Sync, new AmendOrder(
                new OrderId(billNo), ImmutableArray.Create(new FieldChange(0, OrderFields.Priority.Code, priority)), "sync", voucher)));

        private static string SaveBody(string message)
        {
            using (JsonDocument document = JsonDocument.Parse(message))
            {
                var model = new Dictionary<string, string> { { "FBillNo", document.RootElement.GetProperty("key").GetString() } };
                foreach (JsonElement field in document.RootElement.GetProperty("fields").EnumerateArray())
                {
                    model[ErpFields[field.GetProperty("field").GetString()]] = field.GetProperty("value").GetString();
                }

                return JsonSerializer.Serialize(new { Model = model, NeedUpDateFields = model.Keys.Where(name => name != "FBillNo") });
            }
        }
    }
}
