using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Values;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>Corners of the language that the kit at hand does not reach.</summary>
public sealed class CornerTests
{
    [Theory]
    [InlineData("sublist([1, 2, 3], 2.5)", "[2, 3]")]
    [InlineData("sublist([1, 2, 3], -1.5)", "[3]")]
    [InlineData("sublist([1, 2, 3], 1, 2.9)", "[1, 2]")]
    [InlineData("insert before([1, 2, 3], 2.5, 9)", "[1, 9, 2, 3]")]
    [InlineData("insert before([1, 2, 3], -1.5, 9)", "[1, 2, 9, 3]")]
    [InlineData("insert before([1, 2, 3], 4.9, 9)", "[1, 2, 3, 9]")]
    [InlineData("insert before([1, 2, 3], 0.9, 9)", "null")]
    [InlineData("remove([1, 2, 3], 2.5)", "[1, 3]")]
    [InlineData("remove([1, 2, 3], -1.5)", "[1, 2]")]
    [InlineData("remove([1, 2, 3], -0.5)", "null")]
    [InlineData("list replace([1, 2, 3], 2.5, 9)", "[1, 9, 3]")]
    [InlineData("list replace([1, 2, 3], -1.5, 9)", "[1, 2, 9]")]
    [InlineData("list replace([1, 2, 3], 3.99, 9)", "[1, 2, 9]")]
    [InlineData("list replace([1, 2, 3], 4.1, 9)", "null")]
    [InlineData("substring(\"abc\", 2.5)", "bc")]
    [InlineData("substring(\"abc\", -1.5)", "c")]
    public void Position_WithAFraction_IsCutOff(string expression, string expected) =>
        Assert.Equal(expected, Expression.Answer(expression));

    [Theory]
    [InlineData("[1..10[.start included", "true")]
    [InlineData("[1..10[.end included", "false")]
    [InlineData("]1..10[.start included", "false")]
    [InlineData("(1..10].end included", "true")]
    [InlineData("[1..10].start included", "true")]
    [InlineData("[1..10[.end", "10")]
    [InlineData("count([[1..10[.start])", "1")]
    [InlineData("[[1..10[.start included, [1..10[.end included]", "[true, false]")]
    [InlineData("[[1..10[, [2..3[]", "[[1..10), [2..3)]")]
    [InlineData("count([[1..10[[1], 3])", "2")]
    [InlineData("[1..10[ = [1..10)", "true")]
    [InlineData("[1..10[ != [1..10]", "true")]
    [InlineData("[1..10[ instance of range<number>", "true")]
    [InlineData("5 in [1..10[ and 3 in [2..3[", "false")]
    [InlineData("{r: [1..10[, s: r.start included}.s", "true")]
    [InlineData("if 10 in [1..10[ then 1 else 2", "2")]
    [InlineData("[1..[7, 8][1]].end", "7")]
    [InlineData("[1..[7, 8][1]).end included", "false")]
    [InlineData("[1..[7, 8][item > 7][1][.end", "8")]
    [InlineData("@\"2026-07-01T10:00:00@Asia/Shanghai\".time offset", "PT8H")]
    [InlineData("(< 10).end included", "false")]
    public void RangeLiteral_WhateverFollows_IsRead(string expression, string expected) =>
        Assert.Equal(expected, Expression.Answer(expression));

    [Theory]
    [InlineData("\"C\" instance of tGrade", "true")]
    [InlineData("1 instance of tGrade", "false")]
    [InlineData("null instance of tGrade", "false")]
    [InlineData("[\"C\"] instance of tGrades", "true")]
    [InlineData("[1] instance of tGrades", "false")]
    [InlineData("{grade: \"C\"} instance of tOrder", "true")]
    [InlineData("{grade: 3} instance of tOrder", "false")]
    [InlineData("[\"C\"] instance of list<tGrade>", "true")]
    [InlineData("[\"C\"..\"D\"] instance of range<tGrade>", "true")]
    [InlineData("{g: \"C\"} instance of context<g: tGrade>", "true")]
    [InlineData("(function(x: tGrade) x)(\"C\")", "null")]
    [InlineData("(function(x: tGrade) x)(\"A\")", "A")]
    public void AllowedValues_BindBindings_AndNotInstanceOf(string expression, string expected)
    {
        const string Types = "<itemDefinition name=\"tGrade\"><typeRef>string</typeRef><allowedValues><text>\"A\", \"B\"</text>"
            + "</allowedValues></itemDefinition><itemDefinition name=\"tGrades\" isCollection=\"true\"><typeRef>tGrade</typeRef>"
            + "</itemDefinition><itemDefinition name=\"tOrder\"><itemComponent name=\"grade\"><typeRef>tGrade</typeRef></itemComponent>"
            + "</itemDefinition>";
        string xml = GeneratedModels.Model("<literalExpression><text>" + System.Security.SecurityElement.Escape(expression)
            + "</text></literalExpression>", Types);
        foreach (bool reference in new[] { false, true })
        {
            DmnModel model = DmnModel.Read(xml, DmnReadOptions.Spec).Model!;
            Assert.Equal(expected, model.Evaluate("d", FeelJson.Read("{}"), new EvaluationOptions { UsesReference = reference }).Value
                .ToString());
        }
    }

    [Theory]
    [InlineData("true", "then", true)]
    [InlineData("false", "else", true)]
    [InlineData("null", "else", true)]
    [InlineData("\"abc\"", "null", false)]
    [InlineData("1", "null", false)]
    [InlineData("[true]", "null", false)]
    [InlineData("{}", "null", false)]
    public void BoxedConditional_WithoutATruthValue_IsNull(string condition, string expected, bool sound)
    {
        string xml = GeneratedModels.Model("<conditional><if>" + Box(condition) + "</if><then>" + Box("\"then\"") + "</then><else>"
            + Box("\"else\"") + "</else></conditional>", string.Empty);
        DmnModel model = DmnModel.Read(xml, DmnReadOptions.Spec).Model!;
        foreach (bool reference in new[] { false, true })
        {
            DmnOutcome outcome = model.Evaluate("d", FeelJson.Read("{}"), new EvaluationOptions { UsesReference = reference });
            Assert.Equal(expected, outcome.Value.ToString());
            Assert.Equal(sound, outcome.IsSound);
        }
    }

    [Theory]
    [InlineData("[1, 2][\"x\"]", "null")]
    [InlineData("[1, 2][if item = 1 then true else \"x\"]", "null")]
    [InlineData("[1, 2][if item = 1 then true else 2]", "null")]
    [InlineData("[1, 2][null]", "[]")]
    [InlineData("some x in [1, 2] satisfies \"x\"", "null")]
    [InlineData("every x in [1, 2] satisfies 1", "null")]
    [InlineData("some x in [true, 1] satisfies x", "null")]
    [InlineData("list replace([1, 2], function(x, y) 1, 9)", "null")]
    [InlineData("sort([2, 1], function(x, y) 1)", "null")]
    [InlineData("if \"x\" then 1 else 2", "2")]
    [InlineData("if null then 1 else 2", "2")]
    [InlineData("true and \"x\"", "null")]
    [InlineData("not(\"x\")", "null")]
    [InlineData("all([true, \"x\"])", "null")]
    public void Condition_ThatIsNoTruthValue_HasNoAnswer(string expression, string expected) =>
        Assert.Equal(expected, Expression.Answer(expression));

    private static string Box(string text) => "<literalExpression><text>" + System.Security.SecurityElement.Escape(text)
        + "</text></literalExpression>";
}
