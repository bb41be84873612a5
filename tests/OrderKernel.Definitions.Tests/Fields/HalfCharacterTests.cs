using System.Linq;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Packs;
using Xunit;

namespace OrderKernel.Definitions.Tests.Fields;

/// <summary>Half a character is a finding with its place, written out or as an escape, and never a fault.</summary>
public class HalfCharacterTests
{
    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00")]
    [InlineData("\\uD83D\\u0041")]
    [InlineData("\\ud83d")]
    [InlineData("\\ude00\\ud83d")]
    public void Half_IsNotJson_AndSaysWhere(string text)
    {
        Finding found = Assert.Single(Read(text).Findings);
        Assert.Equal("definition.not_json", found.Code);
        Assert.Contains("Line 2, column 19", found.Text(Language.English), System.StringComparison.Ordinal);
        Assert.Equal("definition.not_json", Assert.Single(LifecycleDefinition.Read("{\"" + text + "\":1}").Findings).Code);
    }

    [Fact]
    public void HalfWrittenOut_IsNotJson()
    {
        string raw = new('\ud800', 1);
        Assert.Equal("definition.not_json", Assert.Single(Read(raw).Findings).Code);
        Assert.NotEmpty(Pack.Read("{\"pack.json\":\"" + raw + "\"}").Findings);
        Assert.NotEmpty(Pack.Read("{\"pack.json\":{\"id\":\"\\ud800\"}}").Findings);
    }

    [Theory]
    [InlineData("😀")]
    [InlineData("\\ud83d\\ude00")]
    [InlineData("\\\\ud800")]
    public void Whole_IsRead(string text) =>
        Assert.DoesNotContain("definition.not_json", Read(text).Findings.Select(static found => found.Code));

    private static DefinitionReading<FieldSet> Read(string name) => FieldSet.Read("{ \"fields\": [\n    {\"en\": \"Share " + name
        + "\", \"code\": \"share\", \"zh\": \"份额\", \"of\": \"order\", \"type\": \"text\", \"sensitivity\": \"internal\" } ] }");
}
