using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace ErpPlugin
{
    /// <summary>Stands in for the ERP: gives sales orders and stock, and takes a save only for the fields that are not its own.</summary>
    internal sealed class FakeErp
    {
        /// <summary>The two fields that were added to its sales order for the kernel; everything else belongs to the ERP.</summary>
        public const string Priority = "F_OK_Priority";
        public const string PromisedAt = "F_OK_PromisedAt";

        private static readonly string[] Ours = { Priority, PromisedAt };
        private readonly string orders;
        private readonly Dictionary<string, string> saved = new Dictionary<string, string>();

        public FakeErp(string folder)
        {
            orders = File.ReadAllText(Path.Combine(folder, "sales-orders.json"), new UTF8Encoding(false, true));
        }

        /// <summary>How often something was written, and how often a write was turned down.</summary>
        public int Writes { get; private set; }

        public int Rejected { get; private set; }

        /// <summary>What View would answer for all approved sales orders.</summary>
        public string ViewSalesOrders() => orders;

        /// <summary>What is on hand by material number in warehouse CK01.</summary>
        public IReadOnlyDictionary<string, long> ViewStock() => new Dictionary<string, long> { { "CH4441", 120 }, { "CH4442", 20 } };

        public string Field(string billNo, string field)
        {
            string value;
            return saved.TryGetValue(billNo + "/" + field, out value) ? value : string.Empty;
        }

        /// <summary>The Save call of its web interface: the fields to update and the model, answered as it answers.</summary>
        public string Save(string body)
        {
            using (JsonDocument document = JsonDocument.Parse(body))
            {
                JsonElement model = document.RootElement.GetProperty("Model");
                string billNo = model.GetProperty("FBillNo").GetString();
                string[] fields = document.RootElement.GetProperty("NeedUpDateFields").EnumerateArray()
                    .Select(field => field.GetString()).ToArray();
                string[] foreign = fields.Where(field => !Ours.Contains(field)).ToArray();
                if (foreign.Length > 0)
                {
                    Rejected++;
                    return Answer(false, foreign.Select(field => new Dictionary<string, object>
                    {
                        { "FieldName", field }, { "Message", field + " 由 ERP 维护，不可写入。" }, { "DIndex", 0 },
                    }));
                }

                foreach (string field in fields)
                {
                    saved[billNo + "/" + field] = model.GetProperty(field).GetString();
                }

                Writes++;
                return Answer(true, Enumerable.Empty<object>());
            }
        }

        private static string Answer(bool success, IEnumerable<object> errors) => JsonSerializer.Serialize(new
        {
            Result = new { ResponseStatus = new { IsSuccess = success, Errors = errors } },
        });
    }
}
