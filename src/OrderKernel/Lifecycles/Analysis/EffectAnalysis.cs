using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>Whether effects end, and whether the ledger hears of what the states claim.</summary>
internal static class EffectAnalysis
{
    public static void Check(LifecycleDefinition lifecycle, List<Finding> findings)
    {
        foreach (LifecycleTransition transition in lifecycle.Transitions)
        {
            if (transition.Trigger == LifecycleWords.Auto && transition.Guard.IsEmpty)
            {
                findings.Add(LifecycleFindings.AutoUnguarded.About(transition.Place, "when", transition.From, transition.To));
            }

            CheckStock(lifecycle, transition, findings);
        }

        ImmutableArray<LifecycleTransition> all = lifecycle.Transitions;
        ImmutableArray<string> ring = Ring.Find(
            Enumerable.Range(0, all.Length).Where(i => SetsOff(all[i])).Select(LifecycleAnalysis.Digits),
            name => Following(all, all[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]));
        if (!ring.IsEmpty)
        {
            var names = ring.Select(name => all[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]).ToList();
            findings.Add(LifecycleFindings.EffectCycle.About(
                names[0].Place, "effects", string.Join("; ", names.Select(static transition => transition.ToString()))));
        }
    }

    // Goods are shipped when 'ship' posts the issue; an order is called off when 'cancel' or 'release' frees what it held.
    private static void CheckStock(LifecycleDefinition lifecycle, LifecycleTransition transition, List<Finding> findings)
    {
        LifecycleState from = lifecycle.State(transition.From)!, to = lifecycle.State(transition.To)!;
        bool goods = lifecycle.Subject is LifecycleSubject.Order or LifecycleSubject.SubOrder;
        if (!goods || to.Stage == from.Stage)
        {
            return;
        }

        bool left = from.Stage is LifecycleStage.Shipped or LifecycleStage.Delivered or LifecycleStage.AfterSales;
        bool ships = transition.Trigger is "ship" or "deliver"
            || transition.Guard.Any(static condition => condition is
                { Kind: GuardKind.Flag, IsNegated: false, Name: "shipped_all" or "shipped_any" or "delivered_all" });
        if (to.Stage is LifecycleStage.Shipped or LifecycleStage.Delivered && !left && !ships)
        {
            findings.Add(LifecycleFindings.StockEffectMissing.About(
                transition.Place, "on", from.Code, to.Code, transition.Trigger,
                LifecycleWords.Word(LifecycleWords.Stages[(int)to.Stage])));
        }

        bool frees = transition.Trigger is "cancel" or "release" or "hold_expired"
            || transition.Effects.Any(static effect => effect.Kind == EffectKind.ReleaseStock)
            || transition.Guard.Any(static condition => condition is
                { Kind: GuardKind.Flag, IsNegated: false, Name: "cancelled_all" } or { Kind: GuardKind.Flag, IsNegated: true,
                    Name: "held_any" });
        if (to.Stage == LifecycleStage.Cancelled && !left && !frees)
        {
            findings.Add(LifecycleFindings.StockNotReleased.About(
                transition.Place, "on", from.Code, to.Code, transition.Trigger));
        }
    }

    private static bool SetsOff(LifecycleTransition transition) =>
        transition.Trigger == LifecycleWords.Auto || transition.Effects.Any(static effect => effect.Kind == EffectKind.Raise);

    // What may follow without anybody doing anything: ways by themselves from the state entered, and whatever hears a raised
    // signal.
    private static IEnumerable<string> Following(ImmutableArray<LifecycleTransition> all, LifecycleTransition taken)
    {
        for (int i = 0; i < all.Length; i++)
        {
            LifecycleTransition next = all[i];
            bool byItself = next.Trigger == LifecycleWords.Auto && next.From == taken.To && !next.Stays && MayFollow(taken, next);
            bool raised = taken.Effects.Any(effect => effect.Kind == EffectKind.Raise && effect.Name == next.Trigger);
            if (byItself || raised)
            {
                yield return LifecycleAnalysis.Digits(i);
            }
        }
    }

    // Facts of the order do not change in between, so a way by itself that needs the opposite of the last one cannot follow it.
    private static bool MayFollow(LifecycleTransition taken, LifecycleTransition next) =>
        taken.Trigger != LifecycleWords.Auto || !taken.Guard.Any(condition =>
            condition.Kind is GuardKind.Flag or GuardKind.Evidence
            && next.Guard.Contains(condition with { IsNegated = !condition.IsNegated }));
}
