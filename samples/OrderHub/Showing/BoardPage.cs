using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using NodaTime;
using NodaTime.Text;
using OrderHub.Playing;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Board;
using OrderKernel.Findings;
using OrderKernel.Orders;
using OrderKernel.Packs;
using Spectre.Console;

namespace OrderHub.Showing;

/// <summary>Answers: where is every open order stuck, since when, whose turn is it, and how punctual were we?</summary>
internal sealed partial class BoardPage
{
    private const int WideEnough = 170;
    private const int RoomForAll = 140;
    private static readonly LocalDatePattern LongDay = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM-dd");
    private static readonly LocalDatePattern ShortDay = LocalDatePattern.CreateWithInvariantCulture("MM-dd");
    private static readonly ZonedDateTimePattern Minute =
        ZonedDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm z", DateTimeZoneProviders.Tzdb);

    private readonly HubText text;
    private readonly IAnsiConsole console;
    private readonly LocalDatePattern day;

    public BoardPage(HubText text, TextWriter writer)
    {
        this.text = text;
        bool terminal = ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected;
        console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!terminal)
        {
            console.Profile.Width = WideEnough;
            console.Profile.Capabilities.Unicode = true;
        }

        day = console.Profile.Width < RoomForAll ? ShortDay : LongDay;
    }

    public void Print(ImmutableArray<BusinessBoard> boards, Tally tally, string database)
    {
        foreach (BusinessBoard board in boards)
        {
            PrintOpen(board);
        }

        PrintStages(boards);
        PrintPunctuality(boards);
        PrintWithoutPromise(boards);
        PrintDeadLetters(boards);
        PrintRefusals(tally);
        PrintRun(boards, tally, database);
    }

    private void PrintOpen(BusinessBoard board)
    {
        ImmutableArray<BoardRow> rows = board.Open;
        var table = new SizedTable(
            text.Say(HubText.BoardTitle, board.Business.Name.Text(text.Language), HubText.Count(rows.Length),
                HubText.Count(rows.Count(IsPastPromise)), HubText.Count(rows.Count(HasStayedTooLong)),
                Minute.Format(Timeline.AsOf.InZone(Timeline.Zone))),
            Column(HubText.Order), Column(HubText.Customer, 4, wraps: true), Column(HubText.StuckAt, wraps: true),
            Column(HubText.Since), Column(HubText.AgeDays, 3, isNumber: true), Column(HubText.Turn, wraps: true),
            Column(HubText.OpenPieces, 2, isNumber: true), Column(HubText.FirstPromise, 5), Column(HubText.CurrentPromise, 1),
            Column(HubText.Overdue));
        foreach (BoardRow row in rows)
        {
            table.AddRow(
                row.Order.Text, board.Business.Customers.GetValueOrDefault(row.Customer.Text, row.Customer.Text),
                row.StageText(text.Language), DayOf(row.Since), Age(row.Since), board.RoleName(row.Role, text.Language),
                HubText.Count(row.Open.Units), DayOf(row.FirstPromise), Current(row), Late(row));
        }

        Write(table);
    }

    private void Write(SizedTable table)
    {
        string between = text.Language == Language.Chinese ? "、" : ", ";
        table.Write(console, columns => text.Say(HubText.LeftOut, string.Join(between, columns)));
        console.WriteLine();
    }

    private SizedColumn Column(FindingKind title, int rank = 0, bool isNumber = false, bool wraps = false) =>
        new(text.Say(title), rank, isNumber, wraps);

    private static bool IsPastPromise(BoardRow row) => row.CurrentPromise < Timeline.AsOf;

    private static bool HasStayedTooLong(BoardRow row) => row.ExpectedAt < Timeline.AsOf;

    private string Late(BoardRow row) => IsPastPromise(row) ? text.Say(HubText.PastPromise)
        : HasStayedTooLong(row) ? text.Say(HubText.TooLong)
        : string.Empty;

    private string Current(BoardRow row) => row.FirstPromise is not null && row.CurrentPromise == row.FirstPromise
        ? text.Say(HubText.Unchanged)
        : DayOf(row.CurrentPromise);

    private void PrintWithoutPromise(ImmutableArray<BusinessBoard> boards)
    {
        string[] orders = boards.SelectMany(static board => board.WithoutPromise).ToArray();
        if (orders.Length > 0)
        {
            console.WriteLine(text.Say(HubText.NeverPromised, HubText.Count(orders.Length), string.Join(", ", orders)));
        }
    }

    private void PrintDeadLetters(ImmutableArray<BusinessBoard> boards)
    {
        foreach (DeadLetter letter in boards.SelectMany(static board => board.Business.DeadLetters))
        {
            console.WriteLine(text.Say(
                HubText.DeadOne, letter.File, letter.Row.ToString(CultureInfo.InvariantCulture), letter.Text(text.Language)));
        }
    }

    private void PrintRefusals(Tally tally)
    {
        // A hold that finds no stock is how an order comes to wait; the board shows it already.
        var told = tally.Refusals.Where(static refusal => refusal.Value.Code != "stock.short").ToArray();
        if (told.Length > 0)
        {
            console.WriteLine(text.Say(HubText.Refused, HubText.Count(told.Length)));
        }

        foreach (KeyValuePair<string, Finding> refusal in told)
        {
            console.WriteLine(text.Say(HubText.RefusedOne, refusal.Key, InWords(refusal.Value).Text(text.Language)));
        }
    }

    // The kernel's facts are codes; people read words.
    private Finding InWords(Finding finding) => new(
        finding.Kind, finding.Subject, finding.Field, ImmutableArray.CreateRange(finding.Facts, fact => fact.Name switch
        {
            "reason" => new Fact(fact.Name, OrderWords.BlockReason(fact.Value, text.Language)),
            "role" => new Fact(fact.Name, OrderWords.Role(fact.Value, text.Language)),
            _ => fact,
        }));

    private void PrintRun(ImmutableArray<BusinessBoard> boards, Tally tally, string database)
    {
        console.WriteLine(text.Say(HubText.Database, database));
        console.WriteLine(tally.Fresh == 0 && tally.Conflicts == 0
            ? text.Say(HubText.NothingChanged, HubText.Count(tally.Repeated))
            : text.Say(HubText.Ran, HubText.Count(tally.Fresh), HubText.Count(tally.Woken), HubText.Count(tally.Repeated)));
        if (tally.Conflicts > 0)
        {
            console.WriteLine(text.Say(HubText.Conflicts, HubText.Count(tally.Conflicts)));
        }

        foreach (Business business in boards.Select(static board => board.Business))
        {
            Pack pack = business.Runs.Pack;
            console.WriteLine(text.Say(
                HubText.RunsOn, business.Name.Text(text.Language), pack.Id, HubText.Count(pack.Version),
                HubText.Count(pack.Fields.All.Length), HubText.Count(pack.Types.Length), HubText.Count(pack.Access?.Roles.Length ?? 0)));
        }

        int ledger = boards.Sum(static board => board.LedgerFindings);
        int chains = boards.Sum(static board => board.BrokenChains);
        console.WriteLine(ledger + chains == 0
            ? text.Say(HubText.Verified, HubText.Count(boards.Sum(static board => board.Orders.Length)))
            : text.Say(HubText.NotVerified, HubText.Count(ledger), HubText.Count(chains)));
    }

    private static string Plain(int count) => count == 0 ? "·" : HubText.Count(count);

    private string DayOf(Instant? moment) => moment is { } some ? day.Format(some.InZone(Timeline.Zone).Date) : "—";

    // Whole days gone by: stuck since yesterday evening is one day.
    private static string Age(Instant since) => HubText.Count(
        Period.Between(since.InZone(Timeline.Zone).Date, Timeline.AsOf.InZone(Timeline.Zone).Date, PeriodUnits.Days).Days);
}
