using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Measures;

/// <summary>What a host writes and reads with System.Text.Json, as its web framework does and with nothing registered.</summary>
public class MeasureJsonTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static TheoryData<object, string> Forms => new()
    {
        { new OrderId("SO-1"), "\"SO-1\"" }, { new Sku("M12"), "\"M12\"" }, { new NodeId("main"), "\"main\"" },
        { new PartnerId("P-1"), "\"P-1\"" }, { new DocumentId("D-1"), "\"D-1\"" }, { new ShipmentId("SH-1"), "\"SH-1\"" },
        { new TenantId("t"), "\"t\"" }, { new LotId("L1"), "\"L1\"" }, { new OwnerId("W"), "\"W\"" },
        { default(LotId), "null" }, { default(OwnerId), "null" },
        { new CommandId(new Guid("6f1c0f3e-5d0a-5f4e-9a53-0c6f3f6a1b01")), "\"6f1c0f3e-5d0a-5f4e-9a53-0c6f3f6a1b01\"" },
        { new Quantity(long.MaxValue), "9223372036854775807" }, { Quantity.Zero, "0" },
        { new Money(-1250, Currency.Cny), """{"minor_units":-1250,"currency":"CNY","places":2}""" },
        { new UnitPrice(0.0035m, Currency.Cny), """{"amount":"0.0035","currency":"CNY","places":2}""" },
        { new Currency("JPY", 0), """{"currency":"JPY","places":0}""" },
        { new StreamId("order", "a/b"), "\"order/a/b\"" }, { OrderStage.AwaitingStock, "\"stage.awaiting_stock\"" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void AValue_HasItsNaturalForm_AndIsReadBack(object value, string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(value, value.GetType(), Web));
        Assert.Equal(value, JsonSerializer.Deserialize(json, value.GetType(), Web));
    }

    [Fact]
    public void Ids_AreKeys()
    {
        var stock = new Dictionary<Sku, Quantity> { [new Sku("A")] = new(3), [new Sku("单\"号")] = new(0) };
        Assert.Equal(stock, Back(stock));
        var orders = new Dictionary<CommandId, OrderId> { [CommandId.FromName("C")] = new("SO-1") };
        Assert.Equal(orders, Back(orders));
        var streams = new Dictionary<StreamId, int> { [new StreamId("order", "SO-1")] = 1 };
        Assert.Equal(streams, Back(streams));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Dictionary<Sku, Quantity>>("""{"":1}""", Web));

        static T Back<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, Web), Web)!;
    }

    [Fact]
    public void WhateverIsWritten_IsReadBack() => Prop.ForAll(
        KernelArbitraries.Texts(), KernelArbitraries.Amounts(), KernelArbitraries.Quantities(), (text, money, quantity) =>
        {
            OrderId? order = text.Trim().Length is > 0 and <= 64 && text.Length <= 64 ? new OrderId(text) : null;
            var price = new UnitPrice(Math.Abs(money.MinorUnits) / 10_000m, money.Currency);
            var all = (order, money, quantity, price);
            return JsonSerializer.Deserialize<(OrderId?, Money, Quantity, UnitPrice)>(
                JsonSerializer.Serialize(all, Fields), Fields) == all;
        }).QuickCheckThrowOnFailure();

    private static readonly JsonSerializerOptions Fields = new() { IncludeFields = true };

    [Theory]
    [InlineData(typeof(OrderId), "null", "order id")]
    [InlineData(typeof(OrderId), "\"\"", "order id")]
    [InlineData(typeof(OrderId), "7", "order id")]
    [InlineData(typeof(Sku), "\"a\\u0000\"", "SKU")]
    [InlineData(typeof(LotId), "{}", "lot id")]
    [InlineData(typeof(CommandId), "\"00000000-0000-0000-0000-000000000000\"", "command id")]
    [InlineData(typeof(CommandId), "\"x\"", "command id")]
    [InlineData(typeof(CommandId), "\"6f1c0f3e5d0a5f4e9a530c6f3f6a1b01\"", "command id")]
    [InlineData(typeof(Quantity), "-1", "quantity")]
    [InlineData(typeof(Quantity), "1.5", "quantity")]
    [InlineData(typeof(Quantity), "\"1\"", "quantity")]
    [InlineData(typeof(Quantity), "9223372036854775808", "quantity")]
    [InlineData(typeof(Money), "12.5", "amount of money")]
    [InlineData(typeof(Money), """{"minor_units":1.5,"currency":"CNY","places":2}""", "minor_units")]
    [InlineData(typeof(Money), """{"minor_units":1,"currency":"yuan","places":2}""", "currency")]
    [InlineData(typeof(Money), """{"minor_units":1,"currency":"CNY"}""", "places")]
    [InlineData(typeof(UnitPrice), """{"amount":"-1","currency":"CNY","places":2}""", "amount")]
    [InlineData(typeof(UnitPrice), """{"amount":"1,5","currency":"CNY","places":2}""", "amount")]
    [InlineData(typeof(Currency), """{"currency":"CNY","places":9}""", "places")]
    [InlineData(typeof(StreamId), "\"order\"", "stream")]
    [InlineData(typeof(OrderStage), "\"stage.lost\"", "stage")]
    public void ABadValue_IsRefused_AndSaysWhatWasExpected(Type type, string json, string named)
    {
        var fault = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, type, Web));
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALoneSurrogate_IsRefused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<OrderId>("\"\\ud800\"", Web));

    [Fact]
    public void APriceFromANumber_IsExact() => Assert.Equal(
        new UnitPrice(0.1000000001m, Currency.Usd),
        JsonSerializer.Deserialize<UnitPrice>("""{"amount":0.1000000001,"currency":"USD","places":2}""", Web));

    [Fact]
    public void AnIdThatWasNeverGiven_IsShownAsNothing() => Assert.Equal(
        "[null,null,null]",
        JsonSerializer.Serialize(new object[] { default(OrderId), default(CommandId), default(Money) }, Web));

    [Fact]
    public void ABoardRow_IsWrittenAsAPersonReadsIt()
    {
        Instant at = Instant.FromUtc(2026, 11, 2, 1, 0);
        OrderState state = OrderFold.Evolve(OrderState.None, new OrderCaptured(
            at, new PartnerId("P-1"), at, ImmutableArray.Create(new NewLine(1, new Sku("A"), new Quantity(5))), null, SignOff.Delivery,
            string.Empty, null));
        BoardRow row = BoardRow.Of(new OrderId("SO-1"), state, at);
        JsonElement json = JsonSerializer.SerializeToElement(row, Web);
        Assert.Equal("SO-1", json.GetProperty("order").GetString());
        Assert.Equal("P-1", json.GetProperty("customer").GetString());
        Assert.Equal("stage.awaiting_promise", json.GetProperty("stage").GetString());
        Assert.Equal("2026-11-02T01:00:00Z", json.GetProperty("since").GetString());
        Assert.Equal(5, json.GetProperty("open").GetInt64());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("expectedAt").ValueKind);
        Assert.Equal("SO-1 stage.awaiting_promise planning since 2026-11-02T01:00:00Z, 5 open", row.ToString());
    }

    [Fact]
    public void WithoutReflection_TheSameIsWritten()
    {
        var row = new Shelf(new Sku("A"), new Quantity(2), new Money(5, Currency.Cny), new LotId("L"), OrderStage.Archived, null);
        string json = JsonSerializer.Serialize(row, ShelfJson.Default.Shelf);
        Assert.Equal(
            """{"Sku":"A","Quantity":2,"Worth":{"minor_units":5,"currency":"CNY","places":2},"Lot":"L","""
            + "\"Stage\":\"stage.archived\",\"For\":null}",
            json);
        Assert.Equal(row, JsonSerializer.Deserialize(json, ShelfJson.Default.Shelf));
    }

    [Fact]
    public void APrice_SaysItsAmountAndCurrency() =>
        Assert.Equal("0.0035 CNY", new UnitPrice(0.00350m, Currency.Cny).ToString());
}

internal sealed record Shelf(Sku Sku, Quantity Quantity, Money Worth, LotId Lot, OrderStage Stage, OrderId? For);

[JsonSerializable(typeof(Shelf))]
internal sealed partial class ShelfJson : JsonSerializerContext
{
}
