using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Csv.Tests;

public class DocumentationTests
{
    [Theory]
    [InlineData("import-profiles.md")]
    [InlineData("import-profiles.zh-CN.md")]
    public void Example_IsAProfile_AndEveryFieldIsDescribed(string page)
    {
        string text = File.ReadAllText(Repository.Path("docs", page));
        Match[] examples = Regex.Matches(text, "```json\n(.*?)```", RegexOptions.Singleline).ToArray();
        Assert.NotEmpty(examples);
        Assert.All(examples, static example => Assert.NotNull(ImportProfile.Parse(example.Groups[1].Value).Document("orders")));
        foreach (string field in DocumentShape.BuiltIn.SelectMany(static shape => shape.Fields).Select(static field => field.Name))
        {
            Assert.Contains($"`{field}`", text, StringComparison.Ordinal);
        }
    }
}
