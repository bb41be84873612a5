using System.Text;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;

namespace OrderKernel.Csv.Tests;

/// <summary>Profiles and reads that the tests of this project share.</summary>
internal static class Profile
{
    public const string Json = """
        {
          "name": "shop", "zone": "Asia/Shanghai",
          "dates": ["uuuu-MM-dd"], "moments": ["uuuu-MM-dd HH:mm", "iso"], "nullWords": ["NULL"],
          "documents": {
            "orders": {
              "files": ["orders.csv"],
              "columns": {
                "no": "order", "who": "customer", "placed": "placed_at", "promised": "promised_at", "shipped": "shipped_at",
                "signed": "delivered_at", "note": "external_key"
              }
            },
            "lines": {
              "files": ["lines.csv"],
              "columns": { "no": "order", "line": "line", "sku": "sku", "qty": "quantity", "price": "price" }
            },
            "stock": {
              "files": ["stock.csv"],
              "columns": { "doc": "document", "at": "at", "sku": "sku", "node": "node", "qty": "quantity" },
              "defaults": { "node": "MAIN" }
            }
          }
        }
        """;

    public const string Head = "no,who,placed,promised,shipped,signed,note\n";

    public static ImportProfile Shop { get; } = ImportProfile.Parse(Json);

    public static CsvDocument Orders(string text) => Read("orders", Encoding.UTF8.GetBytes(text));

    public static CsvDocument Lines(string text) => Read("lines", Encoding.UTF8.GetBytes(text));

    public static CsvDocument Read(string kind, byte[] bytes, ImportProfile? profile = null) =>
        CsvDocument.Read(bytes, kind + ".csv", (profile ?? Shop).Document(kind)!);

    public static OrderDocuments Join(string orders, string? lines = null) =>
        OrderDocuments.Join(Shop, Orders(orders), lines is null ? null : Lines(lines));
}
