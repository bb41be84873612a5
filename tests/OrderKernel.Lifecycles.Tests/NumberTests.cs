using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>Business numbers come from the pattern of the type and the series in the store.</summary>
public class NumberTests
{
    private static readonly OrderDefinitions Definitions = new(
        SampleLifecycles.All, OrderTypes.Read(
            """
            {"types":[
              {"id":"a","zh":"甲","en":"A","lifecycle":"standard_order","numbering":"SO-{yyyy}-{0000}"},
              {"id":"b","zh":"乙","en":"B","lifecycle":"standard_order","numbering":"SO-{MM}{dd}-{0}"},
              {"id":"c","zh":"丙","en":"C","lifecycle":"standard_order","numbering":"采购/{yyyy}.{00}"}
            ]}
            """).OrThrow(), OrderPlay.Weekdays);

    [Fact]
    public async Task Numbers_FollowThePattern_WithoutHoles_AndStayForGood()
    {
        var play = new OrderPlay(Definitions);
        foreach ((string id, string type) in new[] { ("1", "a"), ("2", "b"), ("3", "a"), ("4", "c") })
        {
            await play.Capture(type, id);
        }

        Assert.Equal("SO-2026-0001", await Number(play, "1", "SO-{yyyy}-{0000}"));
        Assert.Equal("SO-0907-2", await Number(play, "2", "SO-{MM}{dd}-{0}"));
        Assert.Equal("SO-2026-0001", await Number(play, "1", "SO-{yyyy}-{0000}"));
        await play.GoTo(Instant.FromUtc(2027, 1, 3, 0, 0));
        Assert.Equal("SO-2027-0003", await Number(play, "3", "SO-{yyyy}-{0000}"));
        Assert.Equal("采购/2027.01", await Number(play, "4", "采购/{yyyy}.{00}"));
        Assert.Equal(string.Empty, (await play.Desk.ReadOrderAsync(new OrderId("1"))).ExternalKey);
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task ManyAtOnce_GetEveryNumberOnce()
    {
        var play = new OrderPlay(Definitions);
        for (int i = 0; i < 30; i++)
        {
            await play.Capture(i % 2 == 0 ? "a" : "b", "O" + i);
        }

        play.Open(new DeskOptions { Definitions = Definitions, MaxAttempts = 100 });
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(
            () => Number(play, "O" + i, i % 2 == 0 ? "SO-{yyyy}-{0000}" : "SO-{MM}{dd}-{0}"))));
        var sequences = new SortedSet<int>();
        for (int i = 0; i < 30; i++)
        {
            string number = (await play.Desk.ReadOrderAsync(new OrderId("O" + i))).Number;
            sequences.Add(int.Parse(number.AsSpan(8), System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal(Enumerable.Range(1, 30), sequences);
    }

    [Fact]
    public async Task WhatCannotBeNumbered_IsRefused()
    {
        var play = new OrderPlay(Definitions);
        await play.Capture("a", "1");
        await play.Capture(string.Empty, "2");
        await Refused("1", "SO-{MM}{dd}-{0}", "order.numbering_other");
        await Refused("2", "SO-{yyyy}-{0000}", "order.numbering_other");
        await Refused("9", "SO-{yyyy}-{0000}", "order.unknown");

        async Task Refused(string order, string pattern, string code) => Assert.Equal(
            code, Assert.Single(OrderPlay.Codes(await play.Submit(new NumberOrder(new OrderId(order), pattern)))));
    }

    [Theory]
    [InlineData("SO-{yyyy}")]
    [InlineData("{0000}")]
    [InlineData("SO1{0000}")]
    [InlineData("SO-{yyyy}{0000}")]
    [InlineData("SO-{0000}-X")]
    [InlineData("SO-{yy}-{00}")]
    [InlineData("SO {00}")]
    [InlineData("SO-{0000000000000}")]
    public void APatternThatGivesNoNumbers_IsRefusedWhereItStands(string pattern)
    {
        DefinitionReading<IReadOnlyList<OrderType>> reading = OrderTypes.Read(
            $$"""{"types":[{"id":"a","zh":"甲","en":"A","lifecycle":"x","numbering":"{{pattern}}"}]}""");
        Finding finding = Assert.Single(reading.Findings);
        Assert.Equal("order_type.numbering_unfit", finding.Code);
        Assert.Contains("$.types[0]", finding.Text(Language.English), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new NumberOrder(new OrderId("1"), pattern));
    }

    private static async Task<string> Number(OrderPlay play, string order, string pattern)
    {
        var submission = new Submission(
            CommandId.FromName("number/" + order), new Actor("clerk-1", "erp"), new NumberOrder(new OrderId(order), pattern));
        (await play.Desk.SubmitAsync(submission)).ThrowIfRefused();
        return (await play.Desk.ReadOrderAsync(new OrderId(order))).Number;
    }
}
