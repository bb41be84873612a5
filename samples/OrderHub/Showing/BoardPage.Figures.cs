using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderHub.Playing;
using OrderKernel.Orders;
using Spectre.Console;

namespace OrderHub.Showing;

/// <summary>The two tables of figures: orders by stage, and how punctual they were, with the definitions beneath.</summary>
internal sealed partial class BoardPage
{
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

    private static OnTimeReport Of(IEnumerable<OrderState> states) => OnTimeReport.Of(states, Timeline.AsOf);
}
