using System;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>Whatever part of a stored event somebody changes behind our back, the audit names the event.</summary>
public class AlteredHistoryTests
{
    private static readonly OrderId Order = new("O1");

    public static TheoryData<string> Parts => new(Enum.GetNames<Part>());

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task AnyPartOfAnEvent_Altered_IsNamedByTheAudit(string part)
    {
        var store = new MemoryStore();
        var play = new DeskPlay(store, new FakeClock(Instant.FromUtc(2026, 9, 1, 0, 0)), new DeskOptions());
        await play.Order(Order.Text, new Sku("S"), 2, promised: true);
        await play.Submit(new BlockOrder(Order, "address", "sales"));
        Assert.Empty((await play.Desk.AuditAsync(new AuditQuery(Order))).Tampered);
        for (long version = 1; version <= 3; version++)
        {
            IOrderStore altered = Altered.Of(store, version, stored => With(stored, Enum.Parse<Part>(part)));
            var desk = new OrderDesk(altered, new FakeClock(Instant.FromUtc(2026, 9, 2, 0, 0)));
            AuditTrail trail = await desk.AuditAsync(new AuditQuery(Order));
            Assert.Equal(new TamperedEvent(new StreamId("order", Order.Text), version), Assert.Single(trail.Tampered));
        }
    }

    private static EventEnvelope With(EventEnvelope stored, Part part)
    {
        bool Is(Part one) => one == part;
        return new EventEnvelope(
            stored.Stream, stored.Version, Is(Part.EventId) ? Guid.Parse("00000000-0000-0000-0000-000000000009") : stored.EventId,
            Is(Part.EventType) ? "order.archived" : stored.EventType, stored.SchemaVersion + (Is(Part.SchemaVersion) ? 1 : 0),
            Is(Part.RecordedAt) ? stored.RecordedAt - Duration.FromDays(1) : stored.RecordedAt,
            Is(Part.Command) ? CommandId.FromName("another") : stored.Command, stored.Ordinal + (Is(Part.Ordinal) ? 1 : 0),
            Is(Part.Actor) ? new Actor("another", stored.Actor.SourceSystem)
                : Is(Part.SourceSystem) ? new Actor(stored.Actor.Id, "another") : stored.Actor,
            Is(Part.PreviousHash) ? new string('1', 64) : stored.PreviousHash, Is(Part.Hash) ? new string('2', 64) : stored.Hash,
            Is(Part.Payload) ? stored.Payload + " " : stored.Payload);
    }

    private enum Part
    {
        EventId,
        EventType,
        SchemaVersion,
        RecordedAt,
        Command,
        Ordinal,
        Actor,
        SourceSystem,
        PreviousHash,
        Hash,
        Payload,
    }

    /// <summary>A store of which one event reads otherwise than it was written.</summary>
    public class Altered : DispatchProxy
    {
        private IOrderStore? inner;
        private Func<EventEnvelope, EventEnvelope>? change;
        private long version;

        public static IOrderStore Of(IOrderStore store, long version, Func<EventEnvelope, EventEnvelope> change)
        {
            IOrderStore proxy = Create<IOrderStore, Altered>();
            var self = (Altered)(object)proxy;
            (self.inner, self.version, self.change) = (store, version, change);
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            object? answer = targetMethod!.Invoke(inner, args);
            return targetMethod.Name == nameof(IOrderStore.ReadStreamAsync)
                ? ReadAsync((ValueTask<ImmutableArray<EventEnvelope>>)answer!) : answer;
        }

        private async ValueTask<ImmutableArray<EventEnvelope>> ReadAsync(ValueTask<ImmutableArray<EventEnvelope>> stored) =>
            [.. (await stored).Select(one => one.Version == version ? change!(one) : one)];
    }
}
