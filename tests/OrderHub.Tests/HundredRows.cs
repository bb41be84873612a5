using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using Xunit;

namespace OrderHub.Tests;

/// <summary>A file of a hundred orders under headers of its own, the profile that maps them, and what a run of the sample made of
/// it.</summary>
internal sealed class HundredRows : IDisposable
{
    public const string Profile = """
        {
          "name": "hundred", "zone": "Asia/Shanghai", "orderType": "standard", "absent": ["shipped_at", "delivered_at", "supply"],
          "documents": {
            "orders": { "files": ["orders.csv"], "columns":
              { "单号": "order", "客户名称": "customer", "下单日期": "placed_at", "要求到货": "requested_at" } },
            "lines": { "files": ["orders.csv"], "columns": { "单号": "order", "物料": "sku", "数量": "quantity", "单价": "price" } } }
        }
        """;

    /// <summary>The rows that <see cref="Bad"/> spoils, by their line in the file.</summary>
    public const int BadDate = 38;
    public const int BadQuantity = 92;

    private readonly HubRun hub = new();

    public string Database => hub.Database;

    public string File { get; private set; } = string.Empty;

    /// <summary>What the figures say of a run.</summary>
    public (int Code, JsonElement Figures, string Told) Last { get; private set; }

    /// <summary>The rows below the header; line 2 is the first.</summary>
    public static string[] Good { get; } = [.. Enumerable.Range(2, 100).Select(static line => FormattableString.Invariant(
        $"SO-{line:000},江州医院{line % 7},2026-09-{1 + (line % 28):00},2026-10-15,M-{line % 5},{1 + (line % 9)},{line}.50,备注"))];

    public static string[] Bad { get; } = [.. Good.Select(static (row, i) => (i + 2) switch
    {
        BadDate => row.Replace("2026-09-11", "昨天", StringComparison.Ordinal),
        BadQuantity => row.Replace(",M-2,3,", ",M-2,-3,", StringComparison.Ordinal),
        _ => row,
    })];

    public static byte[] BytesOf(string[] rows, Encoding encoding) =>
        [.. encoding.GetPreamble(), .. encoding.GetBytes("单号,客户名称,下单日期,要求到货,物料,数量,单价,备注\n" + string.Join('\n', rows) + "\n")];

    public async Task RunAsync(byte[] file)
    {
        File = Path.Combine(hub.Folder, "orders.csv");
        await System.IO.File.WriteAllBytesAsync(File, file);
        string profile = hub.Write("hundred.json", Profile);
        (int code, string output, string error) = await hub.RunAsync("--profile", profile, "--in", File, "--json");
        Last = (code, JsonDocument.Parse(output).RootElement, error);
    }

    public (int Rows, int Orders, int Dead) Counts() => (
        Last.Figures.GetProperty("rows").GetInt32(), Last.Figures.GetProperty("orders").GetInt32(),
        Last.Figures.GetProperty("deadLetters").GetInt32());

    public string[] DeadLetters() => [.. System.IO.File.ReadAllLines(Database + ".dead-letters.csv").Skip(1)];

    /// <summary>The desk on what the last run imported: its tenant is named after profile and content.</summary>
    public OrderDesk Desk(SqliteStore store, IClock clock)
    {
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes); // once as orders,
        hash.AppendData(bytes); // once as their lines
        string tenant = "hundred-" + Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
        Pack wholesale = PackOf("HARDWARE2026");
        return new OrderDesk(store, clock, new DeskOptions
        {
            Tenant = new TenantId(tenant),
            Definitions = new OrderDefinitions(wholesale.Lifecycles, wholesale.Types, wholesale.Calendars.FirstOrDefault()),
        });
    }

    public SqliteStore Open() => SqliteStore.Open(new SqliteStoreOptions(Database) { Schema = SchemaMode.Create });

    /// <summary>A template pack, as it lies beside the sample.</summary>
    public static Pack PackOf(string name)
    {
        string packs = Path.Combine(AppContext.BaseDirectory, "packs");
        string folder = Path.Combine(packs, name);
        var files = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), System.IO.File.ReadAllText);
        foreach (string shared in Pack.SharedFiles(files["pack.json"]))
        {
            files[shared] = System.IO.File.ReadAllText(Path.Combine(packs, shared));
        }

        return Pack.Read(files).OrThrow();
    }

    public void Dispose() => hub.Dispose();
}
