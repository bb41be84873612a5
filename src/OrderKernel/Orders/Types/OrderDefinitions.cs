using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Calendars;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>The lifecycles and order types that decisions may rest on. Immutable: what changes is a new set.</summary>
/// <remarks>
/// <para>Shape: every version of a lifecycle that an order still runs on stands here; of several versions of one id, the last
/// given is the
/// one that new orders start on.</para>
/// </remarks>
public sealed partial class OrderDefinitions
{
    private const int LongestDays = 1_000_000;

    private readonly Dictionary<string, CompiledLifecycle> byVersion = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CompiledLifecycle> current = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OrderType> types = new(StringComparer.Ordinal);

    /// <summary>Makes a set.</summary>
    /// <param name="lifecycles">The lifecycles, older versions of an id before newer ones.</param>
    /// <param name="types">The order types; each names a lifecycle of the set.</param>
    /// <param name="calendar">The calendar that working time is counted in; null when no dwell limit is in working time.</param>
    /// <exception cref="ArgumentException">A type stands twice or names a lifecycle that is not in the set.</exception>
    public OrderDefinitions(
        IEnumerable<LifecycleDefinition> lifecycles, IEnumerable<OrderType> types, WorkingCalendar? calendar = null)
    {
        Calendar = calendar;
        CalendarHash = calendar is null ? string.Empty : ContentHash.Of(calendar.ToJson());
        foreach (LifecycleDefinition lifecycle in lifecycles ?? throw new ArgumentNullException(nameof(lifecycles)))
        {
            var compiled = new CompiledLifecycle(lifecycle);
            byVersion[lifecycle.Version] = compiled;
            current[lifecycle.Id] = compiled;
        }

        foreach (OrderType type in types ?? throw new ArgumentNullException(nameof(types)))
        {
            if (!current.ContainsKey(type.Lifecycle))
            {
                throw new ArgumentException($"Type '{type.Code}' names the lifecycle '{type.Lifecycle}', which is not here.",
                    nameof(types));
            }

            this.types.Add(type.Code, type);
        }

        Types = new SortedDictionary<string, OrderType>(this.types, StringComparer.Ordinal).Values.ToImmutableArray();
    }

    /// <summary>A set without anything: orders have no type and no lifecycle.</summary>
    public static OrderDefinitions Empty { get; } = new(Array.Empty<LifecycleDefinition>(), Array.Empty<OrderType>());

    /// <summary>The order types, by code.</summary>
    public ImmutableArray<OrderType> Types { get; }

    /// <summary>The calendar that working time is counted in; null when there is none.</summary>
    public WorkingCalendar? Calendar { get; }

    internal string CalendarHash { get; }

    /// <summary>The type with a code, or null.</summary>
    /// <param name="code">The code.</param>
    public OrderType? Type(string code) => types.TryGetValue(code, out OrderType? type) ? type : null;

    /// <summary>The version that new orders start on, or null.</summary>
    /// <param name="id">The lifecycle's id.</param>
    public CompiledLifecycle? Current(string id) => current.TryGetValue(id, out CompiledLifecycle? found) ? found : null;

    /// <summary>A version of a lifecycle, or null.</summary>
    /// <param name="version">Its content hash.</param>
    public CompiledLifecycle? Find(string version) => byVersion.TryGetValue(version, out CompiledLifecycle? found) ? found : null;

    /// <summary>The lifecycle that an order runs on.</summary>
    /// <exception cref="OrderKernelException">It is not in this set; the message says which version to give.</exception>
    internal CompiledLifecycle Of(OrderState state) => Find(state.LifecycleVersion) ?? throw new OrderKernelException(
        $"An order runs on version {state.LifecycleVersion} of the lifecycle '{state.Lifecycle}', which the definitions lack. "
        + "Keep every version that orders run on, or migrate the orders first.", isTransient: false);

    /// <summary>The lifecycle that a sub-order runs on.</summary>
    /// <exception cref="OrderKernelException">It is not in this set; the message says which version to give.</exception>
    internal CompiledLifecycle OfPart(OrderPart part) => Find(part.LifecycleVersion) ?? throw new OrderKernelException(
        $"A sub-order runs on version {part.LifecycleVersion} of the lifecycle '{part.Lifecycle}', which the definitions lack. "
        + "Keep every version that sub-orders run on.", isTransient: false);

    /// <summary>When a stay of so long, begun now, is over; null when nobody can tell: no calendar, or a year it does not
    /// know.</summary>
    internal Instant? Due(Instant from, DwellLimit limit)
    {
        // What lasts longer than calendars reach is never over.
        if (limit.Amount / (limit.Unit == DwellUnit.Minute ? 1_440 : limit.Unit == DwellUnit.Hour ? 24 : 1) > LongestDays)
        {
            return null;
        }

        Duration time = limit.Unit == DwellUnit.Minute ? Duration.FromMinutes(limit.Amount) : Duration.FromHours(limit.Amount);
        if (!limit.WorkingTime)
        {
            return from + (limit.Unit == DwellUnit.Day ? Duration.FromDays((int)limit.Amount) : time);
        }

        if (Calendar is null || limit.Unit != DwellUnit.Day)
        {
            return Calendar?.AddWorkingTime(from, time);
        }

        // So many working days: the same time of day on the last of them.
        LocalDate today = Calendar.DayOf(from);
        return Calendar.AddWorkingDays(today, (int)limit.Amount) is { } last
            ? Calendar.StartOf(last) + (from - Calendar.StartOf(today))
            : null;
    }
}
