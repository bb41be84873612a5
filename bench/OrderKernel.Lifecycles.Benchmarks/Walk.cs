using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OrderKernel.Lifecycles;

namespace OrderKernel.Lifecycles.Benchmarks;

/// <summary>The wholesale lifecycle and a fixed walk of triggers through it, illegal ones among them.</summary>
internal sealed class Walk
{
    private static readonly string[] Words =
    {
        "custom_drawing", "ship", "drawing_confirmed", "confirmed", "picking_started", "promise", "inspection_doubtful",
        "inspection_passed", "hold", "packed_up", "ship", "stuck_at_hub", "cancel", "tracking_resumed",
        "deliver", "difference_settled",
    };

    public Walk()
    {
        LifecycleDefinition definition = LifecycleDefinition.Read(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "lifecycles", "wholesale.json"))).Definition!;
        Compiled = new CompiledLifecycle(definition);
        Plain = new WordInterpreter(definition);
        Triggers = Words.Select(Compiled.Trigger).ToArray();
        Facts = definition.Evidence.Aggregate(
            default(LifecycleFacts).With(LifecycleFlag.HeldAny).With(LifecycleFlag.ShippedAll).With(LifecycleFlag.DeliveredAll),
            (facts, kind) => Compiled.WithEvidence(facts, kind.Code));
        WordFacts = new HashSet<string>(
            definition.Evidence.Select(kind => kind.Code).Concat(new[] { "held_any", "shipped_all", "delivered_all" }),
            StringComparer.Ordinal);
    }

    public CompiledLifecycle Compiled { get; }

    public WordInterpreter Plain { get; }

    public int[] Triggers { get; }

    public LifecycleFacts Facts { get; }

    public HashSet<string> WordFacts { get; }

    /// <summary>Walks once through all triggers; the number of ways taken.</summary>
    public int RunCompiled()
    {
        int taken = 0;
        LifecyclePosition position = Compiled.Start;
        foreach (int trigger in Triggers)
        {
            LifecycleStep step = Compiled.Step(position, trigger, Facts);
            taken += step.Status == StepStatus.Taken ? 1 : 0;
            position = step.Position;
        }

        return taken;
    }

    public int RunPlain()
    {
        int taken = 0;
        string state = "new_order";
        foreach (string word in Words)
        {
            string next = Plain.Step(state, word, WordFacts);
            taken += next == state ? 0 : 1;
            state = next;
        }

        return taken;
    }
}
