using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderHub.Playing;
using OrderKernel.Board;
using OrderKernel.Orders;
using Spectre.Console;

namespace OrderHub.Showing;

/// <summary>The two tables of figures: orders by stage, and how punctual they were, with the definitions beneath.</summary>
internal sealed partial class BoardPage
{
    private void PrintStages(ImmutableArray<BusinessBoard> boards)
    {
        var table = new SizedTable(text.Say(HubText.StagesTitle),
        [
            Column(HubText.Stage),
            .. boards.Select(board => new SizedColumn(board.Business.Name.Text(text.Language), 0, true, true)),
            Column(HubText.Total, isNumber: true),
        ]);
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
        Write(table);
    }

    private void PrintPunctuality(ImmutableArray<BusinessBoard> boards)
    {
        var table = new SizedTable(
            text.Say(HubText.PunctualityTitle), Column(HubText.Figure, wraps: true), Column(HubText.BusinessColumn, wraps: true),
            Column(HubText.Rate, isNumber: true), Column(HubText.OnTime, 2, true), Column(HubText.Counted, 1, true),
            Column(HubText.OverdueUnfinished, 3, true, true), Column(HubText.WithoutPromise, 4, true, true));
        var reports = boards.Select(board => (Name: board.Business.Name.Text(text.Language), Report: Of(board.States))).ToList();
        reports.Add((text.Say(HubText.All), Of(boards.SelectMany(static board => board.States))));
        for (int figure = 0; figure < 4; figure++)
        {
            foreach ((string name, OnTimeReport report) in reports)
            {
                OnTimeRate rate = report.Rates[figure];
                table.AddRow(
                    rate.Name.Text(text.Language), name,
                    rate.Percent?.ToString("F1", CultureInfo.InvariantCulture) + " %", HubText.Count(rate.OnTime),
                    HubText.Count(rate.Counted), HubText.Count(rate.OverdueUnfinished), HubText.Count(rate.WithoutPromise));
            }
        }

        Write(table);
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
