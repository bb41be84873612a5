using System.Collections.Generic;

namespace OrderKernel.Lifecycles;

public sealed partial class CompiledLifecycle
{
    /// <summary>A transition as numbers and bits.</summary>
    private readonly struct Way
    {
        private readonly ulong needed, denied, signalled, unsignalled, evidence, inMask, inValue;
        private readonly ulong[]? notIn;

        public Way(CompiledLifecycle lifecycle, LifecycleTransition transition, int next)
        {
            Next = next;
            To = lifecycle.states[transition.To];
            ulong[] bits = new ulong[4];
            ulong mask = 0, value = 0;
            List<ulong>? others = null;
            foreach (GuardCondition condition in transition.Guard)
            {
                if (condition.Kind == GuardKind.State)
                {
                    int region = 8 * (int)lifecycle.Definition.State(condition.Name)!.Region;
                    ulong state = (ulong)(lifecycle.states[condition.Name] + 1) << region;
                    if (condition.IsNegated)
                    {
                        (others ??= new List<ulong>()).Add(0xFFUL << region);
                        others.Add(state);
                    }
                    else
                    {
                        mask |= 0xFFUL << region;
                        value |= state;
                    }
                }
                else
                {
                    bits[(condition.Kind == GuardKind.Signal ? 2 : 0) + (condition.IsNegated ? 1 : 0)] |= Bit(lifecycle,
                        condition);
                }
            }

            (needed, denied, signalled, unsignalled) = (bits[0], bits[1], bits[2], bits[3]);
            (inMask, inValue, notIn) = (mask, value, others?.ToArray());
            evidence = 0;
            foreach (string kind in transition.Stays ? default : lifecycle.Definition.State(transition.From)!.Requires.AsSpan())
            {
                evidence |= EvidenceBit(lifecycle, kind);
            }
        }

        /// <summary>The next way of the same state and trigger, or -1.</summary>
        public int Next { get; }

        public int To { get; }

        /// <summary>Taken when it is open; otherwise what keeps it.</summary>
        public StepStatus Test(LifecyclePosition position, LifecycleFacts facts)
        {
            bool holds = (facts.Order & needed) == needed && (facts.Order & denied) == 0
                && (facts.Signals & signalled) == signalled && (facts.Signals & unsignalled) == 0
                && (position.Packed & inMask) == inValue && (notIn is null || IsElsewhere(position));
            return !holds ? StepStatus.GuardUnmet
                : (facts.Order & evidence) == evidence ? StepStatus.Taken
                : StepStatus.EvidenceMissing;
        }

        private bool IsElsewhere(LifecyclePosition position)
        {
            for (int i = 0; i < notIn!.Length; i += 2)
            {
                if ((position.Packed & notIn[i]) == notIn[i + 1])
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The bit of a fact, a kind of evidence or a signal.</summary>
    private static ulong Bit(CompiledLifecycle lifecycle, GuardCondition condition) => condition.Kind switch
    {
        GuardKind.Evidence => EvidenceBit(lifecycle, condition.Name),
        GuardKind.Signal => 1UL << lifecycle.triggers[condition.Name],
        _ => 1UL << LifecycleWords.IndexOf(LifecycleWords.Flags, condition.Name),
    };

    private static ulong EvidenceBit(CompiledLifecycle lifecycle, string kind)
    {
        int at = 0;
        while (lifecycle.Definition.Evidence[at].Code != kind)
        {
            at++;
        }

        return 1UL << (LifecycleFacts.EvidenceBit + at);
    }
}
