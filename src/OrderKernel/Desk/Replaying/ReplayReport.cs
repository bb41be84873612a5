using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>What came of the commands that were decided by one other number of rules, decided again by the rules of this kernel.</summary>
/// <param name="Rules">The number of the rules that decided them; see <see cref="KernelVersion.Rules"/>.</param>
/// <param name="Same">How many come out the same.</param>
/// <param name="Otherwise">Those that come out otherwise, in the order in which they were committed. What was decided stands.</param>
public sealed record ReplayOfRules(int Rules, long Same, ImmutableArray<CommandId> Otherwise);

/// <summary>What deciding every stored command again came to.</summary>
/// <param name="Same">How many commands of this kernel's rules come out as they were stored.</param>
/// <param name="Differing">The commands of this kernel's rules that do not, in the order in which they were committed: something is wrong
/// with what is stored, or with the kernel. Empty when all is well.</param>
/// <param name="OtherRules">What was decided by other rules, by their number; empty when nothing was. Worth knowing, never wrong.</param>
public sealed record ReplayReport(long Same, ImmutableArray<CommandId> Differing, ImmutableArray<ReplayOfRules> OtherRules)
{
    /// <summary>Counts what was decided again.</summary>
    internal sealed class Count
    {
        private readonly SortedDictionary<int, (long Same, ImmutableArray<CommandId>.Builder Otherwise)> byRules = new();

        public void Add(DecidedCommand command, bool isSame)
        {
            int rules = Replay.RulesOf(command);
            if (!byRules.TryGetValue(rules, out (long Same, ImmutableArray<CommandId>.Builder Otherwise) of))
            {
                of = (0, ImmutableArray.CreateBuilder<CommandId>());
            }

            if (!isSame)
            {
                of.Otherwise.Add(command.Id);
            }

            byRules[rules] = (of.Same + (isSame ? 1 : 0), of.Otherwise);
        }

        public ReplayReport Report()
        {
            var others = ImmutableArray.CreateBuilder<ReplayOfRules>();
            var own = new ReplayOfRules(KernelVersion.Rules, 0, ImmutableArray<CommandId>.Empty);
            foreach (KeyValuePair<int, (long Same, ImmutableArray<CommandId>.Builder Otherwise)> of in byRules)
            {
                var one = new ReplayOfRules(of.Key, of.Value.Same, of.Value.Otherwise.ToImmutable());
                if (one.Rules == own.Rules)
                {
                    own = one;
                }
                else
                {
                    others.Add(one);
                }
            }

            return new ReplayReport(own.Same, own.Otherwise, others.ToImmutable());
        }
    }
}
