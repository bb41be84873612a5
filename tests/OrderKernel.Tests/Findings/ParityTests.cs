using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Orders;
using OrderKernel.Storage;
using Xunit;

namespace OrderKernel.Tests.Findings;

/// <summary>Everything a person may read exists in both languages.</summary>
public class ParityTests
{
    public static IEnumerable<Term> EveryTerm =>
        KernelFindings.Catalog.All.Select(kind => kind.Name).Concat(OrderWords.All).Concat(OnTimeReport.Definitions)
            .Concat(LifecycleWords.All).Concat(OrderTypes.Features);

    [Fact]
    public void EveryTerm_HasChineseThatIsChineseAndEnglishThatIsNot() => Assert.All(EveryTerm, term =>
    {
        Assert.Contains(term.Chinese, c => c is >= '一' and <= '鿿');
        Assert.DoesNotContain(term.English, c => c is >= '一' and <= '鿿');
    });

    [Fact]
    public void EveryCode_IsUsedOnce() => Assert.Equal(EveryTerm.Count(), EveryTerm.Select(term => term.Code).Distinct().Count());

    [Fact]
    public void EveryKindDeclaredInTheKernel_IsInTheCatalog()
    {
        const BindingFlags statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var declared = typeof(OrderDesk).Assembly.GetTypes().Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(statics)).Where(field => field.FieldType == typeof(FindingKind))
            .Select(field => ((FindingKind)field.GetValue(null)!).Code).Order();
        Assert.Equal(declared, KernelFindings.Catalog.All.Select(kind => kind.Code).Order());
    }

    [Fact]
    public void EveryPromiseCause_HasAName() =>
        Assert.Equal(System.Enum.GetValues<PromiseCause>().Length, OrderWords.PromiseCauses.Length);

    [Fact]
    public void EveryStage_NamesAKnownRole() => Assert.All(
        OrderStage.All, stage => Assert.Contains("role." + stage.Role, OrderWords.Roles.Select(role => role.Code)));

    [Fact]
    public void Finding_FillsItsPlacesInBothLanguages()
    {
        Finding finding = OrderRefusals.CancelExceedsOpen.About("line:1", "quantity", "1", "5", "3");
        Assert.Equal("Line 1: 5 to cancel, 3 open. What has left can only come back as a return.", finding.Text(Language.English));
        Assert.Equal("第 1 行：拟取消 5，未发 3。已发出的只能退货。", finding.Text(Language.Chinese));
    }

    [Fact]
    public void FindingKind_WithPlacesInOneLanguageOnly_IsABug() => Assert.Throws<System.ArgumentException>(
        () => new FindingKind("a.b", Severity.Note, "{x} is {y}", "{x}"));

    [Fact]
    public void Outcome_ReadsBackWithCodesOfALaterVersion()
    {
        Finding later = new FindingKind("later.code", Severity.Refusal, "{x}", "{x}").About("s", "f", "1");
        string json = CommandOutcome.Refused(3, ImmutableArray.Create(later)).ToJson();
        CommandOutcome read = CommandOutcome.Read(json, KernelFindings.Catalog);
        Assert.Equal(json, read.ToJson());
        Assert.Equal("later.code", read.Findings[0].Text(Language.Chinese));
    }
}
