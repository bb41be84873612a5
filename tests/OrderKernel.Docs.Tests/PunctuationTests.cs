using System;
using System.Linq;
using System.Text.RegularExpressions;
using OrderKernel.Findings;
using Xunit;

namespace OrderKernel.Docs.Tests;

/// <summary>Chinese sentences are punctuated as Chinese is.</summary>
public class PunctuationTests
{
    // A half-width mark is part of code or of a number, such as 08:30:00 or date("2026-02-17"), or it is a mistake: one beside a Chinese
    // character, a place for a fact, full-width punctuation, a space or an end.
    private static readonly Regex HalfWidth = new(@"(?<![A-Za-z0-9])[,;:!?]|[,;:!?](?![A-Za-z0-9])|(?<![A-Za-z0-9])\(|\)(?![""A-Za-z0-9])");
    private static readonly Regex Place = new(@"\{[a-z_]+\}");

    [Fact]
    public void EveryFinding_HasFullWidthPunctuationInChinese()
    {
        FindingKind[] kinds = [.. RefusalCodeTests.AllKinds];
        Assert.True(kinds.Length > 200, $"Only {kinds.Length} kinds were found.");
        Assert.Empty(kinds.Where(kind => HalfWidth.IsMatch(Place.Replace(kind.Name.Text(Language.Chinese), "某")))
            .Select(kind => $"{kind.Code}: {kind.Name.Text(Language.Chinese)}"));
    }

    [Theory]
    [InlineData("需要 {a},可用 {b}。")]
    [InlineData("请改用: {a}。")]
    [InlineData("（28 位)。")]
    [InlineData("超出范围(28 位）。")]
    [InlineData("是否想写 {a}?")]
    public void AHalfWidthMark_IsFound(string sentence) => Assert.Matches(HalfWidth, Place.Replace(sentence, "某"));

    [Theory]
    [InlineData("请写成 2026-02-17、08:30:00 或 P15D。")]
    [InlineData("需要 {a}，可用 {b}（{c}）。")]
    public void CodeAndNumbers_AreLeftAlone(string sentence) => Assert.DoesNotMatch(HalfWidth, Place.Replace(sentence, "某"));
}
