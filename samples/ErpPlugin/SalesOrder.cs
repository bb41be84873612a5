using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace ErpPlugin
{
    /// <summary>A sales order of the ERP as the kernel takes it in, or what keeps it out.</summary>
    internal sealed class SalesOrder
    {
        private static readonly Offset Beijing = Offset.FromHours(8);
        private readonly List<string> faults = new List<string>();

        private SalesOrder(int row, JsonElement model)
        {
            Row = row;
            BillNo = Number(model, "FBillNo");
            Customer = Number(model, "FCustId");
            Lines = ReadLines(model);
        }

        /// <summary>Its place in what the ERP sent, from 1.</summary>
        public int Row { get; }

        public string BillNo { get; }

        public string Customer { get; }

        public ImmutableArray<NewLine> Lines { get; }

        public Instant? RequestedAt { get; private set; }

        /// <summary>Everything that is wrong with it; a document with faults never becomes an order.</summary>
        public IReadOnlyList<string> Faults => faults;

        public static IEnumerable<SalesOrder> ReadAll(string json)
        {
            using (JsonDocument document = JsonDocument.Parse(json))
            {
                int row = 0;
                foreach (JsonElement entry in document.RootElement.EnumerateArray())
                {
                    yield return new SalesOrder(++row, entry.GetProperty("Model"));
                }
            }
        }

        /// <summary>The ERP's number is the external key; the kernel never numbers an order of the ERP anew.</summary>
        public CaptureOrder ToCapture() => new CaptureOrder(
            new OrderId(BillNo), new PartnerId(Customer), null, Lines, RequestedAt, ExternalKey: BillNo);

        private ImmutableArray<NewLine> ReadLines(JsonElement model)
        {
            var lines = ImmutableArray.CreateBuilder<NewLine>();
            foreach (JsonElement entry in model.GetProperty("FSaleOrderEntry").EnumerateArray())
            {
                string place = "FSaleOrderEntry[" + (lines.Count + 1).ToString(CultureInfo.InvariantCulture) + "].";
                string sku = Number(entry, "FMaterialId", place);
                decimal quantity = entry.GetProperty("FQty").GetDecimal();
                if (quantity != decimal.Truncate(quantity) || quantity < 0)
                {
                    faults.Add(place + "FQty: " + quantity.ToString(CultureInfo.InvariantCulture)
                        + " is not a whole number of the smallest unit.");
                    quantity = 0;
                }

                Instant due = LocalDatePattern.Iso.Parse(entry.GetProperty("FDeliveryDate").GetString()).Value
                    .PlusDays(1).AtMidnight().WithOffset(Beijing).ToInstant();
                RequestedAt = RequestedAt is Instant other && other > due ? other : due;
                var price = new UnitPrice(entry.GetProperty("FTaxPrice").GetDecimal(), Currency.Cny);
                lines.Add(new NewLine(lines.Count + 1, new Sku(sku.Length > 0 ? sku : "?"), new Quantity((long)quantity), price));
            }

            return lines.ToImmutable();
        }

        // Base data come as { "FNumber": "…" }, numbers of documents as plain text.
        private string Number(JsonElement parent, string name, string place = "")
        {
            string text = string.Empty;
            if (parent.TryGetProperty(name, out JsonElement value))
            {
                text = (value.ValueKind == JsonValueKind.Object ? value.GetProperty("FNumber") : value).GetString() ?? string.Empty;
            }

            if (text.Trim().Length == 0)
            {
                faults.Add(place + name + " is missing.");
            }

            return text;
        }
    }
}
