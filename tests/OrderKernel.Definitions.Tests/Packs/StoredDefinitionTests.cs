using System;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Packs;
using Xunit;

namespace OrderKernel.Definitions.Tests.Packs;

/// <summary>What is stored of definitions and exports reads back as it was.</summary>
public class StoredDefinitionTests
{
    private const string Field =
        """{"code":"vbp","en":"Volume procurement","zh":"集采中选产品标识","of":"line","type":"boolean","sensitivity":"internal"}""";

    private static readonly Instant At = Instant.FromUtc(2026, 11, 2, 1, 0);
    private static readonly ImmutableArray<string> Roles = ImmutableArray.Create("sales");

    private static readonly DefinitionEvent[] Events =
    {
        new PackActivated(At, Samples.Of("STOCK_LOCK").Json), new PackDeactivated(At, "STOCK_LOCK", "why"),
        new ParameterSet(At, "STOCK_LOCK", "lock_minutes", "30", "45", "why"), new FieldAdded(At, Field, Roles, Roles),
        new FieldRemoved(At, "vbp", "why"),
    };

    private static readonly KernelCommand[] Commands =
    {
        new ActivatePack(Samples.Of("STOCK_LOCK")), new DeactivatePack("STOCK_LOCK", "why"),
        new SetParameter("STOCK_LOCK", "lock_minutes", "45", "why"), new AddField(Field, Roles, Roles), new RemoveField("vbp", "why"),
        new ExportOrders(ImmutableArray.Create("order", "sku"), "why"),
    };

    [Fact]
    public void EveryEvent_ReadsBackAsItWas()
    {
        Assert.Equal(
            typeof(Pack).Assembly.GetTypes().Count(type => !type.IsAbstract && type.IsSubclassOf(typeof(DefinitionEvent))), Events.Length);
        Assert.All(Events, happened =>
        {
            EventEnvelope envelope = EventEnvelope.Seal(
                DefinitionCommand.Definitions, 1, happened, CommandId.FromName("c"), 0, new Actor("a", "s"), ContentHash.None);
            Assert.Equal(happened.ToJson(), DefinitionEvent.Read(envelope).ToJson());
        });
    }

    [Fact]
    public void EveryCommand_IsWellFormedAndItsTypeCanBeGranted()
    {
        Assert.All(Commands, command => Assert.Empty(command.Faults(400)));
        Assert.Equal(
            CommandTypes.All.Where(type => type is not (CommandTypes.Read or CommandTypes.Audit)
                && !type.StartsWith("order.", StringComparison.Ordinal)
                && !type.StartsWith("stock.", StringComparison.Ordinal)),
            Commands.Select(command => command.CommandType).Order(StringComparer.Ordinal));
    }
}
