using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Access;
using OrderKernel.Calendars;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Orders;

namespace OrderKernel.Packs;

/// <summary>A field that the tenant added beside its packs.</summary>
/// <param name="Field">The field.</param>
/// <param name="Editors">The roles that may set it.</param>
/// <param name="Readers">The roles that see it.</param>
public sealed record OwnField(FieldDefinition Field, ImmutableArray<string> Editors, ImmutableArray<string> Readers);

/// <summary>The definitions of a tenant as their events made them: which packs are active, with which parameters, and what follows
/// from them together.</summary>
/// <remarks><para>Immutable and safe to share. The version names everything in force; decisions record it.</para></remarks>
public sealed partial class ActiveDefinitions
{
    private ActiveDefinitions(
        long version, ImmutableSortedDictionary<string, Pack> packs, ImmutableSortedDictionary<string, string> values,
        ImmutableSortedDictionary<string, OwnField> own, ImmutableDictionary<string, LifecycleDefinition> everyLifecycle)
    {
        Version = version;
        byId = packs;
        this.values = values;
        this.own = own;
        this.everyLifecycle = everyLifecycle;
        Packs = packs.Values.ToImmutableArray();
        var fields = new SortedDictionary<string, FieldDefinition>(StringComparer.Ordinal);
        foreach (FieldDefinition field in Packs.SelectMany(static pack => pack.Fields.All).Concat(own.Values.Select(static f => f.Field)))
        {
            fields[field.Code] = field;
        }

        Fields = new FieldSet(fields.Values);
        Access = Joined(Packs, own.Values);
        Calendars = Joined(Packs.SelectMany(static pack => pack.Calendars));
        Lifecycles = First(Packs.SelectMany(static pack => pack.Lifecycles), static lifecycle => lifecycle.Id);
        Texts = First(Packs.SelectMany(static pack => pack.Texts), static text => text.Code);
    }

    private readonly ImmutableSortedDictionary<string, Pack> byId;
    private readonly ImmutableSortedDictionary<string, string> values;
    private readonly ImmutableSortedDictionary<string, OwnField> own;
    private readonly ImmutableDictionary<string, LifecycleDefinition> everyLifecycle;
    private OrderDefinitions? orders;

    /// <summary>No packs: every command is allowed and no extension field exists.</summary>
    public static ActiveDefinitions None { get; } = new(
        0, ImmutableSortedDictionary.Create<string, Pack>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, OwnField>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, LifecycleDefinition>(StringComparer.Ordinal));

    /// <summary>The number of events so far; recorded with every decision.</summary>
    public long Version { get; }

    /// <summary>The active packs, by id.</summary>
    public ImmutableArray<Pack> Packs { get; }

    /// <summary>The extension fields in force, the tenant's own included.</summary>
    public FieldSet Fields { get; }

    /// <summary>The rights in force, joined over the packs; null while no pack has a policy, and then everything is allowed.</summary>
    public AccessPolicy? Access { get; }

    /// <summary>The lifecycles that new orders may start on, by id.</summary>
    public ImmutableArray<LifecycleDefinition> Lifecycles { get; }

    /// <summary>The calendars in force, by id; each knows the years of all active packs that state it.</summary>
    public ImmutableArray<WorkingCalendar> Calendars { get; }

    /// <summary>The order types and lifecycles that orders go through: every version that was ever in force, and the types and the first
    /// calendar of the active packs.</summary>
    /// <remarks><para>Cost: compiled when it is first asked for, once a version.</para></remarks>
    public OrderDefinitions Orders => orders ??= new OrderDefinitions(
        everyLifecycle.Values.Where(old => Lifecycles.All(now => now.Version != old.Version))
            .OrderBy(static old => old.Version, StringComparer.Ordinal).Concat(Lifecycles),
        First(Packs.SelectMany(static pack => pack.Types), static type => type.Code), Calendars.FirstOrDefault());

    /// <summary>The business names in force beside the kernel's, by code.</summary>
    public ImmutableArray<Term> Texts { get; }

    /// <summary>The tenant's own fields, by code.</summary>
    public ImmutableArray<OwnField> OwnFields => own.Values.ToImmutableArray();

    /// <summary>An active pack, or null.</summary>
    /// <param name="id">The id.</param>
    public Pack? Pack(string id) => byId.TryGetValue(id, out Pack? pack) ? pack : null;

    /// <summary>The value of a parameter now; null when no active pack has it.</summary>
    /// <param name="pack">The id of the pack.</param>
    /// <param name="parameter">The code of the parameter.</param>
    public string? Parameter(string pack, string parameter) =>
        values.TryGetValue(Key(pack, parameter), out string? set) && Pack(pack)?.Parameters.Any(p => p.Name.Code == parameter) == true
            ? set
            : Pack(pack)?.Parameters.FirstOrDefault(p => p.Name.Code == parameter)?.Value;

