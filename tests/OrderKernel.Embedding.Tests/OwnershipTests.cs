using System;
using System.Collections.Immutable;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Embedding.Tests;

/// <summary>The kernel lies over an ERP: what the ERP owns is read-only here, what is declared goes back once, nothing echoes.</summary>
public class OwnershipTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;
    private static readonly OrderId Order = new("XSDD000123");
    private static readonly Actor Local = new("sales-3", "web");
    private static readonly Actor Erp = new("sync", "erp");
    private readonly MemoryStore store = new();
    private readonly OrderDesk desk;

    public OwnershipTests() => desk = new OrderDesk(
        store, new FakeClock(Instant.FromUtc(2026, 11, 2, 1, 0)), new DeskOptions().Connect(new OuterSystem(
            "erp", SystemAccess.ReadAndWrite, owns: ["customer", "external_key", "quantity", "lines"],
            takesBack: ["priority", "promised_at"])));

    [Fact]
    [Trait("Req", "S0-17")]
    public async Task AnErpFieldIsRefused_AKernelFieldGoesOutOnce()
    {
        await CaptureAsync();

        DeskResult customer = await AmendAsync("c1", Local, "customer", "CUST0002");
        Assert.False(customer.IsAccepted);
        Assert.Equal("order.field_owned_elsewhere", Assert.Single(customer.Findings).Code);
        Assert.Contains("erp", customer.Findings[0].Text(Findings.Language.Chinese), StringComparison.Ordinal);
        Assert.Equal("CUST0001", (await desk.ReadOrderAsync(Order)).Customer.Text);
        Assert.Empty(await OutboxAsync());

        DeskResult priority = await AmendAsync("c2", Local, "priority", "1");
        Assert.True(priority.IsAccepted);
        Assert.Equal(1, (await desk.ReadOrderAsync(Order)).Standing.Priority);
        OutgoingMessage message = Assert.Single(await OutboxAsync());
        Assert.Equal("erp", message.Destination);
        JsonElement body = JsonDocument.Parse(message.Body).RootElement;
        Assert.Equal("SO-2026-0042", body.GetProperty("key").GetString());
        JsonElement field = Assert.Single(body.GetProperty("fields").EnumerateArray());
        Assert.Equal("priority", field.GetProperty("field").GetString());
        Assert.Equal("1", field.GetProperty("value").GetString());

        // The same command again, and the same value under another command: still one message.
        await AmendAsync("c2", Local, "priority", "1");
        await AmendAsync("c3", Local, "priority", "1");
        Assert.Single(await OutboxAsync());
    }

    [Fact]
    public async Task TheOwner_ChangesItsField_AndHearsNothingOfIt()
    {
        await CaptureAsync();
        Assert.True((await AmendAsync("e1", Erp, "customer", "CUST0002")).IsAccepted);
        Assert.True((await AmendAsync("e2", Erp, "priority", "5")).IsAccepted);
        Assert.Equal("CUST0002", (await desk.ReadOrderAsync(Order)).Customer.Text);
        Assert.Empty(await OutboxAsync());
    }

    [Fact]
    public async Task ADeclaredPromise_GoesBack_OtherFieldsDoNot()
    {
        await CaptureAsync();
        await AmendAsync("a1", Local, "requested_at", "2026-12-01T00:00:00Z");
        Assert.Empty(await OutboxAsync());
        var promise = new PromiseOrder(Order, Instant.FromUtc(2026, 11, 30, 9, 0), PromiseCause.First);
        Assert.True((await desk.SubmitAsync(new Submission(CommandId.FromName("p1"), Local, promise))).IsAccepted);
        Assert.Contains("\"promised_at\"", Assert.Single(await OutboxAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinesOfTheErp_AreNotAddedHere()
    {
        await CaptureAsync();
        var amend = new AmendOrder(
            Order, ImmutableArray<FieldChange>.Empty, "more", "V1", ImmutableArray.Create(new NewLine(2, new Sku("B"), new Quantity(1))));
        DeskResult result = await desk.SubmitAsync(new Submission(CommandId.FromName("l1"), Local, amend));
        Assert.Equal("order.field_owned_elsewhere", Assert.Single(result.Findings).Code);
    }

    [Fact]
    public async Task Decisions_Replay_WhateverIsConnectedLater()
    {
        await CaptureAsync();
        await AmendAsync("c1", Local, "customer", "CUST0002");
        await AmendAsync("c2", Local, "priority", "1");
        await AmendAsync("c3", Erp, "customer", "CUST0003");
        Assert.Empty((await new OrderDesk(store, new FakeClock(Instant.FromUtc(2027, 1, 1, 0, 0))).ReplayAsync()).Differing);
        Assert.Empty(await new OrderDesk(store, new FakeClock(Instant.FromUtc(2027, 1, 1, 0, 0))).AuditHistoryAsync());
    }

    [Fact]
    [Trait("ReqPart", "S0-24")]
    public void AReadOnlySystem_IsNeverHandedAWrite_AndSaysSoAtConfiguration()
    {
        var fault = Assert.Throws<ArgumentException>(
            () => new OuterSystem("erp", SystemAccess.ReadOnly, owns: ["customer"], takesBack: ["priority"]));
        Assert.Contains("only read", fault.Message, StringComparison.Ordinal);

        var readOnly = new OuterSystem("erp", SystemAccess.ReadOnly, owns: ["customer"]);
        Assert.Throws<InvalidOperationException>(() => new DeskOptions().Connect(readOnly).Announce("order.shipped", "erp"));
        Assert.Throws<InvalidOperationException>(() => new DeskOptions().Announce("order.shipped", "erp").Connect(readOnly));
        new DeskOptions().Connect(readOnly).Announce("order.shipped", "wms");
    }

    [Fact]
    public void AField_HasOneOwner_AndIsNotBothOwnedAndTakenBack()
    {
        Assert.Throws<ArgumentException>(() => new OuterSystem("erp", SystemAccess.ReadAndWrite, ["customer"], ["customer"]));
        DeskOptions options = new DeskOptions().Connect(new OuterSystem("erp", SystemAccess.ReadOnly, ["customer"]));
        Assert.Throws<InvalidOperationException>(() => options.Connect(new OuterSystem("crm", SystemAccess.ReadOnly, ["customer"])));
        Assert.Throws<InvalidOperationException>(() => options.Connect(new OuterSystem("erp", SystemAccess.ReadOnly, ["priority"])));
    }

    [Theory]
    [InlineData("priority", "1000")]
    [InlineData("priority", "01")]
    [InlineData("priority", "-1")]
    [InlineData("customer", " ")]
    public async Task AValueThatDoesNotFit_IsRefusedWithAnExample(string field, string value)
    {
        await CaptureAsync();
        DeskResult result = await AmendAsync("v", field == "customer" ? Erp : Local, field, value);
        Assert.Equal("order.value_invalid", Assert.Single(result.Findings).Code);
    }

    private async Task CaptureAsync()
    {
        var capture = new CaptureOrder(
            Order, new PartnerId("CUST0001"), null, ImmutableArray.Create(new NewLine(1, new Sku("CH4441"), new Quantity(100))),
            ExternalKey: "SO-2026-0042");
        Assert.True((await desk.SubmitAsync(new Submission(CommandId.FromName("capture"), Erp, capture))).IsAccepted);
    }

    private Task<DeskResult> AmendAsync(string id, Actor actor, string field, string value) => desk.SubmitAsync(new Submission(
        CommandId.FromName(id), actor, new AmendOrder(
            Order, ImmutableArray.Create(new FieldChange(0, field, value)), "customer asked", "V1")));

    private async Task<ImmutableArray<OutgoingMessage>> OutboxAsync() =>
        await store.ReadOutboxAsync(Tenant, 100, CancellationToken.None);
}
