using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>Lifecycles as they run: steps, what can be done now, migration.</summary>
public class RunningTests
{
    [Fact]
    public void Step_DoesWhatThePlainReadingOfTheDefinitionSays() => Prop.ForAll(
        LifecycleArbitraries.Lifecycles(), Gen.Choose(0, 1_000_000).ArrayOf(200).ToArbitrary(), (lifecycle, choices) =>
        {
            var compiled = new CompiledLifecycle(lifecycle);
            var plain = new PlainRun(lifecycle);
            string[] triggers = lifecycle.Transitions.Select(way => way.Trigger).Append("archive").Distinct().ToArray();
            LifecyclePosition position = compiled.Start;
            var facts = default(LifecycleFacts);
            foreach (int choice in choices)
            {
                var flag = (LifecycleFlag)(choice / 7 % LifecycleWords.Flags.Length);
                bool holds = choice % 3 != 0;
                facts = compiled.WithEvidence(facts.With(flag, holds), choice % 5 == 0 ? "report" : choice % 5 == 1
                    ? "voucher" : "-");
                plain.Learn(flag, holds, choice % 5 == 0 ? "report" : choice % 5 == 1 ? "voucher" : "-");
                string trigger = triggers[choice % triggers.Length];
                facts = compiled.WithSignal(facts, trigger);
                plain.Signal(trigger);
                LifecycleStep step = compiled.Step(position, compiled.Trigger(trigger), facts);
                bool moved = plain.Step(trigger);
                Assert.Equal(moved, step.Status == StepStatus.Taken);
                Assert.Equal(step.Status == StepStatus.Free, trigger == "archive");
                position = step.Position;
                Assert.Equal(plain.States, compiled.States(position).Select(state => state.Code));
                Assert.All(compiled.States(position), state => Assert.NotNull(lifecycle.State(state.Code)));
                Assert.True(moved || step.Status == StepStatus.Free
                    || !compiled.WhyNot(position, trigger, facts).IsEmpty, "A refusal says why.");
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(100)));

    [Fact]
    [Trait("Req", "S1-04")]
    public void MakeToOrder_WalksItsEightStatesAndNothingElse()
    {
        var lifecycle = new CompiledLifecycle(SampleLifecycles.Definition("make_to_order"));
        Assert.Equal(
            "待确认→已收款→备料中→生产排程→工序进度→质检完成→物流发运→客户签收",
            string.Join("→", lifecycle.Definition.States.Select(state => state.Name.Chinese)));
        LifecycleFacts done = lifecycle.WithEvidence(default, "quality_report")
            .With(LifecycleFlag.ShippedAll).With(LifecycleFlag.DeliveredAll);
        string[] walk =
        {
            "payment_confirmed", "preparation_started", "materials_complete", "work_started", "inspection_passed", "ship",
                "deliver",
        };
        LifecyclePosition position = lifecycle.Start;
        for (int i = 0; i < walk.Length; i++)
        {
            LifecycleStep step = lifecycle.Step(position, lifecycle.Trigger(walk[i]), done);
            Assert.Equal(StepStatus.Taken, step.Status);
            position = step.Position;
            Assert.Equal(lifecycle.Definition.States[i + 1], Assert.Single(lifecycle.States(position)));
        }

        Finding illegal = Assert.Single(lifecycle.WhyNot(lifecycle.Start, "ship", done));
        Assert.Equal("lifecycle.transition_illegal", illegal.Code);
        Assert.Contains("待确认", illegal.Text(Language.Chinese), StringComparison.Ordinal);

        LifecycleReading longer = Extended(lifecycle.Definition);
        Assert.Empty(longer.Findings);
        Assert.Equal(9, longer.Definition!.States.Length);

        string without = lifecycle.Definition.Json.Replace("\"scheduled\"", "\"planned\"", StringComparison.Ordinal);
        var removal = new LifecycleMigration(
            lifecycle.Definition, LifecycleDefinition.Read(without).Definition!, new Dictionary<string, string>());
        removal.DryRun(new[] { new[] { "scheduled" }, new[] { "paid" } }, out ImmutableArray<Finding> findings);
        Finding inUse = Assert.Single(findings);
        Assert.Equal(("lifecycle.state_in_use", "1", "scheduled"), (inUse.Code, inUse.Facts[0].Value, inUse.Facts[1].Value));
    }

    [Fact]
    public void Migration_LeadsEveryUsedStateSomewhereOrSaysWhich()
    {
        LifecycleDefinition old = SampleLifecycles.Definition("make_to_order");
        LifecycleDefinition renamed = LifecycleDefinition.Read(old.Json.Replace("\"scheduled\"", "\"planned\"",
            StringComparison.Ordinal)).Definition!;
        var running = new[] { new[] { "scheduled" }, new[] { "scheduled" }, new[] { "paid" } };
        var mapped = new LifecycleMigration(old, renamed, new Dictionary<string, string> { ["scheduled"] = "planned" });
        ImmutableArray<MigrationRow> rows = mapped.DryRun(running, out ImmutableArray<Finding> none);
        Assert.Empty(none);
        Assert.Equal(new[] { new MigrationRow("paid", "paid", 1), new MigrationRow("scheduled", "planned", 2) }, rows);
        new LifecycleMigration(old, renamed, new Dictionary<string, string> { ["scheduled"] = "nowhere" })
            .DryRun(running, out ImmutableArray<Finding> misled);
        Assert.Equal("lifecycle.migration_misleads", Assert.Single(misled).Code);
    }

    [Fact]
    public void TwoFacts_InEitherOrder_MoveByThemselves()
    {
        var compiled = new CompiledLifecycle(Templates.WithPreparation);
        int auto = compiled.Trigger(LifecycleWords.Auto);
        LifecycleFacts voucher = compiled.WithEvidence(default, "payment_voucher");
        LifecycleFacts both = compiled.WithSignal(voucher, "finance_approved");
        Assert.NotEqual(StepStatus.Taken, compiled.Step(compiled.Start, auto, voucher).Status);
        Assert.NotEqual(StepStatus.Taken, compiled.Step(compiled.Start, auto, compiled.WithSignal(default,
            "finance_approved")).Status);
        Assert.Equal("生产准备", compiled.States(compiled.Step(compiled.Start, auto, both).Position)[0].Name.Chinese);
        Assert.Equal(both, compiled.WithEvidence(compiled.WithSignal(default, "finance_approved"), "payment_voucher"));
        LifecycleFacts revoked = compiled.WithEvidence(
            compiled.WithSignal(compiled.WithSignal(default, "finance_approved"), "finance_revoked"), "payment_voucher");
        Assert.NotEqual(StepStatus.Taken, compiled.Step(compiled.Start, auto, revoked).Status);
    }

    [Fact]
    [Trait("ReqPart", "S1-16")]
    public void Template_IsExtensible_AndAWordForAnUnknownStateFailsToLoad()
    {
        LifecycleDefinition template = SampleLifecycles.Definition("make_to_order");
        Assert.DoesNotContain("生产准备", template.States.Select(state => state.Name.Chinese));
        string unknown = template.Json.Replace("\"to\":\"paid\"", "\"to\":\"production_preparation\"", StringComparison.Ordinal);
        Finding finding = LifecycleDefinition.Read(unknown).Findings.First();
        Assert.Equal(("lifecycle.state_unknown", "production_preparation"), (finding.Code, finding.Facts[0].Value));
        Assert.Contains("生产准备", Templates.WithPreparation.States.Select(state => state.Name.Chinese));
    }

    [Fact]
    public void Available_SaysWhatByWhomAndWhyNot()
    {
        var compiled = new CompiledLifecycle(SampleLifecycles.Definition("make_to_order"));
        LifecyclePosition inspected = compiled.At(new[] { "inspected" });
        LifecycleAction[] actions = compiled.Available(inspected, default, new[] { "warehouse" }).ToArray();
        LifecycleAction ship = actions.First(action => action.Trigger == "ship");
        Assert.Equal(new[] { "inspected", "shipped" }, ship.Targets);
        Assert.Equal(new[] { "quality" }, ship.Roles);
        Assert.All(ship.WhyNot, why => Assert.Contains("质检报告", why.Text(Language.Chinese), StringComparison.Ordinal));
        Assert.True(compiled.Available(inspected, compiled.WithEvidence(default, "quality_report")).First(a =>
            a.Trigger == "ship").IsPossible);
        LifecycleAction pay = actions.First(action => action.Trigger == "payment_confirmed");
        Assert.Equal("lifecycle.transition_illegal", Assert.Single(pay.WhyNot).Code);
        LifecycleAction role = compiled.Available(compiled.Start, default, new[] { "sales" }).First(a =>
            a.Trigger == "payment_confirmed");
        Assert.Equal("lifecycle.role_missing", Assert.Single(role.WhyNot).Code);
        Assert.Equal(new[] { "finance" }, role.Roles);
    }

    private static LifecycleReading Extended(LifecycleDefinition template) => LifecycleDefinition.Read(template.Json
        .Replace("{\"code\":\"in_progress\"",
            "{\"code\":\"subcontracted\",\"zh\":\"外协中\",\"en\":\"Subcontracted\",\"region\":\"fulfilment\","
            + "\"stage\":\"producing\",\"owner\":\"purchasing\"},{\"code\":\"in_progress\"", StringComparison.Ordinal)
        .Replace("{\"from\":\"scheduled\",\"on\":\"work_started\",\"to\":\"in_progress\"}",
            "{\"from\":\"scheduled\",\"on\":\"work_started\",\"to\":\"subcontracted\"},"
            + "{\"from\":\"subcontracted\",\"on\":\"work_started\",\"to\":\"in_progress\"}", StringComparison.Ordinal));
}
