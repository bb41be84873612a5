using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Sql;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Docs.Tests;

/// <summary>What a page shows works: C# compiles, JSON parses, links lead somewhere, and both languages say as much.</summary>
public class ExampleTests
{
    private static readonly CSharpParseOptions Latest = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
    private static readonly SyntaxTree AtHand = CSharpSyntaxTree.ParseText(Ambient.Source, Latest, "AtHand.cs");
    private static readonly MetadataReference[] References = Loaded();

    public static TheoryData<string> Pages => new(Page.All);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Examples_Compile(string page)
    {
        foreach ((int line, string text) in new Page(page).Examples("csharp"))
        {
            SyntaxTree example = CSharpSyntaxTree.ParseText(text, Latest, page);
            bool isWhole = Whole.Contains(page);
            bool runs = example.GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any();
            var options = new CSharpCompilationOptions(runs ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary)
                .WithNullableContextOptions(NullableContextOptions.Enable);
            var errors = CSharpCompilation.Create("example", isWhole ? [example] : [example, AtHand], References, options).GetDiagnostics()
                .Where(found => found.Severity == DiagnosticSeverity.Error)
                .Select(found => $"{page}:{line + found.Location.GetLineSpan().StartLinePosition.Line}: {found.GetMessage()}");
            Assert.True(!errors.Any(), string.Join("\n", errors));
        }
    }

    /// <summary>Pages whose examples are whole programs: nothing is at hand but what they print.</summary>
    private static readonly HashSet<string> Whole = new(StringComparer.Ordinal)
    {
        "docs/getting-started.md", "docs/getting-started.zh-CN.md",
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public void JsonExamples_Parse(string page) =>
        Assert.All(new Page(page).Examples("json"), example => JsonDocument.Parse(example.Text).Dispose());

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_LeadToAFile(string page) => Assert.Empty(BrokenLinks(page));

    [Fact]
    public void LinksOfDecisionsAndDrawings_LeadToAFile() => Assert.Empty(
        Directory.EnumerateDirectories(Repository.Path("docs"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories))
            .SelectMany(file => BrokenLinks(Path.GetRelativePath(Repository.Root, file)).Select(to => $"{file}: {to}")));

    private static IEnumerable<string> BrokenLinks(string page)
    {
        string folder = Path.GetDirectoryName(Repository.Path(page))!;
        return System.Text.RegularExpressions.Regex.Matches(new Page(page).Text, @"\]\((?<to>[^)#]+)[^)]*\)")
            .Select(match => match.Groups["to"].Value).Where(to => !to.Contains("://", StringComparison.Ordinal))
            .Where(to => !Path.Exists(Path.Combine(folder, to)));
    }

    [Fact]
    public void EveryDocument_IsThereInBothLanguages_WithAsManyHeadingsAndExamples()
    {
        foreach (string english in Page.All.Where(page => !page.Contains("zh-CN", StringComparison.Ordinal)
            && !page.StartsWith("src/", StringComparison.Ordinal)))
        {
            string chinese = Path.ChangeExtension(english, ".zh-CN.md");
            Assert.True(File.Exists(Repository.Path(chinese)), chinese);
            if (Own.Contains(english))
            {
                Assert.Equal(Headings(english), Headings(chinese));
                Assert.Equal(new Page(english).Examples("csharp").Count(), new Page(chinese).Examples("csharp").Count());
            }
        }
    }

    [Fact]
    public void TheReadmes_HaveTwoHundredLines() => Assert.All(
        ["README.md", "README.zh-CN.md"], readme => Assert.True(new Page(readme).Text.Split('\n').Length <= 201, readme));

    /// <summary>The pages that are written side by side, sentence for sentence.</summary>
    private static readonly HashSet<string> Own = new(StringComparer.Ordinal)
    {
        "README.md", "docs/getting-started.md", "docs/concepts.md", "docs/embed-in-an-erp.md", "docs/write-a-store.md",
        "docs/test-your-policies.md", "docs/operations.md", "docs/limits.md", "docs/refusal-codes.md",
        "docs/hosting.md", "docs/messaging.md", "docs/lifecycles.md", "docs/packs.md", "docs/access-and-audit.md",
        "docs/promising.md", "docs/reallocation.md", "docs/threat-model.md",
    };

    private static int Headings(string page) => new Page(page).Text.Split('\n').Count(line => line.StartsWith('#'));

    private static MetadataReference[] Loaded()
    {
        // Named so that the assemblies are loaded and copied beside the tests.
        Type[] ours =
        [
            typeof(Desk.OrderDesk), typeof(SqliteStore), typeof(ImportProfile), typeof(Adapters.Dmn.DmnFindings), typeof(KernelLaws),
            typeof(China.ChineseCalendar), typeof(OrderKernelRegistration), typeof(Adapters.RabbitMq.CloudEvent),
            typeof(Adapters.EntityFrameworkCore.HostDesk), typeof(Npgsql.NpgsqlConnection),
            typeof(Microsoft.Extensions.Hosting.HostApplicationBuilder),
        ];
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return platform.Split(Path.PathSeparator).Concat(ours.Select(type => type.Assembly.Location)).Distinct()
            .Where(File.Exists).Select(file => (MetadataReference)MetadataReference.CreateFromFile(file)).ToArray();
    }
}
