using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Docs.Tests;

/// <summary>docs/refusal-codes.md and its Chinese twin are written from the code. To write them anew, run this test with the
/// environment variable ORDERKERNEL_WRITE_DOCS=1.</summary>
public class RefusalCodeTests
{
    private static readonly (string Package, Assembly Assembly)[] Packages =
    [
        ("OrderKernel", typeof(OrderDesk).Assembly),
        ("OrderKernel.Adapters.Csv", typeof(ImportProfile).Assembly),
        ("OrderKernel.Adapters.Dmn", typeof(DmnFindings).Assembly),
    ];

    [Theory]
    [InlineData("docs/refusal-codes.md", Language.English)]
    [InlineData("docs/refusal-codes.zh-CN.md", Language.Chinese)]
    public void ThePage_SaysWhatTheCodeSays(string page, Language language)
    {
        string written = Write(language);
        if (Environment.GetEnvironmentVariable("ORDERKERNEL_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Repository.Path(page), written);
        }

        Assert.Equal(written, File.ReadAllText(Repository.Path(page)).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void EveryKindOfTheKernel_IsInItsCatalog() => Assert.Equal(
        Kinds(typeof(OrderDesk).Assembly).Select(kind => kind.Code), KernelFindings.Catalog.All.Select(kind => kind.Code));

    /// <summary>Every kind of finding that a package has.</summary>
    internal static IEnumerable<FindingKind> AllKinds => Packages.SelectMany(package => Kinds(package.Assembly));

    private static string Write(Language language)
    {
        bool chinese = language == Language.Chinese;
        var text = new StringBuilder(chinese
            ? "# 拒绝代码\n\n由测试根据代码生成，请勿手工修改。代码一经发布不再改变；句子可以改写。花括号内是事实的位置。\n"
            : "# Refusal codes\n\nWritten by a test from the code; do not edit. A code never changes once released; a sentence may. "
                + "Braces are places for facts.\n");
        foreach ((string package, Assembly assembly) in Packages)
        {
            text.Append("\n## ").Append(package).Append(chinese ? "\n\n| 代码 | 分量 | 句子 |\n" : "\n\n| code | weight | sentence |\n");
            text.Append("|---|---|---|\n");
            foreach (FindingKind kind in Kinds(assembly))
            {
                text.Append("| `").Append(kind.Code).Append("` | ").Append(Weight(kind.Severity, chinese)).Append(" | ")
                    .Append(kind.Name.Text(language).Replace("|", "\\|", StringComparison.Ordinal)
                        .Replace("\n", " ", StringComparison.Ordinal))
                    .Append(" |\n");
            }
        }

        return text.ToString();
    }

    private static string Weight(Severity severity, bool chinese) => severity switch
    {
        Severity.Note => chinese ? "提示" : "note",
        Severity.Warning => chinese ? "警告" : "warning",
        _ => chinese ? "拒绝" : "refusal",
    };

    /// <summary>Every kind that stands in a static field or property, whether a catalog knows it or not.</summary>
    private static FindingKind[] Kinds(Assembly assembly)
    {
        const BindingFlags any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var kinds = new SortedDictionary<string, FindingKind>(StringComparer.Ordinal);
        foreach (FieldInfo field in assembly.GetTypes().Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(any)).Where(field => field.FieldType == typeof(FindingKind)))
        {
            var kind = (FindingKind)field.GetValue(null)!;
            kinds[kind.Code] = kind;
        }

        return kinds.Values.ToArray();
    }
}
