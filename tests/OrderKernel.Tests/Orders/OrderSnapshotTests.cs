using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Tests.Orders;

/// <summary>A snapshot reads back as the state it was made of, and as nothing else.</summary>
public class OrderSnapshotTests
{
    private static readonly OrderId Order = new("O1");

    [Fact]
    public void Read_StateWithEveryMemberSet_IsTheSameMemberByMember()
    {
        OrderState full = Full();
        OrderState read = OrderSnapshot.Of(Order, full, ContentHash.None, EventForms.Kernel).Read()!;
        Assert.Equal(Show(full), Show(read));
        Assert.Same(full.Stage, read.Stage);
    }

    [Fact]
    public void Read_AnyStateOfAnyScript_IsTheSameMemberByMemberAndByteByByte() =>
        Prop.ForAll(KernelArbitraries.Scripts(), script =>
        {
            var play = new ScriptPlay(new MemoryStore(), "round", new DeskOptions { Tiers = TierPolicy.PaidBeforeUnpaid });
            play.PlayAsync(script).GetAwaiter().GetResult();
            foreach (OrderId order in play.Orders)
            {
                OrderState state = play.Desk.ReadOrderAsync(order).GetAwaiter().GetResult();
                if (state.Exists)
                {
                    OrderSnapshot snapshot = OrderSnapshot.Of(order, state, ContentHash.None, EventForms.Kernel);
                    OrderState read = snapshot.Read()!;
                    Assert.Equal(Show(state), Show(read));
                    Assert.Equal(snapshot, OrderSnapshot.Of(order, read, ContentHash.None, EventForms.Kernel));
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(60)).WithEndSize(60));

    [Fact]
    public void Read_AnyPartAltered_IsRefused()
    {
        OrderSnapshot good = OrderSnapshot.Of(Order, Full(), ContentHash.None, EventForms.Kernel);
        OrderSnapshot[] altered =
        [
            new(new OrderId("O2"), good.Version, good.Schema, good.LastHash, good.State, good.Checksum),
            new(Order, good.Version + 1, good.Schema, good.LastHash, good.State, good.Checksum),
            new(Order, good.Version, "other", good.LastHash, good.State, good.Checksum),
            new(Order, good.Version, good.Schema, "other", good.State, good.Checksum),
            new(Order, good.Version, good.Schema, good.LastHash, good.State.Replace("\"shipped\":", "\"shipped\":1"), good.Checksum),
            new(Order, good.Version, good.Schema, good.LastHash, good.State[..^1], good.Checksum),
        ];
        Assert.NotNull(good.Read());
        Assert.All(altered, snapshot => Assert.Null(snapshot.Read()));
    }

    [Fact]
    public void SchemaOf_OtherUpcastersOrRevisions_Differs()
    {
        string[] schemas =
        [
            OrderSnapshot.SchemaOf(EventForms.Kernel),
            OrderSnapshot.SchemaOf(EventForms.Kernel.Add(new EventUpcaster("order.promised", 0, static json => json))),
            OrderSnapshot.SchemaOf(EventForms.Kernel.Add(new EventUpcaster("order.promised", 0, static json => json, revision: 2))),
            OrderSnapshot.SchemaOf(EventForms.Kernel.Add(new EventUpcaster("order.blocked", 0, static json => json))),
        ];
        Assert.Equal(4, schemas.Distinct().Count());
    }

    /// <summary>States that are stored outlive this build. A change here needs a higher <c>OrderStateJson.Form</c>.</summary>
    [Fact]
    public void State_IsAsReleased()
    {
        OrderSnapshot full = OrderSnapshot.Of(Order, Full(), ContentHash.None, EventForms.Kernel);
        Shared.Snapshot.Match(full.State, "OrderState.txt", "tests", "OrderKernel.Tests", "Snapshots");
    }

    // Every settable member gets a value that is not its default, whatever members there will be.
    private static OrderState Full()
    {
        var state = (OrderState)Sample(typeof(OrderState), "state")!;
        Assert.All(
            Settable(typeof(OrderState)).Where(static member =>
                member.Name is not nameof(OrderState.Stage) and not nameof(OrderState.Customer)),
            member => Assert.NotEqual(Show(member.GetValue(OrderState.None)), Show(member.GetValue(state))));
        return state;
    }

    private static object? Sample(Type type, string name)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        int number = 3 + (Math.Abs(name.Sum(static c => c)) % 5);
        if (plain == typeof(OrderState) || plain == typeof(OrderLine) || plain == typeof(OrderPart))
        {
            return Filled(plain);
        }

        return plain switch
        {
            _ when plain == typeof(string) => name + " \"单\"",
            _ when plain == typeof(int) => number,
            _ when plain == typeof(long) => (long)number,
            _ when plain == typeof(decimal) => 12.50m,
            _ when plain == typeof(bool) => true,
            _ when plain == typeof(Instant) => Instant.FromUnixTimeTicks((number * 10_000_000L) + 10),
            _ when plain == typeof(OrderStage) => OrderStage.PartiallyShipped,
            _ when plain == typeof(Currency) => Currency.Cny,
            _ when plain == typeof(PartLine) => new PartLine(number, new Quantity(9), new Quantity(2), new Quantity(3), new Quantity(1)),
            _ when plain == typeof(OrderFeature) => new OrderFeature("deposit", number.ToString(CultureInfo.InvariantCulture)),
            _ when plain == typeof(Quantity) => new Quantity(1),
            _ when plain.IsEnum => Enum.ToObject(plain, 1),
            _ when plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(ImmutableArray<>) => ArrayOf(plain, name),
            _ => Made(plain),
        };
    }

    private static object ArrayOf(Type type, string name)
    {
        Type element = type.GetGenericArguments()[0];
        Array two = Array.CreateInstance(element, 2);
        two.SetValue(Sample(element, name + "1"), 0);
        two.SetValue(Sample(element, name + "22"), 1);
        return typeof(ImmutableArray).GetMethods().Single(static method => method.Name == "Create" && method.IsGenericMethod
                && method.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(element).Invoke(null, [two])!;
    }

    private static object Made(Type type)
    {
        ConstructorInfo longest = type.GetConstructors().OrderBy(static one => one.GetParameters().Length).Last();
        return longest.Invoke(longest.GetParameters().Select(part => Sample(part.ParameterType, type.Name + part.Name)).ToArray());
    }

    private static object Filled(Type type)
    {
        object?[] parts = type == typeof(OrderLine) ? [Made(typeof(NewLine))]
            : type == typeof(OrderPart) ? [7, Made(typeof(NewPart)), "sub", "v2"]
            : [];
        object made = Activator.CreateInstance(
            type, BindingFlags.Instance | BindingFlags.NonPublic, null, parts, CultureInfo.InvariantCulture)!;
        foreach (PropertyInfo member in Settable(type))
        {
            member.SetValue(made, Sample(member.PropertyType, member.Name));
        }

        // What a line may be: as much held as its two holds say, no more gone than was ordered, no more back than was delivered.
        if (made is OrderLine)
        {
            type.GetProperty(nameof(OrderLine.Held))!.SetValue(made, new Quantity(2));
            type.GetProperty(nameof(OrderLine.Shipped))!.SetValue(made, new Quantity(3));
            type.GetProperty(nameof(OrderLine.Delivered))!.SetValue(made, new Quantity(2));
            type.GetProperty(nameof(OrderLine.Ordered))!.SetValue(made, new Quantity(9));
        }

        return made;
    }

    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(static member => member.SetMethod is not null);

    private static string Show(object? value) => value switch
    {
        null => "null",
        Instant instant => instant.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture),
        string or decimal => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ when value.GetType().IsPrimitive || value.GetType().IsEnum => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        OrderStage stage => stage.Name.Code,
        IEnumerable all => "[" + string.Join(", ", all.Cast<object?>().Select(Show)) + "]",
        _ => value.GetType().Name + "{" + string.Join(", ", value.GetType()
            .GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(static member => member.GetIndexParameters().Length == 0)
            .Select(member => member.Name + "=" + (member.PropertyType == value.GetType() ? "self" : Show(member.GetValue(value))))) + "}",
    };
}
