using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderHub.Tests;

public class ProfileRunTests
{
    private const string Profile = """
        {
          "name": "mine", "zone": "Asia/Shanghai", "absent": ["supply"],
          "documents": { "orders": { "files": ["o.csv"], "columns":
            { "no": "order", "who": "customer", "placed": "placed_at", "promised": "promised_at", "left": "shipped_at",
              "signed": "delivered_at" } } }
        }
        """;

    private const string Orders = """
        no,who,placed,promised,left,signed
        A,C1,2026-09-01,2026-09-05,2026-09-05,2026-09-06
        B,C1,2026-09-01,2026-09-05,2026-09-04,2026-09-05
        C,C1,2026-09-01,2026-09-05,2026-09-08,
        D,C1,2026-09-01,,2026-09-03,2026-09-04
        E,C1,2026-09-01,2026-09-05,,
        F,C1,2026-09-01,2026-09-05,,,
        """;

    [Fact]
    public async Task OwnProfile_GivesTheFiguresByHand()
    {
        using var hub = new HubRun();
        string profile = hub.Write("mine.json", Profile);
        string orders = hub.Write("o.csv", Orders);
        (int code, string output, string error) = await hub.RunAsync("--profile", profile, "--in", orders, "--json");
        Assert.Equal(0, code);
        JsonElement figures = JsonDocument.Parse(Assert.Single(output.TrimEnd('\n', '\r').Split('\n'))).RootElement;
        Assert.Equal(
            [
                "rows", "orders", "deadLetters", "shipped", "delivered", "onTimeShipped", "onTimeDelivered", "open", "events",
                "commands", "seconds", "heapMiB",
            ],
            figures.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(
            [6, 5, 1, 4, 3, 2, 1, 2],
            figures.EnumerateObject().Take(8).Select(static member => member.Value.GetInt32()));
        Assert.Contains("declared receipt OPENING-mine", error, StringComparison.Ordinal);
        Assert.Contains("1 piece of DECLARED", error, StringComparison.Ordinal);
        string[] letters = await File.ReadAllLinesAsync(hub.Database + ".dead-letters.csv");
        Assert.Equal(["file,row,column,reason", "o.csv,7,,\"7 fields, the header has 6: is a comma not quoted?\""], letters);
    }

    [Fact]
    public async Task SameInput_ChangesNothing_AndOtherInputIsKeptApart()
    {
        using var hub = new HubRun();
        string profile = hub.Write("mine.json", Profile);
        string orders = hub.Write("o.csv", Orders);
        (_, string first, _) = await hub.RunAsync("--profile", profile, "--in", hub.Folder, "--json");
        (_, string again, string told) = await hub.RunAsync("--profile", profile, "--in", orders, "--json");
        Assert.Equal(WithoutSeconds(first), WithoutSeconds(again));
        Assert.Contains("repeated; nothing changed.", told, StringComparison.Ordinal);

        hub.Write("o.csv", Orders.Replace(",2026-09-05,2026-09-05,", ",2026-09-02,2026-09-05,", StringComparison.Ordinal));
        (int code, string other, told) = await hub.RunAsync("--profile", profile, "--in", orders, "--json");
        Assert.Equal(0, code);
        Assert.Contains("\"onTimeShipped\":1,", other, StringComparison.Ordinal);
        Assert.Contains("new commands, 0 of them woken by timers; 0 repeated.", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatTheSourceDoesNotState_IsNull()
    {
        using var hub = new HubRun();
        string profile = hub.Write("mine.json", """
            { "name": "bare", "absent": ["shipped_at", "delivered_at", "supply"],
              "documents": { "orders": { "files": ["o.csv"],
                "columns": { "no": "order", "who": "customer", "placed": "placed_at" } } } }
            """);
        string orders = hub.Write("o.csv", "no,who,placed\nA,C1,2026-09-01\n");
        (int code, string output, _) = await hub.RunAsync("--profile", profile, "--in", orders, "--json");
        Assert.Equal(0, code);
        Assert.StartsWith(
            "{\"rows\":1,\"orders\":1,\"deadLetters\":0,\"shipped\":null,\"delivered\":null,"
            + "\"onTimeShipped\":null,\"onTimeDelivered\":null,\"open\":1,",
            output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadProfile_IsToldMemberByMember()
    {
        using var hub = new HubRun();
        string profile = hub.Write("bad.json", "{ \"name\": \"bad\", \"documents\": { \"orders\": { \"files\": [] } } }");
        (int code, string output, string error) = await hub.RunAsync("--profile", profile, "--in", hub.Folder, "--lang", "zh-CN");
        Assert.Equal((2, string.Empty), (code, output));
        Assert.Contains("documents.orders.columns: 没有列对应“placed_at”", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileOfAnotherForm_LosesNothing_AndIsNoSuccess()
    {
        using var hub = new HubRun();
        string profile = hub.Write("mine.json", Profile);
        string orders = hub.Write("o.csv", "something,else\n1,2\n3,4\n");
        (int code, string output, string error) = await hub.RunAsync("--profile", profile, "--in", orders, "--json");
        Assert.Equal(1, code);
        Assert.StartsWith("{\"rows\":2,\"orders\":0,\"deadLetters\":2,", output, StringComparison.Ordinal);
        Assert.Contains("The header has no column for 'order' (no).", error, StringComparison.Ordinal);
    }

    [SharedDataFact("data/northwind")]
    public async Task Northwind_Clean_HasItsKnownFigures()
    {
        using var hub = new HubRun();
        string folder = SharedDataFactAttribute.Locate("data/northwind");
        const string Known = "{\"rows\":830,\"orders\":830,\"deadLetters\":0,\"shipped\":809,\"delivered\":null,"
            + "\"onTimeShipped\":772,\"onTimeDelivered\":null,\"open\":21,";
        foreach (string place in new[] { folder, Path.Combine(folder, "orders-clean.csv") })
        {
            (int code, string output, _) = await hub.RunAsync("--profile", "northwind", "--in", place, "--json");
            Assert.Equal(0, code);
            Assert.StartsWith(Known, output, StringComparison.Ordinal);
        }
    }

    [SharedDataFact("data/northwind")]
    public async Task Northwind_WithUnquotedCommas_LosesExactlyTheBrokenRows()
    {
        using var hub = new HubRun();
        string file = Path.Combine(SharedDataFactAttribute.Locate("data/northwind"), "orders.csv");
        (int code, string output, _) = await hub.RunAsync("--profile", "northwind", "--in", file, "--json");
        Assert.Equal(0, code);
        Assert.StartsWith("{\"rows\":830,\"orders\":654,\"deadLetters\":176,", output, StringComparison.Ordinal);

        // The file quotes nothing, so its broken rows can be counted by their commas alone.
        string[] lines = await File.ReadAllLinesAsync(file);
        string[] broken = lines.Select(static (line, i) => (Commas: line.Count(static c => c == ','), Row: i + 1))
            .Where(static entry => entry.Commas != 13)
            .Select(static entry => $"orders.csv,{entry.Row},,\"15 fields, the header has 14: is a comma not quoted?\"")
            .ToArray();
        Assert.Equal(176, broken.Length);
        Assert.Equal(broken, (await File.ReadAllLinesAsync(hub.Database + ".dead-letters.csv")).Skip(1));
    }

    [SharedDataFact("data/scms-delivery")]
    public async Task Scms_EveryRowIsAnOrder_AndWhatIsNotStatedStaysNull()
    {
        using var hub = new HubRun();
        string folder = SharedDataFactAttribute.Locate("data/scms-delivery");
        (int code, string output, _) = await hub.RunAsync("--profile", "scms", "--in", folder, "--json");
        Assert.Equal(0, code);
        Assert.StartsWith(
            "{\"rows\":10324,\"orders\":10324,\"deadLetters\":0,\"shipped\":null,\"delivered\":10324,"
            + "\"onTimeShipped\":null,\"onTimeDelivered\":9138,\"open\":0,",
            output,
            StringComparison.Ordinal);
        (_, string again, string error) = await hub.RunAsync("--profile", "scms", "--in", folder, "--json");
        Assert.Equal(WithoutSeconds(output), WithoutSeconds(again));
        Assert.Contains("0 new commands", error, StringComparison.Ordinal);
    }

    private static string WithoutSeconds(string json) => json[..json.IndexOf(",\"seconds\"", StringComparison.Ordinal)];
}
