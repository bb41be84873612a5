using System;
using System.Collections.Immutable;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Cli;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>A database written by the kernel of rules 1 opens, folds, audits, replays and goes on.</summary>
public class RulesOneTests
{
    private static readonly string[] Otherwise =
    [
        "order.ship", "order.return_lines", "order.hold_stock", "order.hold_stock", "order.hold_stock", "order.hold_stock",
        "order.hold_stock",
    ];

    private static readonly FakeClock Clock = new(Instant.FromUtc(2026, 11, 3, 8, 0));

    [Fact]
    public async Task Replay_OfRulesOne_IsToldApartAndNoDifference()
    {
        using TemporaryDatabase database = Written();
        using SqliteStore store = database.Open();
        ReplayReport report = await new OrderDesk(store, Clock).ReplayAsync();
        Assert.Empty(report.Differing);
        Assert.Equal(0, report.Same);
        ReplayOfRules one = Assert.Single(report.OtherRules);
        Assert.Equal((1, 18L), (one.Rules, one.Same));
        ImmutableArray<DecidedCommand> commands = await store.ReadCommandsAsync(new DeskOptions().Tenant, null, 100, default);
        Assert.Equal(25, commands.Length);
        Assert.Equal(Otherwise, one.Otherwise.Select(id => JsonDocument.Parse(commands.Single(command => command.Id == id).Body)
            .RootElement.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Orders_OfRulesOne_AreWhatTheyWere_AndGoOnByTheRulesOfNow()
    {
        using TemporaryDatabase database = Written();
        using SqliteStore store = database.Open();
        var desk = new OrderDesk(store, Clock);
        Assert.Empty(await desk.AuditLedgerAsync());
        Assert.Empty((await desk.AuditAsync(new AuditQuery())).Tampered);
        OrderState first = await desk.ReadOrderAsync(new OrderId("A-1"));
        Assert.Equal([(1L, 1L, 1L), (1L, 1L, 0L)], first.Lines.Select(static line =>
            (line.Shipped.Units, line.Cancelled.Units, line.Returned.Units)));
        Assert.Empty(first.Shipments[0].SerialsBack);
        Assert.Equal(OrderStage.Cancelled, (await desk.ReadOrderAsync(new OrderId("A-2"))).Stage);
        OrderState third = await desk.ReadOrderAsync(new OrderId("A-3"));
        Assert.Equal((6L, 2L, 3L), (third.Lines[0].Shipped.Units, third.Lines[0].Cancelled.Units, third.Lines[0].Held.Units));

        DeskResult back = await desk.SubmitAsync(new Submission(CommandId.FromName("new/1"), new Actor("clerk", "web"), new ReturnLines(
            new OrderId("A-1"), [new LineQuantity(2, new Quantity(1))], "leaks", null, [new LineSerials(2, ["SN-1"])])));
        Assert.Equal(DeskExtent.Done, back.ThrowIfRefused().Extent);
        ReplayReport report = await desk.ReplayAsync();
        Assert.Equal((1L, 0, 18L), (report.Same, report.Differing.Length, Assert.Single(report.OtherRules).Same));
    }

    [Fact]
    public void DbReplay_OfRulesOne_SaysSoAndEndsWithZero()
    {
        using TemporaryDatabase database = Written();
        using (database.Open())
        {
        }

        (int code, string said) = Run("audit", "--sqlite", database.Path);
        Assert.True(code == 0, said);
        (code, said) = Run("replay", "--sqlite", database.Path);
        Assert.Equal(0, code);
        Assert.Contains(
            "db.replay_other_rules 25 decisions were made by rules 1 and stand as they are. By rules " + KernelVersion.Rules
            + ", 18 come out the same and 7 otherwise.", said, StringComparison.Ordinal);
        (_, said) = Run("replay", "--sqlite", database.Path, "--lang", "zh-CN");
        Assert.Contains("25 条决策按规则 1 作出，保持原样。", said, StringComparison.Ordinal);
        (code, said) = Run("replay", "--sqlite", database.Path, "--json");
        Assert.Equal(0, code);
        JsonElement facts = JsonDocument.Parse(said.Trim().Split('\n')[1]).RootElement.GetProperty("facts");
        Assert.Equal(("1", "18", "7"), (Text(facts, "rules"), Text(facts, "same"), Text(facts, "otherwise")));
    }

    private static string? Text(JsonElement facts, string name) => facts.GetProperty(name).GetString();

    // The tables as the scripts of then made them, with the rows of then.
    internal static TemporaryDatabase Written(string rows = "rules-1.sql")
    {
        var database = new TemporaryDatabase();
        using var connection = new SqliteConnection($"Data Source={database.Path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = string.Concat(SqlDialect.Sqlite.Versions.Where(static version => version <= 5)
            .Select(SqlDialect.Sqlite.Script))
            + File.ReadAllText(Repository.Path("tests", "OrderKernel.Sql.Tests", "Fixtures", rows));
        command.ExecuteNonQuery();
        return database;
    }

    private static (int Code, string Said) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        int code = DbCommand.Build().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = output });
        return (code, output.ToString());
    }
}
