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
using OrderKernel.Findings;
using OrderKernel.Orders;
using Spectre.Console;

namespace OrderHub.Showing;

/// <summary>The page that answers: where is every open order stuck, since when, whose turn is it, and how punctual were we?</summary>
internal sealed class BoardPage
{
    private const int WideEnough = 170;
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM-dd");
    private static readonly ZonedDateTimePattern Minute =
        ZonedDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm z", DateTimeZoneProviders.Tzdb);

    private readonly HubText text;
    private readonly IAnsiConsole console;

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
        Table table = NewTable(
            text.Say(HubText.BoardTitle, board.Business.Name.Text(text.Language), HubText.Count(rows.Length),
                HubText.Count(rows.Count(static row => row.IsOverdue)), Minute.Format(Timeline.AsOf.InZone(Timeline.Zone))),
            HubText.Order, HubText.Customer, HubText.StuckAt, HubText.Since, HubText.AgeDays, HubText.Turn, HubText.OpenPieces,
            HubText.FirstPromise, HubText.CurrentPromise, HubText.Overdue);
        AlignRight(table, 4, 6);
        foreach (BoardRow row in rows)
        {
            string customer = board.Business.Customers.GetValueOrDefault(row.Customer.Text, row.Customer.Text);
            table.AddRow(
                Cell(row.Order.Text), Cell(customer), Cell(row.StageText(text.Language)), Cell(DayOf(row.Since)),
                Cell(Age(row.Since)), Cell(OrderWords.Role(row.Role, text.Language)), Cell(HubText.Count(row.Open.Units)),
                Cell(DayOf(row.FirstPromise)), Cell(row.FirstPromise is null ? "—" : row.CurrentPromise == row.FirstPromise ? text.Say(HubText.Unchanged) : DayOf(row.CurrentPromise)),
                new Text(row.IsOverdue ? text.Say(HubText.Yes) : string.Empty, new Style(Color.Red)));
        }

        console.Write(table);
        console.WriteLine();
    }

    private void PrintStages(ImmutableArray<BusinessBoard> boards)
    {
        Table table = NewTable(text.Say(HubText.StagesTitle));
        table.AddColumn(text.Say(HubText.Stage));
        foreach (BusinessBoard board in boards)
        {
            table.AddColumn(new TableColumn(board.Business.Name.Text(text.Language)).RightAligned());
        }

        table.AddColumn(new TableColumn(text.Say(HubText.Total)).RightAligned());
        foreach (OrderStage stage in OrderStage.All)
        {
            int[] counts = boards.Select(board => board.States.Count(state => state.Stage == stage)).ToArray();
            if (counts.Sum() > 0)
            {
                table.AddRow([stage.Name.Text(text.Language), .. counts.Append(counts.Sum()).Select(Plain)]);
            }
        }

        table.AddRow([text.Say(HubText.Total), .. boards.Select(static board => board.Orders.Length)
            .Append(boards.Sum(static board => board.Orders.Length)).Select(Plain)]);
        console.Write(table);
        console.WriteLine();
    }

    private void PrintPunctuality(ImmutableArray<BusinessBoard> boards)
    {
        Table table = NewTable(
            text.Say(HubText.PunctualityTitle), HubText.Figure, HubText.BusinessColumn, HubText.Rate, HubText.OnTime,
            HubText.Counted, HubText.OverdueUnfinished, HubText.WithoutPromise);
        AlignRight(table, 2, 3, 4, 5, 6);
        var reports = boards.Select(board => (Name: board.Business.Name.Text(text.Language), Report: Of(board.States))).ToList();
        reports.Add((text.Say(HubText.All), Of(boards.SelectMany(static board => board.States))));
        for (int figure = 0; figure < 4; figure++)
        {
            foreach ((string name, OnTimeReport report) in reports)
            {
                OnTimeRate rate = report.Rates[figure];
                table.AddRow(
                    ReferenceEquals(report, reports[0].Report) ? rate.Name.Text(text.Language) : string.Empty, name,
                    rate.Percent?.ToString("F1", CultureInfo.InvariantCulture) + " %", HubText.Count(rate.OnTime),
                    HubText.Count(rate.Counted), HubText.Count(rate.OverdueUnfinished), HubText.Count(rate.WithoutPromise));
            }

            table.AddEmptyRow();
        }

        console.Write(table);
        console.WriteLine(text.Say(HubText.DefinitionsTitle));
        foreach (OnTimeRate rate in reports[0].Report.Rates)
        {
            console.WriteLine($"  {rate.Name.Text(text.Language)} = {rate.Definition.Text(text.Language)}");
        }

        console.WriteLine("  " + text.Say(HubText.OverdueDefinition));
        console.WriteLine();
    }

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

        int ledger = boards.Sum(static board => board.LedgerFindings);
        int chains = boards.Sum(static board => board.BrokenChains);
        console.WriteLine(ledger + chains == 0
            ? text.Say(HubText.Verified, HubText.Count(boards.Sum(static board => board.Orders.Length)))
            : text.Say(HubText.NotVerified, HubText.Count(ledger), HubText.Count(chains)));
    }

    private Table NewTable(string title, params FindingKind[] columns)
    {
        Table table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(title));
        table.Title!.Style = new Style(decoration: Decoration.Bold);
        foreach (FindingKind column in columns)
        {
            table.AddColumn(text.Say(column));
        }

        return table;
    }

    private static void AlignRight(Table table, params int[] columns)
    {
        foreach (int column in columns)
        {
            table.Columns[column].RightAligned();
        }
    }

    private static OnTimeReport Of(IEnumerable<OrderState> states) => OnTimeReport.Of(states, Timeline.AsOf);

    private static Text Cell(string cell) => new(cell);

    private static string Plain(int count) => count == 0 ? "·" : HubText.Count(count);

    private static string DayOf(Instant? moment) => moment is { } some ? Day.Format(some.InZone(Timeline.Zone).Date) : "—";

    // Whole days gone by: stuck since yesterday evening is one day.
    private static string Age(Instant since) => HubText.Count(
        Period.Between(since.InZone(Timeline.Zone).Date, Timeline.AsOf.InZone(Timeline.Zone).Date, PeriodUnits.Days).Days);
}
