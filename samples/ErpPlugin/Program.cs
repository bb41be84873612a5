using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace ErpPlugin
{
    /// <summary>What a plug-in does inside the ERP's process, played from a console: ErpPlugin.exe [database file].</summary>
    internal static class Program
    {
        private static int Main(string[] args)
        {
            PluginAssemblies.Serve();
            return Run(args);
        }

        private static int Run(string[] args)
        {
            Console.OutputEncoding = new UTF8Encoding(false);
            SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
            string folder = Path.Combine(AppDomain.CurrentDomain.BaseDirectory, "data");
            string database = args.Length > 0 ? args[0] : "erp-plugin.db";
            using (SqliteStore store = SqliteStore.Open(new SqliteStoreOptions(database) { Schema = SchemaMode.Create }))
            {
                RunAsync(new OrderOverlay(store, SystemClock.Instance), new FakeErp(folder)).GetAwaiter().GetResult();
            }

            return 0;
        }

        private static async Task RunAsync(OrderOverlay overlay, FakeErp erp)
        {
            await overlay.OpenStockAsync(erp.ViewStock());
            foreach (SalesOrder document in SalesOrder.ReadAll(erp.ViewSalesOrders()))
            {
                if (document.Faults.Count > 0)
                {
                    Console.WriteLine("row " + document.Row + ": not taken in");
                    document.Faults.ToList().ForEach(fault => Console.WriteLine("  " + fault));
                    continue;
                }

                Print(document.BillNo + " capture", await overlay.CaptureAsync(document));
                Print(document.BillNo + " hold", await SubmitAsync(overlay, "hold", new HoldStock(new OrderId(document.BillNo))));
            }

            var first = new OrderId("XSDD000123");
            Print(first + " promise", await SubmitAsync(overlay, "promise", new PromiseOrder(
                first, Instant.FromUtc(2026, 11, 20, 10, 0), PromiseCause.First)));
            Print(first + " customer", await SubmitAsync(overlay, "customer", Change(first, OrderFields.Customer, "CUST0009")));
            Print(first + " priority", await SubmitAsync(overlay, "priority", Change(first, OrderFields.Priority, "1")));

            int sent = await overlay.WriteBackAsync(erp);
            Print(first + " heard", await overlay.HearAsync(first.Text, "1", "SYNC-1"));
            int echoed = await overlay.WriteBackAsync(erp);
            erp.Save("{\"Model\":{\"FBillNo\":\"XSDD000123\",\"FCustId\":\"CUST0009\"},\"NeedUpDateFields\":[\"FCustId\"]}");
            Console.WriteLine("sent " + sent + ", echoed " + echoed + ", written " + erp.Writes + ", turned down " + erp.Rejected);
            Console.WriteLine("in the ERP: priority '" + erp.Field(first.Text, FakeErp.Priority) + "', promised '"
                + erp.Field(first.Text, FakeErp.PromisedAt) + "'");
        }

        private static Task<DeskResult> SubmitAsync(OrderOverlay overlay, string what, OrderCommand command) =>
            overlay.Desk.SubmitAsync(new Submission(
            CommandId.FromName("orderdesk/" + command.Order + "/" + what), new Actor("sales-3", "orderdesk"), command));

        private static AmendOrder Change(OrderId order, OrderField field, string value) => new AmendOrder(
            order, ImmutableArray.Create(new FieldChange(0, field.Code, value)), "customer called", "CALL-7");

        private static void Print(string what, DeskResult result)
        {
            Console.WriteLine(what + ": " + (result.IsAccepted ? "accepted" : "refused")
                + (result.Status == DeskStatus.Repeated ? ", as before" : string.Empty));
            foreach (Finding finding in result.Findings)
            {
                Console.WriteLine("  " + finding.Code + ": " + finding.Text(Language.Chinese));
            }
        }
    }
}
