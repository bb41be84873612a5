using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Adapters.RabbitMq;
using OrderKernel.Journal;
using OrderKernel.Measures;
using RabbitMQ.Client;
using Xunit;

namespace OrderKernel.RabbitMq.Tests;

/// <summary>Which contents a receiver takes, and how what it cannot take is put aside.</summary>
[Collection("RabbitMQ")]
public class ReceivedBodyTests
{
    private static readonly byte[] Whole = CloudEventJson.Write(new CloudEvent("1", "/erp", "test.capture") { Subject = "SO1" });
    private static readonly Dictionary<string, object?> Attributes = new()
    {
        ["cloudEvents:specversion"] = "1.0"u8.ToArray(), ["cloudEvents:id"] = "7"u8.ToArray(),
        ["cloudEvents_source"] = "/erp"u8.ToArray(), ["cloudEvents:type"] = "test.capture"u8.ToArray(),
        ["cloudEvents:subject"] = Encoding.UTF8.GetBytes("订单7"), ["cloudEvents:time"] = new AmqpTimestamp(1_700_000_000),
        ["cloudEvents:partition"] = 3, ["x-other"] = "kept"u8.ToArray(),
    };

    [Theory]
    [InlineData("application/cloudevents+json")]
    [InlineData("Application/CloudEvents+JSON; charset=\"UTF-8\"")]
    [InlineData("application/json")]
    [InlineData("")]
    [InlineData(null)]
    public void AnEventInJson_IsTakenAsItIs(string? type)
    {
        ReadOnlyMemory<byte> body = ReceivedBody.AsEvent(new BasicProperties { ContentType = type }, Whole);
        Assert.Equal("SO1", CloudEventJson.Read(body).Subject);
    }