    /// <summary>A lifecycle in the version that an order started on, also after its pack was withdrawn; null when it was never
    /// in force.</summary>
    /// <param name="version">The content hash: <see cref="LifecycleDefinition.Version"/>.</param>
    public LifecycleDefinition? Lifecycle(string version) =>
        everyLifecycle.TryGetValue(version, out LifecycleDefinition? lifecycle) ? lifecycle : null;

    /// <summary>Folds the stream of definitions.</summary>
    /// <param name="state">What is known already; <see cref="None"/> for the whole stream.</param>
    /// <param name="stream">The events after it, in order.</param>
    /// <exception cref="KernelInvariantException">A version is missing, or an event does not fit.</exception>
    public static ActiveDefinitions Fold(ActiveDefinitions state, IEnumerable<EventEnvelope> stream)
    {
        if (state is null || stream is null)
        {
            throw new ArgumentNullException(nameof(stream));
        }

        foreach (EventEnvelope envelope in stream)
        {
            state = envelope.Version == state.Version + 1
                ? state.Evolve(DefinitionEvent.Read(envelope))
                : throw new KernelInvariantException($"{envelope.Stream}: version {envelope.Version} follows {state.Version}.");
        }

        return state;
    }

    /// <summary>The definitions after an event.</summary>
    /// <param name="happened">The event.</param>
    public ActiveDefinitions Evolve(DefinitionEvent happened)
    {
        switch (happened)
        {
            case PackActivated activated:
                Pack pack = Known(activated.Pack);
                return new ActiveDefinitions(
                    Version + 1, byId.SetItem(pack.Id, pack), values, own,
                    everyLifecycle.SetItems(pack.Lifecycles.Select(l => new KeyValuePair<string, LifecycleDefinition>(l.Version, l))));
            case PackDeactivated gone:
                return new ActiveDefinitions(Version + 1, byId.Remove(gone.Pack), values, own, everyLifecycle);
            case ParameterSet set:
                return new ActiveDefinitions(
                    Version + 1, byId, values.SetItem(Key(set.Pack, set.Parameter), set.After), own, everyLifecycle) { orders = orders };
            case FieldAdded added:
                FieldDefinition field = FieldSet.Read("{\"fields\":[" + added.Field + "]}").OrThrow().All[0];
                return new ActiveDefinitions(
                    Version + 1, byId, values, own.SetItem(field.Code, new OwnField(field, added.Editors, added.Readers)), everyLifecycle);
            case FieldRemoved removed:
                return new ActiveDefinitions(Version + 1, byId, values, own.Remove(removed.Field), everyLifecycle);
            default:
                throw new KernelInvariantException($"{happened?.EventType} is not an event of definitions.");
        }
    }

    // A pack that was accepted once stays readable, also by a kernel that would find more fault with it today.
    private static Pack Known(string json) => PackReader.ReadStored(json);

    private static string Key(string pack, string parameter) => pack + "/" + parameter;

    private static ImmutableArray<WorkingCalendar> Joined(IEnumerable<WorkingCalendar> all) => ImmutableArray.CreateRange(
        all.GroupBy(static calendar => calendar.Name.Code, StringComparer.Ordinal).OrderBy(static same => same.Key, StringComparer.Ordinal)
            .Select(static same => same.Aggregate(static (one, other) => one.Join(other) ?? one)));

    private static ImmutableArray<T> First<T>(IEnumerable<T> all, Func<T, string> code)
    {
        var found = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (T item in all)
        {
            if (!found.ContainsKey(code(item)))
            {
                found.Add(code(item), item);
            }
        }

        return found.Values.ToImmutableArray();
    }

    // Roles of one code in several packs add up: each pack grants what its own parts need.
    private static AccessPolicy? Joined(IEnumerable<Pack> packs, IEnumerable<OwnField> own)
    {
        AccessRole[] all = packs.SelectMany(static pack => pack.Access?.Roles ?? ImmutableArray<AccessRole>.Empty).ToArray();
        return all.Length == 0 ? null : new AccessPolicy(all.GroupBy(static role => role.Name.Code).Select(same => new AccessRole(
            same.First().Name, same.SelectMany(static role => role.Commands),
            same.SelectMany(static role => role.Edits)
                .Concat(own.Where(field => field.Editors.Contains(same.Key)).Select(static field => field.Field.Code)),
            same.SelectMany(static role => role.Sees)
                .Concat(own.Where(field => field.Readers.Contains(same.Key)).Select(static field => field.Field.Code)),
            same.SelectMany(static role => role.Hides), same.First().Rows)));
    }
}
