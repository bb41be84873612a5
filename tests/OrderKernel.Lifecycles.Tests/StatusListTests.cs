using System;
using System.Collections.Generic;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>Status lists as people keep them become lifecycles.</summary>
public class StatusListTests
{
    private static readonly string[][] Wholesaler =
    {
        new[] { "状态", "触发条件", "自动动作", "责任人", "上一状态" },
        new[] { "待付款凭证", "", "", "销售", "" },
        new[] { "财务初审通过", "付款凭证OCR识别成功+金额匹配", "推送至WMS系统生成拣货任务；向客户发送含预计发货时间的短信", "财务专员", "" },
        new[] { "质检待复检", "抽检不合格率>2%且涉及A类安全件", "冻结该批次所有出库操作；邮件通知质量总监+采购负责人", "QC组长", "" },
        new[] { "运输中", "确认出库", "", "物流", "财务初审通过、质检待复检" },
        new[] { "物流异常-中转站滞留超48h", "物流轨迹48h无更新+当前停留地非中转中心", "自动触发三方物流工单", "物流", "" },
        new[] { "已完成", "确认签收", "", "", "运输中、物流异常-中转站滞留超48h" },
    };

    [Fact]
    [Trait("ReqPart", "S2-28")]
    public void ChineseList_BecomesALifecycleWithItsWords()
    {
        string[][] rows = WithStages(Wholesaler, "受理", "审核", "审核", "已发", "已发", "完成");
        LifecycleReading reading = StatusList.Import("wholesaler", "Wholesaler", "批发商", rows);
        LifecycleDefinition lifecycle = reading.Definition!;
        Assert.Equal(Wholesaler.Skip(1).Select(row => row[0]), lifecycle.States.Select(state => state.Name.Chinese));
        LifecycleState recheck = lifecycle.States[2];
        Assert.Equal("QC组长", lifecycle.NameOf(recheck.Owner, Language.Chinese));
        LifecycleTransition into = lifecycle.Transitions.Single(way => way.To == recheck.Code);
        Assert.Equal("抽检不合格率>2%且涉及A类安全件", lifecycle.NameOf(into.Trigger, Language.Chinese));
        Assert.Equal(
            new[] { "冻结该批次所有出库操作", "邮件通知质量总监+采购负责人" },
            into.Effects.Select(effect => lifecycle.NameOf(effect.Name, Language.Chinese)));
        Assert.Equal(2, lifecycle.Transitions.Count(way => way.Trigger == "ship"));
        Assert.Equal(3, reading.Findings.Count(finding => finding.Code == "lifecycle.signal_declared"));
        Assert.Equal(lifecycle.Version, LifecycleDefinition.Read(lifecycle.Json).Definition!.Version);
    }

    [Fact]
    public void EnglishList_IsReadToo()
    {
        LifecycleReading reading = StatusList.Import("short", "Short", "短流程", new[]
        {
            new[] { "Owner", "State", "Trigger", "Automatic action" },
            new[] { "Sales", "Taken in", "", "" },
            new[] { "Finance", "Paid", "Money arrived", "Tell the warehouse" },
            new[] { "", "Done", "Confirm delivery", "" },
        });
        Assert.Equal(new[] { "Taken in", "Paid", "Done" }, reading.Definition!.States.Select(state => state.Name.English));
        Assert.Contains(reading.Findings, finding => finding.Code == "lifecycle.name_untranslated");
    }

    [Fact]
    public void Faults_NameRowColumnAndRemedy()
    {
        Finding column = Assert.Single(StatusList.Import("x", "X", "某", new[] { new[] { "状态", "触发条件", "自动动作" } }).Findings);
        Assert.Equal(("lifecycle.column_missing", "row 1"), (column.Code, column.Subject));
        string[][] rows = Wholesaler.Select(row => row.ToArray()).ToArray();
        rows[3][3] = " ";
        rows[4][1] = "";
        LifecycleReading reading = StatusList.Import("x", "X", "某", rows);
        Assert.Null(reading.Definition);
        Assert.Equal(
            new[] { ("row 4", "owner"), ("row 5", "trigger") }, reading.Findings.Select(finding => (finding.Subject,
                finding.Field)));
        Assert.NotEmpty(StatusList.Import("x", "X", "某", Array.Empty<string[]>()).Findings);
    }

    private static string[][] WithStages(string[][] rows, params string[] stages) =>
        rows.Select((row, i) => row.Append(i == 0 ? "阶段" : stages[i - 1]).ToArray()).ToArray();
}