    [Fact]
    public void DataInJson_WithItsAttributesInHeaders_IsTheSameEvent()
    {
        var properties = new BasicProperties { ContentType = "application/json; charset=utf-8", Headers = Attributes };
        CloudEvent happened = CloudEventJson.Read(ReceivedBody.AsEvent(properties, "{\"a\": 1.10}"u8.ToArray()));
        Assert.Equal(
            ("7", "/erp", "test.capture", "订单7", "{\"a\": 1.10}", "application/json", 3),
            (happened.Id, happened.Source, happened.Type, happened.Subject, happened.Data, happened.DataContentType,
                happened.Extensions["partition"]));
        Assert.Equal(1_700_000_000, happened.Time!.Value.ToInstant().ToUnixTimeSeconds());
        Assert.Null(CloudEventJson.Read(ReceivedBody.AsEvent(properties, ReadOnlyMemory<byte>.Empty)).Data);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/cloudevents-batch+json")]
    [InlineData("application/cloudevents+json; charset=gb18030")]
    [InlineData("json")]
    [InlineData("application/json, text/plain")]
    public void AnyOtherContentType_IsRefused_WithoutRepeatingIt(string type)
    {
        string reason = Assert.Throws<FormatException>(
            () => ReceivedBody.AsEvent(new BasicProperties { ContentType = type }, Whole)).Message;
        Assert.Equal("content-type must be application/cloudevents+json or application/json, in UTF-8.", reason);
    }

    [Theory]
    [InlineData("cloudEvents:id", 1.5, "{}", "The header of id is neither a text nor a bool nor an int.")]
    [InlineData("cloudEvents:data", 1, "{}", "The header of data is not one of binary mode: the body is the data.")]
    [InlineData("cloudEvents_id", 1, "{}", "No strict JSON")]
    [InlineData("cloudEvents:Upper", true, "{}", "an extension must be named in lower-case letters and digits.")]
    [InlineData("x", 1, "<a/>", "The body is no JSON, as content-type says.")]
    [InlineData("x", 1, "{} {}", "The body is no JSON, as content-type says.")]
    [InlineData("x", 1, "{\"a\":1,\"a\":2}", "No strict JSON")]
    public void HeadersAndDataThatAreNoEvent_AreRefused(string header, object value, string body, string reason)
    {
        var headers = new Dictionary<string, object?>(Attributes) { [header] = value };
        var properties = new BasicProperties { ContentType = "application/json", Headers = headers };
        string said = Assert.Throws<FormatException>(
            () => CloudEventJson.Read(ReceivedBody.AsEvent(properties, Encoding.UTF8.GetBytes(body)))).Message;
        Assert.StartsWith(reason, said, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task OnABroker_WhatIsNoJson_IsParkedAsItCame_AndDataWithHeadersIsHandled()
    {
        var orders = new AnnouncingDesk();
        await using var queue = new TestQueue("content");
        using var stop = new CancellationTokenSource();
        var intake = new EventIntake("tests", orders.Desk, orders.Store, orders.Clock, AnnouncingDesk.Tenant, new Capturing());
        var receiver = new RabbitMqReceiver(queue.Options, new ReceiverOptions(queue.Name), intake);
        await using (var sender = new RabbitMqSender(queue.Options))
        {
            await sender.PrepareAsync(default);
        }

        await using (IChannel channel = await queue.OpenAsync())
        {
            var xml = new BasicProperties
            {
                ContentType = "application/xml", MessageId = "m-1", CorrelationId = "c-1", Type = "t-1", AppId = "erp",
                Expiration = "600000", Timestamp = new AmqpTimestamp(1_700_000_000),
                UserId = new ConnectionFactory { Uri = new Uri(TestBroker.Uri) }.UserName,
                Headers = new Dictionary<string, object?>
                {
                    ["trace"] = "00-1"u8.ToArray(), ["try"] = 3, ["CC"] = new List<object?> { "elsewhere" },
                },
            };
            await channel.BasicPublishAsync(string.Empty, queue.Name, mandatory: true, xml, Whole);
            var other = new BasicProperties(new BasicProperties { Headers = new Dictionary<string, object?> { ["n"] = 2 } });
            foreach (CloudEvent happened in new[]
            {
                new CloudEvent("1", "/erp", "test.capture") { Subject = "SO1" },
                new CloudEvent("1", "/erp", "test.capture") { Subject = "SO2" },
            })
            {
                await channel.BasicPublishAsync(string.Empty, queue.Name, mandatory: true, other, CloudEventJson.Write(happened));
            }

            var binary = new BasicProperties { ContentType = "application/json", Headers = Attributes };
            await channel.BasicPublishAsync(string.Empty, queue.Name, mandatory: true, binary, "{}"u8.ToArray());
        }

        Task running = receiver.RunAsync(stop.Token);
        for (int i = 0; i < 3_000 && (await orders.Desk.ReadTrailAsync(new OrderId("订单7"))).IsEmpty; i++)
        {
            await Task.Delay(20);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Single(await orders.Desk.ReadTrailAsync(new OrderId("订单7")));
        Assert.Empty(await orders.Desk.ReadTrailAsync(new OrderId("SO2")));
        var parked = await queue.TakeAllAsync(receiver.ParkedQueue);
        Assert.Equal(2, parked.Count);
        IReadOnlyBasicProperties kept = parked[0].Properties;
        Assert.Equal(
            ("application/xml", "m-1", "c-1", "t-1", "erp", 1_700_000_000L, true),
            (kept.ContentType, kept.MessageId, kept.CorrelationId, kept.Type, kept.AppId, kept.Timestamp.UnixTime, kept.Persistent));
        Assert.False(kept.IsExpirationPresent());
        Assert.Equal("00-1", Text(kept.Headers!["trace"]));
        Assert.Equal(3, kept.Headers["try"]);
        Assert.Equal("elsewhere", Text(Assert.Single((List<object?>)kept.Headers["x-orderkernel-CC"]!)));
        Assert.StartsWith("unusable: content-type must be ", Text(kept.Headers[RabbitMqReceiver.ReasonHeader]), StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetString(Whole), parked[0].Body);
        Assert.Equal(2, parked[1].Properties.Headers!["n"]);
        Assert.StartsWith(
            "unusable: the same source and id came before with other content: ",
            Text(parked[1].Properties.Headers![RabbitMqReceiver.ReasonHeader]), StringComparison.Ordinal);
    }

    private static string Text(object? header) => Encoding.UTF8.GetString((byte[])header!);

    private sealed class Capturing : IEventReceiver
    {
        public ValueTask<Reception> ReceiveAsync(CloudEvent happened, CancellationToken cancellation) =>
            new(Reception.Submit(new Actor("erp", "erp"), AnnouncingDesk.Capture(happened.Subject!)));
    }
}
