using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Adapters.RabbitMq;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.RabbitMq.Tests;

public class CloudEventJsonTests
{
    private const string Data = "data/interop/cloudevents-conformance/json-format";

    [SharedDataFact(Data)]
    public void EveryValidEventOfTheConformanceSuite_IsReadAsItsSample()
    {
        JsonElement[] cases = Cases("valid-events.json");
        Assert.Equal(10, cases.Length);
        foreach (JsonElement one in cases)
        {
            CloudEvent read = CloudEventJson.Read(Bytes(one.GetProperty("event")));
            AssertIsSample(one.GetProperty("sampleId").GetString()!, read);
            AssertSame(read, CloudEventJson.Read(CloudEventJson.Write(read)));
        }
    }

    [SharedDataFact(Data)]
    public void EveryInvalidEventOfTheConformanceSuite_IsRefused()
    {
        JsonElement[] cases = Cases("invalid-events.json");
        Assert.Equal(25, cases.Length);
        Assert.All(cases, one => Assert.Throws<FormatException>(() => CloudEventJson.Read(Bytes(one.GetProperty("event")))));
    }

    [SharedDataFact(Data)]
    public void EveryValidBatchOfTheConformanceSuite_IsReadWhole()
    {
        JsonElement[] cases = Cases("valid-batches.json");
        Assert.Equal(5, cases.Length);
        foreach (JsonElement one in cases)
        {
            ImmutableArray<CloudEvent> batch = CloudEventJson.ReadBatch(Bytes(one.GetProperty("batch")));
            Assert.Equal(one.GetProperty("batch").EnumerateArray().Select(e => e.GetProperty("id").GetString()), batch.Select(e => e.Id));
            Assert.All(batch, read => AssertIsSample(read.Id, read));
        }
    }

    [SharedDataFact(Data)]
    public void EveryInvalidBatchOfTheConformanceSuite_IsRefused()
    {
        JsonElement[] cases = Cases("invalid-batches.json");
        Assert.Equal(3, cases.Length);
        Assert.All(cases, one => Assert.Throws<FormatException>(() => CloudEventJson.ReadBatch(Bytes(one.GetProperty("batch")))));
    }

