using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Calendars;
using OrderKernel.China;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using Xunit;

namespace OrderKernel.Definitions.Tests.Access;

public class AuditTests
{
    private static readonly OrderId Order = new("SO-1");

    [Fact]
    [Trait("Req", "S3-57")]
    public async Task WhoChangedTheDueDateInNovember_IsAnsweredWithBeforeAfterAndReason()
    {
        Tenant tenant = await PlayAsync();
        AuditTrail trail = await tenant.Desk.AuditAsync(new AuditQuery(
            Order, From: Instant.FromUtc(2026, 11, 1, 0, 0), Until: Instant.FromUtc(2026, 12, 1, 0, 0), Field: "requested_at"));
        Assert.Empty(trail.Tampered);
        Assert.Equal(
            new[]
            {
                ("li", "2026-11-10T00:00:00Z", "2026-11-15T00:00:00Z", "customer called", "CALL-1"),
                ("wang", "2026-11-15T00:00:00Z", "2026-11-20T00:00:00Z", "customer called", "CALL-1"),
            },
            trail.Entries.Select(e => (e.Actor.Id, e.Before, e.After, e.Reason, e.Voucher)));

        // A window begins with its first moment and ends before its last, so that two windows share no entry.
        Instant at = trail.Entries[1].At;
        Assert.Equal(["li"], await Within(trail.Entries[0].At, at));
        Assert.Equal(["wang"], await Within(at, at + Duration.FromTicks(10)));
        async Task<IEnumerable<string>> Within(Instant from, Instant until) => (await tenant.Desk.AuditAsync(
            new AuditQuery(Order, From: from, Until: until, Field: "requested_at"))).Entries.Select(static e => e.Actor.Id);

        AuditEntry byWang = Assert.Single((await tenant.Desk.AuditAsync(new AuditQuery(User: "wang"))).Entries);
        Assert.Equal(trail.Entries[1], byWang);
        Assert.Equal(3, (await tenant.Desk.AuditAsync(new AuditQuery(Order, Field: "requested_at"))).Entries.Length);
    }

    /// <summary>The chain as far as there is one: waybills are not voided and issued again here yet, nor are complaints
    /// recorded.</summary>
    [Fact]
    [Trait("ReqPart", "S0-42")]
    public async Task AnAddressChange_PausedAndConfirmed_IsOneOrderedTrail()
    {
        var tenant = new Tenant();
        const string field = """{ "code": "ship_to_version", "zh": "收货地址版本", "en": "Ship-to version","""
            + """ "of": "order", "type": "text", "sensitivity": "internal" }""";
        await tenant.AcceptAsync("lead", new AddField(field, ImmutableArray<string>.Empty, ImmutableArray<string>.Empty));
        await tenant.CaptureAsync("li", "SO-1", "H-1", new FieldChange(0, "ship_to_version", "S-1/1"));
        tenant.Clock.Advance(Duration.FromMinutes(1));
        await tenant.AcceptAsync("li", Tenant.Amend("SO-1", "ship_to_version", "S-1/2"));
        tenant.Clock.Advance(Duration.FromMinutes(1));
        await tenant.AcceptAsync("robot", new BlockOrder(Order, "address", "sales", "address changed"));
        tenant.Clock.Advance(Duration.FromMinutes(1));
        await tenant.AcceptAsync("wang", new UnblockOrder(Order, "address", "customer confirmed"));
        AuditTrail trail = await tenant.Desk.AuditAsync(new AuditQuery(Order));
        Assert.Empty(trail.Tampered);
        Assert.Equal(
            new[]
            {
                ("order.captured", "li", "stage.none", "stage.awaiting_promise"),
                ("order.amended", "li", "S-1/1", "S-1/2"),
                ("order.blocked", "robot", "stage.awaiting_promise", "stage.blocked"),
                ("order.unblocked", "wang", "stage.blocked", "stage.awaiting_promise"),
            },
            trail.Entries.Select(e => (e.What, e.Actor.Id, e.Before, e.After)));
        Assert.Equal(
            new long[] { 0, 1, 2, 3 }, trail.Entries.Select(e => (long)(e.At - trail.Entries[0].At).TotalMinutes));
    }

