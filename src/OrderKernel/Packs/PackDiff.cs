using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Access;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Packs;

/// <summary>What became of a part.</summary>
public enum PackChangeKind
{
    /// <summary>It is new.</summary>
    Added = 0,

    /// <summary>It is gone.</summary>
    Removed = 1,

    /// <summary>It is another.</summary>
    Changed = 2,
}

/// <summary>One difference between two packs.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Part">What it is: field, role, lifecycle, state, calendar, parameter, rule, type or text.</param>
/// <param name="Code">Its code; a state's stands behind that of its lifecycle and a slash.</param>
/// <param name="Name">Its business names, the later ones where they changed.</param>
/// <param name="Before">What it was, in canonical form; empty when it is new.</param>
/// <param name="After">What it is, in canonical form; empty when it is gone.</param>
public sealed record PackChange(PackChangeKind Kind, string Part, string Code, Term Name, string Before, string After)
{
    private static readonly string[] English = { "added", "removed", "changed" };
    private static readonly string[] Chinese = { "新增", "移除", "修改" };

    private static readonly ImmutableDictionary<string, string> ChineseParts = ImmutableDictionary<string, string>.Empty
        .Add("field", "字段").Add("role", "角色").Add("lifecycle", "生命周期").Add("state", "状态").Add("calendar", "日历")
        .Add("parameter", "参数").Add("rule", "规则").Add("text", "名称").Add("type", "订单类型");

    /// <summary>The difference as a sentence, such as <c>Field 'Surgery date' (surgery_date) removed.</c></summary>
    /// <param name="language">The language to answer in.</param>
    public string Text(Language language) => language == Language.Chinese
        ? $"{Chinese[(int)Kind]}{ChineseParts[Part]}“{Name.Chinese}”（{Code}）"
        : $"{char.ToUpperInvariant(Part[0])}{Part.Substring(1)} '{Name.English}' ({Code}) {English[(int)Kind]}";
}

/// <summary>Compares two packs.</summary>
public static class PackDiff
{
    /// <summary>Every difference, by part and code; empty when the packs say the same.</summary>
    /// <param name="before">The earlier one.</param>
    /// <param name="after">The later one.</param>
    public static ImmutableArray<PackChange> Of(Pack before, Pack after)
    {
        if (before is null || after is null)
        {
            throw new ArgumentNullException(nameof(after));
        }

        SortedDictionary<string, Part> old = Parts(before);
        SortedDictionary<string, Part> now = Parts(after);
        var changes = ImmutableArray.CreateBuilder<PackChange>();
        foreach (string key in old.Keys.Union(now.Keys).OrderBy(static key => key, StringComparer.Ordinal))
        {
            Part? was = old.TryGetValue(key, out Part? o) ? o : null;
            Part? isNow = now.TryGetValue(key, out Part? n) ? n : null;
            if (was?.Json != isNow?.Json)
            {
                PackChangeKind kind = was is null ? PackChangeKind.Added : isNow is null ? PackChangeKind.Removed : PackChangeKind.Changed;
                Part shown = isNow ?? was!;
                changes.Add(new PackChange(
                    kind, shown.What, shown.Code, shown.Name, was?.Json ?? string.Empty, isNow?.Json ?? string.Empty));
            }
        }

        return changes.ToImmutable();
    }

    private static SortedDictionary<string, Part> Parts(Pack pack)
    {
        var all = new SortedDictionary<string, Part>(StringComparer.Ordinal);
        void Add(string what, string code, Term name, string json) => all[what + " " + code] = new Part(what, code, name, json);
        foreach (FieldDefinition field in pack.Fields.All)
        {
            Add("field", field.Code, field.Name, FieldReader.Write(JsonText.Start(), field).Finish());
        }

        foreach (AccessRole role in pack.Access?.Roles ?? ImmutableArray<AccessRole>.Empty)
        {
            Add("role", role.Name.Code, role.Name, new AccessPolicy(new[] { role }).ToJson());
        }

        foreach (LifecycleDefinition lifecycle in pack.Lifecycles)
        {
            Add("lifecycle", lifecycle.Id, lifecycle.Name, lifecycle.Version);
            foreach (LifecycleState state in lifecycle.States)
            {
                string dwell = state.Dwell is { } limit ? limit.Text + (limit.WorkingTime ? " working" : " clock") : string.Empty;
                string json = JsonText.Start().WriteTerm(state.Name).Member("stage", state.Stage.ToString())
                    .Member("owner", state.Owner).Member("dwell", dwell).Finish();
                Add("state", lifecycle.Id + "/" + state.Code, state.Name, json);
            }
        }

        foreach (Calendars.WorkingCalendar calendar in pack.Calendars)
        {
            Add("calendar", calendar.Name.Code, calendar.Name, calendar.ToJson());
        }

        foreach (PackParameter p in pack.Parameters)
        {
            Add("parameter", p.Name.Code, p.Name, JsonText.Start().WriteTerm(p.Name).Member("type", FieldReader.Code(p.Type))
                .Member("places", p.Places).Member("value", p.Value).Finish());
        }

        foreach (PackRule rule in pack.Rules)
        {
            Add("rule", rule.Name.Code, rule.Name, JsonText.Start().WriteTerm(rule.Name).Member("owner", rule.Owner)
                .Member("fields", string.Join(" ", rule.Fields)).Member("parameters", string.Join(" ", rule.Parameters))
                .Member("findings", string.Join(" ", rule.Findings)).Finish());
        }

        foreach (OrderType type in pack.Types)
        {
            Add("type", type.Code, type.Name, type.ToJson());
        }

        foreach (Term text in pack.Texts)
        {
            Add("text", text.Code, text, JsonText.Start().WriteTerm(text).Finish());
        }

        return all;
    }

    private sealed record Part(string What, string Code, Term Name, string Json);
}
