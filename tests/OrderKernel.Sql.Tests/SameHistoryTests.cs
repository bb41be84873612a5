using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>One script makes one history, byte for byte, on every store, in every zone and every culture.</summary>
public class SameHistoryTests
{
    private static readonly Script Played = Scripts.Walk(300);

    [Fact]
    public async Task OneScript_TwoStores_OneHistory()
    {
        using var database = new TemporaryDatabase();
        using SqliteStore store = database.Open();
        Assert.Equal(await History(new MemoryStore()), await History(store));
    }

    [PostgresFact]
    public async Task OneScript_Postgres_TheSameHistory()
    {
        using var database = new PostgresDatabase();
        using PostgresStore store = database.Open();
        Assert.Equal(await History(new MemoryStore()), await History(store));
    }

    [Fact]
    public async Task FourZonesAndThreeCultures_OneHistory()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        string? zone = Environment.GetEnvironmentVariable("TZ");
        var histories = new List<string>();
        try
        {
            foreach (string name in new[] { "Asia/Shanghai", "America/New_York", "UTC", "Asia/Kathmandu" })
            {
                Environment.SetEnvironmentVariable("TZ", name);
                TimeZoneInfo.ClearCachedData();
                foreach (CultureInfo odd in Cultures())
                {
                    CultureInfo.CurrentCulture = odd;
                    CultureInfo.CurrentUICulture = odd;
                    Assert.NotEqual("-1.5", (-1.5m).ToString(odd));
                    using var database = new TemporaryDatabase();
                    using SqliteStore store = database.Open(SqliteDurability.UnsafeNormal);
                    histories.Add(await History(store));
                    histories.Add(await History(new MemoryStore()));
                }
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
            CultureInfo.CurrentCulture = culture;
            CultureInfo.CurrentUICulture = culture;
        }

        Assert.Equal(2 * 4 * 3, histories.Count);
        Assert.Single(histories.Distinct());
    }

    // Without ICU there are no cultures by name, so each brings the habits that break programs: commas, other signs, other dates.
    private static IEnumerable<CultureInfo> Cultures()
    {
        (string Separator, string Minus, string Date)[] habits =
        [
            (",", "-", "dd.MM.yyyy"), (".", "\u2212", "yyyy年M月d日"), ("\u066b", "\u061c-", "dd/MM/yy"),
        ];
        foreach ((string separator, string minus, string date) in habits)
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = separator;
            culture.NumberFormat.NumberGroupSeparator = "\u00a0";
            culture.NumberFormat.NegativeSign = minus;
            culture.DateTimeFormat.ShortDatePattern = date;
            yield return culture;
        }
    }

    private static async Task<string> History(IOrderStore store)
    {
        var play = new ScriptPlay(store, "same", new DeskOptions().Announce("order.shipped", "erp"));
        await play.PlayAsync(Played);
        TenantId tenant = new DeskOptions().Tenant;
        ImmutableArray<FeedEntry> feed = await store.ReadFeedAsync(tenant, 0, int.MaxValue, default);
        ImmutableArray<DecidedCommand> commands = await store.ReadCommandsAsync(tenant, null, int.MaxValue, default);
        ImmutableArray<OutgoingMessage> messages = await store.ReadOutboxAsync(tenant, int.MaxValue, default);
        LedgerContents ledger = await store.ReadLedgerAsync(tenant, default);
        Assert.True(feed.Length > 30, $"{feed.Length} events");
        return string.Join('\n', feed.Select(entry => $"{entry.Position} {entry.Event.Hash} {entry.Event.Payload}")
            .Concat(commands.Select(command => command.Body + command.Facts + command.Outcome))
            .Concat(messages.Select(message => message.Id + message.Body))
            .Concat(ledger.Journal.Select(posting => posting.ToString()))
            .Concat(ledger.Holds.Select(held => held.ToString())));
    }
}
