using System;
using System.Linq;
using OrderKernel.Calendars;
using OrderKernel.Desk;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using Xunit;

namespace OrderKernel.Definitions.Tests.Fields;

/// <summary>What was expected in a definition is said in the reader's language, whichever definition it is.</summary>
public class ExpectedFormTests
{
    [Fact]
    public void TheExpectedForm_IsSaidInBothLanguages()
    {
        Says(Roster.Read("[]").Findings.Single(), "expected is an object.", "应为对象。");
        Says(Roster.Read("""{ "users": 3 }""").Findings.Single(), "expected is a list.", "应为列表。");
        Says(
            WorkingCalendar.Read("""{ "id": "c", "en": "C", "zh": "丙", "week": ["mon"], "cut_off": "noon" }""").Findings
                .Single(found => found.Subject == "$.cut_off"),
            "expected is a time such as 17:00.", "应为时间，如 17:00。");
        Says(
            LifecycleDefinition.Read("""{ "id": "Big Id" }""").Findings
                .Single(found => found.Subject.StartsWith("$.id", StringComparison.Ordinal)),
            "joined by dots and underscores, at most 80.", "最多 80 个字符。");
        Says(FieldSet.Read("""{ "fields": [null] }""").Findings.Single(), "expected is an entry.", "应为一项内容。");
    }

    [Fact]
    public void AFormThatIsNotThere_OrIsNotShown_IsAMistake()
    {
        Assert.Throws<ArgumentException>(() => DefinitionForms.Of("colour"));
        Assert.Throws<ArgumentException>(() => DefinitionForms.Of("date"));
        Assert.Throws<ArgumentException>(() => DefinitionForms.Of("list", "x"));
        Assert.Equal("form.date 2026-12-01", DefinitionForms.Of("date", "2026-12-01"));
    }

    private static void Says(Finding finding, string english, string chinese)
    {
        Assert.Equal("definition.value_wrong", finding.Code);
        Assert.EndsWith(english, finding.Text(Language.English), StringComparison.Ordinal);
        Assert.EndsWith(chinese, finding.Text(Language.Chinese), StringComparison.Ordinal);
    }
}
