using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using OrderKernel.Tests.Orders;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>Every list of every command is bounded before anything looks at its entries, and so is what is said of them.</summary>
public sealed class CommandSizeTests
{
    private static readonly int TooMany = OrderLimits.Default.MaxEntries + 1;

    public static TheoryData<string> Commands
    {
        get
        {
            var all = new TheoryData<string>();
            foreach (Type type in Types)
            {
                all.Add(type.FullName!);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryListOfACommand_IsBoundedBeforeItIsLookedAt(string command)
    {
        Type type = typeof(KernelCommand).Assembly.GetType(command, throwOnError: true)!;
        foreach ((string list, object overfull) in Overfull(type))
        {
            IReadOnlyList<Finding> faults = ((KernelCommand)overfull).Faults(400, OrderLimits.Default.MaxEntries);
            Assert.True(
                faults.Count == 1 && faults[0].Code == CommandFaults.TooManyEntries.Code,
                $"{command}.{list} takes {TooMany} entries: {string.Join(", ", faults.Select(fault => fault.Code))}");
        }
    }

    [Fact]
    public void TheTestReachesTheListsThatItIsAbout()
    {
        HashSet<string> lists = [.. Types.SelectMany(type => Overfull(type).Select(found => type.Name + "." + found.List))];
        Assert.Superset(
            new HashSet<string> { "CaptureOrder.Lines", "ShipOrder.Lines.Serials", "ReturnLines.Serials.Numbers" }, lists);
    }

    [Fact]
    public async Task AnOrderWithTooManyLines_IsMalformed_InOneFinding_AndNothingIsStored()
    {
        var store = new MemoryStore();
        var play = new DeskPlay(store, new FakeClock(Given.At), new DeskOptions());
        DeskResult result = await play.Submit(Capture(TooMany));

        Finding only = Assert.Single(result.Findings);
        Assert.Equal((DeskStatus.Malformed, "command.too_many_entries", "lines"), (result.Status, only.Code, only.Field));
        Assert.Contains("20001", only.Text(Language.English), StringComparison.Ordinal);
        Assert.Contains("20000", only.Text(Language.Chinese), StringComparison.Ordinal);
        Assert.Empty(await store.ReadCommandsAsync(new DeskOptions().Tenant, null, 9, default));
    }

    [Fact]
    public async Task AHundredReasonsAreListed_TheLastSaysHowManyMoreThereAre()
    {
        var play = new DeskPlay(new MemoryStore(), new FakeClock(Given.At), new DeskOptions());
        Assert.True((await play.Submit(Capture(1))).IsAccepted);
        DeskResult malformed = await play.Submit(Cancel(Enumerable.Repeat(1, 501)));
        DeskResult refused = await play.Submit(Cancel(Enumerable.Range(2, 500)));

        Assert.Equal((DeskStatus.Malformed, DeskStatus.Decided), (malformed.Status, refused.Status));
        foreach (DeskResult result in new[] { malformed, refused })
        {
            Assert.Equal(CommandFaults.MaxFindings, result.Findings.Length);
            Finding last = result.Findings[^1];
            Assert.Equal("command.more_found", last.Code);
            Assert.Contains("401 more reasons", last.Text(Language.English), StringComparison.Ordinal);
            Assert.Contains("401 条", last.Text(Language.Chinese), StringComparison.Ordinal);
        }

        await play.CheckLaws();
    }

    private static CancelLines Cancel(IEnumerable<int> lines) =>
        new(new OrderId("O1"), [.. lines.Select(line => new LineQuantity(line, new Quantity(1)))], "x");

    private static CaptureOrder Capture(int lines) => new(
        new OrderId("O1"), new PartnerId("P1"), Given.At,
        [.. Enumerable.Range(1, lines).Select(number => new NewLine(number, new Sku("S"), new Quantity(1)))]);

    private static IEnumerable<Type> Types => typeof(KernelCommand).Assembly.GetTypes()
        .Where(type => typeof(KernelCommand).IsAssignableFrom(type) && !type.IsAbstract).OrderBy(type => type.Name, StringComparer.Ordinal);

    // Each list of a type, also those within its entries, in an object where only that list is filled.
    private static IEnumerable<(string List, object Overfull)> Overfull(Type type)
    {
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.SetMethod is not null))
        {
            if (Entry(property.PropertyType) is { } entry)
            {
                yield return (property.Name, With(type, property, ListOf(entry, TooMany, null)));
                foreach ((string list, object inner) in Overfull(entry))
                {
                    yield return (property.Name + "." + list, With(type, property, ListOf(entry, 1, inner)));
                }
            }
            else if (property.PropertyType.Assembly == type.Assembly && !property.PropertyType.IsEnum && property.PropertyType != type)
            {
                foreach ((string list, object inner) in Overfull(property.PropertyType))
                {
                    yield return (property.Name + "." + list, With(type, property, inner));
                }
            }
        }
    }

    private static Type? Entry(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
        ? type.GetGenericArguments()[0]
        : null;

    private static object With(Type type, PropertyInfo property, object value)
    {
        object made = RuntimeHelpers.GetUninitializedObject(type);
        property.SetValue(made, value);
        return made;
    }

    private static object ListOf(Type entry, int length, object? each)
    {
        Array entries = Array.CreateInstance(entry, length);
        for (int i = 0; each is not null && i < length; i++)
        {
            entries.SetValue(each, i);
        }

        return typeof(CommandSizeTests).GetMethod(nameof(Immutable), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(entry).Invoke(null, new object[] { entries })!;
    }

    private static ImmutableArray<T> Immutable<T>(T[] entries) => ImmutableArray.Create(entries);
}
