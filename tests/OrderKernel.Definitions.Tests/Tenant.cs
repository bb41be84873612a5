using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Access;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Definitions.Tests;

/// <summary>A tenant in memory whose users are a table, as a host's directory would be.</summary>
internal sealed class Tenant : IActorDirectory
{
    private readonly Dictionary<string, ActorStanding> users = new(StringComparer.Ordinal);
    private int commands;

    public Tenant(Instant? start = null, Action<DeskOptions>? configure = null)
    {
        Clock = new FakeClock(start ?? Instant.FromUtc(2026, 11, 2, 1, 0));
        Options = new DeskOptions { UsePacks = true, Actors = this };
        configure?.Invoke(Options);
        Desk = new OrderDesk(Store, Clock, Options);
    }

    public MemoryStore Store { get; } = new();

    public FakeClock Clock { get; }

    public DeskOptions Options { get; }

    public OrderDesk Desk { get; }

    public void Knows(string user, string role, IEnumerable<PartnerId>? customers = null, IEnumerable<NodeId>? nodes = null) =>
        Knows(user, new[] { role }, customers, nodes);

    public void Knows(
        string user, IEnumerable<string> roles, IEnumerable<PartnerId>? customers = null, IEnumerable<NodeId>? nodes = null) =>
        users[user] = new ActorStanding(roles, customers, nodes);

    public ValueTask<ActorStanding> FindAsync(Actor actor, CancellationToken cancellation) =>
        new(users.TryGetValue(actor.Id, out ActorStanding? standing) ? standing : ActorStanding.Unknown);

    public CommandId NextId() => new(DerivedId.Of(DerivedId.Commands, "test/" + ++commands));

    public Task<DeskResult> SubmitAsync(string user, KernelCommand command) =>
        Desk.SubmitAsync(new Submission(NextId(), new Actor(user, "test"), command));

    public async Task AcceptAsync(string user, KernelCommand command) =>
        Assert.Empty((await SubmitAsync(user, command)).Findings.Select(finding => finding.ToString()));

    public async Task RefuseAsync(string user, KernelCommand command, params string[] codes) =>
        Assert.Equal(codes, (await SubmitAsync(user, command)).Findings.Select(finding => finding.Code));

    public Task ActivateAsync(string user, Pack pack) => AcceptAsync(user, new ActivatePack(pack));

    public Task CaptureAsync(string user, string order, string customer = "H-1", params FieldChange[] fields) =>
        AcceptAsync(user, Capture(order, customer, fields));

    /// <summary>An order of a type, with the price and the date that its features ask for.</summary>
    public CaptureOrder CaptureOf(OrderType type, string order)
    {
        bool free = type.Feature("sample") is not null || type.Feature("gift") is not null || type.Feature("return_replace") is not null;
        CaptureOrder capture = Capture(order) with { Type = type.Code, RequestedAt = Clock.GetCurrentInstant() };
        return !free ? capture : capture with
        {
            Lines = ImmutableArray.Create(capture.Lines[0] with { Price = new UnitPrice(0m, Currency.Cny) }),
        };
    }

    public CaptureOrder Capture(string order, string customer = "H-1", params FieldChange[] fields) => new(
        new OrderId(order), new PartnerId(customer), Clock.GetCurrentInstant(),
        ImmutableArray.Create(new NewLine(1, new Sku("A"), new Quantity(5), new UnitPrice(12.5m, Currency.Cny))),
        Fields: fields.ToImmutableArray());

    public static AmendOrder Amend(string order, string field, string value, int line = 0) => new(
        new OrderId(order), ImmutableArray.Create(new FieldChange(line, field, value)), "customer called", "CALL-1");

    public ReceiveStock Receive(string document, string node, long units) => new(
        new DocumentId(document),
        ImmutableArray.Create(new StockLine(new StockCell(new Sku("A"), new NodeId(node)), new Quantity(units))));

    public static Pack PackOf(params (string File, string Text)[] files) =>
        Pack.Read(files.ToDictionary(file => file.File, file => file.Text)).OrThrow();
}