    [Theory]
    [InlineData("""{"specversion":"1.0","id":"a","id":"b","source":"/s","type":"t"}""")]
    [InlineData("""{"specversion":"1.0","id":"a","source":"/s","type":"t","data":{"qty":1,"qty":99}}""")]
    [InlineData("""{"specversion":"1.0","id":"a\u0000","source":"/s","type":"t"}""")]
    [InlineData("""{"specversion":"1.0","id":"a\ud800","source":"/s","type":"t"}""")]
    [InlineData("""{"specversion":"1.0","id":"a","source":"/s","type":"t","count":2147483648}""")]
    [InlineData("""{"specversion":"1.0","id":"a","source":"/s","type":"t","data_base64":"?"}""")]
    [InlineData("""{"specversion":"1.0","id":"a","source":"/s","type":"t"} trailing""")]
    [InlineData("""[]""")]
    public void WhatIsNotStrict_IsRefused(string json) =>
        Assert.Throws<FormatException>(() => CloudEventJson.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void WhatIsTooLongOrTooDeep_IsRefused()
    {
        string head = """{"specversion":"1.0","id":"a","source":"/s","type":"t","data":""";
        string deep = head + new string('[', 64) + new string(']', 64) + "}";
        string longer = head + "\"" + new string('x', CloudEventJson.MaxLength) + "\"}";
        Assert.Throws<FormatException>(() => CloudEventJson.Read(Encoding.UTF8.GetBytes(deep)));
        Assert.Throws<FormatException>(() => CloudEventJson.Read(Encoding.UTF8.GetBytes(longer)));
    }

    [Fact]
    public void ARefusal_NeverQuotesWhatWasReceived()
    {
        const string canary = "13812345678";
        string[] texts =
        {
            $$"""{"specversion":"1.0","id":"{{canary}}\u0001","source":"/s","type":"t"}""",
            $$"""{"specversion":"1.0","id":"a","source":"/s","type":"t","time":"{{canary}}"}""",
            $$"""{"specversion":"1.0","id":"a","source":"/s","type":"t","data":{{canary}}x}""",
        };
        Assert.All(texts, text => Assert.DoesNotContain(
            canary, Assert.Throws<FormatException>(() => CloudEventJson.Read(Encoding.UTF8.GetBytes(text))).ToString(),
            StringComparison.Ordinal));
    }

    [Fact]
    public void AnyEvent_ComesBackAsItWasWritten_InTheSameBytes()
    {
        Gen<string> text = ArbMap.Default.GeneratorFor<NonEmptyString>().Select(t => t.Get)
            .Where(t => t.EnumerateRunes().All(r => r != Rune.ReplacementChar && !Rune.IsControl(r) && (r.Value & 0xFFFE) != 0xFFFE
                && r.Value is < 0xFDD0 or > 0xFDEF));
        Gen<CloudEvent> events =
            from id in text
            from subject in text
            from data in text
            from number in Gen.Choose(int.MinValue, int.MaxValue)
            from seconds in Gen.Choose(0, int.MaxValue)
            select new CloudEvent(id, "/s", "t")
            {
                Subject = subject,
                Time = Instant.FromUnixTimeSeconds(seconds).WithOffset(Offset.FromHours(8)),
                Data = JsonSerializer.Serialize(data),
                Extensions = ImmutableSortedDictionary.CreateRange<string, object>(
                    StringComparer.Ordinal, [new("a1", number), new("b", subject), new("c", number > 0)]),
            };
        Prop.ForAll(events.ToArbitrary(), happened =>
        {
            byte[] utf8 = CloudEventJson.Write(happened);
            CloudEvent read = CloudEventJson.Read(utf8);
            AssertSame(happened, read);
            Assert.Equal(utf8, CloudEventJson.Write(read));
        }).QuickCheckThrowOnFailure();
    }

    private static void AssertIsSample(string sample, CloudEvent read)
    {
        Instant time = Instant.FromUtc(2018, 4, 5, 17, 31);
        var expected = new CloudEvent(
            sample, sample == "minimalWithRelativeSource" ? "#fragment" : "https://cloudevents.io", "io.cloudevents.test");
        expected = sample switch
        {
            "allCore" => expected with
            {
                DataContentType = "text/plain", DataSchema = "https://cloudevents.io/dataschema", Subject = "tests",
                Time = time.WithOffset(Offset.Zero),
            },
            "minimalWithTime" => expected with { Time = time.WithOffset(Offset.Zero) },
            "simpleTextData" => expected with { DataContentType = "text/plain", Data = "\"Simple text\"" },
            "allExtensionTypes" => expected with
            {
                Extensions = ImmutableSortedDictionary.CreateRange<string, object>(
                    StringComparer.Ordinal, new KeyValuePair<string, object>[]
                {
                    new("extinteger", 10), new("extboolean", true), new("extstring", "text"), new("exturi", "https://cloudevents.io"),
                    new("exturiref", "//authority/path"), new("exttimestamp", "2023-03-31T15:12:00Z"), new("extbinary", "TWE="),
                }),
            },
            _ => expected,
        };
        AssertSame(expected, read);
    }

    private static void AssertSame(CloudEvent expected, CloudEvent read)
    {
        Assert.Equal(expected.Extensions, read.Extensions);
        Assert.Equal(expected.Time?.ToInstant(), read.Time?.ToInstant());
        Assert.Equal(expected with { Extensions = read.Extensions, Time = read.Time }, read);
    }

    private static JsonElement[] Cases(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedDataFactAttribute.Locate(Data), file)));
        return document.RootElement.GetProperty("tests").EnumerateArray().Select(one => one.Clone()).ToArray();
    }

    private static byte[] Bytes(JsonElement json) => Encoding.UTF8.GetBytes(json.GetRawText());
}