    [Fact]
    public async Task ATrail_HoldsWhatWasRefusedTooAndStandsInOneOrder()
    {
        Tenant tenant = await PlayAsync();
        await tenant.RefuseAsync("li", Tenant.Amend("SO-1", "quantity", "x", 1), "order.value_invalid");
        AuditTrail trail = await tenant.Desk.AuditAsync(new AuditQuery(Order));
        Assert.Equal(trail.Entries.Select(e => e.At).Order(), trail.Entries.Select(e => e.At));
        AuditEntry refused = trail.Entries.Last();
        Assert.Equal(("order.amend", "quantity", "x", 5L), (refused.What, refused.Field, refused.After, refused.Version));
        Assert.Equal("order.value_invalid", Assert.Single(refused.Refusals).Code);
        Assert.Equal("order.captured", trail.Entries[0].What);
        string[] csv = trail.ToCsv().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + trail.Entries.Length, csv.Length);
        Assert.Equal(trail.Entries.Length, trail.ToJsonLines().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task AnAlteredEvent_IsNamedAndNothingBehindItIsBelieved()
    {
        Tenant tenant = await PlayAsync();
        var desk = new OrderDesk(new AlteredStore(tenant.Store, version: 2), tenant.Clock, tenant.Options);
        AuditTrail trail = await desk.AuditAsync(new AuditQuery(Order));
        Assert.Equal(new TamperedEvent(new StreamId("order", "SO-1"), 2), Assert.Single(trail.Tampered));
        Assert.Equal(1, trail.Entries.Max(entry => entry.Version));
    }

    [Fact]
    public async Task Retention_SaysFromWhenAFinishedOrderMayBePutAway()
    {
        Tenant tenant = await PlayAsync();
        await tenant.CaptureAsync("li", "SO-2");
        await tenant.AcceptAsync("li", CancelLines.All(Order, "no longer needed"));
        KeptOrder kept = Assert.Single(await tenant.Desk.ReadRetentionAsync(Period.FromYears(5), ChineseCalendar.Working));
        Assert.Equal((Order, new LocalDate(2031, 11, 9), false), (kept.Order, kept.MayBeArchivedFrom, kept.IsArchived));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData("-5", "-5")]
    [InlineData("-cmd", "'-cmd")]
    public async Task AReason_CannotBecomeAFormulaOrBreakTheRow(string reason, string expected)
    {
        Tenant tenant = await PlayAsync();
        await tenant.AcceptAsync("li", new BlockOrder(Order, reason, "sales"));
        Assert.Contains("," + expected + ",", (await tenant.Desk.AuditAsync(new AuditQuery(Order))).ToCsv(), StringComparison.Ordinal);
    }

    // One change in October, two in November, by two people.
    private static async Task<Tenant> PlayAsync()
    {
        var tenant = new Tenant(Instant.FromUtc(2026, 10, 20, 1, 0));
        await tenant.CaptureAsync("zhang", "SO-1");
        await tenant.AcceptAsync("zhang", Tenant.Amend("SO-1", "requested_at", "2026-11-10T00:00:00Z"));
        tenant.Clock.Now = Instant.FromUtc(2026, 11, 2, 1, 0);
        await tenant.AcceptAsync("li", Tenant.Amend("SO-1", "requested_at", "2026-11-15T00:00:00Z"));
        await tenant.AcceptAsync("li", Tenant.Amend("SO-1", "quantity", "6", 1));
        tenant.Clock.Now = Instant.FromUtc(2026, 11, 9, 1, 0);
        await tenant.AcceptAsync("wang", Tenant.Amend("SO-1", "requested_at", "2026-11-20T00:00:00Z"));
        return tenant;
    }
}
