using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Findings;
using Xunit;

namespace OrderKernel.Csv.Tests;

/// <summary>Reading costs what the file is long, and holds what its bounds allow.</summary>
public class BoundTests
{
    [Theory]
    [InlineData("a\"b,c,\"d\n")] // each line closes the quote and opens the next
    [InlineData("a\",c,\"d\n")] // the same, and what closes it is well-formed
    [InlineData("a,\"\",\"d\"\"\n")]
    [InlineData("a,b,\"\"\"\n")]
    public void LinesThatCloseAndOpenQuotes_CostWhatTheyAreLong(string line)
    {
        const int Lines = 200_000;
        var text = new StringBuilder("no,who,placed\n").Insert("no,who,placed\n".Length, line, Lines);
        var watch = Stopwatch.StartNew();
        CsvDocument read = Profile.Orders(text.ToString());
        Assert.Equal(Lines, read.Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed} for {text.Length} characters");
    }

    [Fact]
    public void ManyColumnsAndOpenQuotes_CostWhatTheyAreLong()
    {
        const int Lines = 100_000;
        string head = string.Join(',', Enumerable.Range(0, 990).Select(static i => "c" + i))
            + ",no,who,placed,promised,shipped,signed,note\n";
        var text = new StringBuilder(head).Insert(head.Length, "a\",c,\"d\n", Lines);
        var watch = Stopwatch.StartNew();
        Assert.Equal(Lines, Profile.Orders(text.ToString()).DeadLetters.Length);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed} for {text.Length} characters");
    }

    [Fact]
    public void ARowOfManyCommas_IsOneDeadLetter_NamingItsBound_AndHoldsNothing()
    {
        string head = Profile.Head;
        byte[] file = [.. Encoding.UTF8.GetBytes(head), .. Enumerable.Repeat((byte)',', 30_000_000), .. "\nO1,C1,2026-09-01,,,,\n"u8];
        long before = GC.GetAllocatedBytesForCurrentThread();
        CsvDocument read = Profile.Read("orders", file);
        long took = GC.GetAllocatedBytesForCurrentThread() - before;
        DeadLetter dead = Assert.Single(read.DeadLetters);
        Assert.Equal("csv.limit_reached", dead.Reasons[0].Code);
        Assert.Equal("record 1048576", string.Join(' ', dead.Reasons[0].Facts.Select(static fact => fact.Value)));
        Assert.Equal(3, Assert.Single(read.Rows).Row);
        Assert.True(took < 40_000_000, $"{took} bytes");
        CsvDocument header = Profile.Read("orders", [.. Enumerable.Repeat((byte)',', 30_000_000)]);
        Assert.Contains(header.Faults, static fault => fault.Code == "csv.limit_reached");
    }

    [Fact]
    public void ALongCell_IsOneDeadLetter_NamingItsBound()
    {
        var limits = new CsvLimits(MaxField: 10, MaxRecord: 60);
        string long1 = new('x', 11), long2 = string.Join(',', Enumerable.Repeat("123456789", 7));
        byte[] file = Encoding.UTF8.GetBytes(Profile.Head + $"O1,{long1},,,,,\nO2,\"{long1}\",,,,,\n{long2}\nO4,C1,2026-09-01,,,,\n");
        CsvDocument read = CsvDocument.Read(file, "f.csv", Profile.Shop.Document("orders")!, limits);
        Assert.Equal(
            ["2 field 10", "3 field 10", "4 record 60"],
            read.DeadLetters.Select(static dead => $"{dead.Row} {string.Join(' ', dead.Reasons[0].Facts.Select(static f => f.Value))}"));
        Assert.Equal("O4", Assert.Single(read.Rows).Text("order"));
    }

    [Fact]
    public void MoreRowsThanAReadingHolds_AreRefused_AndReadInParts()
    {
        var limits = new CsvLimits(MaxHeld: 100);
        string text = Profile.Head + string.Concat(Enumerable.Range(0, 150).Select(static i => $"O{i},C1,2026-09-01,,,,\n"));
        CsvFile file = CsvFile.Open(
            () => new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.csv", Profile.Shop.Document("orders")!, limits);
        Finding fault = Assert.Single(file.Read().Faults);
        Assert.Equal(("csv.limit_reached", "held"), (fault.Code, fault.Field));
        Assert.Equal(150, Enumerable.Range(0, 4).Sum(part => file.Read(part, 4).Rows.Length));
    }
}
