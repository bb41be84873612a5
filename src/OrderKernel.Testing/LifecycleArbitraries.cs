using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;

namespace OrderKernel.Testing;

/// <summary>Lifecycles without a finding, of every shape that the kernel allows: for laws over what hosts may
/// configure.</summary>
public static class LifecycleArbitraries
{
    private static readonly string[] Flags = LifecycleWords.Flags.Select(term => term.Code.Substring("fact.".Length)).ToArray();

    /// <summary>Clean lifecycles of one to four regions with up to seven states each, with guards, evidence, effects, ways by
    /// themselves,
    /// an outer system and drawing positions.</summary>
    public static Arbitrary<LifecycleDefinition> Lifecycles() => Arb.From(
        Gen.Choose(0, 999).ArrayOf(64).Select(choices => new Sketch(choices).Build()));

    /// <summary>Turns a list of numbers into a lifecycle; every list gives one.</summary>
    private sealed class Sketch
    {
        private static readonly LifecycleRegion[] Extra = { LifecycleRegion.Payment, LifecycleRegion.Supply,
            LifecycleRegion.Approval };
        private readonly int[] choices;
        private readonly LifecycleBuilder builder = new("made_up", "Made up", "随机生成");
        private readonly List<string> spine = new();
        private int next;

        public Sketch(int[] choices) => this.choices = choices;

        public LifecycleDefinition Build()
        {
            builder.Role("sales", "Sales", "销售").Role("finance", "Finance", "财务")
                .Evidence("report", "Report", "报告").Evidence("voucher", "Voucher", "凭证")
                .Action("mail", "Mail", "邮件通知").Signal("agreed", "Agreed", "已同意").Signal("revoked", "Revoked", "已撤回", "agreed");
            int regions = Choose(4);
            AddGoods();
            for (int i = 0; i < regions && i < Extra.Length; i++)
            {
                AddChain(Extra[i], 2 + Choose(6));
            }

            AddDetours();
            LifecycleReading reading = builder.Build();
            return reading.Definition ?? throw new LawBrokenException(
                "A lifecycle that should be clean is not: " + string.Join(" ", reading.Findings) + " " + builder.ToJson());
        }

        private void AddGoods()
        {
            const LifecycleRegion region = LifecycleRegion.Fulfilment;
            builder.State("waiting", "Waiting", "等待", region, LifecycleStage.Preparing, "sales").Initial().Dwell("2d", true)
                .At(10, 20)
                .State("on_the_road", "On the road", "在途", region, LifecycleStage.Shipped, "sales").Requires("report")
                    .Dwell("48h")
                .State("signed", "Signed for", "已签收", region, LifecycleStage.Completed).Final()
                .State("called_off", "Called off", "已取消", region, LifecycleStage.Cancelled).Final()
                .Way("waiting", "ship", "on_the_road").When("shipped_all").By("sales")
                .Way("waiting", "ship", "waiting").When("not shipped_all").Does("announce mail")
                .Way("waiting", "cancel", "called_off").When("cancelled_all")
                .Way("on_the_road", "deliver", "signed").Does("announce mail", "raise agreed")
                .Way("on_the_road", "agreed", "on_the_road")
                .Outer(
                    "erp", region, new[] { new Term("open", "Open", "未清"), new Term("closed", "Closed", "已清") },
                    new SortedDictionary<string, string>(System.StringComparer.Ordinal)
                    {
                        ["waiting"] = "open", ["on_the_road"] = "open", ["signed"] = "closed", ["called_off"] = "closed",
                    });
        }

        // A chain that always leads to its end; whatever is added beside it cannot block it.
        private void AddChain(LifecycleRegion region, int length)
        {
            for (int i = 0; i < length; i++)
            {
                bool last = i == length - 1;
                builder.State(Code(region, i), "Step " + Digits(i + 1), "步骤" + Digits(i + 1), region,
                    last ? LifecycleStage.Completed : LifecycleStage.Review, last ? "" : Choose(2) == 0 ? "sales" : "finance");
                if (i == 0)
                {
                    builder.Initial();
                }

                if (last)
                {
                    builder.Final();
                    continue;
                }

                if (Choose(3) == 0)
                {
                    builder.Requires("voucher");
                }

                string signal = Code(region, i) + "_done";
                builder.Signal(signal, "Step done", "步骤完成").Way(Code(region, i), signal, Code(region, i + 1));
                spine.Add(Code(region, i));
                if (Choose(3) == 0)
                {
                    builder.Way(Code(region, i), "auto", Code(region, i + 1)).When("signalled agreed", "evidence report");
                }
            }
        }

        private void AddDetours()
        {
            for (int i = 0; i < spine.Count; i++)
            {
                string from = spine[i], to = spine[Choose(spine.Count)];
                if (Choose(2) == 0 || from.Substring(0, from.Length - 2) != to.Substring(0, to.Length - 2))
                {
                    continue;
                }

                string flag = Flags[Choose(Flags.Length)], signal = "detour_" + Digits(i);
                builder.Signal(signal, "Detour", "绕行").Way(from, signal, to).When(flag, "in waiting", "signalled agreed")
                    .Way(from, signal, from).When("not " + flag).Does("block credit", "unblock credit").By("finance");
            }
        }

        private int Choose(int below) => choices[next++ % choices.Length] % below;

        private static string Code(LifecycleRegion region, int i) => region.ToString().ToLowerInvariant() + "_" + Digits(i);

        private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
