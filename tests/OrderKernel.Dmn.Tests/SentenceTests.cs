using System.Collections.Immutable;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Findings;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>Sentences and rows, both ways.</summary>
public sealed class SentenceTests
{
    private static readonly RuleDocument Table = new("等级判定", HitPolicy.First, string.Empty,
        ImmutableArray.Create(new RuleInput("客户等级", "客户等级", "string", "\"VIP\", \"三甲医院\""),
            new RuleInput("订单金额", "订单金额", "number", string.Empty),
            new RuleInput("加急", "加急", "boolean", string.Empty)),
        ImmutableArray.Create(new RuleOutput("标签", "string", "\"A类\", \"B类\"", string.Empty, string.Empty),
            new RuleOutput("信用审核", "string", "\"跳过\"", string.Empty, "{}信用审核")),
        ImmutableArray<string>.Empty, ImmutableArray<RuleRow>.Empty);

    [Theory]
    [InlineData("若客户等级为VIP或三甲医院且订单金额大于5万且加急为是,则标签为A类且跳过信用审核", "\"VIP\", \"三甲医院\"", "> 50000", "true")]
    [InlineData("如果 客户等级 是 VIP 并且 订单金额 不超过 1.2万元，那么 标签 为 A类 ， 跳过信用审核。", "\"VIP\"", "<= 12000", "-")]
    [InlineData("当订单金额介于1万与5万之间，则标签为B类，信用审核为跳过", "-", "[10000..50000]", "-")]
    [InlineData("若客户等级未填写且加急为否,则标签为B类且跳过信用审核", "null", "-", "false")]
    [InlineData("若客户等级不为VIP且订单金额满足「? * 2 > 9」,则标签为A类且跳过信用审核", "not(\"VIP\")", "? * 2 > 9", "-")]
    [InlineData("若任何情况,则标签为A类且跳过信用审核", "-", "-", "-")]
    public void Chinese_Sentence_IsTheRow(string sentence, string tier, string amount, string urgent)
    {
        var sentences = new RuleSentences(Table);
        Assert.True(sentences.TryParse(sentence, Language.Chinese, out RuleRow? row, out Finding? fault),
            fault?.Text(Language.Chinese));
        Assert.Equal(new[] { tier, amount, urgent }, row!.Inputs.AsEnumerable());
        string printed = sentences.Print(row, Language.Chinese);
        Assert.True(sentences.TryParse(printed, Language.Chinese, out RuleRow? again, out _));
        Assert.Equal(row.Inputs.AsEnumerable(), again!.Inputs.AsEnumerable());
        Assert.Equal(printed, sentences.Print(again, Language.Chinese));
    }

    [Theory]
    [InlineData("若客户等级为金牌,则标签为A类", "第 7 个字符", "VIP")]
    [InlineData("若客户等级像VIP,则标签为A类", "第 6 个字符", "为")]
    [InlineData("客户等级为VIP,则标签为A类", "第 1 个字符", "若")]
    [InlineData("若客户等级为VIP,则标牌为A类", "第 12 个字符", "标签")]
    public void Chinese_WrongWord_IsPointedAt(string sentence, string position, string suggestion)
    {
        Assert.False(new RuleSentences(Table).TryParse(sentence, Language.Chinese, out _, out Finding? fault));
        Assert.Contains(position, fault!.Text(Language.Chinese), System.StringComparison.Ordinal);
        Assert.Contains(suggestion, fault.Text(Language.Chinese), System.StringComparison.Ordinal);
    }

    [Fact]
    public void AnyRow_PrintedAndParsed_PrintsTheSame() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            (string xml, _) = new GeneratedModels(seed).Table(maxRows: 12);
            RuleDocument document = DmnModel.Read(xml, DmnReadOptions.Spec).Model!.Document("d")!;
            var sentences = new RuleSentences(document);
            foreach (RuleRow row in document.Rows)
            {
                foreach (Language language in new[] { Language.Chinese, Language.English })
                {
                    string sentence = sentences.Print(row, language);
                    Assert.True(sentences.TryParse(sentence, language, out RuleRow? parsed, out Finding? fault),
                        $"seed {seed}: {sentence}: {fault}");
                    Assert.True(sentence == sentences.Print(parsed!, language),
                        $"seed {seed}: {sentence} / {sentences.Print(parsed!, language)}");
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
