using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

public sealed partial class OrderDefinitions
{
    // What a replay finds in recorded facts: just that, however much more is known by then.
    private OrderDefinitions(IEnumerable<CompiledLifecycle> lifecycles, OrderType? type, OrderDefinitions whole)
    {
        Calendar = whole.Calendar;
        CalendarHash = whole.CalendarHash;
        foreach (CompiledLifecycle lifecycle in lifecycles)
        {
            byVersion[lifecycle.Definition.Version] = lifecycle;
            current[lifecycle.Definition.Id] = lifecycle;
        }

        if (type is not null)
        {
            types.Add(type.Code, type);
        }

        Types = types.Values.ToImmutableArray();
    }

    /// <summary>What a decision uses of the set, as canonical JSON: versions by hash, the type whole, the calendar by hash.
    /// Null when it
    /// uses nothing, so that decisions without types keep their bytes.</summary>
    internal string? Used(IEnumerable<OrderState> orders, KernelCommand command)
    {
        OrderType? type = command is CaptureOrder { Type.Length: > 0 } capture ? Type(capture.Type) : null;
        var versions = new SortedSet<string>(StringComparer.Ordinal);
        if (type is not null)
        {
            versions.Add(Current(type.Lifecycle)!.Definition.Version);
        }

        foreach (OrderState state in orders.Where(static state => state.LifecycleVersion.Length > 0))
        {
            versions.Add(state.LifecycleVersion);
            versions.UnionWith(state.Parts.Select(static part => part.LifecycleVersion));
            if (command is SplitOrder && PartRules.SubLifecycle(state, this) is { } sub)
            {
                versions.Add(sub.Definition.Version);
            }

            if (command is MigrateLifecycle migrate && Find(migrate.Version) is not null)
            {
                versions.Add(migrate.Version);
            }
        }

        if (versions.Count == 0)
        {
            return null;
        }

        JsonText json = JsonText.Start().OpenArray("versions");
        foreach (string version in versions)
        {
            json.Element(version);
        }

        json.CloseArray().Optional("calendar", CalendarHash.Length == 0 ? null : CalendarHash);
        return (type is null ? json : json.Raw("type", type.ToJson())).Finish();
    }

    /// <summary>The part of this set that recorded facts name.</summary>
    /// <exception cref="OrderKernelException">Something they name is not in this set; the message says what to give.</exception>
    internal OrderDefinitions AsRecorded(string facts)
    {
        using JsonDocument document = JsonDocument.Parse(facts);
        if (!document.RootElement.TryGetProperty("lifecycle", out JsonElement used))
        {
            return Empty;
        }

        var lifecycles = new List<CompiledLifecycle>();
        foreach (string version in used.Array("versions", static version => version.GetString() ?? string.Empty))
        {
            lifecycles.Add(Find(version) ?? throw new OrderKernelException(
                $"The decision used version {version} of a lifecycle, which the definitions lack. Give it to replay.",
                isTransient: false));
        }

        if ((used.OptionalText("calendar") ?? string.Empty) != CalendarHash)
        {
            throw new OrderKernelException("The decision used another calendar than the one given. Give that one to replay.",
                isTransient: false);
        }

        OrderType? type = used.TryGetProperty("type", out JsonElement json)
            ? DefinitionNode.Read(json.GetRawText(), OrderTypes.ReadOne).OrThrow()
            : null;
        return new OrderDefinitions(lifecycles, type, this);
    }
}
