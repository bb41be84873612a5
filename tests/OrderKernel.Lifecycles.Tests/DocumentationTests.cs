using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>What the page shows is what the code takes, and every word it lists exists.</summary>
public class DocumentationTests
{
    [Theory]
    [InlineData("lifecycles.md")]
    [InlineData("lifecycles.zh-CN.md")]
    public void Page_NamesEveryWordOfTheClosedLists(string page)
    {
        string text = File.ReadAllText(Repository.Path("docs", page));
        var words = LifecycleWords.Regions.Concat(LifecycleWords.Stages).Concat(LifecycleWords.Triggers)
            .Concat(LifecycleWords.Flags).Concat(LifecycleWords.Effects).Select(term => term.Code.Split('.')[1]);
        Assert.All(words, word => Assert.Matches($"`{word}[ `]", text));
    }

    [Fact]
    public void ExampleOfThePage_IsClean()
    {
        string text = File.ReadAllText(Repository.Path("docs", "lifecycles.md"));
        string json = Regex.Match(text, "```json\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        LifecycleReading reading = LifecycleDefinition.Read(json);
        Assert.Empty(reading.Findings);
        Assert.Equal("已打包", reading.Definition!.State("packed")!.Name.Text(Language.Chinese));
    }
}
